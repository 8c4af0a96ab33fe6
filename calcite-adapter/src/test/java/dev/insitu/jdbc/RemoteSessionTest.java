package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements of ours over a wire, to a server that knows nothing of us. */
class RemoteSessionTest {
  private static final String CREATE =
      "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
          + " data_split_method = 'no_split') AS SELECT a, b, y FROM t";
  private static final String PREDICT = "PREDICT(MODEL => 'm', DATA => TABLE t)";

  /** Statements, {@code $} for a prediction, and what is said of them. */
  private static final List<String> REFUSED =
      List.of(
          "SELECT COUNT(*) FROM $ # PREDICT below an aggregate (line 1, column 22)",
          "SELECT p.id FROM $ p JOIN t ON t.id = p.id # PREDICT in a join (",
          "SELECT p.id FROM t, $ p # PREDICT in a join (",
          "SELECT p.id FROM $ p, t # PREDICT in a join (",
          "SELECT id FROM t WHERE id IN (SELECT id FROM $) # PREDICT in a sub-query (",
          "SELECT * FROM (SELECT id FROM $) # PREDICT in a sub-query (",
          "SELECT (SELECT 1) FROM $ # PREDICT beside a sub-query (",
          "SELECT id FROM $ GROUP BY id # PREDICT below GROUP BY (",
          "SELECT DISTINCT id FROM $ # PREDICT below DISTINCT (",
          "SELECT RANK() OVER (ORDER BY id) FROM $ # PREDICT below a window function (",
          "SELECT id FROM $ UNION SELECT 1 # PREDICT in a set operation (",
          "(SELECT id FROM $) # PREDICT in brackets (",
          "WITH w AS (SELECT * FROM $) SELECT * FROM w # PREDICT in a WITH query (",
          "SELECT PREDICTION('m', a, b) FROM t # PREDICTION as a scalar function (",
          "INSERT INTO t(id) SELECT id + 100 FROM $ # PREDICT in INSERT (",
          "UPDATE t SET y = (SELECT 1 FROM $) # PREDICT in UPDATE (",
          "DELETE FROM t WHERE id IN (SELECT id FROM $) # PREDICT in DELETE (",
          "CREATE TABLE u AS SELECT * FROM $ # PREDICT in CREATE TABLE (",
          "EXPLAIN PLAN FOR SELECT p.id FROM $ p, t # PREDICT in a join (",
          "SELECT CURRENT_USER FROM $ # PREDICT beside a function whose value depends on",
          "SELECT id FROM $ WHERE CURRENT_DATE > DATE '2000-01-01' # PREDICT beside a function whose",
          "SELECT FILE_READ('x') FROM $ # PREDICT beside a function whose value depends on",
          "SELECT only_here(id) FROM $ # PREDICT beside something that only the database has",
          "SELECT * FROM PREDICT(MODEL => 'm', DATA => (SELECT * FROM $)) # PREDICT in the data of",
          "CREATE MODEL n OPTIONS (model_type = 'kmeans') AS SELECT a FROM $ # PREDICT in the query of",
          "SELECT COUNT(*) FROM ML.WEIGHTS(MODEL => 'm') # ML.WEIGHTS below an aggregate (");

  private static final String CHAMPION =
      "SELECT predicted_y FROM PREDICT(MODEL => 'm@champion', DATA => TABLE t) WHERE id = 3";

  @TempDir private static Path folder;
  private static ServerProcess server;
  private static int databases;

  private String url = "";
  private Connection connection;
  private Statement statement;

