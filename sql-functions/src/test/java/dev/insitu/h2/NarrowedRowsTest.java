package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens if a planner has left out what the database's own reading of a statement uses. */
class NarrowedRowsTest {
  private static final String ALL = "SELECT a, b, x FROM t ORDER BY a";
  private static final List<Object> FIRST = List.of(1, 10, 2.0, "no");

  /** Reads column A alone, and scores nothing. */
  private static StatementTable table(RouteA route, boolean named) throws SQLException {
    route.execute(
        "CREATE TABLE t AS SELECT 1 AS a, 10 AS b, CAST(2 AS DOUBLE PRECISION) AS x UNION ALL VALUES (2, 20, 7)");
    PredictionInput input =
        PredictionInput.whole(ALL)
            .scored(false, named)
            .narrowed(
                new PredictionInput.Narrowed(
                    "SELECT a FROM t WHERE a = 1", List.of(0), List.of(), false, false));
    return route.session.addPrediction(input, FakeModel.prediction(2, new FakeModel.Scores()));
  }

  private static List<List<Object>> read(RouteA route, StatementTable table, String select)
      throws SQLException {
    String sql = select.replace("PREDICT", table.sqlName());
    try (PreparedStatement statement = route.connection.prepareStatement(sql)) {
      table.beginExecution(List.of());
      List<List<Object>> rows = RouteA.read(statement.executeQuery());
      table.endExecution();
      return rows;
    }
  }

  @Test
  void onlyWhatIsNeededIsReadIfNothingElseIsLookedUp() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:");
        StatementTable table = table(route, true)) {
      assertThat(read(route, table, "SELECT a FROM PREDICT")).containsExactly(List.of(1));
    }
  }

  @Test
  void everythingIsReadIfAnotherColumnIsLookedUp() throws SQLException {
    for (String select :
        List.of(
            "SELECT a, b, x, predicted_late FROM PREDICT WHERE a = 1",
            "SELECT p.* EXCEPT (predicted_late_probability) FROM PREDICT AS p WHERE a = 1",
            "SELECT p.a, b, x, predicted_late FROM PREDICT AS p JOIN (VALUES (1)) AS v(a) ON p.a = v.a",
            "SELECT q.* FROM (SELECT a, b, x, predicted_late FROM PREDICT WHERE \"A\" = 1) AS q")) {
      try (RouteA route = RouteA.open("jdbc:h2:mem:");
          StatementTable table = table(route, true)) {
        assertThat(read(route, table, select)).as(select).containsExactly(FIRST);
      }
    }
  }

  @Test
  void aWindowsColumnsAreLookedUpToo() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:");
        StatementTable table = table(route, true)) {
      assertThat(
              read(
                  route,
                  table,
                  "SELECT a, RANK() OVER w FROM PREDICT WINDOW w AS (ORDER BY b DESC) ORDER BY a"))
          .containsExactly(List.of(1, 2L), List.of(2, 1L));
    }
  }

  @Test
  void whoNamesNoColumnsIsTrusted() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:");
        StatementTable table = table(route, false)) {
      assertThat(read(route, table, "SELECT a FROM (SELECT * FROM PREDICT) AS q"))
          .containsExactly(List.of(1));
    }
  }
}
