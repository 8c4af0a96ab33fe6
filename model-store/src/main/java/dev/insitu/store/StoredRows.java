package dev.insitu.store;

import dev.insitu.store.schema.StoreSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the store by plain JDBC: the first prediction of a process reads a version and
 * writes nothing, and Jdbi's classes would take longer than all else that it does.
 */
final class StoredRows {
  private StoredRows() {}

  /** Reads the current row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Reads with {@code parameters} in the places of {@code ?}. */
  static <T> List<T> read(
      Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
    }
    return rows;
  }

  /** Reads as {@link #read} does; a store that is not there, or is of an older format, is empty. */
  static <T> List<T> readIfThere(
      Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters) {
    try {
      return read(connection, sql, reader, parameters);
    } catch (SQLException e) {
      if (StoreSchema.isAbsent(e)) {
        return List.of();
      }
      throw StoreDatabase.accessError("read", e);
    }
  }

  /** Runs a statement that writes and returns how many rows it wrote. */
  static int write(Connection connection, String sql, @Nullable Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw StoreDatabase.accessError("write", e);
    }
  }

  /** Returns the next id of an installation, a kept column, a schedule or one of its runs. */
  static long nextId(Connection connection) {
    try {
      return read(connection, "SELECT NEXT VALUE FOR INSITU.OBJECT_IDS", row -> row.getLong(1))
          .get(0);
    } catch (SQLException e) {
      throw StoreDatabase.accessError("write", e);
    }
  }

  /** Returns a moment as the tables keep it. */
  static OffsetDateTime moment(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Returns the moment in a column; null for NULL. */
  static @Nullable Instant moment(ResultSet row, int column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }

  /** Returns the whole number in a column; empty for NULL. */
  static OptionalInt number(ResultSet row, int column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static void set(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }
}
