package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.function.BatchReader;
import dev.insitu.function.InputQuery;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.score.FeatureBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class H2SessionTest {
  @Test
  void reportsColumnsAsTheDatabaseDoes() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      route.execute("CREATE TABLE t (a INT NOT NULL, b DECIMAL(10, 2), c ENUM('x', 'y'), d UUID)");
      InputQuery query =
          route.session.prepare(
              "SELECT a, b AS \"money\", c, d, a + ? FROM t WHERE a > ? ORDER BY a");
      assertThat(query.columns())
          .containsExactly(
              new ColumnSpec("A", ColumnType.INTEGER, "INTEGER", false),
              new ColumnSpec("money", ColumnType.DECIMAL, "DECIMAL(10, 2)", true),
              new ColumnSpec("C", ColumnType.ENUM, "ENUM('x', 'y')", true),
              new ColumnSpec("D", ColumnType.OTHER, "UUID", true),
              new ColumnSpec("A + ?1", ColumnType.INTEGER, "INTEGER", true));
      assertThat(query.parameterCount()).isEqualTo(2);
      assertThat(query.ordered()).isTrue();
      assertThat(route.session.prepare("SELECT a FROM t").ordered()).isFalse();
      assertThatThrownBy(() -> route.session.prepare("DELETE FROM t"))
          .hasMessageStartingWith("ML007: cannot run a statement as input: it is not a query");
    }
  }

  @Test
  void everyTypeBecomesAFeature() throws SQLException {
    assertFeature("TRUE", 1);
    assertFeature("CAST(-3 AS TINYINT)", -3);
    assertFeature("9007199254740993", 9007199254740992.0);
    assertFeature("CAST(12345.678 AS DECIMAL(10, 3))", 12345.678);
    assertFeature("CAST(1.5 AS REAL)", 1.5);
    assertFeature("CAST('NaN' AS DOUBLE PRECISION)", Double.NaN);
    assertFeature("CAST('1e400' AS DECFLOAT)", Double.POSITIVE_INFINITY);
    assertFeature("CAST(NULL AS INT)", Double.NaN);
    assertFeature("DATE '1969-12-31'", -1);
    assertFeature("DATE '2013-01-01'", 15706);
    assertFeature("TIME '00:00:01.5000005'", 1_500_000);
    assertFeature("TIME WITH TIME ZONE '01:00:00+02:00'", 23 * 3_600_000_000.0);
    assertFeature("TIMESTAMP '1969-12-31 23:59:59.999999'", -1);
    assertFeature("TIMESTAMP WITH TIME ZONE '1970-01-01 01:00:00+02:00'", -3_600_000_000.0);
    assertText("CAST('ab' AS CHAR(4))", "ab  ");
    assertText("'d\u00e9\ud83d\ude00'", "d\u00e9\ud83d\ude00");
    assertText("CAST('x' AS CLOB)", "x");
    assertText("CAST('y' AS ENUM('x', 'y'))", "y");
    assertText("CAST(NULL AS VARCHAR)", null);
    assertText("''", "");
    assertText("CAST(1.50 AS DECIMAL(5, 2))", "1.50");
    assertText("TRUE", "TRUE");
    assertText("DATE '2020-02-29'", "2020-02-29");
  }

  @Test
  void readsBlocksAndLeavesNothingBehind() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      route.execute("CREATE TABLE t AS SELECT x AS a FROM SYSTEM_RANGE(1, 2500)");
      route.connection.setAutoCommit(false);
      route.execute("INSERT INTO t VALUES (0)");
      InputQuery query = route.session.prepare("SELECT a FROM t WHERE a <= ? ORDER BY a");
      List<Integer> sizes = new ArrayList<>();
      FeatureBatch batch = new FeatureBatch(signature(ColumnType.DOUBLE), 1024);
      try (BatchReader reader =
          query.open(List.of(2400), List.of(0), signature(ColumnType.DOUBLE).inputs())) {
        for (int rows = reader.read(batch); rows > 0; rows = reader.read(batch)) {
          sizes.add(rows);
        }
      }
      assertThat(sizes).containsExactly(1024, 1024, 353);
      route.connection.rollback();
      assertThat(route.query("SELECT COUNT(*) FROM t")).containsExactly(List.of(2500L));
      assertThat(route.query("SELECT a FROM t WHERE a = 0")).isEmpty();
    }
  }

  @Test
  void ordersByTheColumnsOwnType() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      assertThat(
              route.session.inOrder(
                  new ColumnSpec("A", ColumnType.INTEGER, "INTEGER", true),
                  List.of("10", "9", "-1")))
          .containsExactly("-1", "9", "10");
      assertThat(
              route.session.inOrder(
                  new ColumnSpec("A", ColumnType.ENUM, "ENUM('low', 'high')", true),
                  List.of("high", "low")))
          .containsExactly("low", "high");
      assertThat(
              route.session.inOrder(
                  new ColumnSpec("A", ColumnType.BOOLEAN, "BOOLEAN", true),
                  List.of("TRUE", "FALSE")))
          .containsExactly("FALSE", "TRUE");
    }
  }

  @Test
  void foldsNamesAsTheDatabaseDoes() throws SQLException {
    try (RouteA upper = RouteA.open("jdbc:h2:mem:");
        RouteA lower = RouteA.open("jdbc:h2:mem:;DATABASE_TO_LOWER=TRUE");
        RouteA exact = RouteA.open("jdbc:h2:mem:;DATABASE_TO_UPPER=FALSE")) {
      assertThat(upper.session.fold("Churn")).isEqualTo("CHURN");
      assertThat(upper.session.fold("\"Ch\"\"urn\"")).isEqualTo("Ch\"urn");
      assertThat(lower.session.fold("Churn")).isEqualTo("churn");
      assertThat(exact.session.fold("Churn")).isEqualTo("Churn");
      assertThat(upper.session.currentSchema()).isEqualTo("PUBLIC");
      upper.execute("CREATE SCHEMA other");
      upper.execute("SET SCHEMA_SEARCH_PATH other, public");
      assertThat(upper.session.searchPath()).containsExactly("PUBLIC", "OTHER");
      assertThat(upper.session.schemaExists("OTHER")).isTrue();
      assertThat(upper.session.schemaExists("nowhere")).isFalse();
      assertThat(upper.session.product()).startsWith("H2 2.");
      try (StatementTable table = lower.predict("SELECT 1 AS x", 0)) {
        table.beginExecution(List.of());
        assertThat(lower.query("SELECT * FROM " + table.sqlName())).hasSize(1);
      }
    }
  }

  private static void assertFeature(String sql, double expected) throws SQLException {
    FeatureBatch batch = read(sql, ColumnType.DOUBLE);
    assertThat(Double.valueOf(batch.numbers(0)[0])).as(sql).isEqualTo(Double.valueOf(expected));
  }

  private static void assertText(String sql, @Nullable String expected) throws SQLException {
    FeatureBatch batch = read(sql, ColumnType.VARCHAR);
    assertThat(batch.texts(0)[0]).as(sql).isEqualTo(expected);
  }

  private static FeatureBatch read(String sql, ColumnType form) throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:");
        BatchReader reader =
            route
                .session
                .prepare("SELECT " + sql)
                .open(List.of(), List.of(0), signature(form).inputs())) {
      FeatureBatch batch = new FeatureBatch(signature(form), 4);
      assertThat(reader.read(batch)).isEqualTo(1);
      return batch;
    }
  }

  private static ModelSignature signature(ColumnType type) {
    return new ModelSignature(Arrays.asList(new ColumnSpec("A", type, "UNUSED", true)), List.of());
  }
}
