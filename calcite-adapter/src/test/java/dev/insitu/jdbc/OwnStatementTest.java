package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements of ours through JDBC, over a model that has learnt y = 2 (a + b) exactly. */
class OwnStatementTest {
  private static final String CREATE =
      "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
          + " data_split_method = 'no_split') AS SELECT a, b, y FROM t";

  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
    statement = connection.createStatement();
    statement.execute(
        "CREATE TABLE t(id INT PRIMARY KEY, a DOUBLE PRECISION, b DOUBLE PRECISION,"
            + " y DOUBLE PRECISION)");
    statement.execute(
        "INSERT INTO t SELECT x, x, MOD(x * 7, 5), 2 * (x + MOD(x * 7, 5))"
            + " FROM SYSTEM_RANGE(1, 20)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void everyWayToExecuteReturnsWhatItShould() throws SQLException {
    assertThat(statement.execute(CREATE)).isFalse();
    assertThat(statement.getUpdateCount()).isZero();
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(statement.executeUpdate(CREATE.replace("CREATE", "CREATE OR REPLACE"))).isZero();
    assertThat(statement.execute("SHOW MODELS")).isTrue();
    assertThat(statement.getResultSet().getStatement()).isSameAs(statement);
    assertThatThrownBy(() -> statement.executeQuery("DROP MODEL m"))
        .hasFieldOrPropertyWithValue("errorCode", 90002);
    assertThat(rows("SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => TABLE t)"))
        .containsExactly("20");
    assertThatThrownBy(() -> statement.executeUpdate("SHOW MODELS"))
        .hasFieldOrPropertyWithValue("errorCode", 90001);
  }

  @Test
  void predictionsJoinTheColumnsOfTheirInput() throws SQLException {
    statement.execute(CREATE);
    assertThat(
            rows(
                "SELECT p.id, y, ROUND(predicted_y, 3) FROM PREDICT(MODEL => 'm', DATA => TABLE t) p"
                    + " WHERE p.id < 4 ORDER BY 1"))
        .containsExactly("1|6.0|6.0", "2|12.0|12.0", "3|8.0|8.0");
    assertThat(rows("SELECT id FROM t WHERE PREDICTION('m', a, b) > 43")).containsExactly("19");
  }

  @Test
  void predictionsFeedEveryKindOfChange() throws SQLException {
    statement.execute(CREATE);
    assertThat(
            statement.executeUpdate(
                "CREATE TABLE p AS SELECT id, predicted_y AS z"
                    + " FROM PREDICT(MODEL => 'm', DATA => TABLE t)"))
        .isZero();
    assertThat(
            statement.executeUpdate(
                "INSERT INTO p SELECT id + 100, predicted_y"
                    + " FROM PREDICT(MODEL => 'm', DATA => (SELECT * FROM t WHERE id <= 5))"))
        .isEqualTo(5);
    assertThat(statement.executeUpdate("UPDATE p SET z = PREDICTION('m', 1, 2) WHERE id > 100"))
        .isEqualTo(5);
    assertThat(rows("SELECT DISTINCT ROUND(z, 3) FROM p WHERE id > 100")).containsExactly("6.0");
    assertThat(
            statement.executeUpdate(
                "MERGE INTO p USING PREDICT(MODEL => 'm', DATA => TABLE t) s ON p.id = s.id"
                    + " WHEN MATCHED THEN UPDATE SET z = -s.predicted_y"))
        .isEqualTo(20);
    assertThat(
            statement.executeUpdate(
                "DELETE FROM p WHERE id IN (SELECT id FROM PREDICT("
                    + "MODEL => 'm', DATA => TABLE t) WHERE predicted_y > 20)"))
        .isEqualTo(Integer.parseInt(rows("SELECT COUNT(*) FROM t WHERE y > 20").get(0)));
  }

  @Test
  void parametersStandInsideAndOutsideOfTheInput() throws SQLException {
    statement.execute(CREATE);
    try (PreparedStatement prepared =
        connection.prepareStatement(
            "SELECT ? AS tag, id, ROUND(predicted_y, 3) FROM PREDICT(MODEL => 'm', DATA =>"
                + " (SELECT * FROM t WHERE id BETWEEN ? AND ?)) WHERE predicted_y > ?")) {
      assertThat(prepared.getParameterMetaData().getParameterCount()).isEqualTo(4);
      assertThat(prepared.getMetaData().getColumnLabel(1)).isEqualTo("TAG");
      assertThat(prepared.getMetaData().getColumnCount()).isEqualTo(3);
      prepared.setString(1, "first");
      prepared.setInt(2, 1);
      prepared.setInt(3, 3);
      prepared.setDouble(4, 7);
      assertThat(read(prepared.executeQuery())).containsExactly("first|2|12.0", "first|3|8.0");
      prepared.setString(1, "second");
      prepared.setDouble(4, 10);
      assertThat(read(prepared.executeQuery())).containsExactly("second|2|12.0");
      prepared.clearParameters();
      assertThatThrownBy(prepared::executeQuery).hasFieldOrPropertyWithValue("errorCode", 90012);
      assertThatThrownBy(() -> prepared.setInt(5, 1))
          .hasFieldOrPropertyWithValue("errorCode", 90008);
    }
  }

