package dev.insitu.jdbc;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.h2.H2Errors;
import dev.insitu.remote.RemoteException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
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
      throw cancelled(e);
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

  /** The error of {@code Statement.cancel()} and of timeouts, as the database gives it. */
  private static SQLException cancelled(CancellationException cause) {
    return new SQLTimeoutException(
        "Statement was canceled or the session timed out", "57014", 57014, cause);
  }

  /** The error of {@code executeQuery} with a statement that returns no rows, as H2 words it. */
  static <T> T notAQuery() throws SQLException {
    throw new SQLSyntaxErrorException(
        "Method is only allowed for a query. Use execute or executeUpdate instead of executeQuery",
        "90002",
        90002);
  }

  /** The error of a text with {@code ?} in a statement without parameters, as H2 words it. */
  static SQLException parameterNotSet() {
    return new SQLDataException("Parameter \"#1\" is not set", "90012", 90012);
  }
}
