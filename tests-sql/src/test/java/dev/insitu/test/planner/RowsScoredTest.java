package dev.insitu.test.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.jdbc.InsituConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many of a thousand rows are scored where a rule applies, and where none does. */
class RowsScoredTest {
  private static Connection connection;

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t AS SELECT CAST(x AS INT) AS id, CAST(MOD(x, 10) AS INT) AS a,"
              + " MOD(x * 3, 11) * 1.5E0 AS b, MOD(x, 5) * 2.0E0 AS y FROM SYSTEM_RANGE(1, 1000)");
      statement.execute("CREATE TABLE u AS SELECT id FROM t WHERE id <= 50");
    }
  }

  /** A model that was just trained: no score of a row is known yet. */
  private static void train() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'])"
              + " AS SELECT a, b, y FROM t");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "PredictFilterRule | 100 | SELECT id, predicted_y FROM $ AS p WHERE a = 3",
        "PredictTrimmer | 0 | SELECT COUNT(*), MAX(id) FROM $ AS p",
        "PredictTrimmer below * | 0 | SELECT id FROM (SELECT * FROM $ AS p) AS q",
        "FilterProjectTransposeRule | 100"
            + " | SELECT s FROM (SELECT a AS k, predicted_y AS s FROM $ AS p) AS q WHERE k = 3",
        "FilterIntoJoinRule | 100"
            + " | SELECT p.predicted_y FROM $ AS p JOIN u ON u.id = p.id WHERE p.a = 3",
        "JoinConditionPushRule | 100"
            + " | SELECT p.predicted_y FROM $ AS p JOIN u ON u.id = p.id AND p.a = 3",
        "FilterAggregateTransposeRule | 100"
            + " | SELECT best FROM (SELECT a, MAX(predicted_y) AS best FROM $ AS p GROUP BY a) AS q"
            + " WHERE a = 3",
        "PredictInputRule | 1000 | SELECT id, predicted_y FROM $ AS p",
        "on a prediction | 1000 | SELECT id FROM $ AS p WHERE predicted_y > 3",
        "above LIMIT | 1000"
            + " | SELECT s FROM (SELECT a, predicted_y AS s FROM $ AS p ORDER BY s LIMIT 5) AS q"
            + " WHERE a = 3",
        "beside RAND() | 1000 | SELECT predicted_y FROM $ AS p WHERE a = 3 AND RAND() >= 0"
      })
  void noMoreThanTheResultNeeds(String rule, long scored, String sql) throws SQLException {
    String query = sql.replace("$", "PREDICT(MODEL => 'm', DATA => TABLE t)");
    assertThat(scored(query, true)).as(rule).isEqualTo(scored);
    assertThat(scored(query, false)).as(rule).isEqualTo(1000);
  }

  private static long scored(String query, boolean optimizing) throws SQLException {
    InsituConnection own = connection.unwrap(InsituConnection.class);
    own.setOptimizing(optimizing);
    train();
    long before = own.rowsScored();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        assertThat(rows.getString(1)).isNotNull();
      }
    }
    return own.rowsScored() - before;
  }
}
