package dev.insitu.plain;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.h2.H2Errors;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;

/**
 * The error boundary of what plain H2 calls: whatever fails leaves as H2 passes it on, with its own
 * code and text.
 */
public final class Boundary {
  private Boundary() {}

  /** Work that can fail either way. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run() throws SQLException;
  }

  /** Runs work and lets its errors out. */
  public static <T> T run(Work<T> work) throws SQLException {
    try {
      return work.run();
    } catch (SQLException | RuntimeException e) {
      throw error(e);
    }
  }

  /**
   * Returns the error as H2 passes it on, for methods that are called for each row and catch it
   * themselves. An {@link Error} is thrown as it is.
   */
  public static SQLException error(Throwable e) {
    if (e instanceof Error fatal) {
      throw fatal;
    } else if (e instanceof SQLException sql) {
      return H2Errors.outside(sql);
    } else if (e instanceof MlException ours) {
      return ours.toSqlException();
    } else if (e instanceof CancellationException) {
      return H2Errors.cancelled(e);
    } else if (e instanceof RuntimeException unchecked) {
      return H2Errors.ofDatabase(unchecked).orElseGet(() -> internal(unchecked));
    }
    return internal(e);
  }

  private static SQLException internal(Throwable e) {
    return MlException.of(ErrorCode.INTERNAL, e).withCause(e).toSqlException();
  }
}
