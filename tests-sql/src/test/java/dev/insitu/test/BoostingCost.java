package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.function.InputQuery;
import dev.insitu.function.OptionValue;
import dev.insitu.h2.H2Session;
import dev.insitu.train.Progress;
import dev.insitu.train.TrainingColumns;
import dev.insitu.train.TrainingReader;
import dev.insitu.train.option.TrainingOptions;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Does training from a table cost more than LightGBM's, XGBoost's or scikit-learn's training from
 * arrays that are already in memory, at equal quality? A command, not part of {@code mvn verify}:
 *
 * <pre>
 * mvn -pl tests-sql -am test -Dquick -Dtest=BoostingCost -Dsurefire.failIfNoSpecifiedTests=false
 *   [-Dinsitu.cost.python=python3] [-Dinsitu.cost.models=boosted,tree,forest,read]
 *   [-Dinsitu.cost.repeats=5] [-Dinsitu.cost.rows=300000]
 * </pre>
 *
 * <p>CPU seconds of the whole process, native code, compiler and collector included. In each repeat
 * one CREATE MODEL through the driver, then {@code bench/boosting.py} on the same rows, on one
 * thread; without a Python ours alone. The first repeat, whose code is not yet compiled, is
 * reported and not counted; scikit-learn's forest takes minutes and has one repeat. A training must
 * be within 0.001 of the AUC of each rival on the rows held out, or above; a forest that of
 * scikit-learn's alone, since LightGBM and XGBoost shrink the leaves of theirs (L2), which is
 * another estimator. Half an hour.
 */
class BoostingCost {
  private static final int ROWS = Integer.getInteger("insitu.cost.rows", 300_000);
  private static final int TEST_ROWS = 100_000;
  private static final int REPEATS = Integer.getInteger("insitu.cost.repeats", 5);
  private static final String PYTHON = System.getProperty("insitu.cost.python", "");
  private static final List<String> MODELS =
      List.of(System.getProperty("insitu.cost.models", "read,boosted,tree,forest").split(","));
  private static final double AUC_TOLERANCE = 0.001;
  private static final Path FOLDER = Path.of("target/cost/higgs").toAbsolutePath();
  private static final String QUERY = "SELECT " + HiggsTable.columns() + ", label FROM higgs";

  /** How many trees a model has. */
  private static final Map<String, Integer> TREES =
      Map.of("boosted", 100, "tree", 1, "exact_tree", 1, "forest", 20);

  /** What is measured, in CPU seconds by repeat, and the AUC where there is one. */
  private static final class Measured {
    final List<Double> seconds = new ArrayList<>();

    /** Ours in the same repeats. */
    final List<Double> besides = new ArrayList<>();

    double first = Double.NaN;
    double auc = Double.NaN;

    void add(int repeat, double cpuSeconds) {
      if (repeat < 0) {
        first = cpuSeconds;
      } else {
        seconds.add(cpuSeconds);
      }
    }

    void add(int repeat, double cpuSeconds, double ours) {
      add(repeat, cpuSeconds);
      if (repeat >= 0) {
        besides.add(ours);
      }
    }

    double median() {
      return ProcessCpu.median(seconds.stream().mapToDouble(s -> s).toArray());
    }

    /** Returns by how much ours takes longer: median, least and greatest of the repeats. */
    String ratios() {
      if (besides.isEmpty()) {
        return "";
      }
      double[] ratios = new double[besides.size()];
      Arrays.setAll(ratios, i -> besides.get(i) / seconds.get(i));
      return String.format(
          Locale.ROOT,
          "**%.2f** (%.2f to %.2f)",
          ProcessCpu.median(ratios),
          Arrays.stream(ratios).min().orElseThrow(),
          Arrays.stream(ratios).max().orElseThrow());
    }
  }

  private static Connection insitu;
  private static Connection plain;

  @BeforeAll
  static void makeTables() throws Exception {
    Files.createDirectories(FOLDER);
    // The table in memory and nothing spilled: a slower scan would flatter us.
    String url = "h2:mem:higgs;DB_CLOSE_DELAY=-1;MAX_MEMORY_ROWS=100000000";
    insitu = DriverManager.getConnection("jdbc:insitu:" + url, "sa", "");
    plain = DriverManager.getConnection("jdbc:" + url, "sa", "");
    try (Statement statement = plain.createStatement()) {
      statement.execute("SET OPTIMIZE_REUSE_RESULTS 0");
    }
    SplittableRandom random = new SplittableRandom(HiggsTable.SEED);
    write(new HiggsTable(ROWS, random), "higgs", "train");
    write(new HiggsTable(TEST_ROWS, random), "higgs_test", "test");
  }

  private static void write(HiggsTable table, String name, String part) throws Exception {
    table.write(plain, name);
    Npy.write(FOLDER.resolve(part + "_rows.npy"), table.values);
    Npy.write(FOLDER.resolve(part + "_labels.npy"), table.labels);
  }

  @AfterAll
  static void close() throws SQLException {
    plain.createStatement().execute("SHUTDOWN");
    insitu.close();
  }

  @Test
  void trainingFromTheTableCostsNoMoreThanRivalsFromArrays() throws Exception {
    List<String> table = new ArrayList<>();
    table.add(
        String.format(Locale.ROOT, "%s, %,d rows, %d repeats", Machine.line(), ROWS, REPEATS));
    table.add("| what | who | first | median CPU s | from | to | a tree | AUC | ours / theirs |");
    table.add("|---|---|---|---|---|---|---|---|---|");
    List<String> worse = new ArrayList<>();
    for (String model : MODELS) {
      Map<String, Measured> measured =
          model.equals("read") ? measureReading() : measureTraining(model);
      report(model, measured, table);
      double ours = of(measured, "Insitu").auc;
      measured.forEach(
          (who, found) -> {
            boolean same = !model.equals("forest") || who.startsWith("scikit-learn");
            if (same && found.auc - AUC_TOLERANCE > ours) {
              worse.add(
                  String.format(
                      Locale.ROOT, "%s, %s: %.4f, ours %.4f", model, who, found.auc, ours));
            }
          });
    }
    ProcessCpu.report(String.join("\n", table));
    assertThat(worse).as("whose AUC is higher").isEmpty();
  }

