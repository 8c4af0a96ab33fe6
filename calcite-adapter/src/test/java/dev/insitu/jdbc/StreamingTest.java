package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are computed while they are read, in a file database. */
public class StreamingTest {
  private static final int ROWS = 20_000;
  private static final String PREDICT =
      "SELECT id, predicted_y FROM PREDICT(MODEL => 'm', DATA => TABLE t)";

  /** A row's number of which H2 knows only after a while that it is one. */
  private static final String SLOWLY =
      "(SELECT MAX(MOD(r.x, 100) + p.id) FROM SYSTEM_RANGE(1, 10000) r)";

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

  @Test
  void whatIsAskedMeanwhileDoesNotChangeAResult() throws SQLException {
    statement.execute("CREATE ALIAS twice FOR 'dev.insitu.jdbc.StreamingTest.twice'");
    List<Asked> questions =
        List.of(
            other -> other.prepareStatement("SELECT * FROM t WHERE id = ?").getMetaData(),
            other -> other.prepareStatement("SELECT * FROM twice(?)").getParameterMetaData(),
            other -> other.prepareStatement(PREDICT + " WHERE id = ?").getMetaData(),
            other -> other.prepareStatement(PREDICT + " WHERE id = ?").getParameterMetaData(),
            other -> other.prepareCall("{? = call PREDICTION('m', ?)}").getMetaData(),
            Connection::isReadOnly,
            Connection::getCatalog,
            Connection::getSchema,
            Connection::getTransactionIsolation,
            other -> other.isValid(1),
            other -> other.nativeSQL("{d '2013-10-01'}"),
            other -> other.getMetaData().getTables(null, null, "T", null).next(),
            other -> other.createStatement().getQueryTimeout(),
            other -> {
              other.createStatement().setQueryTimeout(100);
              return "set";
            },
            other -> other.createBlob().setBytes(1, new byte[] {1}));
    for (Asked question : questions) {
      try (ResultSet rows = statement.executeQuery(PREDICT)) {
        int read = 0;
        for (; read < 1100; read++) {
          assertThat(rows.next()).isTrue();
        }
        question.of(connection);
        while (rows.next()) {
          read++;
          assertThat(rows.getInt(1)).isEqualTo(read);
        }
        assertThat(read).isEqualTo(ROWS);
      }
    }
  }

  /** Asks a connection something; the answer does not matter. */
  private interface Asked {
    Object of(Connection connection) throws SQLException;
  }

  /** Runs a query of its own whenever it is called, when a statement is prepared too. */
  public static ResultSet twice(Connection connection, int number) throws SQLException {
    return connection.createStatement().executeQuery("SELECT COUNT(*) * 2 FROM t");
  }

  private ResultSet slowRows(String condition) throws SQLException {
    ResultSet rows =
        statement.executeQuery(
            "SELECT id, predicted_y FROM PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE "
                + condition.replace("slowly", SLOWLY));
    assertThat(rows.next()).isTrue();
    return rows;
  }

  @Test
  void whatIsCancelledBeforeItCanBeginLeavesTheOpenResultAsItIs() throws Exception {
    ResultSet rows = slowRows("CASE WHEN id <= 1001 THEN TRUE ELSE slowly > 0 END");
    try (Statement other = connection.createStatement()) {
      assertCancelled(other, () -> other.execute("SELECT 1"));
    }
    try (PreparedStatement other = connection.prepareStatement("SELECT 1")) {
      assertCancelled(other, other::execute);
    }
    for (int i = 2; i <= 3000; i++) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(i);
    }
  }

  @Test
  void anOpenResultWhoseNextRowDoesNotComeIsGivenUp() throws Exception {
    ResultSet rows = slowRows("CASE WHEN id <= 1001 THEN TRUE ELSE slowly < 0 END");
    try (Statement other = connection.createStatement()) {
      assertCancelled(other, () -> other.execute("SELECT 1"));
      assertThat(other.execute("SELECT 1")).isTrue();
    }
    assertThatThrownBy(() -> readAll(rows)).hasFieldOrPropertyWithValue("SQLState", "57014");
  }

  @Test
  void cancellingTheOpenResultItselfLetsTheNextStatementRun() throws Exception {
    ResultSet rows = slowRows("CASE WHEN id <= 1001 THEN TRUE ELSE slowly > 0 END");
    Thread canceller = cancelling(statement);
    try (Statement other = connection.createStatement()) {
      assertThat(other.execute("SELECT 1")).isTrue();
    }
    canceller.join();
    assertThatThrownBy(() -> readAll(rows)).hasFieldOrPropertyWithValue("SQLState", "57014");
  }

  private static int readAll(ResultSet rows) throws SQLException {
    int read = 0;
    while (rows.next()) {
      read++;
    }
    return read;
  }

  private static void assertCancelled(
      Statement running, org.assertj.core.api.ThrowableAssert.ThrowingCallable execution)
      throws InterruptedException {
    Thread canceller = cancelling(running);
    long start = System.nanoTime();
    assertThatThrownBy(execution)
        .isInstanceOf(SQLTimeoutException.class)
        .hasFieldOrPropertyWithValue("SQLState", "57014")
        .hasFieldOrPropertyWithValue("errorCode", 57014);
    assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L); // the rest takes 19 s
    canceller.join();
  }

  /** Cancels a statement 300 ms later. */
  private static Thread cancelling(Statement running) {
    Thread canceller =
        new Thread(
            () -> {
              try {
                Thread.sleep(300);
                running.cancel();
              } catch (InterruptedException | SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    canceller.start();
    return canceller;
  }

  @Test
  void theTimeOfTheReaderDoesNotCountForTheQueryTimeout() throws Exception {
    statement.setQueryTimeout(1);
    ResultSet rows = slowRows("CASE WHEN id <= 2000 THEN TRUE ELSE slowly > 0 END");
    for (int i = 2; i <= 1500; i++) {
      assertThat(rows.next()).isTrue();
    }
    Thread.sleep(1200);
    for (int i = 1501; i <= 2000; i++) {
      assertThat(rows.next()).isTrue();
    }
    assertThatThrownBy(() -> readAll(rows)).isInstanceOf(SQLTimeoutException.class);
    assertThat(statement.execute("SELECT 1")).isTrue();
  }

  @Test
  void aRowThatIsTooLongInComingEndsTheResult() throws Exception {
    statement.setQueryTimeout(1);
    ResultSet rows = slowRows("CASE WHEN id <= 1001 THEN TRUE ELSE slowly < 0 END");
    long start = System.nanoTime();
    assertThatThrownBy(() -> readAll(rows)).isInstanceOf(SQLTimeoutException.class);
    assertThat(System.nanoTime() - start).isBetween(500_000_000L, 10_000_000_000L);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:insitu:h2:" + folder.resolve("db"), "sa", "");
  }
}
