package dev.insitu.plain.row;

import dev.insitu.h2.PlainSession;
import dev.insitu.h2.RowPredictor.Kind;
import dev.insitu.plain.Boundary;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code PREDICTION_VECTOR(model, …)} of plain H2: the numbers that a model predicts for one row,
 * if it predicts several.
 */
public final class PredictedVector {
  private PredictedVector() {}

  /** The numbers, with any number of inputs. */
  public static Double @Nullable [] vector(
      Connection connection, @Nullable String model, Value... inputs) throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.VECTOR, model, null).vector(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }
}
