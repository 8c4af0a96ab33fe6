package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imported models that are replaced, dropped, rolled back, and used by those who own nothing. */
class ImportedLifeTest {
  private static final String FOLDER = "tests-sql/onnx/models/";
  private static final String INPUTS =
      "input_columns = ARRAY['sepal_length', 'sepal_width', 'petal_length', 'petal_width']";
  private static final int ROWS = 20_000;
  private static final String PREDICT =
      "SELECT predicted_y FROM PREDICT(MODEL => 'm', DATA => TABLE iris)";

  /** The same label for every row, another one in each of the two models; the order differs too. */
  private static final String FIRST = from("svc_probability", "'a', 'b', 'c'");

  private static final String SECOND = from("svc_probability", "'z', 'y', 'x'");

  private final String url = "jdbc:insitu:h2:mem:" + UUID.randomUUID();
  private Connection connection;
  private Statement statement;

  private static String from(String pipeline, String labels) {
    return "FROM FILE '"
        + FOLDER
        + pipeline
        + "/model.onnx' OPTIONS ("
        + INPUTS
        + ", labels = ARRAY["
        + labels
        + "], label_col = 'y')";
  }

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection(url, "sa", "");
    statement = connection.createStatement();
    statement.execute(
        "CREATE TABLE iris AS SELECT x AS id, 5.1E0 AS sepal_length, 3.5E0 AS sepal_width, 1.4E0 AS"
            + " petal_length, 0.2E0 AS petal_width FROM SYSTEM_RANGE(1, "
            + ROWS
            + ")");
    statement.execute("CREATE MODEL m " + FIRST);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void aResultUnderWayKeepsItsVersionWhateverBecomesOfTheModel() throws SQLException {
    try (Connection other = DriverManager.getConnection(url, "sa", "");
        Statement beside = other.createStatement();
        ResultSet rows = statement.executeQuery(PREDICT)) {
      assertThat(rows.next()).isTrue();
      beside.execute("CREATE OR REPLACE MODEL m " + SECOND);
      assertThat(first(beside)).isEqualTo("z");
      beside.execute("DROP MODEL m");
      int read = 1;
      while (rows.next()) {
        assertThat(rows.getString(1)).isEqualTo("a");
        read++;
      }
      assertThat(read).isEqualTo(ROWS);
      assertThatThrownBy(() -> first(beside)).hasFieldOrPropertyWithValue("SQLState", "ML010");
    }
  }

  @Test
  void aPreparedStatementFollowsTheModel() throws SQLException {
    try (PreparedStatement table = connection.prepareStatement(PREDICT + " LIMIT 1");
        PreparedStatement scalar =
            connection.prepareStatement(
                "SELECT PREDICTION('m', sepal_length, sepal_width, petal_length, petal_width) FROM"
                    + " iris LIMIT 1")) {
      for (PreparedStatement prepared : List.of(table, scalar)) {
        assertThat(first(prepared.executeQuery())).isEqualTo("a");
      }
      statement.execute("CREATE OR REPLACE MODEL m " + SECOND);
      for (PreparedStatement prepared : List.of(table, scalar)) {
        assertThat(first(prepared.executeQuery())).isEqualTo("z");
      }
      statement.execute("DROP MODEL m VERSION 2");
      for (PreparedStatement prepared : List.of(table, scalar)) {
        assertThat(first(prepared.executeQuery())).isEqualTo("a");
      }
      statement.execute("DROP MODEL m");
      for (PreparedStatement prepared : List.of(table, scalar)) {
        assertThatThrownBy(prepared::executeQuery).hasFieldOrPropertyWithValue("SQLState", "ML010");
      }
    }
  }

  @Test
  void anImportBelongsToItsTransaction() throws SQLException {
    try (Connection other = DriverManager.getConnection(url, "sa", "");
        Statement beside = other.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("CREATE OR REPLACE MODEL m " + SECOND);
      statement.execute("CREATE MODEL n " + SECOND);
      assertThat(first(statement)).isEqualTo("z");
      assertThat(first(beside)).isEqualTo("a");
      connection.rollback();
      assertThat(first(statement)).isEqualTo("a");
      assertThatThrownBy(() -> statement.executeQuery("DESCRIBE MODEL n"))
          .hasFieldOrPropertyWithValue("SQLState", "ML010");
      statement.execute("DROP MODEL m");
      assertThatThrownBy(() -> first(statement)).hasFieldOrPropertyWithValue("SQLState", "ML010");
      assertThat(first(beside)).isEqualTo("a");
      connection.rollback();
      assertThat(first(statement)).isEqualTo("a");
      statement.execute("CREATE OR REPLACE MODEL m " + SECOND);
      connection.commit();
      assertThat(first(beside)).isEqualTo("z");
    }
  }

  @Test
  void aStoreThatWasMadeAnewAnswersAnew() throws SQLException {
    assertThat(first(statement)).isEqualTo("a");
    statement.execute("DROP SCHEMA INSITU CASCADE");
    // The same file under the same key with other options.
    statement.execute("CREATE MODEL m " + SECOND);
    assertThat(first(statement)).isEqualTo("z");
  }

  @Test
  void ifNotExistsReadsNoFile() throws SQLException {
    statement.execute("CREATE MODEL IF NOT EXISTS m FROM FILE 'no-such-file.onnx'");
    assertThat(first(statement)).isEqualTo("a");
  }

  @Test
  void whoMayReadTheRowsMayPredictThemAndNothingElse() throws SQLException {
    statement.execute("CREATE USER reader PASSWORD 'p'");
    statement.execute("GRANT SELECT ON iris TO reader");
    try (Connection reader = DriverManager.getConnection(url, "reader", "p");
        Statement limited = reader.createStatement()) {
      assertThat(first(limited)).isEqualTo("a");
      assertThat(
              ImportedDoorsTest.rows(
                  reader,
                  "SELECT accuracy FROM ML.EVALUATE(MODEL m, (SELECT i.*, 'a' AS y FROM iris i))"))
          .containsExactly(List.of(1.0));
      assertThat(ImportedDoorsTest.rows(reader, "DESCRIBE MODEL m")).isNotEmpty();
      for (String refused :
          List.of(
              "CREATE MODEL n " + SECOND,
              "CREATE OR REPLACE MODEL m " + SECOND,
              "CREATE MODEL n FROM (SELECT CAST(X'00' AS BLOB))",
              "DROP MODEL m")) {
        assertThatThrownBy(() -> limited.execute(refused))
            .as(refused)
            .hasFieldOrPropertyWithValue("SQLState", "ML005");
      }
      assertThatThrownBy(() -> limited.execute("SELECT * FROM INSITU.STORED_ATTACHMENTS"))
          .hasMessageContaining("STORED_ATTACHMENTS");
    }
  }

  private static String first(Statement statement) throws SQLException {
    return first(statement.executeQuery(PREDICT + " LIMIT 1"));
  }

  private static String first(ResultSet rows) throws SQLException {
    try (rows) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
