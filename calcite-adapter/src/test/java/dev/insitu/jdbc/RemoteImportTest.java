package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models of others over a wire. The server's process has none of our classes, and works in another
 * folder: what is named by a path that begins here is the file of the machine that connects.
 */
class RemoteImportTest {
  private static final String MODEL = "../tests-sql/onnx/models/columns_logistic/model.onnx";
  private static final String DATA =
      "(SELECT id, 'Torgersen' AS island, 39.1E0 AS bill_length_mm, 18.7E0 AS bill_depth_mm, 181 AS"
          + " flipper_length_mm, 3750 AS body_mass_g, 'male' AS sex, 2007 AS \"YEAR\", FALSE AS heavy,"
          + " 'Adelie' AS species FROM t)";
  private static final String PREDICT =
      "SELECT id, predicted_species, ROUND(predicted_species_probability, 4) FROM"
          + " PREDICT(MODEL => 'm', DATA => "
          + DATA
          + ") ORDER BY id";
  private static final List<String> PREDICTED = List.of("1|Adelie|0.9995", "2|Adelie|0.9995");

  @TempDir private Path folder;

  @Test
  void aServerKeepsModelsThatItsClientsBring() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder);
        Connection connection = DriverManager.getConnection(server.url("db"), "sa", "")) {
      prepare(connection);
      everyDoor(connection, server.url("db"));
    }
  }

  @Test
  void theSecondProcessOfAutoServerBringsThemToo() throws Exception {
    String file = folder.resolve("shared").toString().replace('\\', '/');
    String url = "jdbc:insitu:h2:" + file + ";AUTO_SERVER=TRUE";
    try (ServerProcess first = ServerProcess.holding(folder, url.replace("insitu:", ""));
        Connection connection = DriverManager.getConnection(url, "sa", "")) {
      assertThat(first.folder()).isEqualTo(folder);
      prepare(connection);
      everyDoor(connection, url);
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    execute(connection, "CREATE TABLE t AS SELECT x AS id FROM SYSTEM_RANGE(1, 2)");
    execute(connection, "CREATE TABLE files (id INT, model BLOB)");
  }

  private void everyDoor(Connection connection, String url) throws Exception {
    execute(connection, "CREATE MODEL m FROM FILE '" + MODEL + "' OPTIONS (label_col = 'species')");
    assertThat(rows(connection, PREDICT)).isEqualTo(PREDICTED);
    assertThat(rows(connection, "EXPLAIN PLAN FOR " + PREDICT).get(0))
        .contains("engine=[kernel]", "Route: A over a wire (");
    assertThat(rows(connection, "SELECT accuracy FROM ML.EVALUATE(MODEL m, " + DATA + ")"))
        .containsExactly("1.0");
    assertThat(rows(connection, "DESCRIBE MODEL m")).contains("import|rows_per_run|any number");
    assertThat(rows(connection, "SHOW CREATE MODEL m").get(0)).contains(MODEL);
    Path out = folder.resolve("out.onnx");
    execute(connection, "EXPORT MODEL m TO '" + out + "'");
    assertThat(out).hasSameBinaryContentAs(Path.of(MODEL));

    // A value of the server's table crosses the wire, and a stream of this program does.
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO files VALUES (7, ?)");
        InputStream stream = Files.newInputStream(Path.of(MODEL))) {
      insert.setBinaryStream(1, stream);
      insert.execute();
    }
    execute(
        connection,
        "CREATE OR REPLACE MODEL m FROM (SELECT model FROM files WHERE id = 7)"
            + " OPTIONS (label_col = 'species')");
    assertThat(rows(connection, PREDICT)).isEqualTo(PREDICTED);
    try (PreparedStatement create =
            connection.prepareStatement(
                "CREATE OR REPLACE MODEL m FROM (SELECT CAST(? AS BLOB))"
                    + " OPTIONS (label_col = 'species')");
        InputStream stream = Files.newInputStream(Path.of(MODEL))) {
      create.setBinaryStream(1, stream);
      create.execute();
    }
    assertThat(rows(connection, PREDICT)).isEqualTo(PREDICTED);
    assertThat(
            rows(
                connection,
                "SELECT version_number, artifact_sha256 = (SELECT MIN(artifact_sha256) FROM"
                    + " INSITU.MODEL_VERSIONS) FROM INSITU.MODEL_VERSIONS ORDER BY 1"))
        .containsExactly("1|TRUE", "2|TRUE", "3|TRUE");

    connection.setAutoCommit(false);
    execute(connection, "CREATE MODEL n FROM (SELECT model FROM files WHERE id = 7)");
    assertThat(rows(connection, "SHOW MODELS")).hasSize(2);
    connection.rollback();
    connection.setAutoCommit(true);
    assertThat(rows(connection, "SHOW MODELS")).hasSize(1);

    execute(connection, "CREATE USER guest PASSWORD 'p'");
    execute(connection, "GRANT SELECT ON t TO guest");
    execute(connection, "GRANT SELECT ON SCHEMA INSITU TO guest");
    try (Connection guest = DriverManager.getConnection(url, "guest", "p")) {
      assertThat(rows(guest, PREDICT)).isEqualTo(PREDICTED);
      assertThatThrownBy(() -> execute(guest, "CREATE MODEL g FROM FILE '" + MODEL + "'"))
          .hasFieldOrPropertyWithValue("SQLState", "ML005");
    }
    assertThatThrownBy(
            () ->
                rows(
                    connection, "SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => " + DATA + ")"))
        .hasFieldOrPropertyWithValue("SQLState", "ML003");
    execute(connection, "DROP MODEL m");
    assertThatThrownBy(() -> rows(connection, PREDICT))
        .hasFieldOrPropertyWithValue("SQLState", "ML010");
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return OwnStatementTest.read(statement.executeQuery(sql));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
