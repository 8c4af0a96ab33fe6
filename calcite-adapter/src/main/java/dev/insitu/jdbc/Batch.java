package dev.insitu.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** Executions one after the other; one that fails does not keep the rest from running, as in H2. */
final class Batch {
  private Batch() {}

  /** One execution. */
  interface Step<T> {
    long execute(T what) throws SQLException;
  }

  /**
   * Executes all.
   *
   * @return the counts
   * @throws BatchUpdateException with all counts, and the errors in order
   */
  static <T> long[] run(List<T> what, Step<T> step) throws BatchUpdateException {
    long[] counts = new long[what.size()];
    SQLException errors = null;
    for (int i = 0; i < counts.length; i++) {
      try {
        counts[i] = step.execute(what.get(i));
      } catch (SQLException e) {
        counts[i] = Statement.EXECUTE_FAILED;
        if (errors == null) {
          errors = e;
        } else {
          errors.setNextException(e);
        }
      }
    }
    if (errors != null) {
      BatchUpdateException error =
          new BatchUpdateException(
              errors.getMessage(), errors.getSQLState(), errors.getErrorCode(), counts, null);
      error.setNextException(errors);
      throw error;
    }
    return counts;
  }

  /** Returns counts as {@code int}. */
  static int[] counts(long[] counts) {
    return Arrays.stream(counts).mapToInt(Batch::count).toArray();
  }

  /** Returns a count as {@code int}. */
  static int count(long count) {
    return count > Integer.MAX_VALUE ? Statement.SUCCESS_NO_INFO : (int) count;
  }
}
