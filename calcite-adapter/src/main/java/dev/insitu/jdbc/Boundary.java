package dev.insitu.jdbc;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.sql.SQLException;

/**
 * The one place where an error of ours becomes an {@link SQLException}. Errors of the database are
 * not touched.
 */
final class Boundary {
  private Boundary() {}

  /** Work that can fail either way. */
  interface Work<T> {
    T run() throws SQLException;
  }

  static SQLException toSql(MlException error) {
    return error.toSqlException();
  }

  /**
   * Runs work of ours for a caller of JDBC.
   *
   * @throws SQLException the database's own, or ours
   */
  static <T> T run(Work<T> work) throws SQLException {
    try {
      return work.run();
    } catch (MlException e) {
      if (e.getCause() instanceof SQLException cause && isDatabaseError(e, cause)) {
        throw cause;
      }
      throw toSql(e);
    } catch (RuntimeException e) {
      throw toSql(
          MlException.of(ErrorCode.INTERNAL, e)
              .withHint("Please report it with the statement that caused it.")
              .withCause(e));
    }
  }

  private static boolean isDatabaseError(MlException error, SQLException cause) {
    return error.code() == ErrorCode.INTERNAL && cause.getSQLState() != null;
  }
}
