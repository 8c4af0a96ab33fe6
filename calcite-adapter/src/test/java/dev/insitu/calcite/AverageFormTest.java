package dev.insitu.calcite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.jdbc.text.UserRoutines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AverageFormTest {
  private static final String PREDICT = "PREDICT(MODEL => 'm', DATA => TABLE t)";

  private static boolean matches(String sql) {
    MlStatement statement =
        StatementReader.read(sql.replace("PREDICT", PREDICT), UserRoutines.NONE)
            .orElseThrow()
            .statements()
            .get(0);
    return AverageForm.matches(((MlStatement.Predicting) statement).template());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT AVG(predicted_y) FROM PREDICT",
        "select count(*), avg ( \"PREDICTED_Y\" ) as mean from PREDICT -- all of them",
        "SELECT AVG(a), AVG(b) AS b, COUNT(*) AS \"n\" FROM PREDICT;"
      })
  void averagesAndCountsAloneAreTheForm(String sql) {
    assertThat(matches(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT AVG(predicted_y) FROM PREDICT WHERE a > 1",
        "SELECT AVG(predicted_y) FROM PREDICT GROUP BY a",
        "SELECT AVG(predicted_y) FROM PREDICT LIMIT 0",
        "SELECT AVG(predicted_y) FROM PREDICT AS p",
        "SELECT AVG(predicted_y) FROM PREDICT, u",
        "SELECT AVG(predicted_y), AVG(a) FROM PREDICT, PREDICT",
        "SELECT AVG(p.predicted_y) FROM PREDICT p",
        "SELECT AVG(DISTINCT predicted_y) FROM PREDICT",
        "SELECT AVG(predicted_y) FILTER (WHERE a > 1) FROM PREDICT",
        "SELECT AVG(predicted_y) OVER () FROM PREDICT",
        "SELECT AVG(-predicted_y) FROM PREDICT",
        "SELECT AVG(predicted_y) + 1 FROM PREDICT",
        "SELECT AVG(predicted_y) m FROM PREDICT",
        "SELECT DISTINCT AVG(predicted_y) FROM PREDICT",
        "SELECT AVG(predicted_y), predicted_y FROM PREDICT",
        "SELECT COUNT(predicted_y) FROM PREDICT",
        "SELECT SUM(predicted_y) FROM PREDICT",
        "SELECT * FROM PREDICT",
        "SELECT AVG(predicted_y) FROM (SELECT * FROM PREDICT)",
        "SELECT 1 AS x, AVG(predicted_y) FROM PREDICT UNION ALL SELECT 1, 2",
        "WITH t AS (SELECT 1 AS a) SELECT AVG(predicted_y) FROM PREDICT",
        "SELECT AVG(predicted_y) FROM PREDICT WHERE a = ?"
      })
  void anythingMoreIsNot(String sql) {
    assertThat(matches(sql)).isFalse();
  }
}
