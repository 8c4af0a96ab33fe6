package dev.insitu.function;

import dev.insitu.model.ColumnSpec;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared query of the caller whose rows go into a model. */
public interface InputQuery {
  /** Returns the columns as the database reports them, in order. */
  List<ColumnSpec> columns();

  /** Returns the number of {@code ?} in it. */
  int parameterCount();

  /** Returns whether the query states an order of its rows: {@code ORDER BY} at its end. */
  boolean ordered();

  /**
   * Runs the query, streaming, on the caller's session; it sees the caller's uncommitted rows.
   *
   * @param parameters one value per {@code ?}, as JDBC takes them
   * @param columns which columns to read, by position in {@link #columns()}, in the order in which
   *     batches want them
   * @param wanted the form of each wanted column: a spec of form TEXT reads any type as the
   *     database casts it to text
   * @throws SQLException the database's own error
   */
  BatchReader open(
      List<@Nullable Object> parameters, List<Integer> columns, List<ColumnSpec> wanted)
      throws SQLException;
}
