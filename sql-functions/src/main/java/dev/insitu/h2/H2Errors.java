package dev.insitu.h2;

import dev.insitu.error.MlException;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * The exception boundary between Insitu and H2, in both directions; no other class converts.
 *
 * <p>Inside H2's execution only {@link DbException} keeps SQLSTATE and text; H2 adds the text of
 * the statement to it, in which our virtual tables have names of ours, so on the way out the
 * original error is taken from the chain of causes.
 */
public final class H2Errors {
  private H2Errors() {}

  /** Returns the error as H2 carries it through its own execution. */
  static DbException inside(RuntimeException e) {
    if (e instanceof DbException known) {
      return known;
    }
    if (e instanceof MlException ours) {
      return DbException.convert(ours.toSqlException());
    }
    return DbException.convert(e);
  }

  /** Returns the error of H2's internals as JDBC clients see it. */
  static SQLException outside(DbException e) {
    return outside(DbException.toSQLException(e));
  }

  /**
   * Returns the error as users see it: ours, if H2 has only carried it (without the text of the
   * rewritten statement), else the given one.
   */
  public static SQLException outside(SQLException e) {
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof MlException ours) {
        return ours.toSqlException();
      }
      cause = cause.getCause();
    }
    return e;
  }

  /** Returns the database's own error if one of H2's layers threw it unchecked: a full disk. */
  public static Optional<SQLException> ofDatabase(RuntimeException e) {
    if (e instanceof MVStoreException broken) {
      return Optional.of(
          broken.getErrorCode() == DataUtils.ERROR_CLOSED
              ? DbException.get(ErrorCode.DATABASE_IS_CLOSED, e).getSQLException()
              : DbException.toSQLException(DbException.convert(e)));
    }
    return e instanceof DbException known ? Optional.of(outside(known)) : Optional.empty();
  }
}
