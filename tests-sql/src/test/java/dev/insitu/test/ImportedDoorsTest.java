package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every door that a trained model has, for imported models of each kind. What {@code PREDICT} over
 * a table answers is proved elsewhere ({@link ImportedModelsTest}); here every other door answers
 * the same.
 */
class ImportedDoorsTest {
  private static final int ROWS = 60;

  @TempDir Path folder;

  /**
   * An imported model.
   *
   * @param pipeline its folder
   * @param options what a user says besides what the pipeline needs
   * @param task what it then is
   * @param answer its first column
   */
  record Model(String pipeline, String options, String task, String answer) {
    JsonNode json() throws IOException {
      return ImportedModelsTest.JSON.readTree(
          ImportedModelsTest.FOLDER
              .resolve("models")
              .resolve(pipeline)
              .resolve("pipeline.json")
              .toFile());
    }

    Path file() {
      return ImportedModelsTest.FOLDER.resolve("models").resolve(pipeline).resolve("model.onnx");
    }

    /** Returns {@code OPTIONS (…)}. */
    String allOptions() throws IOException {
      String needed = ImportedModelsTest.options(json());
      if (options.isEmpty()) {
        return needed;
      }
      return needed.isEmpty()
          ? " OPTIONS (" + options + ")"
          : needed.substring(0, needed.length() - 1) + ", " + options + ")";
    }

    @Override
    public String toString() {
      return pipeline;
    }
  }

