package dev.insitu.plain.row;

import dev.insitu.h2.PlainSession;
import dev.insitu.h2.RowPredictor.Kind;
import dev.insitu.plain.Boundary;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code PREDICTION_PROBABILITY(model, class, …)} of plain H2: the probability of a class for one
 * row.
 *
 * <p>The methods differ in nothing but the number of inputs: H2 hands over so many values for half
 * of what it does for an array of them (DECISIONS.md, Plain 8).
 */
public final class PredictedProbability {
  private PredictedProbability() {}

  private static @Nullable Double predict(
      Connection connection, @Nullable String model, @Nullable String classText, Value... inputs)
      throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.PROBABILITY, model, classText).number(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  /** The probability, with no input. */
  public static @Nullable Double probability(
      Connection connection, @Nullable String model, @Nullable String classText)
      throws SQLException {
    return predict(connection, model, classText);
  }

  /** The probability, with 1 input. */
  public static @Nullable Double probability(
      Connection connection, @Nullable String model, @Nullable String classText, Value a)
      throws SQLException {
    return predict(connection, model, classText, a);
  }

  /** The probability, with 2 inputs. */
  public static @Nullable Double probability(
      Connection connection, @Nullable String model, @Nullable String classText, Value a, Value b)
      throws SQLException {
    return predict(connection, model, classText, a, b);
  }

  /** The probability, with 3 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c)
      throws SQLException {
    return predict(connection, model, classText, a, b, c);
  }

  /** The probability, with 4 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d);
  }

  /** The probability, with 5 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e);
  }

  /** The probability, with 6 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e, f);
  }

  /** The probability, with 7 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e, f, g);
  }

  /** The probability, with 8 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g,
      Value h)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e, f, g, h);
  }

  /** The probability, with 9 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g,
      Value h,
      Value i)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e, f, g, h, i);
  }

  /** The probability, with 10 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g,
      Value h,
      Value i,
      Value j)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e, f, g, h, i, j);
  }

  /** The probability, with 11 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g,
      Value h,
      Value i,
      Value j,
      Value k)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e, f, g, h, i, j, k);
  }

  /** The probability, with 12 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g,
      Value h,
      Value i,
      Value j,
      Value k,
      Value l)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e, f, g, h, i, j, k, l);
  }

  /** The probability, with 13 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g,
      Value h,
      Value i,
      Value j,
      Value k,
      Value l,
      Value m)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e, f, g, h, i, j, k, l, m);
  }

  /** The probability, with 14 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g,
      Value h,
      Value i,
      Value j,
      Value k,
      Value l,
      Value m,
      Value n)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e, f, g, h, i, j, k, l, m, n);
  }

  /** The probability, with 15 inputs. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g,
      Value h,
      Value i,
      Value j,
      Value k,
      Value l,
      Value m,
      Value n,
      Value o)
      throws SQLException {
    return predict(connection, model, classText, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
  }

  /** The probability, with 16 inputs or more. */
  public static @Nullable Double probability(
      Connection connection,
      @Nullable String model,
      @Nullable String classText,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g,
      Value h,
      Value i,
      Value j,
      Value k,
      Value l,
      Value m,
      Value n,
      Value o,
      Value p,
      Value... more)
      throws SQLException {
    return predict(
        connection,
        model,
        classText,
        Inputs.of(more, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p));
  }
}
