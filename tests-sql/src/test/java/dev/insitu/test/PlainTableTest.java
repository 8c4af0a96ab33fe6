package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table functions of plain H2: when rows are read and scored, what is asked of a call that only
 * wants columns, and that the answers are the driver's. The input counts its rows.
 */
class PlainTableTest {
  private static final String PREDICT =
      "INSITU.PREDICT('m', 'SELECT id, tick(a) AS a FROM t WHERE id <= 100')";
  private static final String MANY =
      "SELECT r.x AS id, tick(r.x) AS a, r.x + 0.5 AS y FROM t CROSS JOIN SYSTEM_RANGE(1, 1000000) r";

  @TempDir Path folder;
  private final String database = "mem:" + UUID.randomUUID();
  private Connection plain;

  @BeforeEach
  void open() throws SQLException {
    plain = open(database);
    make(plain);
  }

  private static Connection open(String name) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:" + name, "sa", "");
  }

  private static void make(Connection connection) throws SQLException {
    execute(connection, PlainDatabases.INSTALL);
    execute(connection, "CREATE ALIAS tick FOR 'dev.insitu.test.Ticks.tick'");
    execute(
        connection,
        "CREATE TABLE t AS SELECT CAST(x AS INTEGER) AS id, CAST(x AS DOUBLE PRECISION) AS a,"
            + " 2.0 * x + 1 AS y, CAST(MOD(x, 2) AS BOOLEAN) AS odd FROM SYSTEM_RANGE(1, 1000)");
    execute(
        connection,
        "CALL INSITU.TRAIN('m', 'SELECT a, y FROM t', 'y', '{\"model_type\": \"linear_reg\"}')");
    Ticks.reset();
  }

  @AfterEach
  void close() throws SQLException {
    plain.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT COUNT(*) FROM P|100",
        "SELECT COUNT(p.id) FROM t JOIN P p ON p.id <= t.id|95050",
        "SELECT COUNT(p.id) FROM t LEFT JOIN P p ON p.id = t.id|100",
        "SELECT SUM((SELECT COUNT(*) FROM P p WHERE p.id <= t.id)) FROM t|95050",
        "SELECT COUNT(*) FROM t WHERE id IN (SELECT id FROM P)|100",
        "SELECT COUNT(*) FROM t WHERE EXISTS (SELECT 1 FROM P p WHERE p.id = t.id)|100",
        "SELECT COUNT(*) FROM (SELECT * FROM P UNION ALL SELECT * FROM P)|200",
        "WITH p AS (SELECT * FROM P) SELECT COUNT(*) FROM p p1 JOIN p p2 ON p1.id = p2.id|100",
        "SELECT COUNT(*) FROM t JOIN v ON v.id = t.id|100",
        "SELECT COUNT(*) FROM v v1, v v2|10000",
        "SELECT COUNT(*) FROM INSITU.PREDICT('m', 'SELECT v.id, t.y, predicted_y AS a FROM v JOIN t ON v.id = t.id')|100",
      })
  void rowsAreReadOnceInAStatement(String sql, long expected) throws SQLException {
    execute(plain, "CREATE VIEW v AS SELECT * FROM " + PREDICT);
    Ticks.reset();
    Number counted = (Number) one(plain, sql.replaceAll("\\bP\\b", quoted(PREDICT)));
    assertThat(counted.longValue()).isEqualTo(expected);
    assertThat(Ticks.count()).isEqualTo(100);
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }

  @Test
  void eachExecutionReadsAnewAndOtherArgumentsAreAnotherCall() throws SQLException {
    String call =
        "INSITU.PREDICT('m', 'SELECT id, tick(a) AS a FROM t WHERE id <= ?', NULL,"
            + " 'id INTEGER, predicted_y DOUBLE PRECISION', %s)";
    try (PreparedStatement statement =
        plain.prepareStatement(
            "SELECT COUNT(*) FROM t JOIN " + call.formatted("?") + " p ON p.id = t.id")) {
      assertThat(Ticks.count()).isZero();
      for (int rows : new int[] {10, 10, 20}) {
        Ticks.reset();
        statement.setInt(1, rows);
        try (ResultSet result = statement.executeQuery()) {
          result.next();
          assertThat(result.getLong(1)).isEqualTo(rows);
        }
        assertThat(Ticks.count()).isEqualTo(rows);
      }
    }
    Ticks.reset();
    assertThat(
            one(
                plain,
                "SELECT COUNT(*) FROM "
                    + call.formatted("5")
                    + " p, "
                    + call.formatted("7")
                    + " q"))
        .isEqualTo(35L);
    assertThat(Ticks.count()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM " + PREDICT,
        "SELECT * FROM INSITU.TRAIN('n', 'SELECT tick(a) AS a, y FROM t', 'y', '{\"model_type\": \"linear_reg\"}')",
        "SELECT * FROM INSITU.EVALUATE('m', 'SELECT tick(a) AS a, y FROM t')",
        "CALL INSITU.TRAIN('n', 'SELECT tick(a) AS a, y FROM t', 'y', '{\"model_type\": \"linear_reg\"}')",
      })
  void askingForColumnsDoesNothing(String sql) throws SQLException {
    try (PreparedStatement statement = plain.prepareStatement(sql)) {
      ResultSetMetaData columns = statement.getMetaData();
      assertThat(columns.getColumnCount()).isPositive();
      if (sql.startsWith("SELECT")) {
        execute(plain, "EXPLAIN " + sql);
        execute(plain, "CREATE VIEW made AS " + sql);
      }
      assertThat(Ticks.count()).isZero();
      assertThat(one(plain, "SELECT COUNT(*) FROM INSITU.MODELS")).isEqualTo(1L);
      assertThat(one(plain, "SELECT COUNT(*) FROM INSITU.RUNS")).isEqualTo(1L);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(names(rows.getMetaData())).isEqualTo(names(columns));
      }
    }
    assertThat(Ticks.count()).isPositive();
  }

  @Test
  void preparingAloneLeavesNothingOpen() throws SQLException {
    plain.setAutoCommit(false);
    plain.commit();
    try (PreparedStatement statement = plain.prepareStatement("SELECT * FROM " + PREDICT);
        Connection other = open(database)) {
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(3);
      assertThat(
              one(
                  other,
                  "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE CONTAINS_UNCOMMITTED"))
          .isEqualTo(0L);
      assertThat(one(other, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.LOCKS")).isEqualTo(0L);
    }
  }

  @Test
  void aQueryThatIsAParameterComesAsJsonOrAsDeclared() throws SQLException {
    try (PreparedStatement statement =
        plain.prepareStatement("SELECT * FROM INSITU.PREDICT('m', ?)")) {
      assertThat(names(statement.getMetaData())).containsExactly("PREDICTION");
      statement.setString(1, "SELECT id, CAST(a AS DECIMAL(4, 1)) AS a FROM t WHERE id = 3");
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(names(rows.getMetaData())).containsExactly("PREDICTION");
        rows.next();
        assertThat(rows.getString(1))
            .matches("\\{\"ID\":3,\"A\":3.0,\"PREDICTED_Y\":(7\\.0|6\\.99)\\d*\\}");
      }
    }
    try (PreparedStatement statement =
        plain.prepareStatement(
            "SELECT * FROM INSITU.PREDICT(?, ?, ?, 'predicted_y INTEGER, \"ID\" VARCHAR')")) {
      assertThat(names(statement.getMetaData())).containsExactly("PREDICTED_Y", "ID");
      statement.setString(1, "m@1");
      statement.setString(2, "SELECT id, a FROM t WHERE id = 3");
      statement.setString(3, "{}");
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(List.of(rows.getObject(1), rows.getObject(2))).isEqualTo(List.of(7, "3"));
      }
    }
  }

  @Test
  void theCallersUncommittedRowsAreSeenAndNothingIsCommitted() throws SQLException {
    plain.setAutoCommit(false);
    execute(plain, "INSERT INTO t VALUES (1001, 1001, 0, FALSE)");
    execute(
        plain,
        "CALL INSITU.TRAIN('m', 'SELECT a, 0.0 AS y FROM t', 'y', '{\"model_type\": \"linear_reg\"}')");
    String read =
        "SELECT CAST(predicted_y AS INTEGER) FROM INSITU.PREDICT('m', 'SELECT a FROM t WHERE id = 1001')";
    assertThat(one(plain, read)).isEqualTo(0);
    plain.rollback();
    assertThat(one(plain, "SELECT COUNT(*) FROM INSITU.MODEL_VERSIONS")).isEqualTo(1L);
    assertThat(one(plain, "SELECT COUNT(*) FROM (" + read + ")")).isEqualTo(0L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PREDICT('m', 'SELECT * FROM t WHERE id < 9')|PREDICT(MODEL => 'm', DATA => (SELECT * FROM t WHERE id < 9))",
        "PREDICT('c', 'SELECT * FROM t WHERE id < 9', '{\"probabilities\": true}')|PREDICT(MODEL => 'c', DATA => (SELECT * FROM t WHERE id < 9), PROBABILITIES => TRUE)",
        "EVALUATE('m')|ML.EVALUATE(MODEL m)",
        "EVALUATE('c', 'SELECT * FROM t', '{\"threshold\": 0.4}')|ML.EVALUATE(MODEL c, TABLE t, STRUCT(0.4 AS threshold))",
        "CONFUSION_MATRIX('c', 'SELECT * FROM t')|ML.CONFUSION_MATRIX(MODEL c, TABLE t)",
        "ROC_CURVE('c')|ML.ROC_CURVE(MODEL c)",
        "FEATURE_INFO('m')|ML.FEATURE_INFO(MODEL m)",
        "TRAINING_INFO('c')|ML.TRAINING_INFO(MODEL c)",
        "WEIGHTS('m')|ML.WEIGHTS(MODEL m)",
        "CENTROIDS('k')|ML.CENTROIDS(MODEL k)",
        "WEIGHTS('k')|ML.WEIGHTS(MODEL k)",
        "EVALUATE('nobody')|ML.EVALUATE(MODEL nobody)",
        "PREDICT('m', 'SELECT id FROM t')|PREDICT(MODEL => 'm', DATA => (SELECT id FROM t))",
        "PREDICT('m', 'SELECT * FROM nowhere')|PREDICT(MODEL => 'm', DATA => (SELECT * FROM nowhere))",
        "PREDICT('m', 'SELECT id / (id - 2) AS a FROM t')|PREDICT(MODEL => 'm', DATA => (SELECT id / (id - 2) AS a FROM t))",
        "ROC_CURVE('m')|ML.ROC_CURVE(MODEL m)",
      })
  void answersAndErrorsAreTheDrivers(String function, String statement) throws SQLException {
    execute(
        plain,
        "CALL INSITU.TRAIN('c', 'SELECT a, odd FROM t', 'odd', '{\"model_type\": \"decision_tree_classifier\"}')");
    execute(
        plain,
        "CALL INSITU.TRAIN('k', 'SELECT a FROM t', NULL, '{\"model_type\": \"kmeans\", \"num_clusters\": 2}')");
    try (Connection driver = DriverManager.getConnection("jdbc:insitu:h2:" + database, "sa", "")) {
      String expected = outcome(driver, "SELECT * FROM " + statement);
      assertThat(outcome(plain, "SELECT * FROM INSITU." + function)).isEqualTo(expected);
      assertThat(outcome(plain, "CALL INSITU." + function)).isEqualTo(expected);
    }
  }

  /** Returns columns and rows, or SQLSTATE and the first line of the error. */
  private static String outcome(Connection connection, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ResultSetMetaData columns = rows.getMetaData();
      StringBuilder text = new StringBuilder();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        text.append(columns.getColumnName(i)).append(' ').append(columns.getColumnTypeName(i));
        text.append(", ");
      }
      while (rows.next()) {
        text.append('\n');
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          text.append(rows.getString(i)).append(", ");
        }
      }
      return text.toString();
    } catch (SQLException e) {
      return e.getSQLState()
          + String.valueOf(e.getMessage())
              .lines()
              .findFirst()
              .orElse("")
              .replaceFirst("; SQL statement:.*", "")
              .replaceFirst(" \\[\\d+-\\d+\\]$", "");
    }
  }

  @Test
  void lazyExecutionOfTheCallerGivesTheSameRows() throws SQLException {
    execute(plain, "SET LAZY_QUERY_EXECUTION TRUE");
    assertThat(ImportedDoorsTest.rows(plain, "SELECT id FROM " + PREDICT)).hasSize(100);
    assertThat(
            ImportedDoorsTest.rows(
                plain, "SELECT t.id FROM t JOIN " + PREDICT + " p ON p.id = t.id"))
        .hasSize(100);
  }

  @Test
  void aStoredViewIsReadAfterTheDatabaseWasOpenedAgain() throws Exception {
    String file = folder.resolve("views").toString();
    try (Connection connection = open(file)) {
      make(connection);
      execute(connection, "CREATE VIEW predicted AS SELECT id, predicted_y FROM " + PREDICT);
      execute(
          connection,
          "CREATE VIEW declared AS SELECT * FROM INSITU.PREDICT('m', 'SELECT * FROM t', NULL, 'id INT, predicted_y INT')");
      execute(connection, "CREATE VIEW quality AS SELECT r2_score FROM INSITU.EVALUATE('m')");
      execute(
          connection,
          "CALL INSITU.IMPORT_MODEL('brought', FILE_READ('tests-sql/onnx/models/columns_logistic/model.onnx'))");
      execute(
          connection,
          "CREATE VIEW brought AS SELECT * FROM INSITU.PREDICT('brought', 'SELECT ''Biscoe'' AS island,"
              + " a AS bill_length_mm, a AS bill_depth_mm, id AS flipper_length_mm, id AS body_mass_g,"
              + " ''male'' AS sex, id AS \"year\", odd AS heavy FROM t')");
    }
    try (Connection connection = open(file)) {
      assertThat(one(connection, "SELECT MAX(id) FROM predicted")).isEqualTo(100);
      assertThat(one(connection, "SELECT MAX(predicted_y) FROM declared")).isEqualTo(2001);
      assertThat(one(connection, "SELECT r2_score > 0.99 FROM quality")).isEqualTo(true);
      assertThat(one(connection, "SELECT COUNT(*) FROM brought")).isEqualTo(1000L);
    }
    try (Connection connection = open(file + ";ACCESS_MODE_DATA=r")) {
      assertThat(one(connection, "SELECT MAX(id) FROM predicted")).isEqualTo(100);
      assertThat(one(connection, "SELECT COUNT(*) FROM INSITU.WEIGHTS('m')")).isEqualTo(2L);
    }
  }

  @Test
  void whatIsLeftUnreadNeitherDisturbsNorFails() throws Exception {
    String file = folder.resolve("left").toString();
    try (Connection connection = open(file);
        Connection writer = open(file)) {
      make(connection);
      for (int i = 0; i < 20; i++) {
        assertThat(
                ImportedDoorsTest.rows(
                    connection,
                    "SELECT id FROM INSITU.PREDICT('m', 'SELECT id, a FROM t') LIMIT 1"))
            .hasSize(1);
        execute(writer, "UPDATE t SET y = y + 1");
        execute(writer, "CHECKPOINT SYNC");
      }
      assertThat(one(connection, "SELECT COUNT(*) FROM INSITU.PREDICT('m', 'SELECT id, a FROM t')"))
          .isEqualTo(1000L);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM INSITU.PREDICT('m', '" + MANY + "')",
        "SELECT COUNT(*) FROM t JOIN INSITU.PREDICT('m', '" + MANY + "') p ON p.id = t.id",
        "SELECT * FROM INSITU.EVALUATE('m', '" + MANY + "')",
        "CALL INSITU.PREDICT('m', '" + MANY + "')",
        "CALL INSITU.TRAIN('n', '" + MANY + "', 'y', '{\"model_type\": \"linear_reg\"}')",
      })
  void cancellingAndTimeoutsStopTheReading(String sql) throws Exception {
    try (Statement statement = plain.createStatement()) {
      ExecutorService threads = Executors.newSingleThreadExecutor();
      try {
        Future<Boolean> running = threads.submit(() -> statement.execute(sql));
        Ticks.await(1000);
        statement.cancel();
        assertThatThrownBy(() -> running.get(60, TimeUnit.SECONDS))
            .cause()
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      } finally {
        threads.shutdownNow();
      }
      Ticks.reset();
      execute(plain, "SET QUERY_TIMEOUT 300");
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      execute(plain, "SET QUERY_TIMEOUT 0");
    }
    assertThat(one(plain, "SELECT COUNT(*) FROM " + PREDICT)).isEqualTo(100L);
    assertThat(one(plain, "SELECT COUNT(*) FROM INSITU.MODELS")).isEqualTo(1L);
  }

  /**
   * A million rows: {@code mvn -pl tests-sql -am test
   * -Dtest=PlainTableTest#manyRowsNeedLittleMemory -Dinsitu.rows=1000000
   * -Dsurefire.failIfNoSpecifiedTests=false}.
   */
  @Test
  void manyRowsNeedLittleMemory() throws Exception {
    long rows = Long.getLong("insitu.rows", 100_000);
    List<String> command = ChildProcess.java("-Xmx64m", "-XX:+UseSerialGC");
    command.addAll(
        List.of(
            PlainTableMemory.class.getName(),
            folder.resolve("many").toString(),
            Long.toString(rows)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(said.lines())
        .as(said)
        .containsExactly(Long.toString(rows), Long.toString(2 * rows), Long.toString(rows));
  }

  private static List<String> names(ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
    }
    return names;
  }

  private static Object one(Connection connection, String sql) throws SQLException {
    return ImportedDoorsTest.rows(connection, sql).get(0).get(0);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
