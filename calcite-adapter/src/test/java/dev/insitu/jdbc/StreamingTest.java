package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are computed while they are read, in a file database. */
class StreamingTest {
  private static final int ROWS = 20_000;
  private static final String PREDICT =
      "SELECT id, predicted_y FROM PREDICT(MODEL => 'm', DATA => TABLE t)";

  @TempDir private Path folder;
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = connect();
    statement = connection.createStatement();
    statement.execute(
        "CREATE TABLE t AS SELECT CAST(x AS INT) AS id, CAST(x AS DOUBLE PRECISION) AS a,"
            + " CAST(2 * x AS DOUBLE PRECISION) AS y FROM SYSTEM_RANGE(1, "
            + ROWS
            + ")");
    statement.execute(
        "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
            + " data_split_method = 'no_split') AS SELECT a, y FROM t WHERE id <= 100");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void whatRunsMeanwhileDoesNotChangeAResult() throws SQLException {
    for (boolean autoCommit : List.of(true, false)) {
      connection.setAutoCommit(autoCommit);
      try (ResultSet rows = statement.executeQuery(PREDICT);
          Statement other = connection.createStatement()) {
        for (int i = 1; i <= 1500; i++) {
          assertThat(rows.next()).isTrue();
        }
        assertThat(rows.getRow()).isEqualTo(1500);
        other.execute("UPDATE t SET id = -id, a = 0");
        assertThat(rows.getInt(1)).isPositive();
        int read = 1500;
        while (rows.next()) {
          assertThat(rows.getInt(1)).isPositive();
          assertThat(rows.getDouble(2)).isGreaterThan(1);
          read++;
        }
        assertThat(read).isEqualTo(ROWS);
        other.execute("UPDATE t SET id = -id, a = -id");
      }
      connection.setAutoCommit(true);
    }
  }

  @Test
  void anotherSessionChangesNothingEither() throws SQLException {
    try (ResultSet rows = statement.executeQuery(PREDICT);
        Connection second = connect();
        Statement other = second.createStatement()) {
      assertThat(rows.next()).isTrue();
      for (int i = 0; i < 5; i++) {
        other.execute("UPDATE t SET a = a + 1");
      }
      other.execute("DELETE FROM t");
      int read = 1;
      while (rows.next()) {
        read++;
      }
      assertThat(read).isEqualTo(ROWS);
    }
  }

  @Test
  void nextExecutionEndsTheReadingOfTheLast() throws SQLException {
    ResultSet first = statement.executeQuery(PREDICT);
    assertThat(first.next()).isTrue();
    ResultSet second = statement.executeQuery("SELECT 1");
    assertThat(first.isClosed()).isTrue();
    assertThat(second.next()).isTrue();
    try (PreparedStatement prepared = connection.prepareStatement(PREDICT)) {
      for (int i = 0; i < 3; i++) {
        ResultSet rows = prepared.executeQuery();
        assertThat(rows.next()).isTrue();
        assertThat(prepared.getResultSet()).isSameAs(rows);
      }
    }
    statement.execute("DROP TABLE t");
  }

  @Test
  void cancelEndsAResultThatIsBeingRead() throws SQLException {
    ResultSet rows = statement.executeQuery(PREDICT);
    assertThat(rows.next()).isTrue();
    statement.cancel();
    assertThatThrownBy(
            () -> {
              while (rows.next()) {
                assertThat(rows.getInt(1)).isPositive();
              }
            })
        .isInstanceOf(SQLException.class)
        .hasFieldOrPropertyWithValue("SQLState", "57014");
  }

  @Test
  void settingsOfTheCallerStayAsTheyWere() throws SQLException {
    String lazy =
        "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
            + " WHERE SETTING_NAME = 'LAZY_QUERY_EXECUTION'";
    List<String> before = OwnStatementTest.read(statement.executeQuery(lazy));
    ResultSet rows = statement.executeQuery(PREDICT);
    assertThat(rows.next()).isTrue();
    try (Statement other = connection.createStatement()) {
      assertThat(OwnStatementTest.read(other.executeQuery(lazy))).isEqualTo(before);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:insitu:h2:" + folder.resolve("db"), "sa", "");
  }
}
