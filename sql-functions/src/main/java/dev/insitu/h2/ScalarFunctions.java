package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The methods that H2 calls for scalar predictions, one per return type. Their first argument says
 * which prediction is meant. Thread-safe.
 */
public final class ScalarFunctions {
  private static final Map<Long, ScalarExpression> EXPRESSIONS = new ConcurrentHashMap<>();

  private ScalarFunctions() {}

  /** Returns a number that a model predicts for one row; H2 calls it. */
  public static Double number(Value... arguments) {
    try {
      return expression(arguments).scores().number(arguments);
    } catch (RuntimeException e) {
      throw H2Errors.inside(e);
    }
  }

  /** Returns the numbers that a model predicts for one row; H2 calls it. */
  public static Double[] vector(Value... arguments) {
    try {
      return expression(arguments).scores().vector(arguments);
    } catch (RuntimeException e) {
      throw H2Errors.inside(e);
    }
  }

  /** Returns the text or the class that a model predicts for one row; H2 calls it. */
  public static @Nullable String text(Value... arguments) {
    try {
      return expression(arguments).scores().text(arguments);
    } catch (RuntimeException e) {
      throw H2Errors.inside(e);
    }
  }

  static void add(long id, ScalarExpression expression) {
    EXPRESSIONS.put(id, expression);
  }

  static void remove(long id) {
    EXPRESSIONS.remove(id);
  }

  private static ScalarExpression expression(Value... arguments) {
    @Nullable ScalarExpression found =
        arguments.length == 0 ? null : EXPRESSIONS.get(arguments[0].getLong());
    if (found == null) {
      throw MlException.of(ErrorCode.OUTLIVES_SESSION, "a stored object");
    }
    return found;
  }
}
