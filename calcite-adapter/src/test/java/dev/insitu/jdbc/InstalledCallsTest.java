package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.calcite.Optimizer;
import dev.insitu.calcite.StatementReader;
import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.jdbc.text.UserRoutines;
import dev.insitu.remote.SecondConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts that call installed functions; that they mean the same is for others to show. */
class InstalledCallsTest {
  private Connection connection;
  private ModelSession session;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t(id INT, a DOUBLE PRECISION, b DECIMAL(5, 1), c VARCHAR(9))");
      statement.execute(
          "INSERT INTO t SELECT x, x, MOD(x * 7, 5), CHAR(65 + MOD(x, 2)) FROM SYSTEM_RANGE(1, 40)");
      statement.execute(
          "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['id'])"
              + " AS SELECT a, b, id FROM t");
      statement.execute("CREATE SCHEMA other");
      statement.execute(
          "CREATE MODEL other.\"Or'c\" OPTIONS (model_type = 'logistic_reg', input_label_cols = ['c'])"
              + " AS SELECT a, c FROM t");
      statement.execute(
          "CREATE MODEL k OPTIONS (model_type = 'kmeans', num_clusters = 2) AS SELECT a, b FROM t");
      statement.execute("CREATE SCHEMA IF NOT EXISTS INSITU");
      statement.execute(
          "CREATE ALIAS INSITU.PREDICTION_NUMBER AS"
              + " 'Double f(String model, Double a, Double b) { return a; }'");
    }
    session =
        ModelSession.open(
            connection.unwrap(org.h2.jdbc.JdbcConnection.class),
            SecondConnection.NONE,
            new Optimizer(),
            new LongAdder(),
            "a test");
  }

  @AfterEach
  void close() throws SQLException {
    session.database().close();
    connection.close();
  }

  private SqlText text(String sql, InstalledCalls.Purpose purpose) throws SQLException {
    MlStatement statement =
        StatementReader.read(sql, UserRoutines.NONE).orElseThrow().statements().get(0);
    CallBinder binder = new CallBinder(session, sql);
    try {
      return new InstalledCalls(session, binder, purpose)
          .text(((MlStatement.Predicting) statement).template());
    } finally {
      binder.abandon();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT PREDICTION('m', a, b) FROM t | SELECT INSITU.PREDICTION_NUMBER('\"PUBLIC\".\"M\"', a, b)"
            + " AS \"PREDICTION('m', A, B)\" FROM t",
        "SELECT PREDICTION('m@1', a + 1, (SELECT 2)) p FROM t"
            + " | SELECT INSITU.PREDICTION_NUMBER('\"PUBLIC\".\"M\"@1', a + 1, (SELECT 2)) p FROM t",
        "SELECT 1 FROM t WHERE PREDICTION('other.\"Or''c\"', a) = 'A'"
            + " | SELECT 1 FROM t WHERE INSITU.PREDICTION('\"OTHER\".\"Or''c\"', a) = 'A'",
        "SELECT 1 FROM t WHERE PREDICTION_PROBABILITY('other.\"Or''c\"', 'A', a) > 0.5 | SELECT 1 FROM t"
            + " WHERE INSITU.PREDICTION_PROBABILITY('\"OTHER\".\"Or''c\"', 'A', a) > 0.5",
        "SELECT 1 FROM t WHERE PREDICTION('k', a, b) = 1 | SELECT 1 FROM t"
            + " WHERE CAST(INSITU.PREDICTION('\"PUBLIC\".\"K\"', a, b) AS INTEGER) = 1",
        "SELECT * FROM TABLE(PREDICT(MODEL => 'm', DATA => TABLE t)) p | SELECT *"
            + " FROM INSITU.PREDICT('\"PUBLIC\".\"M\"', 'SELECT * FROM t', NULL) p",
        "SELECT COUNT(*) FROM TABLE(ML.EVALUATE(MODEL => 'm', DATA => (SELECT * FROM t WHERE c = 'A'))) |"
            + " SELECT COUNT(*) FROM INSITU.EVALUATE('\"PUBLIC\".\"M\"',"
            + " 'SELECT * FROM t WHERE c = ''A''', NULL)",
        "SELECT COUNT(*) FROM ML.EVALUATE(MODEL => 'm') |"
            + " SELECT COUNT(*) FROM INSITU.EVALUATE('\"PUBLIC\".\"M\"', NULL, NULL)",
        "SELECT COUNT(*) FROM ML.WEIGHTS(MODEL => 'm') |"
            + " SELECT COUNT(*) FROM INSITU.WEIGHTS('\"PUBLIC\".\"M\"')",
        "SELECT 1 FROM PREDICT(MODEL => 'other.\"Or''c\"', DATA => (SELECT a FROM t), threshold => 0.9) |"
            + " SELECT 1 FROM INSITU.PREDICT('\"OTHER\".\"Or''c\"', 'SELECT a FROM t',"
            + " '{\"threshold\":0.9}')",
      })
  void callsNameModelsInFullAndDeclareTheirColumns(String sql, String expected)
      throws SQLException {
    assertThat(text(sql, InstalledCalls.Purpose.RUN).sql()).isEqualTo(expected);
  }

  @Test
  void queriesThatAreKeptNameTheirTablesInFull() throws SQLException {
    String view = "CREATE VIEW v AS SELECT 1 FROM PREDICT(MODEL => 'm', DATA => TABLE t)";
    assertThat(text(view, InstalledCalls.Purpose.KEEP).sql().replaceAll("\\s+", " "))
        .contains(
            "'SELECT \"PUBLIC\".\"T\".\"ID\", \"PUBLIC\".\"T\".\"A\", \"PUBLIC\".\"T\".\"B\","
                + " \"PUBLIC\".\"T\".\"C\" FROM \"PUBLIC\".\"T\"', NULL, '\"ID\" INTEGER,"
                + " \"A\" DOUBLE PRECISION, \"B\" DECIMAL(5, 1), \"C\" CHARACTER VARYING(9),"
                + " \"PREDICTED_ID\" DOUBLE PRECISION')");
  }

  @Test
  void parametersGoWhereTheirValuesAreNeeded() throws SQLException {
    SqlText text =
        text(
            "SELECT ?, p.a FROM PREDICT(MODEL => 'm', DATA => (SELECT a, PREDICTION('m', ?, a + 0) AS b"
                + " FROM t WHERE id > ?)) p WHERE PREDICTION('m', ?, ? + 1) > ?",
            InstalledCalls.Purpose.RUN);
    assertThat(text.sql())
        .isEqualTo(
            "SELECT ?, p.a FROM INSITU.PREDICT('\"PUBLIC\".\"M\"', 'SELECT a,"
                + " INSITU.PREDICTION_NUMBER(''\"PUBLIC\".\"M\"'', CAST(? AS DOUBLE PRECISION), a + 0)"
                + " AS b FROM t WHERE id > ?', NULL, '\"A\" DOUBLE PRECISION, \"B\" DOUBLE PRECISION,"
                + " \"PREDICTED_ID\" DOUBLE PRECISION', ?, ?) p WHERE"
                + " INSITU.PREDICTION_NUMBER('\"PUBLIC\".\"M\"', CAST(? AS DOUBLE PRECISION), ? + 1)"
                + " > ?");
    assertThat(text.parameters()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void storedValuesNeedAVersion() throws SQLException {
    String check = "ALTER TABLE t ADD CHECK (PREDICTION('%s', a, b) > 0)";
    assertThatThrownBy(() -> text(check.replace("%s", "m"), InstalledCalls.Purpose.KEEP_VALUES))
        .hasMessageStartingWith(
            "ML082: PREDICTION in a stored expression needs a version, but \"M\" has none")
        .hasMessageContaining("Write 'M@1'.");
    assertThat(text(check.replace("%s", "m@1"), InstalledCalls.Purpose.KEEP_VALUES).sql())
        .isEqualTo(
            "ALTER TABLE t ADD CHECK"
                + " (INSITU.PREDICTION_NUMBER('\"PUBLIC\".\"M\"@1', a, b) > 0)");
  }
}
