package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
