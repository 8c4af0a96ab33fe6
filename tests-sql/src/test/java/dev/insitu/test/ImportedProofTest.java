package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a kernel of an imported model has to show before it answers, and what it reads. */
class ImportedProofTest {
  private final String database = "h2:mem:" + UUID.randomUUID();
  private Connection connection;
  private Connection plain;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    plain = DriverManager.getConnection("jdbc:" + database, "sa", "");
    connection = DriverManager.getConnection("jdbc:insitu:" + database, "sa", "");
    statement = connection.createStatement();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    plain.close();
  }

  @Test
  void aKernelRepeatsRowsDrawnFromItsGraphWithTheirLabels() throws SQLException, IOException {
    bring("random_forest_classifier");
    assertThat(number("COUNT(DISTINCT row_index)", "input")).isEqualTo(64);
    // Two probabilities, then the label.
    assertThat(number("MAX(cell_index)", "expected")).isEqualTo(2);
    assertThat(predicted()).isNotEmpty();
  }

  @Test
  void aLabelThatIsNotRepeatedIsSeen() throws SQLException, IOException {
    bring("random_forest_classifier");
    try (Statement store = plain.createStatement()) {
      assertThat(
              store.executeUpdate(
                  "UPDATE insitu.stored_verification SET number_text = CASE number_text WHEN '0.0'"
                      + " THEN '1.0' ELSE '0.0' END WHERE cell_kind = 'expected' AND cell_index ="
                      + " 2 AND row_index = 40"))
          .isEqualTo(1);
    }
    assertThatThrownBy(this::predicted)
        .hasMessageContaining("does not repeat its stored predictions: row 41");
  }

  @Test
  void aScanReadsWhatTheModelReads() throws SQLException, IOException {
    bring("unused_input");
    try (ResultSet plan =
        statement.executeQuery("EXPLAIN SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE data)")) {
      assertThat(plan.next()).isTrue();
      assertThat(plan.getString(1)).contains("inputs=[[age, bmi]], unread=[[sex]]");
    }
  }

  private String predicted() throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE data)")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(rows.getMetaData().getColumnCount());
    }
  }

  private long number(String what, String kind) throws SQLException {
    try (Statement store = plain.createStatement();
        ResultSet rows =
            store.executeQuery(
                "SELECT "
                    + what
                    + " FROM insitu.stored_verification WHERE cell_kind = '"
                    + kind
                    + "'")) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private void bring(String name) throws IOException, SQLException {
    Path folder = ImportedModelsTest.FOLDER.resolve("models").resolve(name);
    JsonNode pipeline = ImportedModelsTest.JSON.readTree(folder.resolve("pipeline.json").toFile());
    statement.execute(ImportedModelsTest.table("data", pipeline));
    statement.execute(
        "CREATE MODEL m FROM FILE '"
            + folder.resolve("model.onnx")
            + "'"
            + ImportedModelsTest.options(pipeline));
  }
}
