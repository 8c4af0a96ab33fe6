package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What surrounds an imported model of texts: description, export, many rows of many lengths. */
class ImportedTextTest {
  private static final Path MODEL =
      Path.of(System.getProperty("insitu.onnx", "tests-sql/onnx"))
          .toAbsolutePath()
          .resolve("models/text_transformer");
  private static final String OPTIONS =
      " OPTIONS (text_columns = ARRAY['sentence'], tokenizer = 'TOKENIZER', max_length = 24,"
          + " outputs = ARRAY['embedding'], normalize = TRUE)";

  @TempDir Path folder;

  @Test
  void describesItsSteps() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      create(statement, "m", MODEL.resolve("model.onnx"), "tokenizer.json");
      assertThat(rows(statement, "DESCRIBE MODEL m"))
          .contains(
              "[step, sentence, tokens by tokenizer.json 11967 bytes, at most 24 a row, 128 rows at once]")
          .contains("[step, embedding, length 1]");
    }
  }

  @Test
  void anExportedModelComesBackWithItsTokenizer() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      create(statement, "m", MODEL.resolve("model.onnx"), "tokenizer.json");
      statement.execute("EXPORT MODEL m TO '" + folder.resolve("out.onnx") + "'");
      assertThat(folder.resolve("out.tokenizer.json"))
          .hasSameBinaryContentAs(MODEL.resolve("tokenizer.json"));
      create(statement, "again", folder.resolve("out.onnx"), "out.tokenizer.json");
      statement.execute("CREATE TABLE t AS SELECT 'the soup was great' AS sentence");
      assertThat(rows(statement, "SELECT * FROM PREDICT(MODEL => 'again', DATA => TABLE t)"))
          .isEqualTo(rows(statement, "SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t)"));
      assertThat(Files.exists(folder.resolve("tokenizer.json"))).isFalse();
    }
  }

  @Test
  void aDroppedModelLeavesNoTokenizerBehind() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      create(statement, "m", MODEL.resolve("model.onnx"), "tokenizer.json");
      String count = "SELECT COUNT(*) FROM INSITU.STORED_ATTACHMENTS";
      assertThat(rows(statement, count)).containsExactly("[2]");
      statement.execute("DROP MODEL m");
      assertThat(rows(statement, count)).containsExactly("[0]");
    }
  }

  @Test
  void aRowIsTheSameAmongOthersOfOtherLengths() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      create(statement, "m", MODEL.resolve("model.onnx"), "tokenizer.json");
      statement.execute(
          "CREATE TABLE t AS SELECT x AS id, REPEAT('the soup ', MOD(x * 7, 11)) || x AS sentence"
              + " FROM SYSTEM_RANGE(1, 300)");
      List<double[]> together =
          vectors(
              statement,
              "SELECT embedding FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY id");
      assertThat(together).hasSize(300);
      for (int id = 1; id <= 300; id += 37) {
        double[] alone =
            vectors(
                    statement,
                    "SELECT embedding FROM PREDICT(MODEL => 'm', DATA => (SELECT * FROM t WHERE id = "
                        + id
                        + "))")
                .get(0);
        assertThat(together.get(id - 1))
            .containsExactly(alone, org.assertj.core.api.Assertions.within(1e-5));
      }
    }
  }

  private static Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
  }

  private static void create(Statement statement, String name, Path model, String tokenizer)
      throws SQLException {
    statement.execute(
        "CREATE MODEL "
            + name
            + " FROM FILE '"
            + model
            + "'"
            + OPTIONS.replace("TOKENIZER", tokenizer));
  }

  private static List<double[]> vectors(Statement statement, String sql) throws SQLException {
    List<double[]> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Object[] values = (Object[]) rows.getArray(1).getArray();
        double[] vector = new double[values.length];
        for (int i = 0; i < vector.length; i++) {
          vector[i] = ((Number) values[i]).doubleValue();
        }
        all.add(vector);
      }
    }
    return all;
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          Object value = rows.getObject(i);
          row.add(value instanceof Array array ? List.of((Object[]) array.getArray()) : value);
        }
        all.add(row.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]")));
      }
    }
    return all;
  }
}
