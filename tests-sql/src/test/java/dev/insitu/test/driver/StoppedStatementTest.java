package dev.insitu.test.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cancelling and query timeouts on both drivers, of plain statements and of predictions. */
class StoppedStatementTest {
  private static final int TEXTS = 3;
  private Databases databases;

  @BeforeEach
  void open() throws SQLException {
    databases = new Databases();
    ModelTexts.prepare(databases);
  }

  @AfterEach
  void close() throws SQLException {
    databases.close();
  }

  @Test
  void aCancelledStatementFailsAlikeAndCanBeUsedAgain() throws SQLException {
    for (Sql text : texts("stop_at(id, 300)")) {
      for (boolean prepared : List.of(false, true)) {
        String expected = cancelled(databases.plainUrl(), text.plain(), prepared);
        assertThat(expected).startsWith("JdbcSQLTimeoutException 57014 57014 Statement was canc");
        assertThat(cancelled(databases.ourUrl(), text.ours(), prepared))
            .as(text.ours())
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void aStatementThatTakesTooLongFailsAlikeAndCanBeUsedAgain() throws SQLException {
    Sql text = texts("nap(5)").get(0);
    for (Sql sql : List.of(text, Sql.same("SELECT MAX(nap(5)) FROM SYSTEM_RANGE(1, 100000)"))) {
      String expected = timedOut(databases.plainUrl(), sql.plain());
      assertThat(expected).startsWith("JdbcSQLTimeoutException 57014 57014 Statement was canc");
      assertThat(timedOut(databases.ourUrl(), sql.ours())).as(sql.ours()).isEqualTo(expected);
    }
  }

  private static List<Sql> texts(String expression) {
    List<Sql> texts = new ArrayList<>();
    ModelTexts models = new ModelTexts();
    Random random = new Random(1);
    while (texts.size() < TEXTS) {
      Sql text = models.slow(expression, random);
      if (!text.plain().equals(text.ours()) && !texts.contains(text)) {
        texts.add(text);
      }
    }
    texts.add(new SqlTexts().slow(expression, random));
    return texts;
  }

  private static String cancelled(String url, String sql, boolean prepared) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement =
            prepared ? connection.prepareStatement(sql) : connection.createStatement()) {
      Routines.RUNNING.set(statement);
      String error = failure(statement, sql);
      Routines.RUNNING.remove();
      if (statement instanceof PreparedStatement again) {
        assertThat(again.execute()).isTrue();
      }
      return error + usable(connection);
    }
  }

  private static String timedOut(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      long start = System.nanoTime();
      String error = failure(statement, sql);
      assertThat(System.nanoTime() - start).isBetween(900_000_000L, 60_000_000_000L);
      assertThat(statement.getQueryTimeout()).isEqualTo(1);
      statement.setQueryTimeout(0);
      return error + usable(connection);
    }
  }

  private static String failure(Statement statement, String sql) {
    try {
      if (statement instanceof PreparedStatement prepared) {
        prepared.execute();
      } else {
        statement.execute(sql);
      }
      return "no error";
    } catch (SQLException e) {
      String text =
          String.valueOf(e.getMessage()).replaceAll("(?s); SQL statement:\n.*? \\[", " [");
      return e.getClass().getSimpleName()
          + ' '
          + e.getSQLState()
          + ' '
          + e.getErrorCode()
          + ' '
          + text;
    }
  }

  private static String usable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM source")) {
      rows.next();
      return " then " + rows.getInt(1);
    }
  }
}