  private static void report(String model, Map<String, Measured> measured, List<String> table) {
    measured.forEach(
        (who, found) ->
            table.add(
                String.format(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.3f | %.4f | %s |",
                    model,
                    who,
                    found.first,
                    found.median(),
                    found.seconds.stream().min(Double::compare).orElseThrow(),
                    found.seconds.stream().max(Double::compare).orElseThrow(),
                    found.median() / TREES.getOrDefault(model, 1),
                    found.auc,
                    found.ratios())));
  }

  private static Measured of(Map<String, Measured> measured, String who) {
    return measured.computeIfAbsent(who, name -> new Measured());
  }

  /** Reading the query into columns, and through H2's JDBC result set. */
  private static Map<String, Measured> measureReading() throws Exception {
    Map<String, Measured> measured = new LinkedHashMap<>();
    for (int repeat = -1; repeat < REPEATS; repeat++) {
      double ours = ProcessCpu.seconds(BoostingCost::readColumns);
      of(measured, "Insitu").add(repeat, ours);
      of(measured, "JDBC").add(repeat, ProcessCpu.seconds(BoostingCost::readJdbc), ours);
    }
    return measured;
  }

  private static void readColumns() throws SQLException {
    TrainingOptions options =
        TrainingOptions.of(Map.of("model_type", new OptionValue.Text("decision_tree_classifier")));
    try (Connection connection =
            DriverManager.getConnection(plain.getMetaData().getURL(), "sa", "");
        H2Session session = H2Session.of(connection).orElseThrow()) {
      InputQuery query = session.prepare(QUERY);
      TrainingColumns columns = TrainingColumns.of(query.columns(), options, "m");
      assertThat(
              new TrainingReader(options.modelType(), columns, TrainingReader.usableHeap())
                  .read(query, List.of(), Progress.NONE)
                  .rows())
          .isEqualTo(ROWS);
    }
  }

  private static void readJdbc() throws SQLException {
    double sum = 0;
    try (Statement statement = plain.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        for (int i = 1; i <= HiggsTable.WIDTH; i++) {
          sum += rows.getDouble(i);
        }
        sum += rows.getString(HiggsTable.WIDTH + 1).length();
      }
    }
    assertThat(sum).isNotZero();
  }

  private static Map<String, Measured> measureTraining(String model) throws Exception {
    Map<String, Measured> measured = new LinkedHashMap<>();
    for (int repeat = -1; repeat < REPEATS; repeat++) {
      double seconds = ProcessCpu.seconds(() -> create(model));
      of(measured, "Insitu").add(repeat, seconds);
      ProcessCpu.report(String.format(Locale.ROOT, "%s %d: %.2f", model, repeat, seconds));
      if (repeat >= 0 && !PYTHON.isEmpty()) {
        for (String line : python(model, repeat)) {
          String[] parts = line.split(",");
          Measured rival = of(measured, parts[0] + " " + parts[1]);
          rival.add(repeat, Double.parseDouble(parts[2]), seconds);
          rival.auc = Double.parseDouble(parts[3]);
        }
      }
    }
    of(measured, "Insitu").auc = auc();
    return measured;
  }

  private static void create(String model) throws SQLException {
    String options =
        switch (model) {
          case "boosted" ->
              "model_type = 'boosted_tree_classifier', max_iterations = 100, early_stop = FALSE";
          case "tree" -> "model_type = 'decision_tree_classifier', tree_method = 'hist'";
          case "exact_tree" -> "model_type = 'decision_tree_classifier'";
          default -> "model_type = 'random_forest_classifier', num_parallel_tree = 20";
        };
    try (Statement statement = insitu.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE MODEL cost OPTIONS ("
              + options
              + ", data_split_method = 'no_split') AS "
              + QUERY);
    }
  }

  private static List<String> python(String model, int repeat) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(PYTHON, "tests-sql/bench/boosting.py", FOLDER.toString(), model, "1"));
    if (repeat == 0) {
      command.add("FIRST");
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines;
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      lines = output.lines().toList();
    }
    assertThat(process.waitFor()).isZero();
    return lines;
  }

  /** The area under the curve of the model on the rows held out. */
  private static double auc() throws SQLException {
    double[] scores = new double[TEST_ROWS];
    boolean[] signal = new boolean[TEST_ROWS];
    try (Statement statement = insitu.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT probability_s, label FROM PREDICT(MODEL => 'cost', DATA => TABLE"
                    + " higgs_test, probabilities => TRUE)")) {
      for (int row = 0; rows.next(); row++) {
        scores[row] = rows.getDouble(1);
        signal[row] = rows.getString(2).equals("s");
      }
    }
    Integer[] order = new Integer[TEST_ROWS];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    double ranks = 0;
    long signals = 0;
    for (int first = 0; first < TEST_ROWS; ) {
      int last = first;
      while (last < TEST_ROWS && scores[order[last]] == scores[order[first]]) {
        last++;
      }
      for (int i = first; i < last; i++) {
        if (signal[order[i]]) {
          ranks += (first + last + 1) / 2.0;
          signals++;
        }
      }
      first = last;
    }
    return (ranks - signals * (signals + 1) / 2.0) / signals / (TEST_ROWS - signals);
  }
}
