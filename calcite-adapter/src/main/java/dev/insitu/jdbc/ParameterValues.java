package dev.insitu.jdbc;

import dev.insitu.h2.H2Errors;
import dev.insitu.h2.OpaqueValue;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries the parameters of one of the database's statements to another. A statement that holds
 * them returns them as a row, each in its own type.
 */
final class ParameterValues {
  private ParameterValues() {}

  /** Returns the text of a statement that holds so many parameters. */
  static String holder(int parameters) {
    return "SELECT "
        + (parameters == 0 ? "1" : String.join(", ", Collections.nCopies(parameters, "?")));
  }

  /**
   * Returns what a holder holds.
   *
   * @throws SQLException the database's own, if one is not set
   */
  static List<@Nullable Object> read(PreparedStatement holder, int parameters) throws SQLException {
    if (parameters == 0) {
      return List.of();
    }
    List<@Nullable Object> values = new ArrayList<>(parameters);
    try (ResultSet row = holder.executeQuery()) {
      row.next();
      for (int i = 1; i <= parameters; i++) {
        values.add(value(row, i));
      }
    } catch (SQLException e) {
      throw H2Errors.withoutText(e);
    }
    return values;
  }

  /** Sets all parameters of a statement. */
  static void write(PreparedStatement statement, List<@Nullable Object> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  /** Copies the limits that a caller has set. */
  static void copyLimits(Statement from, Statement to) throws SQLException {
    to.setLargeMaxRows(0);
    to.setFetchSize(from.getFetchSize());
    to.setLargeMaxRows(from.getLargeMaxRows());
  }

  /** The classes of {@code java.sql} lose times that a clock change skips and very old dates. */
  private static @Nullable Object value(ResultSet row, int column) throws SQLException {
    Optional<Object> opaque = OpaqueValue.of(row, column);
    if (opaque.isPresent()) {
      return opaque.get();
    }
    Object value = row.getObject(column);
    if (value instanceof Timestamp) {
      return row.getObject(column, LocalDateTime.class);
    } else if (value instanceof Date) {
      return row.getObject(column, LocalDate.class);
    } else if (value instanceof Time) {
      return row.getObject(column, LocalTime.class);
    }
    return value;
  }
}
