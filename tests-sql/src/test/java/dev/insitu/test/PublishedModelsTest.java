package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Models as they are published, against their own packages' answers. They are too large for the
 * repository: {@code tests-sql/onnx/published.py fetch} brings them.
 */
class PublishedModelsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("insitu.onnx", "tests-sql/onnx")).toAbsolutePath();
  private static final Path PUBLISHED = FOLDER.resolve("published");
  private static final Path EXPECTED = FOLDER.resolve("published-expected");

  private static Path published(String name) {
    Path file = PUBLISHED.resolve(name);
    if (!Files.exists(file)) {
      System.err.println(
          "SKIPPED PublishedModelsTest, "
              + file
              + " is not there; run: python tests-sql/onnx/published.py fetch");
    }
    assumeTrue(Files.exists(file), "not fetched");
    return file;
  }

  private static Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
  }

  private static void createMiniLm(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE sentences AS SELECT ROWNUM() AS id, COALESCE(sentence, '') AS sentence FROM CSVREAD('"
            + EXPECTED.resolve("sentences.csv")
            + "')");
    statement.execute(
        "CREATE MODEL minilm FROM FILE '"
            + published("all-MiniLM-L6-v2.onnx")
            + "' OPTIONS (text_columns = ARRAY['sentence'], tokenizer ="
            + " 'all-MiniLM-L6-v2.tokenizer.json', max_length = 128, outputs = ARRAY['output_0'],"
            + " pooling = 'mean', normalize = TRUE)");
  }

  /** Against the original weights in PyTorch, with sentence-transformers' formula. */
  @Test
  void sentencesHaveTheVectorsOfSentenceTransformers() throws IOException, SQLException {
    published("all-MiniLM-L6-v2.onnx");
    List<double[]> expected;
    try (Stream<String> lines = Files.lines(EXPECTED.resolve("minilm.csv"))) {
      expected =
          lines
              .map(
                  line -> Arrays.stream(line.split(",", -1)).mapToDouble(Double::valueOf).toArray())
              .toList();
    }
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      createMiniLm(statement);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT output_0, sentence FROM PREDICT(MODEL => 'minilm', DATA => TABLE sentences) ORDER BY id")) {
        for (double[] vector : expected) {
          assertThat(rows.next()).isTrue();
          Object[] found = (Object[]) rows.getArray(1).getArray();
          assertThat(Arrays.stream(found).mapToDouble(v -> ((Number) v).doubleValue()).toArray())
              .as(rows.getString(2))
              .containsExactly(vector, within(1e-5));
        }
      }
    }
  }

  /** Against the package that ships the model. */
  @Test
  void turnedLinesAreFoundAsByTheirPackage() throws IOException, SQLException {
    Path model = published("text_turned.onnx");
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE lines AS SELECT file, CAST(label AS INT) AS label, CAST(score AS DOUBLE PRECISION) AS score, FILE_READ('"
              + EXPECTED
              + "/' || file) AS picture FROM CSVREAD('"
              + EXPECTED.resolve("turned.csv")
              + "')");
      statement.execute(
          "CREATE MODEL turned FROM FILE '"
              + model
              + "' OPTIONS (image_columns = ARRAY['picture'], labels = ARRAY[0, 180], label_col ="
              + " 'angle', image = MAP['resize', ARRAY[192, 48], 'order', 'BGR', 'mean', 0.5, 'std', 0.5])");
      int seen = 0;
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT label, score, predicted_angle, predicted_angle_probability, file FROM PREDICT(MODEL => 'turned', DATA => TABLE lines)")) {
        while (rows.next()) {
          seen++;
          assertThat(rows.getInt(3)).as(rows.getString(5)).isEqualTo(rows.getInt(1));
          assertThat(rows.getDouble(4)).isCloseTo(rows.getDouble(2), within(1e-5));
        }
      }
      assertThat(seen).isEqualTo(8);
    }
  }

  /**
   * A command: {@code -Dinsitu.published.python=/path/to/python} with onnxruntime and tokenizers.
   * CPU time of one thread on either side, by turns; the medians are in {@code
   * target/published-speed.txt}.
   */
  @Test
  void isAsFastAsPython() throws IOException, InterruptedException, SQLException {
    String python = System.getProperty("insitu.published.python");
    assumeTrue(python != null, "a command: -Dinsitu.published.python=/path/to/python");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      createMiniLm(statement);
      for (int round = 0; round <= 5; round++) {
        long start = threads.getCurrentThreadCpuTime();
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT output_0 FROM PREDICT(MODEL => 'minilm', DATA => TABLE sentences)")) {
          int count = 0;
          while (rows.next()) {
            count++;
          }
          assertThat(count).isEqualTo(200);
        }
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        if (round > 0) {
          ours.add(seconds);
          theirs.add(python(Objects.requireNonNull(python)));
        }
      }
    }
    double our = ours.stream().sorted().toList().get(2);
    double their = theirs.stream().sorted().toList().get(2);
    Files.writeString(
        Path.of("tests-sql/target/published-speed.txt"),
        String.format(
            Locale.ROOT,
            "sentences a CPU second: SQL %.1f, Python %.1f, ratio %.2f%n",
            200 / our,
            200 / their,
            their / our));
    assertThat(our).isLessThan(2 * their);
  }

  private static double python(String python) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(python, FOLDER.resolve("published.py").toString(), "time", "1")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return Double.parseDouble(out.strip());
  }
}
