package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What Python's onnxruntime answers for models that Insitu has exported ({@code
 * tests-sql/onnx/exported}): a file of answers per model, and the SHA-256 of the export that gave
 * them. Renewed by {@code tests-sql/onnx/make_export.py}, which lets {@link ModelFamiliesTest}
 * write the exports into the folder of the property {@code insitu.export}.
 */
final class ExportFixture {
  private static final Path FOLDER = Path.of("tests-sql/onnx/exported");
  private static final @Nullable String WRITTEN = System.getProperty("insitu.export");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double TOLERANCE = 1e-6;

  /** How many rows are answered, and how long their texts may be. */
  private static final int ROWS = 60;

  private static final int LONGEST_TEXT = 1_000;

  private ExportFixture() {}

  /** Returns which rows of inputs a fixture is about. */
  static List<Integer> rows(List<List<@Nullable Object>> inputs) {
    return IntStream.range(0, inputs.size())
        .filter(row -> PlainOnnx.takes(inputs.get(row)))
        .filter(
            row ->
                inputs.get(row).stream()
                    .noneMatch(v -> v instanceof String text && text.length() > LONGEST_TEXT))
        .limit(ROWS)
        .boxed()
        .toList();
  }

  /**
   * Compares an export of today, and what SQL answers today, with the fixture; or writes it, where
   * a new fixture is to be made.
   *
   * @param file the export
   * @param names the names of the inputs
   * @param inputs the rows as a file takes them
   * @param classes how many classes the model has, 0 if it is no classifier
   * @param answers what SQL says of each: the prediction first; of a classifier then the
   *     probability of each class, of a clustering the distance
   */
  static void check(
      String model,
      Path file,
      List<String> names,
      List<List<@Nullable Object>> inputs,
      int classes,
      List<List<@Nullable Object>> answers)
      throws Exception {
    if (WRITTEN != null) {
      Path folder = Files.createDirectories(Path.of(WRITTEN).resolve(model));
      Files.copy(file, folder.resolve("model.onnx"));
      Files.writeString(folder.resolveSibling("rows.csv"), csv(names, inputs));
      return;
    }
    JsonNode facts = JSON.readTree(FOLDER.resolve(model).resolve("onnxruntime.json").toFile());
    if (facts.get("machine").asText().equals(System.getProperty("os.arch"))) {
      assertThat(sha256(file))
          .as(
              "the export of "
                  + model
                  + " is another file than the one that Python has scored. If that is meant:"
                  + " tests-sql/onnx/make_export.py")
          .isEqualTo(facts.get("sha256").asText());
    }
    List<List<String>> expected =
        Csv.read(Files.readString(FOLDER.resolve(model).resolve("onnxruntime.csv")));
    List<String> columns = expected.get(0);
    assertThat(expected).hasSize(answers.size() + 1);
    for (int row = 0; row < answers.size(); row++) {
      List<@Nullable Object> ours = answers.get(row);
      List<String> theirs = predictionFirst(columns, expected.get(row + 1));
      String where = model + ", row " + (row + 1) + " of " + columns;
      compare(ours.get(0), theirs.get(0), where);
      if (classes > 0) {
        assertThat(theirs).as(where).hasSize(1 + classes);
        for (int i = 1; i <= classes; i++) {
          compare(ours.get(i), theirs.get(i), where);
        }
      } else if (ours.size() > 1) {
        double least =
            theirs.stream().skip(1).mapToDouble(ExportFixture::number).min().orElseThrow();
        compare(ours.get(1), Double.toString(Math.sqrt(Math.max(0, least))), where);
      }
    }
  }

  /** Puts the one column before the several: ONNX names the outputs in an order of its own. */
  private static List<String> predictionFirst(List<String> columns, List<String> row) {
    int prediction =
        IntStream.range(0, columns.size())
            .filter(i -> !columns.get(i).endsWith("]"))
            .findFirst()
            .orElseThrow();
    List<String> ordered = new ArrayList<>(row);
    ordered.add(0, ordered.remove(prediction));
    return ordered;
  }

  private static void compare(@Nullable Object ours, String theirs, String where) {
    if (ours instanceof Double number) {
      double expected = number(theirs);
      if (Double.compare(number, expected) == 0) {
        return; // also of infinities
      }
      assertThat(number)
          .as(where)
          .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
    } else {
      assertThat(String.valueOf(ours)).as(where).isEqualToIgnoringCase(theirs);
    }
  }

  /** Reads a number as Python writes it. */
  private static double number(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static String csv(List<String> names, List<List<@Nullable Object>> rows) {
    StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
    for (List<@Nullable Object> row : rows) {
      StringJoiner line = new StringJoiner(",", "", "\n");
      for (Object value : row) {
        line.add(value == null ? "" : '"' + value.toString().replace("\"", "\"\"") + '"');
      }
      text.append(line);
    }
    return text.toString();
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  /** Reads what {@code check_export.py} writes: texts in quotes, numbers without. */
  private static final class Csv {
    static List<List<String>> read(String text) throws IOException {
      List<List<String>> rows = new ArrayList<>();
      List<String> row = new ArrayList<>();
      StringBuilder field = new StringBuilder();
      boolean quoted = false;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else if (c == '"') {
          quoted = !quoted;
        } else if (!quoted && (c == ',' || c == '\n')) {
          row.add(field.toString());
          field.setLength(0);
          if (c == '\n') {
            rows.add(row);
            row = new ArrayList<>();
          }
        } else {
          field.append(c);
        }
      }
      return rows;
    }
  }
}
