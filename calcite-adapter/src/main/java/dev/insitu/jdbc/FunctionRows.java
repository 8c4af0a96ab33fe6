package dev.insitu.jdbc;

import dev.insitu.operation.FunctionTable;
import dev.insitu.train.Progress;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table function with a small result, computed once per execution, before the
 * database begins: so {@code TRAIN} trains once however often the database looks, and never while a
 * statement is prepared or explained.
 */
final class FunctionRows implements StatementPart {
  private final FunctionTable function;
  private final List<Integer> ordinals;
  private List<List<@Nullable Object>> rows = List.of();

  /**
   * Makes a function without rows.
   *
   * @param ordinals for each parameter of its query, the parameter of the caller's statement
   */
  FunctionRows(FunctionTable function, List<Integer> ordinals) {
    this.function = function;
    this.ordinals = List.copyOf(ordinals);
  }

  List<List<@Nullable Object>> rows() {
    return rows;
  }

  @Override
  public void begin(List<@Nullable Object> parameters, Progress progress) throws SQLException {
    rows = function.rows().compute(TablePart.select(parameters, ordinals), progress).rows();
  }

  @Override
  public void end() {
    rows = List.of();
  }

  @Override
  public void close() {
    rows = List.of();
  }
}
