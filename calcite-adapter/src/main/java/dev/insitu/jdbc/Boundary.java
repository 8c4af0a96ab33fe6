package dev.insitu.jdbc;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.h2.H2Errors;
import dev.insitu.remote.RemoteException;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;

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
    } catch (SQLException e) {
      throw H2Errors.outside(e);
    } catch (MlException e) {
      throw toSql(e);
    } catch (RemoteException e) {
      throw H2Errors.outside(e.error());
    } catch (CancellationException e) {
      throw H2Errors.cancelled(e);
    } catch (RuntimeException e) {
      throw H2Errors.ofDatabase(e)
          .orElseGet(
              () ->
                  toSql(
                      MlException.of(ErrorCode.INTERNAL, e)
                          .withHint("Please report it with the statement that caused it.")
                          .withCause(e)));
    }
  }
}
