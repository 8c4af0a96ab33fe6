package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.engine.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects of the database that keep a prediction: made by this driver, read by any client. */
class StoredTextTest {
  private static final String PREDICT = "PREDICT(MODEL => 'm', DATA => TABLE t)";

  @TempDir private Path folder;

  private Connection open(String prefix) throws SQLException {
    return DriverManager.getConnection(prefix + folder.resolve("db"), "sa", "");
  }

  private Connection driver() throws SQLException {
    return open("jdbc:insitu:h2:");
  }

  private Connection plain() throws SQLException {
    return open("jdbc:h2:");
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return OwnStatementTest.read(statement.executeQuery(sql));
    }
  }

  /** A model of twice a plus b. */
  private static void fill(Connection connection) throws SQLException {
    run(
        connection,
        "CREATE TABLE t(id INT PRIMARY KEY, a DOUBLE PRECISION, b DOUBLE PRECISION,"
            + " y DOUBLE PRECISION)",
        "INSERT INTO t SELECT n, n, MOD(n * 7, 5), 2 * n + MOD(n * 7, 5)"
            + " FROM SYSTEM_RANGE(1, 20) r(n)",
        "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
            + " data_split_method = 'no_split') AS SELECT a, b, y FROM t");
  }

  private static void trainAgain(Connection connection) throws SQLException {
    run(
        connection,
        "CREATE OR REPLACE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
            + " data_split_method = 'no_split') AS SELECT a, b, -y AS y FROM t");
  }

  @Test
  void viewsAnswerAnyClientAndFollowTheDefaultVersion() throws SQLException {
    try (Connection connection = driver()) {
      fill(connection);
      run(
          connection,
          "CALL INSITU.INSTALL()",
          "CREATE VIEW scored AS SELECT id, predicted_y FROM " + PREDICT,
          "CREATE OR REPLACE VIEW one AS SELECT id, PREDICTION('m', a, b) AS guess FROM t",
          "CREATE VIEW first_one AS SELECT id, PREDICTION('m@1', a, b) AS guess FROM t",
          "CREATE VIEW quality AS SELECT r2_score FROM ML.EVALUATE(MODEL => 'm', DATA => TABLE t)");
    }
    try (Connection connection = plain()) {
      run(
          connection,
          "CREATE VIEW undeclared AS SELECT predicted_y FROM INSITU.PREDICT('m', 'SELECT 1 a, 2 b')",
          "CREATE VIEW weights AS SELECT * FROM INSITU.WEIGHTS('m')");
    }
    try (Connection connection = plain()) {
      assertThat(rows(connection, "SELECT ROUND(predicted_y, 6) FROM undeclared"))
          .containsExactly("4.0");
      assertThat(rows(connection, "SELECT COUNT(*) FROM weights")).containsExactly("3");
      assertThat(rows(connection, "SELECT id, ROUND(predicted_y, 6) FROM scored WHERE id < 3"))
          .containsExactly("1|4.0", "2|8.0");
      run(connection, "INSERT INTO t(id, a, b) VALUES (100, 5, 1)", "CREATE SCHEMA s");
      run(connection, "SET SCHEMA s");
      assertThat(rows(connection, "SELECT ROUND(predicted_y, 6) FROM PUBLIC.scored WHERE id = 100"))
          .containsExactly("11.0");
      assertThat(rows(connection, "SELECT ROUND(guess, 6) FROM PUBLIC.one WHERE id = 100"))
          .containsExactly("11.0");
      assertThat(rows(connection, "SELECT COUNT(*) FROM PUBLIC.quality")).containsExactly("1");
    }
    try (Connection connection = driver()) {
      trainAgain(connection);
      assertThat(rows(connection, "SELECT ROUND(predicted_y, 6) FROM scored WHERE id = 1"))
          .containsExactly("-4.0");
      assertThat(rows(connection, "SELECT ROUND(guess, 6) FROM one WHERE id = 1"))
          .containsExactly("-4.0");
      assertThat(rows(connection, "SELECT ROUND(guess, 6) FROM first_one WHERE id = 1"))
          .containsExactly("4.0");
    }
  }

  @Test
  void storedValuesNameAVersion() throws SQLException {
    assumeThat(Constants.VERSION).as("2.4.240 refuses these").isEqualTo("2.5.252");
    try (Connection connection = driver()) {
      fill(connection);
      run(connection, "CALL INSITU.INSTALL()");
      for (String statement :
          new String[] {
            "ALTER TABLE t ADD COLUMN g DOUBLE PRECISION GENERATED ALWAYS AS (PREDICTION('m', a, b))",
            "CREATE TABLE g(a DOUBLE PRECISION CHECK PREDICTION('m', a, 1) > 1)",
            "CREATE TABLE g(p DOUBLE PRECISION DEFAULT PREDICTION('m', 1, 2))",
            "ALTER TABLE t ALTER COLUMN y SET ON UPDATE PREDICTION('m', 1, 2)"
          }) {
        assertThatThrownBy(() -> run(connection, statement))
            .as(statement)
            .hasMessageStartingWith(
                "ML082: PREDICTION in a stored expression needs a version, but \"M\" has none")
            .hasMessageContaining("Hint: Write 'M@1'.");
      }
      run(
          connection,
          "ALTER TABLE t ADD COLUMN g DOUBLE PRECISION GENERATED ALWAYS AS (PREDICTION('m@1', a, b))",
          "CREATE TABLE c(a DOUBLE PRECISION CHECK PREDICTION('m@1', a, 1) > 10,"
              + " p DOUBLE PRECISION DEFAULT PREDICTION('m@1', 1, 2),"
              + " u DOUBLE PRECISION ON UPDATE PREDICTION('m@1', 2, 2))");
      trainAgain(connection);
    }
    try (Connection connection = plain()) {
      run(connection, "INSERT INTO t(id, a, b) VALUES (100, 5, 1)", "INSERT INTO c(a) VALUES (7)");
      assertThat(rows(connection, "SELECT ROUND(g, 6) FROM t WHERE id IN (1, 100) ORDER BY id"))
          .containsExactly("4.0", "11.0");
      run(connection, "UPDATE c SET a = 8");
      assertThat(rows(connection, "SELECT a, ROUND(p, 6), ROUND(u, 6) FROM c"))
          .containsExactly("8.0|4.0|6.0");
      assertThatThrownBy(() -> run(connection, "INSERT INTO c(a) VALUES (1)"))
          .hasFieldOrPropertyWithValue("errorCode", 23513);
    }
  }

  @Test
  void whatWouldKeepADatabaseShutIsRefused() throws SQLException {
    try (Connection connection = driver()) {
      fill(connection);
      run(connection, "CALL INSITU.INSTALL()");
      assertThatThrownBy(
              () ->
                  run(connection, "CREATE DOMAIN d AS INT CHECK (PREDICTION('m@1', VALUE, 1) > 1)"))
          .hasMessageStartingWith("ML089: CREATE DOMAIN cannot contain a prediction: ");
      String stored = "CREATE TABLE g(a INT, p DOUBLE PRECISION AS PREDICTION('m@1', a, 1))";
      if (Constants.VERSION.equals("2.4.240")) {
        assertThatThrownBy(() -> run(connection, stored))
            .hasMessageStartingWith(
                "ML089: CREATE TABLE cannot contain a prediction: H2 2.4.240 would not open");
      } else {
        run(connection, stored, "INSERT INTO g(a) VALUES (3)");
        assertThat(rows(connection, "SELECT ROUND(p, 6) FROM g")).containsExactly("7.0");
      }
    }
  }

  @Test
  void preparedTextsAreTheDatabasesOwn() throws SQLException {
    try (Connection connection = driver()) {
      fill(connection);
      run(connection, "CALL INSITU.INSTALL()");
      run(connection, "PREPARE later(INT) AS SELECT ROUND(PREDICTION('m', ?, 1), 6)");
      assertThat(rows(connection, "EXECUTE later(3)")).containsExactly("7.0");
    }
  }

  @Test
  void withoutTheFunctionsTheHintNamesThem() throws SQLException {
    try (Connection connection = driver()) {
      fill(connection);
      assertThatThrownBy(() -> run(connection, "CREATE VIEW v AS SELECT * FROM " + PREDICT))
          .hasMessageStartingWith(
              "ML006: CREATE VIEW keeps the text of a prediction, which needs Insitu's functions")
          .hasMessageContaining("Hint: CALL INSITU.INSTALL()");
      assertThat(rows(connection, "SELECT COUNT(*) FROM " + PREDICT)).containsExactly("20");
    }
  }

  @Test
  void installingTwiceIsHarmless() throws SQLException {
    try (Connection connection = driver()) {
      fill(connection);
      run(connection, "CALL INSITU.INSTALL()", "  { call insitu.install() }");
      assertThat(rows(connection, "CALL INSITU.INSTALL()")).hasSize(1);
      assertThat(rows(connection, "SELECT PREDICTION('m', 1, 2)")).hasSize(1);
      assertThat(rows(connection, "SELECT id FROM INSITU.PREDICT(MODEL => 'm', DATA => TABLE t)"))
          .hasSize(20);
      assertThat(rows(connection, "SELECT ROUND(INSITU.PREDICTION_NUMBER('m', 3, 1), 6)"))
          .containsExactly("7.0");
    }
  }
}
