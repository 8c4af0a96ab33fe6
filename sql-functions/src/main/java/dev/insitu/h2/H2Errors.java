package dev.insitu.h2;

import dev.insitu.error.MlException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcException;
import org.h2.message.DbException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The exception boundary between Insitu and H2, in both directions; no other class converts.
 *
 * <p>Inside H2's execution only {@link DbException} keeps SQLSTATE and text; H2 adds the text of
 * the statement to it, in which our virtual tables have names of ours, so on the way out the
 * original error is taken from the chain of causes.
 */
public final class H2Errors {
  /** What the names of our tables and functions begin with. */
  static final String GENERATED = "INSITU$";

  private static final Pattern SCALAR =
      Pattern.compile(
          "(?:\"*public\"*\\.)?\"*INSITU\\$(PREDICTION(?:_PROBABILITY)?)_\\d+\"*\\(\\d+(,)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TABLE =
      Pattern.compile("\"+INSITU\\$([A-Z_.]+)_\\d+\"+|INSITU\\$([A-Z_.]+)_\\d+");

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
    return readable(e);
  }

  /** Returns an error of the database in which the calls stand for what was put in their place. */
  private static SQLException readable(SQLException e) {
    if (!(e instanceof JdbcException known)
        || e.getMessage() == null
        || !e.getMessage().contains(GENERATED)) {
      return e;
    }
    SQLException copy =
        DbException.getJdbcSQLException(
            withCalls(known.getOriginalMessage()),
            withCalls(known.getSQL()),
            e.getSQLState(),
            e.getErrorCode(),
            e.getCause(),
            null);
    copy.setStackTrace(e.getStackTrace());
    SQLException next = e.getNextException();
    if (next != null) {
      copy.setNextException(next);
    }
    return copy;
  }

  private static @Nullable String withCalls(@Nullable String text) {
    if (text == null || !text.contains(GENERATED)) {
      return text;
    }
    String calls = SCALAR.matcher(text).replaceAll("$1(…$2");
    return TABLE.matcher(calls).replaceAll("$1$2(…)");
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

  /** Returns the error without the statement in whose text it arose, which is not the caller's. */
  public static SQLException withoutText(SQLException e) {
    if (e instanceof JdbcException known) {
      known.setSQL(null);
    }
    return e;
  }

  /** Returns H2's error of cancelling and of timeouts. */
  public static SQLException cancelled(Throwable cause) {
    return DbException.getJdbcSQLException(ErrorCode.STATEMENT_WAS_CANCELED, cause);
  }

  /** Fails as {@code executeQuery} does with a statement that returns no rows. */
  public static <T> T notAQuery() throws SQLException {
    throw DbException.getJdbcSQLException(ErrorCode.METHOD_ONLY_ALLOWED_FOR_QUERY, null);
  }

  /** Returns H2's error of a text with {@code ?} in a statement without parameters. */
  public static SQLException parameterNotSet() {
    return DbException.getJdbcSQLException(ErrorCode.PARAMETER_NOT_SET_1, null, "#1");
  }

  /** Returns H2's error of out parameters of a statement that returns no rows. */
  public static SQLException notACall() {
    return DbException.getUnsupportedException("Supported only for calling stored procedures")
        .getSQLException();
  }

  /** Returns H2's error of an argument that is not allowed. */
  public static SQLException invalidValue(String parameter, @Nullable Object value) {
    return DbException.getInvalidValueException(parameter, value).getSQLException();
  }

  /** Returns H2's error of out parameters before an execution. */
  public static SQLException noData() {
    return DbException.getJdbcSQLException(ErrorCode.NO_DATA_AVAILABLE, null);
  }
}
