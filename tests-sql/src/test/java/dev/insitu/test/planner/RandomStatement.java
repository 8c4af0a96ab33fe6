package dev.insitu.test.planner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement.
 *
 * @param values of its parameters
 * @param change whether it changes rows of the table {@code target}
 */
record RandomStatement(String sql, List<@Nullable Object> values, boolean change) {
  /** Copies the list. */
  RandomStatement {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** Returns whether it orders its rows by all of their columns. */
  boolean isOrdered() {
    return sql.lastIndexOf(" ORDER BY ") > sql.lastIndexOf(')');
  }
}
