package dev.insitu.plain;

import dev.insitu.h2.PlainSession;
import dev.insitu.h2.RowPredictor.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a model predicts for one row, as functions of plain H2, one for each type of value, since a
 * function of H2 has one. The inputs come by position, in the order of the model's signature, or by
 * name, as one value of type JSON.
 */
public final class Predictions {
  private Predictions() {}

  /** {@code PREDICTION(model, …)}: what is predicted, as text. */
  public static @Nullable String prediction(
      Connection connection, @Nullable String model, Value... inputs) throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.TEXT, model, null).text(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  /** {@code PREDICTION_NUMBER(model, …)}: what is predicted, as a number. */
  public static @Nullable Double predictionNumber(
      Connection connection, @Nullable String model, Value... inputs) throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.NUMBER, model, null).number(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  /** {@code PREDICTION_PROBABILITY(model, class, …)}: the probability of a class. */
  public static @Nullable Double predictionProbability(
      Connection connection, @Nullable String model, @Nullable String classText, Value... inputs)
      throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.PROBABILITY, model, classText).number(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  /** {@code PREDICTION_VECTOR(model, …)}: several numbers that are predicted. */
  public static Double @Nullable [] predictionVector(
      Connection connection, @Nullable String model, Value... inputs) throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.VECTOR, model, null).vector(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }
}
