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
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of every kind, and what happens when one is slow, shared, or gone. */
class RemoteServerTest {
  private static final String CREATE =
      "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
          + " data_split_method = 'no_split') AS SELECT a, b, y FROM t";
  private static final String PREDICT =
      "SELECT id, ROUND(predicted_y) FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE id < 4 ORDER BY id";
  private static final List<String> PREDICTED = List.of("1|6.0", "2|12.0", "3|8.0");

  /** A query without rows that takes the server minutes. */
  private static final String SLOW =
      "SELECT p.n AS id, p.n AS a, q.n AS b FROM SYSTEM_RANGE(1, 100000) p(n),"
          + " SYSTEM_RANGE(1, 100000) q(n) WHERE p.n + q.n < ?";

  @TempDir private Path folder;

  private static Connection open(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url, "sa", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS t(id INT PRIMARY KEY, a DOUBLE PRECISION,"
              + " b DOUBLE PRECISION, y DOUBLE PRECISION, c CLOB)");
      statement.execute(
          "MERGE INTO t SELECT n, n, MOD(n * 7, 5), 2 * (n + MOD(n * 7, 5)),"
              + " REPEAT('x', CASE WHEN MOD(n, 1000) = 0 THEN 300000 ELSE 10 END)"
              + " FROM SYSTEM_RANGE(1, 3000) r(n)");
    }
    return connection;
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return OwnStatementTest.read(statement.executeQuery(sql));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void resultsAreReadPageByPageAndOutliveWhatComesAfter() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder);
        Connection connection = open(server.url("db"));
        Statement statement = connection.createStatement()) {
      execute(connection, CREATE);
      ResultSet result =
          statement.executeQuery(
              "SELECT id, c, predicted_y FROM PREDICT(MODEL => 'm', DATA => TABLE t)");
      result.next();
      execute(connection, "DELETE FROM t WHERE id > 2000");
      assertThat(rows(connection, "SELECT COUNT(*) FROM t")).containsExactly("2000");
      int read = 1;
      long characters = result.getString(2).length();
      while (result.next()) {
        read++;
        characters += result.getString(2).length();
      }
      assertThat(read).isEqualTo(3000);
      assertThat(characters).isEqualTo(3 * 300_000L + 2997 * 10);
      String many =
          "SELECT id FROM PREDICT(MODEL => 'm', DATA => (SELECT n AS id, n AS a, 1 AS b"
              + " FROM SYSTEM_RANGE(1, 300000) r(n))) WHERE MOD(id, 100000) = 0";
      assertThat(rows(connection, many)).containsExactly("100000", "200000", "300000");
      // Closed at once, and none of the server's results is left behind.
      for (int i = 0; i < 200; i++) {
        ResultSet unread = statement.executeQuery(many.replace("300000", "5000"));
        unread.next();
      }
      assertThat(rows(connection, PREDICT)).isEqualTo(PREDICTED);
    }
  }

  @Test
  void cancelAndTimeoutStopTheServer() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder);
        Connection connection = open(server.url("db"));
        PreparedStatement prepared = predictSlow(connection);
        Statement statement = connection.createStatement()) {
      prepared.setQueryTimeout(1);
      assertThatThrownBy(prepared::executeQuery).hasFieldOrPropertyWithValue("errorCode", 57014);
      prepared.setQueryTimeout(0);
      cancelled(prepared, prepared::executeQuery);
      String slow = SLOW.replace("?", "0");
      cancelled(
          statement,
          () -> statement.execute("SELECT * FROM PREDICT(MODEL => 'm', DATA => (" + slow + "))"));
      cancelled(
          statement,
          () ->
              statement.execute(
                  "CREATE MODEL k OPTIONS (model_type = 'kmeans') AS SELECT a FROM ("
                      + slow
                      + ")"));
      assertThat(rows(connection, "SELECT state FROM INSITU.RUNS WHERE model_name = 'K'"))
          .containsExactly("cancelled");
      assertThat(
              rows(
                  connection,
                  "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS"
                      + " WHERE executing_statement LIKE '%100000%'"
                      + " AND session_id <> SESSION_ID()"))
          .containsExactly("0");
      assertThat(rows(connection, PREDICT)).isEqualTo(PREDICTED);
    }
  }

  private static PreparedStatement predictSlow(Connection connection) throws SQLException {
    execute(connection, CREATE);
    PreparedStatement prepared =
        connection.prepareStatement("SELECT * FROM PREDICT(MODEL => 'm', DATA => (" + SLOW + "))");
    prepared.setInt(1, 0);
    return prepared;
  }

  /** Cancels again and again, since H2 forgets a cancel that comes before the command begins. */
  private static void cancelled(Statement statement, Callable<?> work) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    ExecutorService canceller = Executors.newSingleThreadExecutor();
    try {
      Future<?> cancelling =
          canceller.submit(
              () -> {
                do {
                  statement.cancel();
                } while (!done.await(200, TimeUnit.MILLISECONDS));
                return null;
              });
      assertThatThrownBy(work::call)
          .isInstanceOf(SQLException.class)
          .hasFieldOrPropertyWithValue("errorCode", 57014);
      done.countDown();
      cancelling.get();
    } finally {
      canceller.shutdownNow();
    }
  }

  @Test
  void aServerThatIsGoneIsTheDatabasesOwnError() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      Connection connection = open(server.url("db"));
      execute(connection, CREATE);
      Statement statement = connection.createStatement();
      ResultSet result =
          statement.executeQuery(
              "SELECT id FROM PREDICT(MODEL => 'm', DATA => (SELECT n AS id, n AS a, 1 AS b"
                  + " FROM SYSTEM_RANGE(1, 300000) r(n)))");
      result.next();
      server.kill();
      assertThatThrownBy(
              () -> {
                while (result.next()) {}
              })
          .isInstanceOf(SQLException.class)
          .hasMessageNotContaining("ML0");
      assertThatThrownBy(() -> rows(connection, PREDICT))
          .isInstanceOf(SQLException.class)
          .hasMessageNotContaining("ML0");
      connection.close();
      assertThat(connection.isClosed()).isTrue();
    }
    try (ServerProcess again = ServerProcess.start(folder);
        Connection connection = open(again.url("db"))) {
      assertThat(rows(connection, PREDICT)).isEqualTo(PREDICTED);
      assertThat(rows(connection, "SELECT state FROM INSITU.RUNS")).containsExactly("succeeded");
    }
  }

  @Test
  void encryptedConnectionsAreLikeAnyOther() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, "-tcpSSL")) {
      Properties before = (Properties) System.getProperties().clone();
      // The server has just written H2's own certificate into its home.
      String store = folder.resolve(".h2.keystore").toString();
      System.setProperty("javax.net.ssl.keyStore", store);
      System.setProperty("javax.net.ssl.keyStorePassword", "h2pass");
      System.setProperty("javax.net.ssl.trustStore", store);
      System.setProperty("javax.net.ssl.trustStorePassword", "h2pass");
      try (Connection connection = open(server.url("db"))) {
        assertThat(connection.getMetaData().getURL()).startsWith("jdbc:insitu:h2:ssl:");
        execute(connection, CREATE);
        assertThat(rows(connection, PREDICT)).isEqualTo(PREDICTED);
      } finally {
        System.setProperties(before);
      }
    }
  }

  @Test
  void theSecondProcessOfAutoServerIsLikeTheFirst() throws Exception {
    String url = "jdbc:h2:" + folder.resolve("shared") + ";AUTO_SERVER=TRUE";
    String ours = url.replace("jdbc:", "jdbc:insitu:");
    try (ServerProcess first = ServerProcess.holding(folder, url);
        Connection connection = open(ours)) {
      execute(connection, CREATE);
      assertThat(rows(connection, PREDICT)).isEqualTo(PREDICTED);
      assertThatThrownBy(() -> rows(connection, "SELECT PREDICTION('m', a, b) FROM t"))
          .hasMessageStartingWith("ML003: PREDICTION as a scalar function");
    }
    // Nobody holds it any more, so that it opens in this process.
    try (Connection connection = open(ours)) {
      assertThat(rows(connection, PREDICT)).isEqualTo(PREDICTED);
      assertThat(rows(connection, "SELECT COUNT(PREDICTION('m', a, b)) FROM t"))
          .containsExactly("3000");
    }
  }

  @Test
  void passwordsAreKeptForTheSecondConnectionAlone() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      Properties properties = new Properties();
      properties.put("user", "sa");
      properties.put("password", "secret".toCharArray());
      try (Connection connection = DriverManager.getConnection(server.url("db"), properties)) {
        execute(
            connection, "CREATE TABLE t AS SELECT x AS a, x AS b, x AS y FROM SYSTEM_RANGE(1, 9)");
        execute(connection, CREATE);
        assertThat(rows(connection, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS"))
            .containsExactly("2");
      }
      properties.put("password", "secret");
      try (Connection connection = DriverManager.getConnection(server.url("db"), properties)) {
        assertThat(rows(connection, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS"))
            .containsExactly("1");
      }
    }
  }

  @Test
  void manyConnectionsTrainAndPredictAtOnce() throws Exception {
    int connections = 4;
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try (ServerProcess server = ServerProcess.start(folder);
        Connection first = open(server.url("db"))) {
      execute(first, CREATE);
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        String model = "own" + i;
        work.add(
            threads.submit(
                () -> {
                  try (Connection connection =
                      DriverManager.getConnection(server.url("db"), "sa", "")) {
                    for (int round = 0; round < 3; round++) {
                      execute(
                          connection,
                          CREATE.replace("CREATE MODEL m", "CREATE OR REPLACE MODEL " + model));
                      assertThat(rows(connection, PREDICT.replace("'m'", "'" + model + "'")))
                          .isEqualTo(PREDICTED);
                      assertThat(rows(connection, PREDICT)).isEqualTo(PREDICTED);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : work) {
        one.get(2, TimeUnit.MINUTES);
      }
      assertThat(rows(first, "SELECT SUM(default_version) FROM INSITU.MODELS"))
          .containsExactly(String.valueOf(3 * connections + 1));
      assertThat(rows(first, "SELECT DISTINCT state FROM INSITU.RUNS"))
          .containsExactly("succeeded");
    } finally {
      threads.shutdownNow();
    }
  }
}
