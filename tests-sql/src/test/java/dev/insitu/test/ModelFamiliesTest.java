package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.jdbc.InsituConnection;
import dev.insitu.train.option.ModelType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every model type, trained in SQL on columns of every type, answers the same in every form of
 * prediction and as an exported file, for rows of NULLs, extremes and texts never seen.
 */
class ModelFamiliesTest {
  private static final double TOLERANCE = 1e-6;

  @TempDir static Path folder;
  private static Connection connection;
  private static Statement statement;
  private static int unread;

  /**
   * A model to train.
   *
   * @param label the label column, or nothing
   * @param options more options, with a leading comma, or nothing
   */
  record Case(ModelType type, String label, String options) {
    String model() {
      return (type.word() + "_" + label + "_" + options).replaceAll("[^a-z0-9_]", "");
    }

    String create(String from) {
      return "CREATE MODEL "
          + model()
          + " OPTIONS (model_type = '"
          + type.word()
          + "'"
          + (label.isEmpty() ? "" : ", input_label_cols = ['" + label + "']")
          + options
          + ") AS SELECT "
          + AllTypes.features()
          + (label.isEmpty() ? "" : ", " + label)
          + " FROM "
          + from;
    }

    @Override
    public String toString() {
      return model();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(ModelType.values()).flatMap(ModelFamiliesTest::cases);
  }

  private static Stream<Case> cases(ModelType type) {
    List<String> labels =
        switch (type.goal()) {
          case REGRESSION -> List.of("amount");
          case CLASSIFICATION -> List.of("two", "three", "five");
          case CLUSTERING -> List.of("");
        };
    List<String> options =
        switch (type.family()) {
          case LINEAR -> List.of("");
          case CLUSTER -> List.of(", num_clusters = 4");
          case TREE -> List.of(", tree_method = 'exact'", ", tree_method = 'hist'");
          case FOREST ->
              List.of(
                  ", tree_method = 'exact', num_parallel_tree = 10",
                  ", tree_method = 'hist', num_parallel_tree = 10");
          case BOOSTED ->
              List.of(
                  ", tree_method = 'exact', max_iterations = 10",
                  ", tree_method = 'hist', max_iterations = 10");
        };
    // Two classes by both tree methods, three by the exact one, five by histograms.
    return labels.stream()
        .flatMap(label -> options.stream().map(more -> new Case(type, label, more)))
        .filter(test -> !(test.label().equals("three") && test.options().contains("hist")))
        .filter(test -> !(test.label().equals("five") && test.options().contains("exact")));
  }

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
    statement = connection.createStatement();
    AllTypes.create(connection);
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyFormOfPredictionGivesTheSameAnswers(Case test) throws Exception {
    statement.execute(test.create("things"));
    String model = test.model();
    List<String> classes =
        texts(
            "SELECT class_text FROM INSITU.MODEL_CLASSES WHERE model_name = '"
                + upper(model)
                + "' ORDER BY class_index");
    String input = "(SELECT * FROM odd ORDER BY id)";
    List<List<@Nullable Object>> table =
        rows(
            "SELECT * FROM PREDICT(MODEL => '"
                + model
                + "', DATA => "
                + input
                + (classes.isEmpty() ? "" : ", probabilities => TRUE")
                + ")");
    assertThat(table).hasSize(AllTypes.ODD_ROWS);
    int first = 1 + AllTypes.features().split(", ").length;
    for (int row = 0; row < table.size(); row++) {
      assertThat(table.get(row).get(0)).isEqualTo(row + 1);
      List<@Nullable Object> predicted = table.get(row).subList(first, table.get(row).size());
      assertThat(predicted).as("row " + (row + 1)).doesNotContainNull().doesNotContain(Double.NaN);
      if (!classes.isEmpty()) {
        sane(predicted);
      }
    }
    same(
        columns(table, 0, first, first + (test.type().goal() == ModelType.Goal.REGRESSION ? 1 : 2)),
        rows(
            "SELECT id, "
                + (outputs(test))
                + " FROM ML.PREDICT(MODEL "
                + model
                + ", "
                + input
                + ")"));
    sameBitsWithoutUnusedInputs(test, input);
    String scalar = "SELECT id, PREDICTION('" + model + "', " + AllTypes.features() + ")";
    for (String name : classes) {
      scalar +=
          ", PREDICTION_PROBABILITY('" + model + "', '" + name + "', " + AllTypes.features() + ")";
    }
    int[] wanted = new int[2 + classes.size()];
    wanted[1] = first;
    for (int i = 0; i < classes.size(); i++) {
      wanted[2 + i] = first + 2 + i;
    }
    same(columns(table, wanted), rows(scalar + " FROM odd ORDER BY id"));
    assertThat(
            rows(
                "SELECT * FROM PREDICT(MODEL => '"
                    + model
                    + "', DATA => (SELECT * FROM odd WHERE FALSE))"))
        .isEmpty();
    same(
        columns(table.subList(3, 4), 0, first),
        rows(
            "SELECT id, "
                + outputs(test).split(", ")[0]
                + " FROM PREDICT(MODEL => '"
                + model
                + "', DATA => (SELECT * FROM odd WHERE id = 4))"));
    Path file = folder.resolve(model + ".onnx");
    statement.execute("EXPORT MODEL " + model + " TO '" + file + "'");
    sameAsFile(file, classes, table, first);
    sameAsInPython(model, file, classes, table, first);
  }

