package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Route A under stress: statements of H2 over virtual tables, each compared with the same statement
 * over a real table of the same rows, with at most one scan of the input and without a commit.
 */
class RouteAStressTest {
  private static final String SCORED =
      "SELECT i.*, " + FakeModel.SQL_CLASS + ", " + FakeModel.SQL_PROBABILITY + " FROM (%s) i";
  private static final String INPUT = "SELECT id, x FROM t WHERE id < 900";

  private final String url = "jdbc:h2:mem:" + getClass().getSimpleName() + hashCode();
  private RouteA route;

  @BeforeEach
  void fill() throws SQLException {
    route = RouteA.open(url);
    route.execute("CREATE TABLE t (id INT PRIMARY KEY, x INT, late VARCHAR(3), p DOUBLE)");
    route.execute(
        "INSERT INTO t SELECT x, CASE WHEN MOD(x, 7) = 0 THEN NULL ELSE x END, NULL, NULL"
            + " FROM SYSTEM_RANGE(1, 1000)");
    route.execute("CREATE TABLE o (id INT, t_id INT, amount INT)");
    route.execute("INSERT INTO o SELECT x, MOD(x * 13, 1000), x FROM SYSTEM_RANGE(1, 3000)");
    route.execute("CREATE INDEX o_t ON o(t_id)");
    route.execute("CREATE TABLE marker (n INT)");
    route.connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    route.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM %s ORDER BY id",
        "SELECT * FROM %s",
        "SELECT COUNT(*), SUM(predicted_late_probability) FROM %s",
        "SELECT predicted_late, COUNT(*) FROM %s GROUP BY predicted_late ORDER BY 1",
        "SELECT id FROM %s WHERE predicted_late = 'yes' ORDER BY id LIMIT 5",
        "SELECT id, predicted_late FROM %s WHERE id IN (5, 6, 7, 900, 5) ORDER BY id",
        "SELECT id FROM %s WHERE predicted_late IN ('yes', 'yes') AND id > 100 ORDER BY id",
        "SELECT id FROM %s WHERE id IN (SELECT t_id FROM o WHERE amount < 100) ORDER BY id",
        "SELECT id FROM %s WHERE x IS NULL ORDER BY id",
        "SELECT id FROM %s WHERE x IS NOT DISTINCT FROM NULL AND id < 50 ORDER BY id",
        "SELECT id FROM %s WHERE x = 3 AND x > 5",
        "SELECT o.id, p.predicted_late FROM o JOIN %s p ON p.id = o.t_id ORDER BY o.id",
        "SELECT o.id, p.predicted_late FROM o LEFT JOIN %s p ON p.id = o.t_id ORDER BY o.id",
        "SELECT p.id, o.id FROM %s p LEFT JOIN o ON o.t_id = p.id ORDER BY p.id, o.id",
        "SELECT o.id, p.id FROM o CROSS JOIN %s p WHERE o.id < 4 ORDER BY 1, 2",
        "SELECT o.id, p.id FROM o JOIN %s p ON p.x < o.amount AND o.id < 9 ORDER BY 1, 2",
        "SELECT o.id, p.id FROM o JOIN %s p ON p.x = o.amount + 0.0 ORDER BY 1, 2",
        "SELECT id, (SELECT predicted_late FROM %s p WHERE p.id = o.t_id) FROM o ORDER BY id",
        "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM %s p WHERE p.id = o.t_id"
            + " AND predicted_late = 'yes') ORDER BY id",
        "SELECT id FROM o WHERE t_id IN (SELECT id FROM %s WHERE predicted_late = 'yes')"
            + " ORDER BY id",
        "SELECT id FROM o WHERE amount > ALL (SELECT id FROM %s WHERE id < 10) ORDER BY id",
        "SELECT id, RANK() OVER (PARTITION BY predicted_late ORDER BY x) FROM %s ORDER BY id",
        "SELECT * FROM (SELECT predicted_late k, AVG(x) FROM %s GROUP BY predicted_late) d"
            + " JOIN o ON o.id = CASE d.k WHEN 'yes' THEN 1 ELSE 2 END ORDER BY o.id",
        "WITH p AS (SELECT * FROM %s) SELECT a.id, b.predicted_late FROM p a JOIN p b"
            + " ON a.id = b.id + 1 ORDER BY a.id",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r JOIN %s p"
            + " ON p.id = r.n WHERE n < 20) SELECT n FROM r ORDER BY n",
        "SELECT id FROM %s WHERE id < 5 UNION ALL SELECT id FROM o WHERE id < 5 ORDER BY 1",
        "SELECT id FROM o WHERE id < 5 EXCEPT SELECT id FROM %s ORDER BY 1",
        "SELECT DISTINCT predicted_late FROM %s ORDER BY 1",
        "SELECT id FROM %s WHERE id > 0 ORDER BY x NULLS LAST, id OFFSET 3 ROWS FETCH NEXT 4 ROWS"
            + " ONLY",
      })
  void selectsAsOverARealTable(String statement) throws SQLException {
    route.execute("CREATE TABLE scored AS " + String.format(SCORED, INPUT));
    List<List<Object>> expected = route.query(String.format(statement, "scored"));
    route.execute("INSERT INTO marker VALUES (1)");
    try (StatementTable table = route.predict(INPUT, 1);
        PreparedStatement prepared =
            route.connection.prepareStatement(String.format(statement, table.sqlName()))) {
      for (int execution = 1; execution <= 3; execution++) {
        table.beginExecution(List.of());
        assertThat(RouteA.run(prepared)).isEqualTo(expected);
        table.endExecution();
        assertThat(table.scans()).as("scans").isEqualTo(execution);
      }
      assertThat(route.scorer.rows.get()).as("rows scored").isLessThanOrEqualTo(3 * 899);
    }
    assertNothingCommitted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET late = (SELECT predicted_late FROM %s p WHERE p.id = t.id)",
        "UPDATE t SET (late, p) = (SELECT predicted_late, predicted_late_probability FROM %s p"
            + " WHERE p.id = t.id) WHERE id IN (SELECT id FROM o)",
        "DELETE FROM t WHERE id IN (SELECT id FROM %s WHERE predicted_late = 'yes')",
        "DELETE FROM t WHERE EXISTS (SELECT 1 FROM %s p WHERE p.id = t.id + 1 AND x > 500)",
        "INSERT INTO t SELECT id + 10000, x, predicted_late, predicted_late_probability FROM %s",
        "INSERT INTO t DIRECT SELECT id + 10000, x, predicted_late, predicted_late_probability"
            + " FROM %s",
        "MERGE INTO t USING %s s ON t.id = s.id + 500 WHEN MATCHED AND s.predicted_late = 'no'"
            + " THEN DELETE WHEN MATCHED THEN UPDATE SET late = s.predicted_late"
            + " WHEN NOT MATCHED THEN INSERT VALUES (s.id + 20000, s.x, s.predicted_late, 0)",
        "MERGE INTO t (id, late) KEY (id) SELECT id, predicted_late FROM %s",
        "INSERT INTO o SELECT p.id, t.id, 1 FROM t JOIN %s p ON p.x = t.x",
      })
  void changesAsOverARealTable(String statement) throws SQLException {
    route.execute("CREATE TABLE scored AS " + String.format(SCORED, INPUT));
    route.execute("INSERT INTO marker VALUES (1)");
    List<List<Object>> count = route.query(String.format(statement, "scored"));
    List<List<Object>> rows = route.query("SELECT * FROM t ORDER BY id");
    List<List<Object>> orders = route.query("SELECT * FROM o ORDER BY id, t_id, amount");
    route.connection.rollback();
    route.execute("INSERT INTO marker VALUES (1)");
    try (StatementTable table = route.predict(INPUT, 1)) {
      table.beginExecution(List.of());
      assertThat(route.query(String.format(statement, table.sqlName()))).isEqualTo(count);
      assertThat(table.scans()).isEqualTo(1);
    }
    assertThat(route.query("SELECT * FROM t ORDER BY id")).isEqualTo(rows);
    assertThat(route.query("SELECT * FROM o ORDER BY id, t_id, amount")).isEqualTo(orders);
    assertNothingCommitted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH r AS (SELECT id, x FROM t WHERE id < 900) SELECT * FROM r",
        "WITH a AS (SELECT id FROM t), r AS (SELECT t.id, x FROM t JOIN a ON a.id = t.id)"
            + " SELECT * FROM r WHERE id < 900",
        "TABLE v",
        "SELECT id, x FROM t WHERE id < 450 UNION ALL SELECT id, x FROM t WHERE id >= 450"
            + " AND id < 900",
        "SELECT id, MAX(x) AS x FROM t WHERE id < 900 GROUP BY id",
        "SELECT id, x FROM t ORDER BY id FETCH FIRST 899 ROWS ONLY",
        "SELECT DISTINCT id, x FROM t WHERE id < 900",
      })
  void takesAnyQueryAsInput(String input) throws SQLException {
    route.execute("CREATE VIEW v AS SELECT id, x FROM t WHERE id < 900");
    List<List<Object>> expected = route.query(String.format(SCORED, INPUT) + " ORDER BY id");
    try (StatementTable table = route.predict(input, 1)) {
      table.beginExecution(List.of());
      assertThat(route.query("SELECT * FROM " + table.sqlName() + " ORDER BY id"))
          .isEqualTo(expected);
      assertThat(table.scans()).isEqualTo(1);
    }
  }

  @Test
  void joinsTwoPredictionsOfOneStatement() throws SQLException {
    String join =
        "SELECT a.id, a.predicted_late, b.id, b.predicted_late_probability FROM %s a JOIN %s b"
            + " ON a.id = b.x + 1 ORDER BY 1, 3";
    String other = "SELECT x, id FROM t WHERE id > 100";
    route.execute("CREATE TABLE s1 AS " + String.format(SCORED, INPUT));
    route.execute("CREATE TABLE s2 AS " + String.format(SCORED, other));
    try (StatementTable a = route.predict(INPUT, 1);
        StatementTable b = route.predict(other, 0)) {
      a.beginExecution(List.of());
      b.beginExecution(List.of());
      assertThat(route.query(String.format(join, a.sqlName(), b.sqlName())))
          .isEqualTo(route.query(String.format(join, "s1", "s2")))
          .hasSizeGreaterThan(100);
      assertThat(List.of(a.scans(), b.scans())).containsExactly(1L, 1L);
    }
  }

  @Test
  void predictsOverAPrediction() throws SQLException {
    try (StatementTable inner = route.predict(INPUT, 1);
        StatementTable outer =
            route.session.addPrediction(
                PredictionInput.whole(
                    "SELECT id, x AS y, predicted_late AS first FROM " + inner.sqlName()),
                FakeModel.prediction(1, route.scorer))) {
      inner.beginExecution(List.of());
      outer.beginExecution(List.of());
      assertThat(
              route.query(
                  "SELECT COUNT(*), COUNT(CASE WHEN first = predicted_late THEN 1 END) FROM "
                      + outer.sqlName()))
          .containsExactly(List.of(899L, 899L));
      assertThat(List.of(inner.scans(), outer.scans())).containsExactly(1L, 1L);
    }
  }

  @Test
  void takesParametersInsideAndOutside() throws SQLException {
    try (StatementTable table =
            route.predict("SELECT id, x + ? AS x FROM t WHERE id BETWEEN ? AND ?", 1);
        PreparedStatement prepared =
            route.connection.prepareStatement(
                "SELECT id, predicted_late, CAST(? AS INT) FROM "
                    + table.sqlName()
                    + " WHERE id > ? ORDER BY id")) {
      assertThat(table.parameterCount()).isEqualTo(3);
      table.beginExecution(List.of(1, 1, 6));
      assertThat(RouteA.run(prepared, 7, 3))
          .containsExactly(List.of(4, "yes", 7), List.of(5, "yes", 7), List.of(6, "yes", 7));
      table.beginExecution(List.of(0, 1, 4));
      assertThat(RouteA.run(prepared, 8, 3)).containsExactly(List.of(4, "no", 8));
    }
  }

  @Test
  void seesRowsOfTheOwnTransactionInEveryExecution() throws SQLException {
    try (StatementTable table = route.predict(INPUT, 1);
        PreparedStatement prepared =
            route.connection.prepareStatement(
                "SELECT COUNT(*) FROM o WHERE id < 300 AND t_id IN (SELECT id FROM "
                    + table.sqlName()
                    + ")")) {
      for (long deleted = 0; deleted < 3; deleted++) {
        table.beginExecution(List.of());
        List<List<Object>> expected =
            route.query(
                "SELECT COUNT(*) FROM o WHERE id < 300 AND t_id IN (SELECT id FROM t WHERE id < 900)");
        assertThat(RouteA.run(prepared)).isEqualTo(expected);
        route.execute("DELETE FROM t WHERE id > 100 AND id < " + 200 * (deleted + 1));
      }
      route.connection.rollback();
      table.beginExecution(List.of());
      assertThat(RouteA.run(prepared))
          .isEqualTo(
              route.query(
                  "SELECT COUNT(*) FROM o WHERE id < 300 AND t_id IN (SELECT id FROM t WHERE id < 900)"));
    }
  }

  @Test
  void runsAStatementThatWasPreparedBeforeDdl() throws SQLException {
    try (StatementTable table = route.predict("SELECT * FROM t WHERE id <= 4", 1);
        PreparedStatement prepared =
            route.connection.prepareStatement(
                "SELECT id, predicted_late FROM " + table.sqlName() + " ORDER BY id")) {
      table.beginExecution(List.of());
      List<List<Object>> before = RouteA.run(prepared);
      route.execute("CREATE INDEX t_x ON t(x)");
      route.execute("CREATE TABLE unrelated (a INT)");
      table.beginExecution(List.of());
      assertThat(RouteA.run(prepared)).isEqualTo(before);
      route.execute("ALTER TABLE t ADD COLUMN extra INT");
      assertThatThrownBy(() -> table.beginExecution(List.of()))
          .hasMessage(
              "ML007: cannot run the prepared prediction: the columns of its input have changed\n"
                  + "Hint: Prepare the statement again.");
      route.execute("DROP TABLE t");
      assertThatThrownBy(() -> table.beginExecution(List.of()))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("\"T\" not found");
    }
  }

  @Test
  void givesTheInputsOwnErrors() throws SQLException {
    assertThatThrownBy(() -> route.predict("SELECT nothing FROM t", 0))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42S22"))
        .hasMessageContaining("\"NOTHING\" not found");
    try (StatementTable table = route.predict("SELECT 1 / (id - 5) AS x FROM t", 0)) {
      table.beginExecution(List.of());
      assertThatThrownBy(() -> route.query("SELECT COUNT(*) FROM " + table.sqlName()))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(H2Errors.outside(e).getSQLState()).isEqualTo("22012"));
    }
  }

  @Test
  void givesTheScorersOwnError() throws SQLException {
    MlException failure = MlException.of(ErrorCode.ENGINE, "score", "no").withHint("Try again.");
    Prediction prediction =
        FakeModel.prediction(
            1,
            () -> {
              throw failure;
            },
            FakeModel.X);
    try (StatementTable table =
        route.session.addPrediction(PredictionInput.whole(INPUT), prediction)) {
      table.beginExecution(List.of());
      assertThatThrownBy(() -> route.query("SELECT COUNT(*) FROM " + table.sqlName()))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                assertThat(e.getSQLState()).isEqualTo("ML061");
                SQLException ours = H2Errors.outside(e);
                assertThat(ours.getMessage())
                    .isEqualTo("ML061: ONNX Runtime could not score: no\nHint: Try again.");
                assertThat(ours.getErrorCode()).isEqualTo(61);
              });
    }
  }

  @Test
  void refusesAViewOverAPrediction() throws SQLException {
    try (StatementTable table = route.predict(INPUT, 1)) {
      assertThatThrownBy(() -> route.execute("CREATE VIEW bad AS SELECT * FROM " + table.sqlName()))
          .hasMessageStartingWith("ML006: a view keeps the text of a prediction");
    }
    assertThat(
            route.query(
                "SELECT table_name FROM information_schema.views WHERE table_schema = 'PUBLIC'"))
        .isEmpty();
  }

  @Test
  void leavesNothingInTheSession() throws SQLException {
    List<List<Object>> script = route.query("SCRIPT");
    try (StatementTable table = route.predict(INPUT, 1)) {
      table.beginExecution(List.of());
      route.query("SELECT COUNT(*) FROM " + table.sqlName());
      assertThat(route.query("SCRIPT")).isEqualTo(script);
      assertThat(
              route.query(
                  "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%$%'"))
          .hasSizeLessThan(2);
    }
    assertThat(
            route.query(
                "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%$%'"))
        .isEmpty();
    assertThat(
            route.query(
                "SELECT setting_value FROM information_schema.settings"
                    + " WHERE setting_name = 'LAZY_QUERY_EXECUTION'"))
        .isIn(List.of(), List.of(List.of("FALSE")), List.of(List.of("0")));
  }

  @Test
  void aUserWithoutAdminNeedsRightsOnTheInputOnly() throws SQLException {
    route.execute("CREATE USER clerk PASSWORD 'c'");
    route.execute("GRANT SELECT ON o TO clerk");
    try (RouteA clerk = new RouteA(DriverManager.getConnection(url, "clerk", "c"))) {
      try (StatementTable table = clerk.predict("SELECT amount FROM o", 0)) {
        table.beginExecution(List.of());
        assertThat(clerk.query("SELECT COUNT(*) FROM " + table.sqlName()))
            .containsExactly(List.of(3000L));
      }
      assertThatThrownBy(() -> clerk.predict("SELECT x FROM t", 0))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(90096));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "READ UNCOMMITTED",
        "READ COMMITTED",
        "REPEATABLE READ",
        "SNAPSHOT",
        "SERIALIZABLE"
      })
  void readsAtEveryIsolationLevelAsARealTable(String level) throws SQLException {
    route.connection.setAutoCommit(true);
    route.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + level);
    route.connection.setAutoCommit(false);
    route.execute("INSERT INTO marker VALUES (1)");
    String plain = "SELECT COUNT(*) FROM t WHERE id < 900";
    try (StatementTable table = route.predict(INPUT, 1);
        Connection other = DriverManager.getConnection(url, "sa", "");
        Statement writer = other.createStatement();
        PreparedStatement prepared =
            route.connection.prepareStatement("SELECT COUNT(*) FROM " + table.sqlName())) {
      for (int i = 0; i < 3; i++) {
        table.beginExecution(List.of());
        assertThat(RouteA.run(prepared)).isEqualTo(route.query(plain));
        writer.execute("DELETE FROM t WHERE id = " + (i + 1));
      }
      assertThat(table.scans()).isEqualTo(3);
    }
    assertNothingCommitted();
  }

  @Test
  void twoThreadsOnTwoConnectionsDoNotMeet() throws Exception {
    List<Callable<Integer>> work = new ArrayList<>();
    for (int thread = 0; thread < 2; thread++) {
      work.add(
          () -> {
            int rows = 0;
            try (RouteA own = RouteA.open(url)) {
              for (int i = 0; i < 20; i++) {
                try (StatementTable table = own.predict(INPUT, 1)) {
                  table.beginExecution(List.of());
                  rows +=
                      own.query(
                              "SELECT o.id FROM o JOIN " + table.sqlName() + " p ON p.id = o.t_id")
                          .size();
                  assertThat(table.scans()).isEqualTo(1);
                }
              }
            }
            return rows;
          });
    }
    int expected =
        20 * route.query("SELECT o.id FROM o JOIN t ON t.id = o.t_id AND t.id < 900").size();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Integer> rows : threads.invokeAll(work)) {
        assertThat(rows.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stopsWhenItIsCancelledOrTimesOut(boolean timeout) throws Exception {
    Prediction slow = FakeModel.prediction(0, new FakeModel.SlowScores(), FakeModel.X);
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (StatementTable table =
            route.session.addPrediction(
                PredictionInput.whole("SELECT x FROM SYSTEM_RANGE(1, 100000000)"), slow);
        Statement statement = route.connection.createStatement()) {
      route.execute("INSERT INTO marker VALUES (1)");
      table.beginExecution(List.of());
      if (timeout) {
        statement.setQueryTimeout(1);
      } else {
        timer.schedule(
            () -> {
              statement.cancel();
              return null;
            },
            200,
            TimeUnit.MILLISECONDS);
      }
      long start = System.nanoTime();
      assertThatThrownBy(
              () ->
                  statement.executeQuery(
                      "SELECT COUNT(*) FROM " + table.sqlName() + " p JOIN o ON p.x = o.id"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
      if (timeout) {
        statement.setQueryTimeout(0);
      }
    } finally {
      timer.shutdownNow();
    }
    assertNothingCommitted();
  }

  @Test
  void streamsTheFirstRowEarlyAndLetsGoOfTheRest() throws Exception {
    try (StatementTable table = route.predict("SELECT x FROM SYSTEM_RANGE(1, 100000000)", 0);
        AutoCloseable lazy = route.session.lazily();
        Statement statement = route.connection.createStatement()) {
      table.beginExecution(List.of());
      try (ResultSet rows =
          statement.executeQuery("SELECT * FROM " + table.sqlName() + " WHERE x > 3")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(4);
      }
      table.endExecution();
      assertThat(route.scorer.rows.get()).isEqualTo(64);
    }
  }

  @Test
  void answersRowsThatJavaMakes() throws SQLException {
    List<ColumnSpec> columns =
        List.of(
            new ColumnSpec("NAME", ColumnType.VARCHAR, "CHARACTER VARYING", true),
            new ColumnSpec("VALUE", ColumnType.DOUBLE, "DOUBLE PRECISION", true));
    try (StatementTable table =
        route.session.addRows(
            "EVALUATE", columns, () -> List.of(List.of("a", 0.5), Arrays.asList("b", null)))) {
      assertThat(table.columns()).isEqualTo(columns);
      table.beginExecution(List.of());
      assertThat(route.query("SELECT * FROM " + table.sqlName() + " WHERE name = 'b'"))
          .containsExactly(Arrays.asList("b", null));
    }
  }

  private void assertNothingCommitted() throws SQLException {
    assertThat(route.query("SELECT n FROM marker")).containsExactly(List.of(1));
    try (Connection other = DriverManager.getConnection(url, "sa", "");
        Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM marker")) {
      rows.next();
      assertThat(rows.getInt(1)).as("seen by another session").isZero();
    }
    route.connection.rollback();
    assertThat(route.query("SELECT n FROM marker")).isEmpty();
  }
}
