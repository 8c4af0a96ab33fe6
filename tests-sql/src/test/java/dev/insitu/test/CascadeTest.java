package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model goes with its functions, its kept columns and its schedule, or nothing of it goes. */
class CascadeTest {
  private static final String DRIVER = "DROP MODEL churn CASCADE";
  private static final String PLAIN = "CALL INSITU.DROP_MODEL('churn', FALSE, TRUE)";

  private PlainDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = PlainDatabase.inMemory();
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'RISK', '{\"class\": \"yes\"}')");
    database.execute("CALL INSITU.MATERIALIZE('churn', 'customers', 'score')");
    database.execute(
        "CALL INSITU.SCHEDULE('churn', 'SELECT age, income, region, churned FROM customers',"
            + " '{\"every\": \"1 day\"}')");
    database.execute("CREATE TABLE notes (note VARCHAR)");
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private void run(String statement, boolean autoCommit) throws SQLException {
    Connection session = statement.startsWith("CALL") ? database.plain() : database.driver();
    session.setAutoCommit(autoCommit);
    PlainDatabase.execute(session, "INSERT INTO notes VALUES 'before'");
    PlainDatabase.execute(session, statement);
    if (!autoCommit) {
      session.rollback();
      session.setAutoCommit(true);
    }
  }

  private void isGone() throws SQLException {
    for (String view : List.of("MODELS", "FUNCTIONS", "PREDICTED_COLUMNS", "SCHEDULES")) {
      assertThat(database.rows("SELECT * FROM INSITU." + view)).as(view).isEmpty();
    }
    assertThat(
            database.rows(
                "SELECT * FROM INFORMATION_SCHEMA.ROUTINES WHERE ROUTINE_SCHEMA = 'PUBLIC'"))
        .isEmpty();
    assertThat(
            database.rows(
                "SELECT * FROM INFORMATION_SCHEMA.TRIGGERS WHERE TRIGGER_NAME LIKE 'INSITU$%'"))
        .isEmpty();
    assertThat(database.rows("SELECT COUNT(score) FROM customers")).containsExactly(List.of(200L));
    database.execute("INSERT INTO customers (id, score) VALUES (1001, 'own')");
    assertThat(database.rows("SELECT score FROM customers WHERE id = 1001"))
        .containsExactly(List.of("own"));
    assertThat(database.rows("SELECT * FROM notes")).hasSize(1);
    assertThatThrownBy(() -> database.rows("SELECT PREDICT_CHURN(1, 2, 'x')"))
        .hasMessageContaining("Function \"PREDICT_CHURN\" not found");
  }

  /** H2 commits with whatever it drops, and so does this. */
  @ParameterizedTest
  @ValueSource(strings = {DRIVER, PLAIN})
  void allOfItIsGoneForGoodWhateverBecomesOfTheTransaction(String statement) throws SQLException {
    run(statement, false);
    isGone();
  }

  @ParameterizedTest
  @ValueSource(strings = {DRIVER, PLAIN})
  void allOfItIsGoneInAutoCommit(String statement) throws SQLException {
    run(statement, true);
    isGone();
    database.driver("CREATE MODEL churn" + PlainDatabase.CHURN_OPTIONS);
    database.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    assertThat(database.rows("SELECT PREDICT_CHURN(1, 2, 'x')")).hasSize(1);
  }

  /** The rows are deleted by then, and the first function is to be dropped. */
  @ParameterizedTest
  @ValueSource(strings = {DRIVER, PLAIN})
  void whatFailsAmidItLeavesAllAsItWas(String statement) throws SQLException {
    database.driver("SET LOCK_TIMEOUT 300");
    database.execute("SET LOCK_TIMEOUT 300");
    try (Connection other = DriverManager.getConnection("jdbc:h2:" + database.name(), "sa", "")) {
      other.setAutoCommit(false);
      SessionLocal session = (SessionLocal) other.unwrap(JdbcConnection.class).getSession();
      session.getDatabase().lockMeta(session);
      assertThatThrownBy(() -> run(statement, true))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(50200));
      other.rollback();
    }
    for (String view : List.of("MODELS", "PREDICTED_COLUMNS", "SCHEDULES")) {
      assertThat(database.rows("SELECT * FROM INSITU." + view)).as(view).hasSize(1);
    }
    assertThat(database.rows("SELECT * FROM INSITU.FUNCTIONS")).hasSize(2);
    assertThat(database.rows("SELECT PREDICT_CHURN(1, 2, 'x'), RISK(1, 2, 'x')")).hasSize(1);
    database.execute("INSERT INTO customers (id, age, score) VALUES (1001, 70, 'own')");
    assertThat(database.one("SELECT score FROM customers WHERE id = 1001")).isNotEqualTo("own");
    database.execute("DELETE FROM customers WHERE id = 1001");
    database.execute("DELETE FROM notes");
    run(statement, true);
    isGone();
  }

  @Test
  void aFunctionThatIsCalledKeepsTheOthersToo() throws SQLException {
    database.execute("CREATE VIEW v AS SELECT RISK(age, income, region) AS r FROM customers");
    assertThatThrownBy(() -> database.driver(DRIVER))
        .hasMessageContaining("ML086: function \"PUBLIC.RISK\" is used by view PUBLIC.V");
    assertThat(database.rows("SELECT * FROM INSITU.FUNCTIONS")).hasSize(2);
    assertThat(database.rows("SELECT PREDICT_CHURN(1, 2, 'x')")).hasSize(1);
  }

  @Test
  void aVersionTakesOnlyWhatIsPinnedToIt() throws SQLException {
    database.execute("CALL INSITU.CREATE_FUNCTION('churn@1', 'FIRST')");
    database.retrain();
    database.driver("DROP MODEL churn VERSION 1 CASCADE");
    assertThat(database.rows("SELECT function_name FROM INSITU.FUNCTIONS ORDER BY 1"))
        .containsExactly(List.of("PREDICT_CHURN"), List.of("RISK"));
    assertThat(database.rows("SELECT state FROM INSITU.PREDICTED_COLUMNS"))
        .containsExactly(List.of("current"));
    assertThat(database.rows("SELECT * FROM INSITU.SCHEDULES")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void overAWireItIsTheSame(boolean autoCommit) throws SQLException {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifExists").start();
    try (Connection wire =
        DriverManager.getConnection(
            "jdbc:insitu:h2:tcp://localhost:" + server.getPort() + "/" + database.name(),
            "sa",
            "")) {
      wire.setAutoCommit(autoCommit);
      PlainDatabase.execute(wire, "INSERT INTO notes VALUES 'before'");
      assertThatThrownBy(() -> PlainDatabase.execute(wire, "DROP MODEL churn"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("ML086"))
          .hasMessageStartingWith(
              "ML086: model \"PUBLIC.CHURN\" is used by function PUBLIC.PREDICT_CHURN,"
                  + " function PUBLIC.RISK, column PUBLIC.CUSTOMERS.SCORE, its schedule");
      PlainDatabase.execute(wire, DRIVER);
      if (!autoCommit) {
        wire.rollback();
      }
      isGone();
      PlainDatabase.execute(wire, "CREATE MODEL churn" + PlainDatabase.CHURN_OPTIONS);
      PlainDatabase.execute(wire, "DROP MODEL churn");
      PlainDatabase.execute(wire, "DROP MODEL IF EXISTS churn CASCADE");
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerWithoutOurFunctionsHasNothingMoreToDrop() throws SQLException {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    try (Connection wire =
            DriverManager.getConnection(
                "jdbc:insitu:h2:tcp://localhost:" + server.getPort() + "/mem:bare", "sa", "");
        Statement statement = wire.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT X AS a, 2 * X AS y FROM SYSTEM_RANGE(1, 50)");
      statement.execute(
          "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'])"
              + " AS SELECT a, y FROM t");
      statement.execute("DROP MODEL m CASCADE");
      assertThatThrownBy(() -> statement.execute("DESCRIBE MODEL m")).hasMessageContaining("ML010");
    } finally {
      server.stop();
    }
  }
}
