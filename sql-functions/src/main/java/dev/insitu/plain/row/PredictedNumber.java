package dev.insitu.plain.row;

import dev.insitu.h2.PlainSession;
import dev.insitu.h2.RowPredictor.Kind;
import dev.insitu.plain.Boundary;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code PREDICTION_NUMBER(model, …)} of plain H2: the number that a model predicts for one row.
 *
 * <p>The methods differ in nothing but the number of inputs: H2 hands over so many values for half
 * of what it does for an array of them (DECISIONS.md, Plain 8).
 */
public final class PredictedNumber {
  private PredictedNumber() {}

  private static @Nullable Double predict(
      Connection connection, @Nullable String model, Value... inputs) throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.NUMBER, model, null).number(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  /** The number, with no input. */
  public static @Nullable Double number(Connection connection, @Nullable String model)
      throws SQLException {
    return predict(connection, model);
  }

  /** The number, with 1 input. */
  public static @Nullable Double number(Connection connection, @Nullable String model, Value a)
      throws SQLException {
    return predict(connection, model, a);
  }

  /** The number, with 2 inputs. */
  public static @Nullable Double number(
      Connection connection, @Nullable String model, Value a, Value b) throws SQLException {
    return predict(connection, model, a, b);
  }

  /** The number, with 3 inputs. */
  public static @Nullable Double number(
      Connection connection, @Nullable String model, Value a, Value b, Value c)
      throws SQLException {
    return predict(connection, model, a, b, c);
  }

  /** The number, with 4 inputs. */
  public static @Nullable Double number(
      Connection connection, @Nullable String model, Value a, Value b, Value c, Value d)
      throws SQLException {
    return predict(connection, model, a, b, c, d);
  }

  /** The number, with 5 inputs. */
  public static @Nullable Double number(
      Connection connection, @Nullable String model, Value a, Value b, Value c, Value d, Value e)
      throws SQLException {
    return predict(connection, model, a, b, c, d, e);
  }

  /** The number, with 6 inputs. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f)
      throws SQLException {
    return predict(connection, model, a, b, c, d, e, f);
  }

  /** The number, with 7 inputs. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g)
      throws SQLException {
    return predict(connection, model, a, b, c, d, e, f, g);
  }

  /** The number, with 8 inputs. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
      Value a,
      Value b,
      Value c,
      Value d,
      Value e,
      Value f,
      Value g,
      Value h)
      throws SQLException {
    return predict(connection, model, a, b, c, d, e, f, g, h);
  }

  /** The number, with 9 inputs. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
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
    return predict(connection, model, a, b, c, d, e, f, g, h, i);
  }

  /** The number, with 10 inputs. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
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
    return predict(connection, model, a, b, c, d, e, f, g, h, i, j);
  }

  /** The number, with 11 inputs. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
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
    return predict(connection, model, a, b, c, d, e, f, g, h, i, j, k);
  }

  /** The number, with 12 inputs. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
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
    return predict(connection, model, a, b, c, d, e, f, g, h, i, j, k, l);
  }

  /** The number, with 13 inputs. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
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
    return predict(connection, model, a, b, c, d, e, f, g, h, i, j, k, l, m);
  }

  /** The number, with 14 inputs. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
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
    return predict(connection, model, a, b, c, d, e, f, g, h, i, j, k, l, m, n);
  }

  /** The number, with 15 inputs. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
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
    return predict(connection, model, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
  }

  /** The number, with 16 inputs or more. */
  public static @Nullable Double number(
      Connection connection,
      @Nullable String model,
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
        connection, model, Inputs.of(more, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p));
  }
}
