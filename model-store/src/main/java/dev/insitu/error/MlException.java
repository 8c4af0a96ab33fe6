package dev.insitu.error;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of the product; each door turns it into an {@link SQLException} by {@link
 * #toSqlException()}.
 */
public final class MlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String hint;

  private MlException(
      ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.hint = hint;
  }

  /** Returns an error with the given arguments of the code's pattern. */
  public static MlException of(ErrorCode code, Object... arguments) {
    return new MlException(code, code.message(arguments), null, null);
  }

  /** Returns this error with a hint: a full sentence that says what to do next. */
  public MlException withHint(String sentence) {
    MlException copy = new MlException(code, message(), sentence, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** Returns this error with its cause. */
  public MlException withCause(Throwable cause) {
    MlException copy = new MlException(code, message(), hint, cause);
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** Returns the code. */
  public ErrorCode code() {
    return code;
  }

  /** Returns the hint, a full sentence. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** Returns code and text without the hint. */
  public String message() {
    return String.valueOf(super.getMessage());
  }

  /** Returns code, text and, on a line of its own, the hint. */
  @Override
  public String getMessage() {
    return hint == null ? message() : message() + "\nHint: " + hint;
  }

  /** Returns this error as JDBC clients see it. */
  public SQLException toSqlException() {
    return new SQLException(getMessage(), code.sqlState(), code.number(), this);
  }
}
