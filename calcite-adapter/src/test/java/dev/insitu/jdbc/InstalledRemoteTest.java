package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over a wire to a database with Insitu's functions: every place of a prediction, with the answers
 * of the database's own process.
 */
class InstalledRemoteTest {
  private static final String PREDICT = "PREDICT(MODEL => 'm', DATA => TABLE t)";

  /** What is refused without the functions; {@code $} is a prediction. */
  private static final List<String> QUERIES =
      List.of(
          "SELECT COUNT(*), AVG(ROUND(predicted_y, 9)) FROM $",
          "SELECT p.id, t.y FROM $ p JOIN t ON t.id = p.id ORDER BY 1",
          "SELECT p.id, q.a FROM t q, $ p WHERE q.id = p.id + 1 ORDER BY 1",
          "SELECT id FROM t WHERE id IN (SELECT id FROM $ WHERE predicted_y > 9) ORDER BY 1",
          "SELECT * FROM (SELECT id, predicted_y > 9 FROM $) ORDER BY 1",
          "SELECT (SELECT 1), id FROM $ ORDER BY 2",
          "SELECT CAST(predicted_y AS INT) p, COUNT(*) FROM $ GROUP BY p ORDER BY 1",
          "SELECT DISTINCT predicted_y > 9 FROM $ ORDER BY 1",
          "SELECT id, RANK() OVER (ORDER BY ROUND(predicted_y, 6)) FROM $ ORDER BY 1",
          "SELECT id FROM $ UNION SELECT 1 ORDER BY 1",
          "(SELECT id FROM $) ORDER BY 1",
          "WITH w AS (SELECT * FROM $) SELECT id, ROUND(predicted_y, 9) FROM w ORDER BY 1",
          "SELECT id, PREDICTION('m', a, b) > 9 FROM t ORDER BY 1",
          "SELECT PREDICTION('m', a, 1) FROM t WHERE id = 3",
          "SELECT id, PREDICTION('c', a) AS kind, ROUND(PREDICTION_PROBABILITY('c', 'x', a), 9) FROM t"
              + " ORDER BY 1",
          "SELECT PREDICTION('c', a) AS kind, COUNT(*) FROM t GROUP BY PREDICTION('c', a) ORDER BY 1",
          "SELECT id FROM $ WHERE CURRENT_DATE > DATE '2000-01-01' ORDER BY 1",
          "SELECT only_here(-id) FROM $ ORDER BY 1",
          "SELECT id, ROUND(predicted_y_1, 9) FROM PREDICT(MODEL => 'm', DATA => (SELECT * FROM $))"
              + " ORDER BY 1",
          "SELECT COUNT(*) FROM ML.WEIGHTS(MODEL => 'm')",
          "SELECT COUNT(*) FROM ML.FEATURE_INFO(MODEL => 'm')",
          "SELECT COUNT(*), MAX(ROUND(r2_score, 9)) FROM ML.EVALUATE(MODEL => 'm', DATA => TABLE t)",
          "SELECT e.*, 1 FROM ML.CONFUSION_MATRIX(MODEL => 'c', DATA => (SELECT a, kind FROM t)) e, t"
              + " WHERE id = 1",
          "SELECT id FROM PREDICT(MODEL => 'c', DATA => TABLE t, threshold => 0.9) WHERE id IN"
              + " (SELECT 3 UNION SELECT 4) AND predicted_kind = 'x' ORDER BY 1");

  private static Server server;
  private static int databases;

  private String database = "";
  private Connection remote;
  private Connection local;

  @BeforeAll
  static void start() throws SQLException {
    server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void open() throws SQLException {
    database = "mem:installed" + ++databases;
    remote = remote("sa", "");
    local = DriverManager.getConnection("jdbc:insitu:h2:" + database, "sa", "");
    run(
        local,
        "CREATE TABLE t(id INT PRIMARY KEY, a DOUBLE PRECISION, b DOUBLE PRECISION,"
            + " y DOUBLE PRECISION, kind VARCHAR(1))");
    run(
        local,
        "INSERT INTO t SELECT n, n, MOD(n * 7, 5), 2 * (n + MOD(n * 7, 5)),"
            + " CASE WHEN n + MOD(n, 3) > 9 THEN 'x' ELSE 'y' END FROM SYSTEM_RANGE(1, 20) r(n)");
    run(
        local,
        "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
            + " data_split_method = 'no_split') AS SELECT a, b, y FROM t");
    run(
        local,
        "CREATE MODEL c OPTIONS (model_type = 'logistic_reg', input_label_cols = ['kind'],"
            + " data_split_method = 'no_split') AS SELECT a, kind FROM t");
    run(local, "CREATE ALIAS only_here FOR 'java.lang.Math.abs(double)'");
  }

  @AfterEach
  void close() throws SQLException {
    remote.close();
    local.close();
  }

  private Connection remote(String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:insitu:h2:tcp://localhost:" + server.getPort() + "/" + database, user, password);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return OwnStatementTest.read(statement.executeQuery(sql));
    }
  }

