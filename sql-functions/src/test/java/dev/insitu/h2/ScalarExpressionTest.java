package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scalar predictions wherever a value may stand, compared with the same CASE expression. */
class ScalarExpressionTest {
  /** The model in SQL. */
  private static final String CASE =
      "CAST(CASE WHEN MOD(%s, 8) / 8.0 > 0.5 THEN 'yes' ELSE 'no' END AS VARCHAR(3))";

  private RouteA route;

  @BeforeEach
  void fill() throws SQLException {
    route = RouteA.open("jdbc:h2:mem:");
    route.execute("CREATE TABLE t (id INT PRIMARY KEY, x INT, g INT, late VARCHAR(3))");
    route.execute(
        "INSERT INTO t SELECT x, CASE WHEN MOD(x, 7) = 0 THEN NULL ELSE x END, MOD(x, 5), NULL"
            + " FROM SYSTEM_RANGE(1, 200)");
    route.connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    route.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, %s FROM t ORDER BY id / x",
        "SELECT id FROM t WHERE %s = 'yes' ORDER BY id / x",
        "SELECT id FROM t ORDER BY %s, id / x",
        "SELECT %s, COUNT(*) FROM t GROUP BY %<s ORDER BY 1 / x",
        "SELECT g, COUNT(*) FROM t GROUP BY g HAVING MAX(%s) = 'yes' ORDER BY g / x",
        "SELECT id, ROW_NUMBER() OVER (PARTITION BY %s ORDER BY id) FROM t ORDER BY id / x",
        "SELECT a.id, b.id FROM t a JOIN t b ON %s = b.late OR a.id = b.id ORDER BY 1 / a.x",
        "SELECT CASE WHEN %s = 'yes' THEN 1 ELSE 0 END FROM t ORDER BY id / x",
        "SELECT g, %s FROM t GROUP BY g ORDER BY g / MAX(x)",
        "SELECT SUM(CASE %s WHEN 'yes' THEN 1 END) FROM t / x",
        "SELECT id, (SELECT MAX(%s) FROM t u WHERE u.id = t.id) FROM t ORDER BY id / u.x",
        "SELECT id FROM t WHERE %s IN ('yes', 'maybe') AND %<s LIKE 'y%%' ORDER BY id / x",
        "UPDATE t SET late = %s / x",
        "DELETE FROM t WHERE %s = 'yes' / x",
        "INSERT INTO t VALUES (1000, 1, 1, %s), (1001, 1, 1, %<s) / 5",
        "MERGE INTO t USING (SELECT 3 AS k) s ON t.id = s.k WHEN MATCHED THEN UPDATE SET late = %s"
            + " / t.x",
        "SELECT %s / 6.5",
        "SELECT %s / 6",
        "SELECT %s / CAST(5 AS BIGINT)",
        "SELECT %s / CAST(5 AS DECIMAL(10, 3))",
      })
  void standsWhereAValueMay(String template) throws SQLException {
    int slash = template.lastIndexOf(" / ");
    String statement = template.substring(0, slash);
    String argument = template.substring(slash + 3);
    List<List<Object>> expected =
        route.query(String.format(statement, String.format(CASE, argument)));
    List<List<Object>> expectedRows = route.query("SELECT * FROM t ORDER BY id");
    route.connection.rollback();
    try (ScalarExpression scalar =
        route.session.addScalar(
            FakeModel.prediction(0, route.scorer), FakeModel.predictedClass(), List.of(argument))) {
      assertThat(route.query(String.format(statement, scalar.sqlText()))).isEqualTo(expected);
      assertThat(route.query("SELECT * FROM t ORDER BY id")).isEqualTo(expectedRows);
    }
    route.connection.rollback();
  }

  @Test
  void aParameterTakesTheInputsType() throws SQLException {
    try (ScalarExpression scalar =
            route.session.addScalar(
                FakeModel.prediction(0, route.scorer),
                FakeModel.predictedProbability(),
                List.of("?"));
        PreparedStatement prepared =
            route.connection.prepareStatement("SELECT " + scalar.sqlText() + " * 2")) {
      assertThat(RouteA.run(prepared, 6)).containsExactly(List.of(1.5));
      assertThat(RouteA.run(prepared, "7")).containsExactly(List.of(1.75));
      assertThat(RouteA.run(prepared, new Object[] {null})).containsExactly(List.of(1.5));
    }
  }

  @Test
  void hasTheTypeOfItsColumn() throws SQLException {
    try (ScalarExpression scalar =
            route.session.addScalar(
                FakeModel.prediction(0, route.scorer), FakeModel.predictedClass(), List.of("x"));
        PreparedStatement prepared =
            route.connection.prepareStatement("SELECT " + scalar.sqlText() + " FROM t")) {
      assertThat(prepared.getMetaData().getColumnTypeName(1)).isEqualTo("CHARACTER VARYING");
      assertThat(prepared.getMetaData().getPrecision(1)).isEqualTo(3);
    }
  }

  @Test
  void refusesATypeThatDoesNotWiden() throws SQLException {
    try (ScalarExpression scalar =
        route.session.addScalar(
            FakeModel.prediction(0, route.scorer), FakeModel.predictedClass(), List.of("late"))) {
      route.execute("UPDATE t SET late = 'abc'");
      assertThatThrownBy(() -> route.query("SELECT " + scalar.sqlText() + " FROM t"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e ->
                  assertThat(H2Errors.outside(e).getMessage())
                      .isEqualTo(
                          "ML021: column \"X\" of model \"PUBLIC.FAKE\" is DOUBLE PRECISION, but"
                              + " CHARACTER VARYING(3) was given"));
    }
  }

  @Test
  void takesTextDatesAndTimes() throws SQLException {
    for (String argument :
        List.of("DATE '1970-01-07'", "TIMESTAMP '1970-01-01 00:00:00.000006'", "TIME '00:00:00'")) {
      ColumnType type =
          argument.startsWith("DATE")
              ? ColumnType.DATE
              : argument.startsWith("TIMESTAMP") ? ColumnType.TIMESTAMP : ColumnType.TIME;
      try (ScalarExpression scalar =
          route.session.addScalar(
              FakeModel.prediction(
                  0, () -> route.scorer, new ColumnSpec("X", type, type.name(), true)),
              FakeModel.predictedProbability(),
              List.of(argument))) {
        assertThat(route.query("SELECT " + scalar.sqlText()))
            .containsExactly(List.of(type == ColumnType.TIME ? 1.0 : 0.75));
      }
    }
  }

  @Test
  void isVisibleOnlyWhileItsStatementRuns() throws SQLException {
    List<List<Object>> script = route.query("SCRIPT");
    try (ScalarExpression scalar =
            route.session.addScalar(
                FakeModel.prediction(0, route.scorer), FakeModel.predictedClass(), List.of("x"));
        PreparedStatement prepared =
            route.connection.prepareStatement(
                "SELECT " + scalar.sqlText() + " FROM t WHERE id = 5")) {
      scalar.endExecution();
      assertThat(route.query("SCRIPT")).isEqualTo(script);
      scalar.beginExecution();
      assertThat(RouteA.run(prepared)).containsExactly(List.of("yes"));
      scalar.endExecution();
      route.execute("CREATE TABLE other (a INT)");
      scalar.beginExecution();
      assertThat(RouteA.run(prepared)).as("recompiled").containsExactly(List.of("yes"));
      scalar.endExecution();
      route.execute("DROP TABLE other");
      assertThat(route.query("SCRIPT")).isEqualTo(script);
    }
  }

  @Test
  void commitsNothing() throws SQLException {
    route.execute("INSERT INTO t VALUES (5000, 5, 5, NULL)");
    try (ScalarExpression scalar =
        route.session.addScalar(
            FakeModel.prediction(0, route.scorer), FakeModel.predictedClass(), List.of("x"))) {
      route.query("SELECT " + scalar.sqlText() + " FROM t");
    }
    route.connection.rollback();
    assertThat(route.query("SELECT id FROM t WHERE id = 5000")).isEmpty();
  }

  @Test
  void isGoneWithItsStatement() throws SQLException {
    ScalarExpression scalar =
        route.session.addScalar(
            FakeModel.prediction(0, route.scorer), FakeModel.predictedClass(), List.of("x"));
    try (PreparedStatement prepared =
        route.connection.prepareStatement("SELECT " + scalar.sqlText() + " FROM t WHERE id > ?")) {
      assertThat(RouteA.run(prepared, 0)).hasSize(200);
      scalar.close();
      assertThatThrownBy(() -> RouteA.run(prepared, 100))
          .hasMessageContaining("ML006: a stored object keeps the text of a prediction");
      assertThatThrownBy(() -> route.query("SELECT 1, " + scalar.sqlText() + " FROM t"))
          .hasMessageContaining("not found");
    }
  }
}
