package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.insitu.score.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models that other tools made ({@code tests-sql/onnx}), brought in by SQL: every answer against
 * that of the library which trained the model, by the rule of design idea 2; and where a kernel
 * answers, against ONNX Runtime's for more rows.
 */
class ImportedModelsTest {
  static final Path FOLDER =
      Path.of(System.getProperty("insitu.onnx", "tests-sql/onnx")).toAbsolutePath();
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final PipelineTable TABLE = new PipelineTable();

  /** {@code -Dinsitu.accept=true} writes the table of the README anew. */
  @AfterAll
  static void writeTable() throws IOException {
    if (Boolean.getBoolean("insitu.accept")) {
      TABLE.write();
    }
  }

  static Stream<String> pipelines() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER.resolve("models"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pipeline.json")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void answersAsTheLibraryThatTrainedIt(String name) throws IOException, SQLException {
    Path folder = FOLDER.resolve("models").resolve(name);
    JsonNode pipeline = JSON.readTree(folder.resolve("pipeline.json").toFile());
    String database = "h2:mem:pipeline_" + name;
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:" + database, "sa", "");
        Connection plain = DriverManager.getConnection("jdbc:" + database, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(table("data", pipeline));
      statement.execute(
          "CREATE MODEL m FROM FILE '" + folder.resolve("model.onnx") + "'" + options(pipeline));
      List<List<@Nullable String>> expected =
          rows(statement, "SELECT * FROM CSVREAD('" + folder.resolve("expected.csv") + "')");
      List<String> classes =
          rows(statement, "SELECT class_text FROM INSITU.MODEL_CLASSES ORDER BY class_index")
              .stream()
              .map(row -> String.valueOf(row.get(0)))
              .toList();
      Deviation deviation = compare(statement, pipeline, classes, expected);
      String engine = KernelAgreement.check(name, plain, Math.max(1e-5, runtimesOwn(pipeline)));
      TABLE.add(name, pipeline, deviation.largest, deviation.mismatches, engine);
      if (!Boolean.getBoolean("insitu.accept")) {
        assertThat(PipelineTable.engine(name))
            .as("tests-sql/README.md about %s, made anew by -Dinsitu.accept=true", name)
            .hasValue(engine);
        assertThat(PipelineTable.stated(name))
            .as("tests-sql/README.md about %s, made anew by -Dinsitu.accept=true", name)
            .hasValueSatisfying(
                stated -> assertThat(deviation.largest).isLessThan(Math.max(1e-6, 10 * stated)));
      }
    }
  }

  /** Returns how far ONNX Runtime itself is from the library, as it computes in float32. */
  private static double runtimesOwn(JsonNode pipeline) {
    return pipeline.get("cause").isTextual()
        ? 2 * pipeline.get("onnxruntime").get("max_deviation").asDouble()
        : 0;
  }

  static Stream<String> pipelinesOfTokens() throws IOException {
    return pipelines()
        .filter(name -> Files.exists(FOLDER.resolve("models").resolve(name).resolve("tokens.csv")));
  }