  @BeforeAll
  static void start() throws IOException {
    server = ServerProcess.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws SQLException {
    databases++;
    url = server.url("db" + databases);
    connection = DriverManager.getConnection(url, "sa", "secret");
    statement = connection.createStatement();
    fill(statement);
  }

  private static void fill(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE t(id INT PRIMARY KEY, a DOUBLE PRECISION, b DOUBLE PRECISION,"
            + " y DOUBLE PRECISION)");
    statement.execute(
        "INSERT INTO t SELECT n, n, MOD(n * 7, 5), 2 * (n + MOD(n * 7, 5))"
            + " FROM SYSTEM_RANGE(1, 20) r(n)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void plainStatementsAreTheDatabasesOwn() throws SQLException {
    statement.execute("CREATE TABLE model(id INT); INSERT INTO model VALUES (1)");
    statement.execute("CREATE ALIAS prediction FOR 'java.lang.Math.abs(double)'");
    assertThat(rows("SELECT PREDICTION(-id) FROM model")).containsExactly("1.0");
    assertThat(
            rows("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA WHERE schema_name = 'INSITU'"))
        .containsExactly("0");
  }

  @Test
  void modelsAreMadeShownExportedAndDropped() throws SQLException, IOException {
    assertThat(statement.execute(CREATE)).isFalse();
    assertThat(statement.getUpdateCount()).isZero();
    assertThat(rows("SHOW MODELS").get(0)).startsWith("PUBLIC|M|linear_reg|regression|1|1|20|");
    assertThat(rows("DESCRIBE MODEL m")).anyMatch(row -> row.startsWith("model|type|linear_reg"));
    assertThat(rows("SHOW CREATE MODEL m").get(0)).contains("SELECT a, b, y FROM t");
    Path file = folder.resolve("m.onnx");
    statement.execute("EXPORT MODEL m TO '" + file + "'");
    assertThat(Files.size(file)).isPositive();
    assertThat(rows("SELECT state, user_name FROM INSITU.RUNS")).containsExactly("succeeded|SA");
    assertThat(
            rows(
                "SELECT metric_name, metric_value FROM TRAIN(MODEL => 'm', DATA => (SELECT a, b, y FROM t),"
                    + " TARGET => DESCRIPTOR(y), model_type => 'linear_reg') WHERE metric_name LIKE 'rows%'"))
        .contains("rows_trained|20.0");
    assertThat(rows("SELECT default_version FROM INSITU.MODELS")).containsExactly("2");
    statement.execute("DROP MODEL m");
    assertThat(rows("SHOW MODELS")).isEmpty();
  }

  @Test
  void anAliasMovesAndTheNextExecutionSeesIt() throws SQLException {
    for (int i = 1; i <= 2; i++) {
      statement.execute(
          "CREATE OR REPLACE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'])"
              + " AS SELECT a, "
              + i
              + ".0E0 AS y FROM t");
    }
    statement.execute("ALTER MODEL m SET ALIAS champion = VERSION 1");
    try (Connection beside = DriverManager.getConnection(url, "sa", "secret");
        PreparedStatement own = connection.prepareStatement(CHAMPION);
        PreparedStatement others = beside.prepareStatement(CHAMPION)) {
      assertThat(predicted(own)).isEqualTo(1);
      assertThat(predicted(others)).isEqualTo(1);
      connection.setAutoCommit(false);
      statement.execute("ALTER MODEL m SET ALIAS champion = VERSION 2");
      assertThat(predicted(own)).isEqualTo(2);
      assertThat(predicted(others)).isEqualTo(1);
      connection.rollback();
      assertThat(predicted(own)).isEqualTo(1);
      statement.execute("ALTER MODEL m SET ALIAS champion = VERSION 2");
      statement.execute("ALTER MODEL m SET DEFAULT VERSION 1");
      connection.commit();
      connection.setAutoCommit(true);
      assertThat(predicted(others)).isEqualTo(2);
      assertThat(rows("SELECT alias_name, version_number FROM INSITU.MODEL_ALIASES"))
          .containsExactly("CHAMPION|2");
      assertThat(rows("SELECT default_version FROM INSITU.MODELS")).containsExactly("1");
      assertThatThrownBy(() -> statement.execute("DROP MODEL m VERSION 2"))
          .hasMessageStartingWith("ML086: model \"PUBLIC.M\" version 2 is used by alias CHAMPION");
      statement.execute("ALTER MODEL m DROP ALIAS champion");
      assertThatThrownBy(() -> predicted(others))
          .hasMessageStartingWith("ML013: model \"PUBLIC.M\" has no alias \"CHAMPION\"");
    }
  }

  private static long predicted(PreparedStatement of) throws SQLException {
    try (ResultSet row = of.executeQuery()) {
      row.next();
      return Math.round(row.getDouble(1));
    }
  }

  @Test
  void predictionsTakeColumnsFiltersOrderAndLimit() throws SQLException {
    statement.execute(CREATE);
    assertThat(
            rows(
                "SELECT p.id, y, ROUND(predicted_y, 3) FROM "
                    + PREDICT
                    + " p WHERE p.id < 4 AND predicted_y > 5 ORDER BY 1"))
        .containsExactly("1|6.0|6.0", "2|12.0|12.0", "3|8.0|8.0");
    assertThat(
            rows(
                "WITH r AS (SELECT * FROM t WHERE id > 5) SELECT id, CASE WHEN id > 18 THEN 'high' END"
                    + " FROM PREDICT(MODEL => 'm', DATA => TABLE r) ORDER BY predicted_y DESC LIMIT 2"))
        .containsExactly("19|high", "17|null");
    assertThat(rows("SELECT COUNT(*) FROM t; SELECT * FROM " + PREDICT)).containsExactly("20");
    assertThat(rows("SELECT ROUND(r2_score, 9) FROM ML.EVALUATE(MODEL => 'm', DATA => TABLE t)"))
        .containsExactly("1.0");
    assertThat(rows("SELECT processed_input FROM ML.WEIGHTS(MODEL => 'm') ORDER BY 1 LIMIT 2"))
        .containsExactly("A", "B");
    assertThat(rows("EXPLAIN PLAN FOR SELECT * FROM " + PREDICT).get(0))
        .contains("LogicalPredict", "SELECT * FROM t", "Route: A over a wire (");
    assertThat(rows("EXPLAIN PLAN FOR SELECT id FROM " + PREDICT + " WHERE id IN (1, 2)").get(0))
        .contains("SELECT \"ID\" FROM t WHERE \"ID\" IN (1, 2)");
    assertThat(rows("SELECT id FROM " + PREDICT + " WHERE id IN (1, 2) ORDER BY id")).hasSize(2);
  }

  @Test
  void valuesOfEveryTypePassUnchanged() throws SQLException {
    statement.execute(CREATE);
    String columns =
        "CAST('x' AS ENUM('y', 'x')) e, CAST(1 AS DECIMAL(10, 3)) d, CAST('c' AS CHAR(3)) c,"
            + " ARRAY[1, NULL] arr, CAST(REPEAT('k', 300000) AS CLOB) clob,"
            + " CAST(X'0102' AS BLOB) blob, JSON '{\"a\": 1}' j, INTERVAL '1:30' HOUR TO MINUTE i,"
            + " DATE '2020-02-29' dt, TIME '10:11:12.5' tm,"
            + " TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+05' tz,"
            + " CAST(1.5 AS DECFLOAT(9)) df, UUID '00000000-0000-0000-0000-000000000001' u,"
            + " ROW (1, 'r') r, 'POINT (1 2)'::GEOMETRY g, CAST(NULL AS REAL) n, TRUE t";
    String plain = "SELECT " + columns + ", a, b FROM t WHERE id = 1";
    List<String> expected = typed(plain);
    assertThat(
            typed(
                "SELECT e, d, c, arr, clob, blob, j, i, dt, tm, tz, df, u, r, g, n, t, a, b"
                    + " FROM PREDICT(MODEL => 'm', DATA => ("
                    + plain
                    + "))"))
        .isEqualTo(expected);
  }

  @Test
  void inputsSeeTheCallersTransactionRightsAndParameters() throws SQLException {
    statement.execute(CREATE);
    connection.setAutoCommit(false);
    statement.execute("INSERT INTO t VALUES (100, 1, 1, NULL)");
    try (PreparedStatement prepared =
        connection.prepareStatement(
            "SELECT id, ROUND(predicted_y, 3) + ? FROM PREDICT(MODEL => 'm', DATA =>"
                + " (SELECT * FROM t WHERE id > ?)) WHERE id > ? ORDER BY id")) {
      prepared.setInt(1, 1000);
      prepared.setInt(2, 18);
      prepared.setInt(3, 19);
      ResultSet result = prepared.executeQuery();
      assertThat(result.getStatement()).isSameAs(prepared);
      assertThat(prepared.getConnection()).isSameAs(connection);
      assertThat(OwnStatementTest.read(result)).containsExactly("20|1040.0", "100|1004.0");
      connection.rollback();
      prepared.setInt(3, 18);
      assertThat(OwnStatementTest.read(prepared.executeQuery()))
          .containsExactly("19|1044.0", "20|1040.0");
    }
  }

  @Test
  void modelsBelongToTheCallersTransaction() throws SQLException {
    connection.setAutoCommit(false);
    statement.execute("INSERT INTO t VALUES (100, 50, 1, 102)");
    statement.execute(CREATE);
    assertThat(connection.getAutoCommit()).isFalse();
    assertThat(rows("SELECT COUNT(*) FROM " + "INSITU.MODELS")).containsExactly("1");
    try (Connection other = DriverManager.getConnection(url, "sa", "secret");
        Statement beside = other.createStatement()) {
      assertThat(OwnStatementTest.read(beside.executeQuery("SHOW MODELS"))).isEmpty();
      assertThat(OwnStatementTest.read(beside.executeQuery("SELECT COUNT(*) FROM t")))
          .containsExactly("20");
      connection.rollback();
      assertThat(rows("SHOW MODELS")).isEmpty();
      assertThat(rows("SELECT state FROM INSITU.RUNS")).containsExactly("rolled_back");
      connection.setAutoCommit(true);
      statement.execute(CREATE);
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(OwnStatementTest.read(beside.executeQuery("SHOW MODELS"))).hasSize(1);
    }
  }

  @Test
  void modelsAreMadeAtEveryIsolationLevel() throws SQLException {
    for (int level :
        new int[] {
          Connection.TRANSACTION_READ_UNCOMMITTED,
          Connection.TRANSACTION_READ_COMMITTED,
          Connection.TRANSACTION_REPEATABLE_READ,
          Connection.TRANSACTION_SERIALIZABLE
        }) {
      connection.setTransactionIsolation(level);
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO t VALUES (" + (100 + level) + ", 1, 1, 4)");
      statement.execute(CREATE.replace("CREATE", "CREATE OR REPLACE"));
      assertThat(rows("SELECT id FROM " + PREDICT + " WHERE id > 100"))
          .contains("" + (100 + level));
      connection.commit();
      connection.setAutoCommit(true);
    }
    assertThat(rows("SELECT default_version FROM INSITU.MODELS")).containsExactly("4");
  }

  @Test
  void statementsKeepTheirKindAndTheirLimits() throws SQLException {
    statement.execute(CREATE);
    String all = "SELECT id FROM " + PREDICT + " ORDER BY id";
    try (Statement scrolling =
        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
      scrolling.setMaxRows(15);
      ResultSet result = scrolling.executeQuery(all);
      assertThat(result.last()).isTrue();
      assertThat(result.getRow()).isEqualTo(15);
      assertThat(result.first()).isTrue();
      assertThat(result.getInt(1)).isEqualTo(1);
      assertThat(scrolling.executeUpdate("UPDATE t SET y = 0 WHERE id = 1")).isEqualTo(1);
      assertThat(scrolling.getResultSet()).isNull();
      assertThat(scrolling.execute(all)).isTrue();
      assertThat(scrolling.getUpdateCount()).isEqualTo(-1);
      assertThat(scrolling.getMoreResults()).isFalse();
    }
    Statement closing = connection.createStatement();
    closing.closeOnCompletion();
    closing.executeQuery(all).close();
    assertThat(closing.isClosed()).isTrue();
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT id FROM " + PREDICT + " WHERE id = ?")) {
      prepared.setInt(1, 7);
      assertThat(OwnStatementTest.read(prepared.executeQuery())).containsExactly("7");
      statement.execute("ALTER TABLE t ADD COLUMN z INT");
      assertThatThrownBy(prepared::executeQuery)
          .hasMessageStartingWith("ML007: cannot run the prepared prediction");
    }
  }

  @Test
  void everyOtherPlaceIsRefusedWithTheWayOut() throws SQLException {
    statement.execute(CREATE);
    statement.execute("CREATE ALIAS only_here FOR 'java.lang.Math.abs(double)'");
    SoftAssertions soft = new SoftAssertions();
    for (String refusal : REFUSED) {
      String[] parts = refusal.split(" # ", 2);
      soft.assertThatThrownBy(() -> statement.execute(parts[0].replace("$", PREDICT)))
          .as(parts[0])
          .isInstanceOf(SQLException.class)
          .hasMessageStartingWith("ML003: " + parts[1])
          .hasMessageContaining(" needs a database in this process, but \"jdbc:h2:tcp://localhost:")
          .hasMessageContaining("Hint: Over a remote session PREDICT and ML functions stand alone");
    }
    soft.assertAll();
    assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly("20");
  }

  @Test
  void whatTheDatabaseDoesNotUnderstandEitherIsItsOwnError() throws SQLException {
    statement.execute(CREATE);
    assertThatThrownBy(() -> statement.execute("SELECT nothing FROM " + PREDICT))
        .hasFieldOrPropertyWithValue("errorCode", 42122);
    assertThatThrownBy(() -> statement.execute("SELECT * FROM " + PREDICT.replace("t)", "u)")))
        .hasFieldOrPropertyWithValue("errorCode", 42102);
    assertThatThrownBy(() -> statement.execute("SELECT 1 / (id - id) FROM " + PREDICT))
        .hasFieldOrPropertyWithValue("errorCode", 22012);
    assertThatThrownBy(() -> statement.execute("SELECT * FROM " + PREDICT.replace("'m'", "'n'")))
        .hasMessageStartingWith("ML010");
  }

  @Test
  void expressionsHaveTheSettingsOfTheDatabase() throws SQLException {
    statement.execute(CREATE);
    statement.execute("SET TIME ZONE 'Asia/Tokyo'");
    statement.execute("SET MODE MySQL");
    statement.execute("SET DEFAULT_NULL_ORDERING HIGH");
    String expressions =
        "CAST(TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00Z' AS VARCHAR),"
            + " CAST(TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00Z' AS TIMESTAMP),"
            + " UPPER('a') = 'a', IFNULL(id, 1), 7 / 2, 'a' || NULL";
    List<String> expected = typed("SELECT " + expressions + " FROM t WHERE id < 3 ORDER BY id");
    assertThat(typed("SELECT " + expressions + " FROM " + PREDICT + " WHERE id < 3 ORDER BY id"))
        .isEqualTo(expected);
    assertThat(rows("SELECT NULLIF(id, 2) FROM " + PREDICT + " WHERE id < 4 ORDER BY 1"))
        .containsExactly("1", "3", "null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        ";DATABASE_TO_LOWER=TRUE;MODE=PostgreSQL",
        ";DATABASE_TO_UPPER=FALSE",
        ";CASE_INSENSITIVE_IDENTIFIERS=TRUE;DATABASE_TO_UPPER=FALSE",
        ";COLLATION=GERMAN STRENGTH PRIMARY"
      })
  void namesAndTextsCompareAsInTheDatabase(String settings) throws SQLException {
    databases++;
    try (Connection other =
            DriverManager.getConnection(server.url("db" + databases + settings), "sa", "");
        Statement beside = other.createStatement()) {
      fill(beside);
      beside.execute(CREATE);
      String columns = "id, 'a' = 'A' AS same, '\u00e4' < 'b' AS below";
      List<String> expected = typed(beside, "SELECT " + columns + " FROM t WHERE id < 4");
      assertThat(typed(beside, "SELECT " + columns + " FROM " + PREDICT + " WHERE id < 4"))
          .isEqualTo(expected);
      assertThat(OwnStatementTest.read(beside.executeQuery("SELECT predicted_y FROM " + PREDICT)))
          .hasSize(20);
    }
  }

  @Test
  void readersNeedTheRightToReadTheStore() throws SQLException {
    statement.execute(CREATE);
    statement.execute("CREATE USER reader PASSWORD 'r'; GRANT SELECT ON t TO reader");
    try (Connection reader = DriverManager.getConnection(url, "reader", "r");
        Statement beside = reader.createStatement()) {
      assertThatThrownBy(() -> beside.execute("SELECT * FROM " + PREDICT))
          .hasMessageStartingWith("ML056: ")
          .hasMessageContaining("GRANT SELECT ON SCHEMA INSITU");
      statement.execute("GRANT SELECT ON SCHEMA INSITU TO reader");
      assertThat(OwnStatementTest.read(beside.executeQuery("SELECT id FROM " + PREDICT)))
          .hasSize(20);
      assertThatThrownBy(() -> beside.execute(CREATE.replace("MODEL m", "MODEL n")))
          .hasMessageStartingWith("ML005: ");
      statement.execute("REVOKE SELECT ON t FROM reader");
      assertThatThrownBy(() -> beside.execute("SELECT * FROM " + PREDICT))
          .hasFieldOrPropertyWithValue("errorCode", 90096);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    return OwnStatementTest.read(statement.executeQuery(sql));
  }

  private List<String> typed(String sql) throws SQLException {
    return typed(statement, sql);
  }

  /** The rows, and before them type, label and class of each column. */
  private static List<String> typed(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        all.add(
            result.getMetaData().getColumnLabel(i)
                + " "
                + result.getMetaData().getColumnTypeName(i)
                + " "
                + result.getMetaData().getPrecision(i)
                + " "
                + result.getMetaData().getScale(i)
                + " "
                + result.getMetaData().getColumnClassName(i));
      }
      while (result.next()) {
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          all.add(String.valueOf(result.getString(i)));
        }
      }
      return all;
    }
  }
}
