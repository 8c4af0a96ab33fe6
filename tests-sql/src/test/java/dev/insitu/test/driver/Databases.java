package dev.insitu.test.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Two new databases in memory with the same content, and what must differ between them: their names
 * and URLs, the numbers of H2's objects, and the names of virtual tables.
 */
final class Databases implements AutoCloseable {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final String SETTINGS = ";LOCK_TIMEOUT=1";
  private static final Pattern NUMBERED =
      Pattern.compile(
          "\\b(call|conn|dbMeta|prep|rs|rsMeta|sp|ex|stat|blob|clob|pMeta|ds|xads|xares|xid|ar|sqlxml)\\d+\\b");
  private static final Pattern HASH = Pattern.compile("(@)[0-9a-f]{5,8}\\b");

  private final String plainName;
  private final String ourName;
  private final Connection plain;
  private final Connection ours;
  private final Pattern names;

  Databases() throws SQLException {
    int number = COUNTER.incrementAndGet();
    plainName = "h" + number + "driver";
    ourName = "i" + number + "driver";
    names =
        Pattern.compile("\\b(?:" + plainName + '|' + ourName + ")\\b", Pattern.CASE_INSENSITIVE);
    plain = DriverManager.getConnection(plainUrl(), "sa", "");
    ours = DriverManager.getConnection(ourUrl(), "sa", "");
    String script = script();
    for (Connection connection : new Connection[] {plain, ours}) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(script);
      }
    }
  }

  String plainUrl() {
    return "jdbc:h2:mem:" + plainName + SETTINGS;
  }

  String ourUrl() {
    return "jdbc:insitu:h2:mem:" + ourName + SETTINGS;
  }

  /** Connections that stay open, so that the databases do. */
  Connection plain() {
    return plain;
  }

  Connection ours() {
    return ours;
  }

  /** Takes out of a text what must differ. */
  String normal(String text) {
    String same = text.replace("jdbc:insitu:h2:", "jdbc:h2:");
    same = names.matcher(same).replaceAll("DB");
    same = NUMBERED.matcher(same).replaceAll("$1#");
    return HASH.matcher(same).replaceAll("$1#");
  }

  /** Returns all that a database holds. */
  static String content(Connection connection) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SCRIPT NODATA NOPASSWORDS NOSETTINGS SCHEMA PUBLIC, OTHER")) {
      while (rows.next()) {
        text.append(rows.getString(1)).append('\n');
      }
    }
    for (String table :
        new String[] {"everything", "items", "parts", "model", "guesses", "other.items"}) {
      text.append(table).append('\n');
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT * FROM " + (table.contains(".") ? table : "PUBLIC." + table))) {
        while (rows.next()) {
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            text.append(rows.getString(i)).append('|');
          }
          text.append('\n');
        }
      } catch (SQLException e) {
        text.append(Outcome.describe(e)).append('\n');
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : new Connection[] {plain, ours}) {
      try (connection;
          Statement statement = connection.createStatement()) {
        statement.execute("SHUTDOWN IMMEDIATELY");
      }
    }
  }

  private static String script() {
    try (InputStream script = Databases.class.getResourceAsStream("/driver/schema.sql")) {
      if (script == null) {
        throw new IllegalStateException("schema.sql is missing");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