  @ParameterizedTest
  @MethodSource("pipelinesOfTokens")
  void textsBecomeTheTokensThatPythonMakes(String name) throws IOException, SQLException {
    Path folder = FOLDER.resolve("models").resolve(name);
    JsonNode pipeline = JSON.readTree(folder.resolve("pipeline.json").toFile());
    JsonNode text = pipeline.get("text");
    byte[] file = Files.readAllBytes(folder.resolve(text.get("tokenizer").asText()));
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        Statement statement = connection.createStatement();
        TextTokenizer tokenizer =
            TextTokenizer.open("the file", file, text.get("max_length").asInt())) {
      assertThat(tokenizer.padId()).isEqualTo(text.get("padding").asLong());
      statement.execute(table("data", pipeline));
      List<List<@Nullable String>> expected =
          rows(statement, "SELECT * FROM CSVREAD('" + folder.resolve("tokens.csv") + "')");
      List<List<@Nullable String>> texts =
          rows(statement, "SELECT COALESCE(\"" + text.get("column").asText() + "\", '') FROM data");
      assertThat(texts).hasSameSizeAs(expected);
      for (int row = 0; row < texts.size(); row++) {
        String sentence = String.valueOf(texts.get(row).get(0));
        assertThat(
                Arrays.stream(tokenizer.encode(sentence, null).ids())
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(" ")))
            .as(sentence)
            .isEqualTo(expected.get(row).get(0) == null ? "" : expected.get(row).get(0));
      }
    }
  }

  private static Deviation compare(
      Statement statement,
      JsonNode pipeline,
      List<String> classes,
      List<List<@Nullable String>> expected)
      throws SQLException {
    Deviation usual = new Deviation(pipeline.get("tolerance").asDouble());
    // Another JPEG decoder may be off by one level in a pixel.
    Deviation ofJpeg =
        new Deviation(pipeline.path("image").path("deviation_for_one_level").asDouble());
    int inputs = pipeline.get("columns").size();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE data, probabilities => "
                + !classes.isEmpty()
                + ")")) {
      for (List<@Nullable String> wanted : expected) {
        assertThat(rows.next()).isTrue();
        List<Object> found = answers(rows, inputs);
        Deviation deviation = pipeline.has("image") && isJpeg(rows.getBytes(1)) ? ofJpeg : usual;
        int at = classes.isEmpty() ? 0 : 2 + classes.size();
        boolean labelled = classes.isEmpty();
        boolean scored = classes.isEmpty();
        int column = 0;
        boolean close = false;
        for (JsonNode output : pipeline.get("outputs")) {
          String kind = output.get("kind").asText();
          int width =
              kind.equals("probabilities") || kind.equals("vector")
                  ? output.get("width").asInt()
                  : 1;
          List<@Nullable String> part = wanted.subList(column, column + width);
          column += width;
          boolean only = pipeline.get("outputs").size() == 1;
          if (!scored && (kind.equals("probabilities") || kind.equals("probability") && only)) {
            scored = true;
            List<Object> inGraphOrder = new ArrayList<>();
            for (JsonNode label : output.get("classes")) {
              inGraphOrder.add(found.get(2 + classes.indexOf(label.asText())));
            }
            deviation.numbers(part, inGraphOrder);
            close = Deviation.isClose(part);
          } else if (!labelled && kind.equals("label")) {
            labelled = true;
            deviation.label(part.get(0), found.get(0));
          } else {
            Object value = found.get(at++);
            if (kind.equals("label")) {
              deviation.label(part.get(0), value);
            } else if (value instanceof List<?> several) {
              deviation.numbers(part, several);
            } else {
              deviation.numbers(part, List.of(value));
            }
          }
        }
        deviation.endRow(close);
      }
      assertThat(rows.next()).isFalse();
    }
    JsonNode python = pipeline.get("onnxruntime");
    assertThat(usual.mismatches + ofJpeg.mismatches)
        .as("labels, %s, %s", usual, ofJpeg)
        .isLessThanOrEqualTo(python.get("label_mismatches").asInt());
    assertThat(usual.largest)
        .as("%s", usual)
        .isLessThanOrEqualTo(
            Math.max(
                pipeline.get("tolerance").asDouble(), 2 * python.get("max_deviation").asDouble()));
    assertThat(ofJpeg.largest).as("%s", ofJpeg).isLessThanOrEqualTo(ofJpeg.tolerance);
    return ofJpeg.largest > usual.largest ? ofJpeg : usual;
  }

  private static boolean isJpeg(byte[] file) {
    return file[0] == (byte) 0xFF;
  }

  private static List<Object> answers(ResultSet rows, int inputs) throws SQLException {
    List<Object> found = new ArrayList<>();
    for (int i = inputs + 1; i <= rows.getMetaData().getColumnCount(); i++) {
      Object value = rows.getObject(i);
      found.add(value instanceof Array array ? List.of((Object[]) array.getArray()) : value);
    }
    return found;
  }

  /** Returns the statement that makes a table of a pipeline's test rows. */
  static String table(String name, JsonNode pipeline) {
    StringJoiner columns = new StringJoiner(", ");
    for (JsonNode column : pipeline.get("columns")) {
      String quoted = '"' + column.get("name").asText().replace("\"", "\"\"") + '"';
      String value = "CAST(" + quoted + " AS " + column.get("type").asText() + ")";
      if (pipeline.path("image").path("column").asText().equals(column.get("name").asText())) {
        Path folder = FOLDER.resolve(pipeline.get("image").get("folder").asText());
        value = "FILE_READ('" + folder + "/' || " + value + ")";
      }
      columns.add(value + " AS " + quoted);
    }
    return "CREATE TABLE "
        + name
        + " AS SELECT "
        + columns
        + " FROM CSVREAD('"
        + FOLDER.resolve(pipeline.get("rows").asText())
        + "', NULL, 'caseSensitiveColumnNames=true')";
  }

  /** Returns the options that a pipeline has to be imported with. */
  static String options(JsonNode pipeline) {
    StringJoiner options = new StringJoiner(", ", " OPTIONS (", ")").setEmptyValue("");
    pipeline
        .get("options")
        .properties()
        .forEach(option -> options.add(option.getKey() + " = " + sql(option.getValue())));
    return options.toString();
  }

  private static String sql(JsonNode value) {
    if (value.isObject()) {
      StringJoiner map = new StringJoiner(", ", "MAP[", "]");
      value.properties().forEach(e -> map.add(text(e.getKey()) + ", " + sql(e.getValue())));
      return map.toString();
    } else if (value.isArray()) {
      StringJoiner list = new StringJoiner(", ", "ARRAY[", "]");
      value.forEach(item -> list.add(sql(item)));
      return list.toString();
    }
    return value.isTextual() ? text(value.asText()) : value.asText();
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static List<List<@Nullable String>> rows(Statement statement, String sql)
      throws SQLException {
    List<List<@Nullable String>> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        all.add(row);
      }
    }
    return all;
  }

  /** How far the answers are from the library's. */
  private static final class Deviation {
    private final double tolerance;
    private double largest;
    private int mismatches;
    private String where = "";
    private boolean wrongLabel;

    Deviation(double tolerance) {
      this.tolerance = tolerance;
    }

    /** Whether the two best scores are so close that either label is right. */
    static boolean isClose(List<@Nullable String> scores) {
      List<Double> sorted = scores.stream().map(s -> Double.valueOf(s)).sorted().toList();
      return sorted.size() > 1
          && sorted.get(sorted.size() - 1) - sorted.get(sorted.size() - 2) < 1e-5;
    }

    void numbers(List<@Nullable String> expected, List<?> found) {
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        String text = expected.get(i);
        double a = text == null ? Double.NaN : number(text);
        Object value = found.get(i);
        double b = value instanceof Boolean flag ? flag ? 1 : 0 : ((Number) value).doubleValue();
        if (Double.compare(a, b) == 0) {
          continue;
        }
        double distance = Math.abs(a - b) / Math.max(1, Math.abs(a));
        if (!(distance <= largest)) {
          largest = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
          where = "expected " + expected + ", found " + found;
        }
      }
    }

    private static double number(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "nan" -> Double.NaN;
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "true" -> 1;
        case "false" -> 0;
        default -> Double.parseDouble(text);
      };
    }

    void label(@Nullable String expected, Object found) {
      wrongLabel = !String.valueOf(expected).equalsIgnoreCase(String.valueOf(found));
      if (wrongLabel && mismatches == 0) {
        where += " label expected " + expected + ", found " + found;
      }
    }

    void endRow(boolean close) {
      mismatches += wrongLabel && !close ? 1 : 0;
      wrongLabel = false;
    }

    @Override
    public String toString() {
      return "largest " + largest + " of " + tolerance + ", " + mismatches + " labels; " + where;
    }
  }
}
