package dev.insitu.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The table of {@code tests-sql/README.md} in which every model of another tool stands with the
 * largest deviation from the library that trained it, ours and ONNX Runtime's, and its engine.
 */
final class PipelineTable {
  private static final Path README = Path.of("tests-sql/README.md");
  private static final String BEGIN = "<!-- pipelines -->\n";
  private static final String END = "<!-- end of pipelines -->\n";

  private final Map<String, String> rows = new TreeMap<>();

  /** Notes what was seen. */
  void add(String name, JsonNode pipeline, double largest, int labels, String engine) {
    JsonNode runtime = pipeline.get("onnxruntime");
    JsonNode cause = pipeline.get("cause");
    rows.put(
        name,
        String.format(
            Locale.ROOT,
            "| `%s` | %s | %s | %s | %s | %s | %s |",
            name,
            pipeline.get("title").asText(),
            pipeline.get("library").asText(),
            deviation(largest, labels),
            deviation(
                runtime.get("max_deviation").asDouble(), runtime.get("label_mismatches").asInt()),
            engine,
            cause == null || cause.isNull() ? "" : cause.asText()));
  }

  /** One digit is enough of it; below 1e-15 it is none. */
  private static String deviation(double largest, int labels) {
    String number = largest < 1e-15 ? "0" : String.format(Locale.ROOT, "%.0e", largest);
    return labels == 0 ? number : number + ", " + labels + " labels";
  }

  /** Returns the deviation that the table states for a model; empty if the model is not in it. */
  static Optional<Double> stated(String name) throws IOException {
    return cell(name, 4).map(cell -> Double.valueOf(cell.split(",")[0]));
  }

  /** Returns the engine that the table states for a model; empty if the model is not in it. */
  static Optional<String> engine(String name) throws IOException {
    return cell(name, 6);
  }

  private static Optional<String> cell(String name, int number) throws IOException {
    String start = "| `" + name + "` |";
    return Files.readAllLines(README).stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.split("\\|")[number].strip())
        .findFirst();
  }

  /** Writes the table into the README. */
  void write() throws IOException {
    String text = Files.readString(README);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    String table =
        String.join(
            "\n",
            List.of(
                "| model | what | library | Insitu | ONNX Runtime | engine | cause of more than 1e-5 |",
                "|---|---|---|---|---|---|---|",
                String.join("\n", rows.values()),
                ""));
    Files.writeString(
        README, text.substring(0, from) + table + text.substring(text.indexOf(END, from)));
  }
}
