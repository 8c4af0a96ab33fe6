package dev.insitu.jdbc;

import dev.insitu.h2.StatementTable;
import dev.insitu.train.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual table in the place of a table function.
 *
 * @param table the table
 * @param ordinals for each parameter of its input, the parameter of the caller's statement
 */
record TablePart(StatementTable table, List<Integer> ordinals) implements StatementPart {
  @Override
  public void begin(List<@Nullable Object> parameters, Progress progress) throws SQLException {
    table.beginExecution(select(parameters, ordinals));
  }

  @Override
  public void end() {
    table.endExecution();
  }

  @Override
  public void close() {
    table.close();
  }

  /** Returns the values that belong to some of the parameters. */
  static List<@Nullable Object> select(List<@Nullable Object> values, List<Integer> ordinals) {
    List<@Nullable Object> selected = new ArrayList<>();
    for (int ordinal : ordinals) {
      selected.add(values.get(ordinal));
    }
    return selected;
  }
}
