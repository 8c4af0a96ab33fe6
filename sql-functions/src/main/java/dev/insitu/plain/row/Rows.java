package dev.insitu.plain.row;

import dev.insitu.h2.PlainSession;
import dev.insitu.h2.RowPredictor.Kind;
import dev.insitu.plain.Boundary;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** What the functions of this package do: predict one row with the model that the call names. */
final class Rows {
  private Rows() {}

  static @Nullable String text(Connection connection, @Nullable String model, Value... inputs)
      throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.TEXT, model, null).text(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static @Nullable Double number(Connection connection, @Nullable String model, Value... inputs)
      throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.NUMBER, model, null).number(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static Double @Nullable [] vector(Connection connection, @Nullable String model, Value... inputs)
      throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.VECTOR, model, null).vector(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static @Nullable Double probability(
      Connection connection, @Nullable String model, @Nullable String classText, Value... inputs)
      throws SQLException {
    try {
      return PlainSession.of(connection).row(Kind.PROBABILITY, model, classText).number(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }
}