  static Stream<Model> models() {
    String classification = "classification";
    return Stream.of(
        // texts, numbers and truth values, an input each
        new Model("columns_logistic", "label_col = 'kind'", classification, "PREDICTED_KIND"),
        // the graph's label is another one than the most probable
        new Model("svc_probability", "label_col = 'kind'", classification, "PREDICTED_KIND"),
        new Model("fixed_batch", "", classification, "PREDICTED_OUTPUT_LABEL"),
        new Model("labels_from_option", "label_col = 'y'", classification, "PREDICTED_Y"),
        new Model("text_tfidf", "label_col = 'y'", classification, "PREDICTED_Y"),
        new Model("linear_regression", "task = 'regression'", "regression", "PREDICTED_VARIABLE"),
        new Model("columns_lightgbm", "label_col = 'kind'", classification, "PREDICTED_KIND"),
        new Model("torch_embedding", "", "inference", "GRAMS"),
        new Model("pca", "", "inference", "VARIABLE"),
        new Model("pca", "flatten = TRUE", "inference", "VARIABLE_1"),
        new Model("isolation_forest", "", "inference", "LABEL"),
        new Model("linear_svc", "outputs = ARRAY['label']", "inference", "PREDICTED_LABEL"),
        new Model("labels_bool_tensor", "", "inference", "LABEL"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyDoorAnswersAsPredictDoes(Model model) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "")) {
      prepare(connection, model);
      String answer = model.answer();
      List<List<Object>> expected = rows(connection, select("rk, " + answer, predict()));
      assertThat(expected).hasSize(ROWS);
      String scalar = "PREDICTION('m', " + inputs(connection) + ")";

      alike(connection, expected, select("rk, " + answer, "ML.PREDICT(MODEL m, TABLE rows_)"));
      alike(connection, expected, select("rk, " + answer, "TABLE(" + predict() + ")"));
      alike(
          connection,
          expected,
          select("rk, " + answer, "PREDICT(MODEL => 'm@1', DATA => (SELECT * FROM rows_))"));
      alike(connection, expected, select("rk, " + scalar, "rows_"));
      alike(
          connection,
          expected,
          select("p.rk, " + answer, "rows_ r JOIN " + predict() + " p ON p.rk = r.rk")
              .replace("BY rk", "BY p.rk"));
      alike(
          connection,
          expected,
          "WITH w AS (SELECT * FROM rows_) "
              + select("rk, " + answer, "PREDICT(MODEL => 'm', DATA => TABLE w)"));
      alike(
          connection,
          expected,
          select(
              "rk, (SELECT " + answer + " FROM " + predict() + " p WHERE p.rk = r.rk)", "rows_ r"));
      alike(
          connection,
          expected.subList(0, 20),
          "SELECT rk, "
              + scalar
              + " FROM rows_ WHERE rk IN (SELECT rk FROM "
              + predict()
              + " WHERE rk <= 20 AND "
              + answer
              + " IS NOT NULL) ORDER BY rk");

      execute(connection, "CREATE TABLE kept AS " + select("rk, " + answer, predict()));
      alike(connection, expected, "SELECT * FROM kept ORDER BY rk");
      execute(connection, "INSERT INTO kept SELECT rk + 1000, " + scalar + " FROM rows_");
      alike(
          connection,
          expected,
          "SELECT rk - 1000, " + answer + " FROM kept WHERE rk > 1000 ORDER BY rk");
      execute(connection, "UPDATE kept SET " + answer + " = NULL");
      execute(
          connection,
          "UPDATE kept k SET "
              + answer
              + " = (SELECT "
              + answer
              + " FROM "
              + predict()
              + " p WHERE p.rk = k.rk) WHERE rk <= 1000");
      alike(connection, expected, "SELECT * FROM kept WHERE rk <= 1000 ORDER BY rk");
      execute(
          connection,
          "MERGE INTO kept k USING "
              + predict()
              + " p ON k.rk = p.rk + 1000 WHEN MATCHED THEN UPDATE SET "
              + answer
              + " = p."
              + answer);
      alike(
          connection,
          expected,
          "SELECT rk - 1000, " + answer + " FROM kept WHERE rk > 1000 ORDER BY rk");
      execute(connection, "ALTER TABLE rows_ ADD COLUMN own " + type(connection, "kept", answer));
      execute(connection, "UPDATE rows_ SET own = " + scalar);
      alike(connection, expected, "SELECT rk, own FROM rows_ ORDER BY rk");
      assertThat(
              count(connection, "DELETE FROM kept WHERE rk IN (SELECT rk FROM " + predict() + ")"))
          .isEqualTo(expected.size());

      try (PreparedStatement prepared =
          connection.prepareStatement(
              "SELECT rk, "
                  + answer
                  + " FROM PREDICT(MODEL => 'm', DATA => (SELECT * FROM rows_ WHERE rk > ?)) WHERE rk <= ? ORDER BY rk")) {
        for (int from : new int[] {0, 30}) {
          prepared.setInt(1, from);
          prepared.setInt(2, from + 30);
          try (ResultSet rows = prepared.executeQuery()) {
            compare(expected.subList(from, from + 30), read(rows));
          }
        }
      }
      assertThat(types(connection, select(scalar, "rows_")))
          .isEqualTo(types(connection, select(answer, predict())));
      assertThatThrownBy(() -> execute(connection, "CREATE VIEW v AS " + select(answer, predict())))
          .hasMessageContaining("ML006: CREATE VIEW keeps the text of a prediction");
      assertThat(rows(connection, "EXPLAIN PLAN FOR " + select(answer, predict())).toString())
          .containsPattern("engine=\\[(kernel|ONNX Runtime)");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void reportsAndEvaluationsTakeIt(Model model) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "")) {
      prepare(connection, model);
      Path out = folder.resolve("out.onnx");
      execute(connection, "EXPORT MODEL m TO '" + out + "'");
      assertThat(out).hasSameBinaryContentAs(model.file());

      String created = rows(connection, "SHOW CREATE MODEL m").get(0).get(1).toString();
      execute(connection, created.replace("\"M\"", "\"AGAIN\""));
      assertThat(described(connection, "again"))
          .isEqualTo(described(connection, "m"))
          .contains("model|task|" + model.task())
          .anyMatch(line -> line.matches("model\\|engine\\|(kernel|ONNX Runtime).*"))
          .anyMatch(line -> line.startsWith("library|opset ai.onnx"))
          .anyMatch(line -> line.startsWith("import|producer|"))
          .anyMatch(line -> line.matches("model\\|artifact\\|ONNX, [0-9]+ bytes"))
          .contains(
              "import|rows_per_run|"
                  + (model.pipeline().equals("fixed_batch") ? "1" : "any number"));

      assertThat(rows(connection, "SELECT * FROM ML.FEATURE_INFO(MODEL m)")).isEmpty();
      assertThat(rows(connection, "SELECT * FROM ML.TRAINING_INFO(MODEL m)")).isEmpty();
      refused(connection, "SELECT * FROM ML.WEIGHTS(MODEL m)", "ML017");
      refused(connection, "SELECT * FROM ML.CENTROIDS(MODEL m)", "ML017");
      evaluate(connection, model);
    }
  }

  /** Rows whose label is what the model says: whatever is measured has to be perfect. */
  private void evaluate(Connection connection, Model model) throws Exception {
    String label = model.answer().replace("PREDICTED_", "");
    execute(
        connection,
        "CREATE TABLE truth AS " + select("rk, " + model.answer() + " AS " + label, predict()));
    String data = "(SELECT r.*, t." + label + " FROM rows_ r JOIN truth t ON t.rk = r.rk)";
    String evaluate = "SELECT * FROM ML.EVALUATE(MODEL m, " + data + ")";
    String confusion = "SELECT * FROM ML.CONFUSION_MATRIX(MODEL m, " + data + ")";
    String roc = "SELECT * FROM ML.ROC_CURVE(MODEL m, " + data + ")";
    if (model.task().equals("inference")) {
      refused(connection, evaluate, "ML017");
      refused(connection, confusion, "ML017");
      refused(connection, roc, "ML017");
      refused(connection, "SELECT * FROM ML.EVALUATE(MODEL m)", "ML017");
      refused(
          connection,
          "SELECT PREDICTION_PROBABILITY('m', 'x', " + inputs(connection) + ") FROM rows_",
          "ML017");
      return;
    }
    refused(connection, "SELECT * FROM ML.EVALUATE(MODEL m)", "ML026");
    refused(connection, "SELECT * FROM ML.EVALUATE(MODEL m, TABLE rows_)", "ML020");
    if (model.task().equals("regression")) {
      assertThat(
              rows(connection, "SELECT r2_score FROM ML.EVALUATE(MODEL m, " + data + ")")
                  .get(0)
                  .get(0))
          .isEqualTo(1.0);
      refused(connection, confusion, "ML017");
      return;
    }
    assertThat(
            rows(
                connection,
                "SELECT accuracy, precision, recall FROM ML.EVALUATE(MODEL m, " + data + ")"))
        .containsExactly(List.of(1.0, 1.0, 1.0));
    refused(connection, "SELECT * FROM ML.EVALUATE(MODEL m)", "ML026");
    if (rows(connection, "SELECT DISTINCT " + label + " FROM truth").size() == 2) {
      List<List<Object>> curve = rows(connection, roc);
      assertThat(curve).hasSizeGreaterThan(2);
      assertThat(rows(connection, "SELECT roc_auc FROM ML.EVALUATE(MODEL m, " + data + ")"))
          .containsExactly(List.of(1.0));
    } else {
      refused(connection, roc, "ML017");
    }
    List<List<Object>> matrix = rows(connection, confusion);
    for (int i = 0; i < matrix.size(); i++) {
      for (int j = 0; j < matrix.size(); j++) {
        boolean empty = (Long) matrix.get(i).get(j + 1) == 0;
        assertThat(empty).as("%s", matrix).isEqualTo(i != j);
      }
    }
  }

  private static List<String> described(Connection connection, String name) throws SQLException {
    return rows(connection, "DESCRIBE MODEL " + name).stream()
        .map(row -> row.get(0) + "|" + row.get(1) + "|" + row.get(2))
        .filter(line -> !line.startsWith("model|name") && !line.startsWith("import|created"))
        .toList();
  }

  private static void refused(Connection connection, String sql, String code) {
    assertThatThrownBy(() -> rows(connection, sql)).as(sql).hasMessageStartingWith(code);
  }

  private static void prepare(Connection connection, Model model) throws Exception {
    execute(connection, ImportedModelsTest.table("raw", model.json()));
    execute(
        connection,
        "CREATE TABLE rows_ AS SELECT ROWNUM AS rk, raw.* FROM raw WHERE ROWNUM <= " + ROWS);
    execute(connection, "CREATE MODEL m FROM FILE '" + model.file() + "'" + model.allOptions());
  }

  private static String predict() {
    return "PREDICT(MODEL => 'm', DATA => TABLE rows_)";
  }

  private static String select(String items, String from) {
    return "SELECT " + items + " FROM " + from + " ORDER BY rk";
  }

  /** Returns the model's inputs in its own order. */
  private static String inputs(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    String columns =
        "SELECT column_name FROM INSITU.MODEL_COLUMNS WHERE column_role = 'input' AND model_name ="
            + " 'M' ORDER BY ordinal_position";
    for (List<Object> row : rows(connection, columns)) {
      names.add("\"" + row.get(0) + '"');
    }
    return String.join(", ", names);
  }

  private static void alike(Connection connection, List<List<Object>> expected, String sql)
      throws SQLException {
    try {
      compare(expected, rows(connection, sql));
    } catch (SQLException | AssertionError e) {
      throw new AssertionError(sql + ": " + e.getMessage(), e);
    }
  }

  /** Compares; float32 answers move a little with the size of a batch. */
  private static void compare(List<List<Object>> expected, List<List<Object>> found) {
    assertThat(found).hasSameSizeAs(expected);
    for (int row = 0; row < expected.size(); row++) {
      for (int column = 0; column < expected.get(row).size(); column++) {
        compare(expected.get(row).get(column), found.get(row).get(column));
      }
    }
  }

  private static void compare(@Nullable Object expected, @Nullable Object found) {
    if (expected == null || found == null) {
      assertThat(found).isEqualTo(expected);
      return;
    }
    if (expected instanceof List<?> several) {
      assertThat((List<?>) found).hasSameSizeAs(several);
      for (int i = 0; i < several.size(); i++) {
        compare(several.get(i), ((List<?>) found).get(i));
      }
    } else if (expected instanceof Double number) {
      double distance = Math.abs(number - (Double) found) / Math.max(1, Math.abs(number));
      assertThat(distance).as("%s and %s", expected, found).isLessThan(1e-5);
    } else if (expected instanceof Number number) {
      assertThat(((Number) found).longValue()).isEqualTo(number.longValue());
    } else {
      assertThat(found).isEqualTo(expected);
    }
  }

  private static List<String> types(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return List.of(
          rows.getMetaData().getColumnTypeName(1), rows.getMetaData().getColumnClassName(1));
    }
  }

  private static String type(Connection connection, String table, String column)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + column + " FROM " + table)) {
      String type = rows.getMetaData().getColumnTypeName(1);
      return type.equals("ARRAY") ? "DOUBLE PRECISION ARRAY" : type;
    }
  }

  private static int count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SQLException(sql + ": " + e.getMessage(), e.getSQLState(), e);
    }
  }

  static List<List<Object>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return read(rows);
    }
  }

  private static List<List<Object>> read(ResultSet rows) throws SQLException {
    List<List<Object>> all = new ArrayList<>();
    while (rows.next()) {
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        Object value = rows.getObject(i);
        row.add(value instanceof Array array ? List.of((Object[]) array.getArray()) : value);
      }
      all.add(row);
    }
    return all;
  }
}