  /** The objects that belong to a model, and what names it, are known in the database's process. */
  @Test
  void whatFollowsAnAliasFollowsItOverAWireToo() throws SQLException {
    run(remote, "CALL INSITU.INSTALL()");
    run(
        remote,
        "CREATE OR REPLACE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'])"
            + " AS SELECT a, b, 7.0E0 AS y FROM t");
    run(remote, "ALTER MODEL m SET ALIAS champion = VERSION 1");
    run(remote, "CALL INSITU.MATERIALIZE('m@champion', 't', 'kept')");
    run(remote, "CREATE VIEW guesses AS SELECT id, PREDICTION('m@champion', a, b) AS guess FROM t");
    String both =
        "SELECT ROUND(kept) = 7, ROUND(guess) = 7 FROM t JOIN guesses g ON g.id = t.id"
            + " WHERE t.id = 2";
    assertThat(rows(remote, both)).containsExactly("FALSE|FALSE");
    remote.setAutoCommit(false);
    run(remote, "ALTER MODEL m SET ALIAS champion = VERSION 2");
    assertThat(rows(remote, both)).containsExactly("TRUE|TRUE");
    assertThat(rows(local, both)).containsExactly("FALSE|FALSE");
    remote.commit();
    remote.setAutoCommit(true);
    assertThat(rows(local, both)).containsExactly("TRUE|TRUE");
    assertThatThrownBy(() -> run(remote, "ALTER MODEL m DROP ALIAS champion"))
        .hasMessageStartingWith(
            "ML086: alias \"CHAMPION\" of model \"PUBLIC.M\" is used by column PUBLIC.T.KEPT, view"
                + " PUBLIC.GUESSES");
    run(remote, "DROP VIEW guesses");
    run(remote, "CALL INSITU.DEMATERIALIZE('t', 'kept')");
    run(remote, "ALTER MODEL m DROP ALIAS IF EXISTS champion");
    run(remote, "ALTER MODEL m DROP ALIAS IF EXISTS champion");
    assertThat(rows(local, "SELECT COUNT(*) FROM INSITU.MODEL_ALIASES")).containsExactly("0");
  }

  @Test
  void everyPlaceOfAPredictionAnswersAsInTheDatabasesProcess() throws SQLException {
    assertThat(rows(remote, "CALL INSITU.INSTALL()").get(0)).contains("functions");
    SoftAssertions soft = new SoftAssertions();
    for (String query : QUERIES) {
      String sql = query.replace("$", PREDICT);
      List<String> expected = rows(local, sql);
      soft.assertThat(expected).as(sql).isNotEmpty();
      try {
        soft.assertThat(rows(remote, sql)).as(sql).isEqualTo(expected);
      } catch (SQLException e) {
        soft.fail(sql, e);
      }
    }
    soft.assertAll();
  }

