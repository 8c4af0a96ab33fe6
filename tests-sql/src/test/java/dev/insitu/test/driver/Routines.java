package dev.insitu.test.driver;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the databases call by {@code CREATE ALIAS}. */
public final class Routines {
  /** What this thread executes. */
  static final ThreadLocal<@Nullable Statement> RUNNING = new ThreadLocal<>();

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

  /** Lets time pass. */
  public static int nap(int millis) throws InterruptedException {
    Thread.sleep(millis);
    return millis;
  }

  /** Cancels the statement of this thread from another one, when the number has come. */
  public static long stopAt(long number, long when) throws InterruptedException {
    Statement running = RUNNING.get();
    if (number == when && running != null) {
      Thread other = new Thread(() -> cancel(running));
      other.start();
      other.join();
    }
    return number;
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fails with an error of its own. */
  public static int fail(String message) throws SQLException {
    throw new SQLException(message, "AB123", 4711);
  }
}
