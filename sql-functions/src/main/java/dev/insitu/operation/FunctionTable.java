package dev.insitu.operation;

import dev.insitu.model.ColumnSpec;
import dev.insitu.train.Progress;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table function with a small result: its columns are known when a statement is prepared, its
 * rows are computed once per execution.
 *
 * @param columns names and types
 * @param rows computes the rows
 */
public record FunctionTable(List<ColumnSpec> columns, Rows rows) {
  /** Computes the rows of one execution. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Returns the rows, of the columns that were announced.
     *
     * @param parameters the value of each {@code ?} of the function's query
     * @throws SQLException the database's own error
     */
    ResultTable compute(List<@Nullable Object> parameters, Progress progress) throws SQLException;
  }

  /** Copies the list. */
  public FunctionTable {
    columns = List.copyOf(columns);
  }

  /** Returns a table whose rows take no parameters. */
  static FunctionTable of(ResultTable table) {
    return new FunctionTable(table.columns(), (parameters, progress) -> table);
  }
}
