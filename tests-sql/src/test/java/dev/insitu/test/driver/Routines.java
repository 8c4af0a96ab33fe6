package dev.insitu.test.driver;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the databases call by {@code CREATE ALIAS}. */
public final class Routines {
  private Routines() {}

  /** Returns the same number. */
  public static int number(int value) {
    return value;
  }

  /** Returns the same text. */
  public static @Nullable String text(@Nullable String value) {
    return value;
  }

  /** Returns the same number. */
  public static @Nullable BigDecimal decimal(@Nullable BigDecimal value) {
    return value;
  }

  /** Returns the same id. */
  public static @Nullable UUID id(@Nullable UUID value) {
    return value;
  }

  /** Returns rows. */
  public static ResultSet rows(Connection connection, int rows) throws SQLException {
    PreparedStatement query =
        connection.prepareStatement("SELECT X, 'row ' || X AS name FROM SYSTEM_RANGE(1, ?)");
    query.setInt(1, rows);
    return query.executeQuery();
  }

  /** Fails with an error of its own. */
  public static int fail(String message) throws SQLException {
    throw new SQLException(message, "AB123", 4711);
  }
}