  /** The optimizer does not read inputs on which no score depends: not one bit differs. */
  private void sameBitsWithoutUnusedInputs(Case test, String input) throws SQLException {
    String query =
        "SELECT id, "
            + outputs(test)
            + " FROM PREDICT(MODEL => '"
            + test.model()
            + "', DATA => "
            + input
            + ")";
    List<List<@Nullable Object>> narrowed = rows(query);
    InsituConnection insitu = connection.unwrap(InsituConnection.class);
    insitu.setOptimizing(false);
    try {
      assertThat(narrowed).isEqualTo(rows(query));
    } finally {
      insitu.setOptimizing(true);
    }
    unread += rows("EXPLAIN PLAN FOR " + query).toString().contains("unread=[") ? 1 : 0;
  }

  @AfterAll
  static void someModelsHaveUnusedInputs() {
    assertThat(unread).isPositive();
  }

  static Stream<Case> oneOfEachMethod() {
    return cases().filter(test -> !test.label().equals("three") && !test.label().equals("five"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oneOfEachMethod")
  void dataWithNothingToLearnGiveACodeOrASaneModel(Case test) throws Exception {
    String label = test.label().isEmpty() ? "" : ", " + test.label();
    boolean classes = test.type().goal() == ModelType.Goal.CLASSIFICATION;
    String known = test.label().isEmpty() ? "" : " WHERE " + test.label() + " IS NOT NULL";
    expect(test, "SELECT 7 AS same, nothing" + label + " FROM things" + known, "ML043");
    expect(test, "SELECT i" + label + " FROM things WHERE FALSE", "ML040");
    expect(test, "SELECT i, nothing" + label + " FROM things", "");
    expect(
        test, "SELECT i, flag" + label + " FROM things" + known + " FETCH FIRST ROW ONLY", "ML043");
    if (!test.label().isEmpty()) {
      expect(
          test,
          "SELECT i, flag" + label + " FROM things WHERE " + test.label() + " IS NULL",
          "ML041");
      String one = classes ? "ML042" : "";
      expect(
          test,
          "SELECT i, flag, (SELECT MAX("
              + test.label()
              + ") FROM things WHERE id < 40) AS "
              + test.label()
              + " FROM things",
          one);
    }
  }

  /** Trains; wants one of the codes, or, where none is named, a model that answers every row. */
  private void expect(Case test, String query, String codes) throws SQLException {
    String create =
        test.create("things").replaceFirst("^CREATE MODEL \\S+", "CREATE OR REPLACE MODEL poor");
    try {
      statement.execute(create.substring(0, create.indexOf(" AS SELECT ")) + " AS " + query);
    } catch (SQLException e) {
      assertThat(e.getMessage()).as(query).matches("(?s)ML\\d\\d\\d: .*");
      assertThat(codes).as(query + ": " + e.getMessage()).contains(e.getSQLState());
      return;
    }
    assertThat(codes).as(query).isEmpty();
    String predicted = outputs(test).split(", ")[0];
    assertThat(
            rows(
                "SELECT id FROM PREDICT(MODEL => 'poor', DATA => TABLE odd) WHERE "
                    + predicted
                    + " IS NOT NULL"))
        .as(query)
        .hasSize(AllTypes.ODD_ROWS);
  }

  private void sameAsFile(
      Path file, List<String> classes, List<List<@Nullable Object>> table, int first)
      throws Exception {
    List<List<@Nullable Object>> inputs =
        rows("SELECT id, " + AllTypes.rawFeatures() + " FROM odd ORDER BY id");
    try (PlainOnnx onnx = new PlainOnnx(file)) {
      List<Integer> kept = new ArrayList<>();
      for (int row = 0; row < inputs.size(); row++) {
        if (PlainOnnx.takes(inputs.get(row))) {
          kept.add(row);
        }
      }
      assertThat(kept).hasSizeGreaterThan(AllTypes.ODD_ROWS / 4);
      List<List<Object>> answers =
          onnx.run(
              List.of(AllTypes.features().split(", ")),
              kept.stream()
                  .map(row -> inputs.get(row).subList(1, inputs.get(row).size()))
                  .toList());
      for (int i = 0; i < kept.size(); i++) {
        List<@Nullable Object> ours = table.get(kept.get(i));
        if (classes.isEmpty()) {
          close(ours.get(first), answers.get(i).get(0), "row " + inputs.get(kept.get(i)));
        } else {
          for (int c = 0; c < classes.size(); c++) {
            close(
                ours.get(first + 2 + c),
                answers.get(i).get(c + 1),
                "row " + inputs.get(kept.get(i)));
          }
          String label = String.valueOf(ours.get(first));
          if (PlainOnnx.takes(List.of(label))) {
            assertThat(String.valueOf(answers.get(i).get(0))).isEqualTo(label);
          }
        }
      }
    }
  }

  private static void sameAsInPython(
      String model, Path file, List<String> classes, List<List<@Nullable Object>> table, int first)
      throws Exception {
    List<List<@Nullable Object>> inputs =
        rows("SELECT " + AllTypes.rawFeatures() + " FROM odd ORDER BY id");
    List<Integer> kept = ExportFixture.rows(inputs);
    List<List<@Nullable Object>> answers = new ArrayList<>();
    for (int row : kept) {
      List<@Nullable Object> predicted =
          new ArrayList<>(table.get(row).subList(first, table.get(row).size()));
      if (!classes.isEmpty()) {
        predicted.remove(1); // the probability of the predicted class, which is one of the others
      }
      answers.add(predicted);
    }
    ExportFixture.check(
        model,
        file,
        List.of(AllTypes.features().split(", ")),
        kept.stream().map(inputs::get).toList(),
        classes.size(),
        answers);
  }

  private static String outputs(Case test) {
    return switch (test.type().goal()) {
      case REGRESSION -> "predicted_" + test.label();
      case CLASSIFICATION ->
          "predicted_" + test.label() + ", predicted_" + test.label() + "_probability";
      case CLUSTERING -> "centroid_id, centroid_distance";
    };
  }

  /** The probabilities of a row: predicted class, its probability, then every class. */
  private static void sane(List<@Nullable Object> predicted) {
    double sum = 0;
    double best = 0;
    for (Object probability : predicted.subList(2, predicted.size())) {
      assertThat((Double) probability).isBetween(0.0, 1.0);
      sum += (Double) probability;
      best = Math.max(best, (Double) probability);
    }
    assertThat(sum).isCloseTo(1, within(TOLERANCE));
    assertThat(predicted.get(1)).isEqualTo(best);
  }

  private static void same(
      List<List<@Nullable Object>> expected, List<List<@Nullable Object>> found) {
    assertThat(found).hasSameSizeAs(expected);
    for (int row = 0; row < expected.size(); row++) {
      for (int column = 0; column < expected.get(row).size(); column++) {
        close(
            expected.get(row).get(column),
            found.get(row).get(column),
            "row " + (row + 1) + " column " + column);
      }
    }
  }

  private static void close(@Nullable Object expected, @Nullable Object found, String what) {
    if (expected instanceof Double number) {
      assertThat((Double) found)
          .as(what)
          .isCloseTo(number, within(TOLERANCE * Math.max(1, Math.abs(number))));
    } else if (found instanceof Long whole && expected instanceof Number number) {
      assertThat(whole).as(what).isEqualTo(number.longValue());
    } else {
      assertThat(found).as(what).isEqualTo(expected);
    }
  }

  private static List<List<@Nullable Object>> columns(
      List<List<@Nullable Object>> rows, int from, int first, int last) {
    int[] columns = new int[1 + last - first];
    columns[0] = from;
    for (int i = first; i < last; i++) {
      columns[1 + i - first] = i;
    }
    return columns(rows, columns);
  }

  private static List<List<@Nullable Object>> columns(
      List<List<@Nullable Object>> rows, int... columns) {
    List<List<@Nullable Object>> chosen = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int column : columns) {
        values.add(row.get(column));
      }
      chosen.add(values);
    }
    return chosen;
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private static List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (List<@Nullable Object> row : rows(sql)) {
      texts.add(String.valueOf(row.get(0)));
    }
    return texts;
  }

  private static List<List<@Nullable Object>> rows(String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int column = 1; column <= width; column++) {
          // H2's getObject makes a BigDecimal of a DECFLOAT, and fails for infinity.
          boolean decimal = result.getMetaData().getColumnTypeName(column).equals("DECFLOAT");
          row.add(decimal ? result.getString(column) : result.getObject(column));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