  @Test
  void changesAreMadeInTheServer() throws SQLException {
    run(remote, "CALL INSITU.INSTALL()");
    try (Statement statement = remote.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "INSERT INTO t(id, a, b) SELECT id + 100, a, b FROM "
                      + PREDICT
                      + " WHERE predicted_y > 30"))
          .isEqualTo(7);
      assertThat(
              statement.executeUpdate(
                  "UPDATE t SET y = PREDICTION('m', a, b) WHERE y IS NULL AND PREDICTION('m', a, b) > 40"))
          .isEqualTo(2);
      assertThat(
              statement.executeUpdate(
                  "DELETE FROM t WHERE id IN (SELECT id FROM " + PREDICT + ") AND id > 110"))
          .isEqualTo(7);
      statement.execute("CREATE TABLE kept AS SELECT * FROM " + PREDICT);
      statement.execute(
          "CREATE MODEL n OPTIONS (model_type = 'linear_reg', input_label_cols = ['predicted_y'])"
              + " AS SELECT a, b, predicted_y FROM "
              + PREDICT);
    }
    assertThat(rows(local, "SELECT COUNT(*), COUNT(predicted_y) FROM kept"))
        .containsExactly("20|20");
    assertThat(rows(local, "SELECT ROUND(PREDICTION('n', 1, 2), 3) FROM t WHERE id = 1"))
        .containsExactly("6.0");
  }

  @Test
  void parametersReachInputsArgumentsAndConditions() throws SQLException {
    run(remote, "CALL INSITU.INSTALL()");
    String sql =
        "SELECT ? || id, ROUND(predicted_y + PREDICTION('m', ?, b), 6) FROM PREDICT(MODEL => 'm', DATA =>"
            + " (SELECT * FROM t WHERE id > ?)) WHERE id IN (SELECT id FROM t WHERE id < ?) ORDER BY 1";
    List<List<String>> answers = new java.util.ArrayList<>();
    for (Connection connection : List.of(local, remote)) {
      try (PreparedStatement prepared = connection.prepareStatement(sql)) {
        for (int round = 0; round < 2; round++) {
          prepared.setString(1, "row ");
          prepared.setDouble(2, 1.5 + round);
          prepared.setInt(3, 4);
          prepared.setInt(4, 9 + round);
          answers.add(OwnStatementTest.read(prepared.executeQuery()));
        }
      }
    }
    assertThat(answers.get(0)).hasSize(4);
    assertThat(answers.get(2)).isEqualTo(answers.get(0));
    assertThat(answers.get(3)).isEqualTo(answers.get(1)).isNotEqualTo(answers.get(0));
  }

  @Test
  void theCallersTransactionIsSeen() throws SQLException {
    run(remote, "CALL INSITU.INSTALL()");
    remote.setAutoCommit(false);
    run(remote, "INSERT INTO t(id, a, b) VALUES (100, 1, 2)");
    assertThat(rows(remote, "SELECT COUNT(*) FROM " + PREDICT)).containsExactly("21");
    assertThat(rows(local, "SELECT COUNT(*) FROM " + PREDICT)).containsExactly("20");
    remote.rollback();
    assertThat(rows(remote, "SELECT COUNT(*) FROM " + PREDICT)).containsExactly("20");
  }

  @Test
  void plansSayThatTheDatabasePredicts() throws SQLException {
    run(remote, "CALL INSITU.INSTALL()");
    assertThat(rows(remote, "EXPLAIN PLAN FOR SELECT COUNT(*) FROM t, " + PREDICT).get(0))
        .contains("\"INSITU\".\"PREDICT\"");
  }

  @Test
  void theSecondProcessOfAutoServerPredictsAnywhere(@TempDir Path folder) throws Exception {
    String url = "h2:" + folder.resolve("db") + ";AUTO_SERVER=TRUE";
    try (ServerProcess first = ServerProcess.holdingWithInsitu(folder, "jdbc:" + url);
        Connection second = DriverManager.getConnection("jdbc:insitu:" + url, "sa", "")) {
      run(second, "CREATE TABLE t(id INT, a DOUBLE PRECISION, y DOUBLE PRECISION)");
      run(second, "INSERT INTO t SELECT n, n, 2 * n FROM SYSTEM_RANGE(1, 20) r(n)");
      run(
          second,
          "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
              + " data_split_method = 'no_split') AS SELECT a, y FROM t");
      run(second, "CALL INSITU.INSTALL()");
      assertThat(
              rows(
                  second,
                  "SELECT CAST(ROUND(SUM(predicted_y)) AS INT), ROUND(PREDICTION('m', 7), 6) FROM "
                      + PREDICT))
          .containsExactly("420|14.0");
    }
  }

  @Test
  void withoutTheFunctionsTheHintNamesThem() {
    assertThatThrownBy(() -> rows(remote, "SELECT PREDICTION('m', a, b) FROM t"))
        .hasMessageStartingWith("ML003: PREDICTION as a scalar function")
        .hasMessageContaining("CALL INSITU.INSTALL()");
  }

  @Test
  void whoMayNotReadTheStorePredicts() throws SQLException {
    run(remote, "CALL INSITU.INSTALL()");
    run(local, "CREATE USER reader PASSWORD 'r'");
    run(local, "GRANT SELECT ON t TO reader");
    run(local, "GRANT SELECT ON SCHEMA INSITU TO reader");
    try (Connection reader = remote("reader", "r")) {
      assertThat(rows(reader, "SELECT COUNT(*) FROM " + PREDICT)).containsExactly("20");
      run(local, "REVOKE SELECT ON t FROM reader");
      assertThatThrownBy(() -> rows(reader, "SELECT COUNT(*) FROM " + PREDICT))
          .hasFieldOrPropertyWithValue("errorCode", 90096);
    }
  }
}
