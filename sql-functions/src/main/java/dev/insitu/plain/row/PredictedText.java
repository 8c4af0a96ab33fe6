package dev.insitu.plain.row;

import dev.insitu.h2.PlainSession;
import dev.insitu.h2.RowPredictor.Kind;
import dev.insitu.plain.Boundary;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code PREDICTION(model, …)} of plain H2: what a model predicts for one row, as text.
 *
 * <p>The methods differ in nothing but the number of inputs: H2 hands over so many values for half
 * of what it does for an array of them (DECISIONS.md, Plain 8).
 */
public final class PredictedText {
  private PredictedText() {}

  private static @Nullable String predict(
      Connection connection, @Nullable String model, Value... inputs) throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.TEXT, model, null).text(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  /** The prediction, with no input. */
  public static @Nullable String text(Connection connection, @Nullable String model)
      throws SQLException {
    return predict(connection, model);
  }

  /** The prediction, with 1 input. */
  public static @Nullable String text(Connection connection, @Nullable String model, Value a)
      throws SQLException {
    return predict(connection, model, a);
  }

  /** The prediction, with 2 inputs. */
  public static @Nullable String text(
      Connection connection, @Nullable String model, Value a, Value b) throws SQLException {
    return predict(connection, model, a, b);
  }

  /** The prediction, with 3 inputs. */
  public static @Nullable String text(
      Connection connection, @Nullable String model, Value a, Value b, Value c)
      throws SQLException {
    return predict(connection, model, a, b, c);
  }

  /** The prediction, with 4 inputs. */
  public static @Nullable String text(
      Connection connection, @Nullable String model, Value a, Value b, Value c, Value d)
      throws SQLException {
    return predict(connection, model, a, b, c, d);
  }

  /** The prediction, with 5 inputs. */
  public static @Nullable String text(
      Connection connection, @Nullable String model, Value a, Value b, Value c, Value d, Value e)
      throws SQLException {
    return predict(connection, model, a, b, c, d, e);
  }

  /** The prediction, with 6 inputs. */
  public static @Nullable String text(
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

  /** The prediction, with 7 inputs. */
  public static @Nullable String text(
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

  /** The prediction, with 8 inputs. */
  public static @Nullable String text(
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

  /** The prediction, with 9 inputs. */
  public static @Nullable String text(
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

  /** The prediction, with 10 inputs. */
  public static @Nullable String text(
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

  /** The prediction, with 11 inputs. */
  public static @Nullable String text(
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

  /** The prediction, with 12 inputs. */
  public static @Nullable String text(
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

  /** The prediction, with 13 inputs. */
  public static @Nullable String text(
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

  /** The prediction, with 14 inputs. */
  public static @Nullable String text(
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

  /** The prediction, with 15 inputs. */
  public static @Nullable String text(
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

  /** The prediction, with 16 inputs or more. */
  public static @Nullable String text(
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