  @Test
  void preparedStatementFollowsTheDefaultVersion() throws SQLException {
    statement.execute(CREATE);
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT ROUND(PREDICTION('m', ?, ?), 3)")) {
      prepared.setDouble(1, 1);
      prepared.setDouble(2, 2);
      assertThat(read(prepared.executeQuery())).containsExactly("6.0");
      statement.execute("UPDATE t SET y = -y");
      statement.execute(CREATE.replace("CREATE", "CREATE OR REPLACE"));
      assertThat(read(prepared.executeQuery())).containsExactly("-6.0");
      statement.execute("DROP MODEL m");
      assertThatThrownBy(prepared::executeQuery).hasMessageStartingWith("ML010");
    }
  }

  @Test
  void preparedStatementSurvivesChangesOfItsTables() throws SQLException {
    statement.execute(CREATE);
    try (PreparedStatement prepared =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => TABLE t)")) {
      assertThat(read(prepared.executeQuery())).containsExactly("20");
      statement.execute("CREATE INDEX t_a ON t(a); DELETE FROM t WHERE id > 15");
      assertThat(read(prepared.executeQuery())).containsExactly("15");
    }
  }

  @Test
  void statementsOfOneTextRunInOrder() throws SQLException {
    assertThat(
            statement.execute(
                CREATE
                    + "; CREATE TABLE p AS SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t);"
                    + " INSERT INTO p SELECT * FROM p"))
        .isFalse();
    assertThat(rows("SELECT COUNT(*) FROM p; DROP MODEL m")).containsExactly("40");
    assertThat(rows("SHOW MODELS")).isEmpty();
  }

  @Test
  void batchesMixStatementsOfBothKinds() throws SQLException {
    statement.addBatch(CREATE);
    statement.addBatch("DELETE FROM t WHERE PREDICTION('m', a, b) > 30");
    statement.addBatch("DELETE FROM t WHERE id = 1");
    assertThat(statement.executeBatch()).containsExactly(0, 7, 1);
    statement.addBatch("DROP MODEL nobody");
    statement.addBatch("DELETE FROM t WHERE id = 2");
    assertThatThrownBy(statement::executeBatch)
        .isInstanceOfSatisfying(
            BatchUpdateException.class,
            e -> assertThat(e.getUpdateCounts()).containsExactly(Statement.EXECUTE_FAILED, 1));
    try (PreparedStatement prepared =
        connection.prepareStatement("UPDATE t SET y = PREDICTION('m', ?, 0) WHERE id = ?")) {
      for (int id = 3; id < 5; id++) {
        prepared.setDouble(1, id);
        prepared.setInt(2, id);
        prepared.addBatch();
      }
      assertThat(prepared.executeBatch()).containsExactly(1, 1);
    }
    assertThat(rows("SELECT ROUND(y, 3) FROM t WHERE id < 5 ORDER BY id"))
        .containsExactly("6.0", "8.0");
  }

  @Test
  void modelGoesBackWithItsTransaction() throws SQLException {
    connection.setAutoCommit(false);
    statement.execute("INSERT INTO t VALUES (21, 1, 1, 4)");
    statement.execute(CREATE);
    assertThat(rows("SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => TABLE t)"))
        .containsExactly("21");
    connection.rollback();
    assertThat(rows("SHOW MODELS")).isEmpty();
    assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly("20");
    statement.execute(CREATE);
    connection.commit();
    connection.rollback();
    assertThat(rows("SHOW MODELS")).hasSize(1);
  }

  @Test
  void listenerMayStopATraining() throws SQLException {
    List<String> phases = new ArrayList<>();
    connection
        .unwrap(InsituConnection.class)
        .setProgress(
            (phase, done, total) -> {
              phases.add(phase);
              throw new CancellationException();
            });
    assertThatThrownBy(() -> statement.execute(CREATE))
        .isInstanceOf(SQLTimeoutException.class)
        .hasFieldOrPropertyWithValue("errorCode", 57014);
    assertThat(phases).hasSize(1);
    assertThat(rows("SHOW MODELS")).isEmpty();
  }

  @Test
  void cancelStopsATraining() throws SQLException {
    Statement training = connection.createStatement();
    connection
        .unwrap(InsituConnection.class)
        .setProgress(
            (phase, done, total) -> {
              try {
                training.cancel();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThatThrownBy(() -> training.execute(CREATE))
        .isInstanceOf(SQLException.class)
        .hasFieldOrPropertyWithValue("SQLState", "57014");
    assertThat(rows("SHOW MODELS")).isEmpty();
  }

  @Test
  void limitsHoldForStatementsOfOurs() throws SQLException {
    statement.execute(CREATE);
    statement.setMaxRows(3);
    assertThat(rows("SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t)")).hasSize(3);
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t)")) {
      prepared.setMaxRows(2);
      assertThat(read(prepared.executeQuery())).hasSize(2);
      prepared.closeOnCompletion();
      prepared.executeQuery().close();
      assertThat(prepared.isClosed()).isTrue();
    }
  }

  @Test
  void errorsNameWhatIsWrong() throws SQLException {
    statement.execute(CREATE);
    assertThatThrownBy(() -> rows("SELECT * FROM PREDICT(MODEL => 'n', DATA => TABLE t)"))
        .hasMessageStartingWith("ML010: model \"N\" not found");
    assertThatThrownBy(() -> rows("SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE nowhere)"))
        .hasFieldOrPropertyWithValue("errorCode", 42102);
    assertThatThrownBy(
            () -> statement.execute("CREATE VIEW v AS SELECT PREDICTION('m', a, b) FROM t"))
        .hasMessageStartingWith("ML006: CREATE VIEW keeps the text of a prediction");
    assertThatThrownBy(
            () -> connection.prepareStatement("SELECT * FROM PREDICT(MODEL => ?, DATA => TABLE t)"))
        .hasMessageStartingWith("ML014");
    assertThatThrownBy(() -> statement.execute(CREATE)).hasMessageStartingWith("ML011");
    assertThatThrownBy(() -> rows("SELECT * FROM PREDICT(MODEL => 'm', DATA => (SELECT a FROM t))"))
        .hasMessageStartingWith("ML020");
  }

  @Test
  void explainShowsModelAndEngineAndTrainsNothing() throws SQLException {
    statement.execute(CREATE);
    String plan =
        rows("EXPLAIN PLAN FOR SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE id = 1")
            .get(0);
    assertThat(plan).contains("PUBLIC.M@1", "kernel");
    rows(
        "EXPLAIN SELECT * FROM TRAIN(MODEL => 'n', DATA => (SELECT a, b, y FROM t),"
            + " TARGET => DESCRIPTOR(y), OPTIONS => MAP['model_type', 'linear_reg'])");
    assertThat(rows("SHOW MODELS")).hasSize(1);
  }

  @Test
  void trainTrainsOncePerExecutionAndNeverWhilePreparing() throws SQLException {
    try (PreparedStatement prepared =
        connection.prepareStatement(
            "SELECT * FROM TRAIN(MODEL => 'n', DATA => (SELECT a, b, y FROM t WHERE id > ?),"
                + " TARGET => DESCRIPTOR(y), OPTIONS => MAP['model_type', 'linear_reg'])")) {
      assertThat(prepared.getMetaData().getColumnCount()).isPositive();
      assertThat(rows("SHOW MODELS")).isEmpty();
      for (int versions = 1; versions < 3; versions++) {
        prepared.setInt(1, versions);
        assertThat(read(prepared.executeQuery())).isNotEmpty();
        assertThat(rows("SHOW MODELS").get(0)).contains("|" + versions + "|" + versions + "|");
      }
    }
  }

  @Test
  void userFunctionWithOurNameWins() throws SQLException {
    statement.execute("CREATE ALIAS prediction FOR 'java.lang.Math.abs(double)'");
    assertThat(rows("SELECT PREDICTION(-2.5)")).containsExactly("2.5");
  }

  @Test
  void nothingOfAStatementStaysInTheDatabase() throws SQLException {
    statement.execute(CREATE);
    rows("SELECT id, PREDICTION('m', a, b) FROM PREDICT(MODEL => 'm', DATA => TABLE t)");
    assertThat(String.join("\n", rows("SCRIPT NODATA"))).doesNotContain("INSITU$");
    assertThat(
            rows(
                "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE 'INSITU$%'"))
        .isEmpty();
  }

  private List<String> rows(String sql) throws SQLException {
    return read(statement.executeQuery(sql));
  }

  static List<String> read(ResultSet rows) throws SQLException {
    List<String> lines = new ArrayList<>();
    while (rows.next()) {
      List<String> line = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        line.add(rows.getString(i));
      }
      lines.add(String.join("|", line));
    }
    rows.close();
    return lines;
  }
}
