package dev.insitu.plain.number;

import dev.insitu.h2.NamedRows;
import dev.insitu.operation.FunctionKind;
import dev.insitu.plain.Boundary;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** What the numbered functions do: find the model of a number and predict one row. */
final class Entries {
  private Entries() {}

  static @Nullable String text(int number, Connection connection, Value... inputs)
      throws SQLException {
    try {
      return NamedRows.of(connection, FunctionKind.TEXT, number).text(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static @Nullable Integer whole(int number, Connection connection, Value... inputs)
      throws SQLException {
    try {
      return NamedRows.of(connection, FunctionKind.WHOLE, number).whole(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static @Nullable Long bigWhole(int number, Connection connection, Value... inputs)
      throws SQLException {
    try {
      return NamedRows.of(connection, FunctionKind.BIG_WHOLE, number).bigWhole(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static @Nullable Double number(int number, Connection connection, Value... inputs)
      throws SQLException {
    try {
      return NamedRows.of(connection, FunctionKind.NUMBER, number).number(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static @Nullable BigDecimal decimal(int number, Connection connection, Value... inputs)
      throws SQLException {
    try {
      return NamedRows.of(connection, FunctionKind.DECIMAL, number).decimal(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static @Nullable Boolean truth(int number, Connection connection, Value... inputs)
      throws SQLException {
    try {
      return NamedRows.of(connection, FunctionKind.TRUTH, number).truth(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static @Nullable LocalDate day(int number, Connection connection, Value... inputs)
      throws SQLException {
    try {
      return NamedRows.of(connection, FunctionKind.DAY, number).day(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static @Nullable LocalDateTime moment(int number, Connection connection, Value... inputs)
      throws SQLException {
    try {
      return NamedRows.of(connection, FunctionKind.MOMENT, number).moment(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }

  static Double @Nullable [] vector(int number, Connection connection, Value... inputs)
      throws SQLException {
    try {
      return NamedRows.of(connection, FunctionKind.VECTOR, number).vector(inputs);
    } catch (SQLException | RuntimeException e) {
      throw Boundary.error(e);
    }
  }
}
