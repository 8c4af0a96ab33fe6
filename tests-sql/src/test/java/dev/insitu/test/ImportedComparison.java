package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How much faster are imported models as kernels than in ONNX Runtime, which gets the same columns?
 * By the CPU time of the one thread, in turn, after both have answered all rows and agree. A
 * command: {@code mvn -Dquick -pl tests-sql -am test -Dtest=ImportedComparison
 * -Dsurefire.failIfNoSpecifiedTests=false}; other pipelines with {@code
 * -Dinsitu.imported.pipelines=a,b}.
 */
class ImportedComparison {
  private static final String USUAL =
      "random_forest_classifier,random_forest_regressor,xgboost_binary,xgboost_multi,"
          + "lightgbm_binary,lightgbm_multi,hist_boosting_classifier,columns_logistic,"
          + "columns_xgboost,columns_lightgbm,logistic_multinomial,mlp_classifier";
  private static final List<String> PIPELINES =
      List.of(System.getProperty("insitu.imported.pipelines", USUAL).split(","));
  private static final int ROWS = Integer.getInteger("insitu.imported.rows", 1024);
  private static final int ROUNDS = Integer.getInteger("insitu.imported.rounds", 15);
  private static final long WARM_UP = 1_000_000_000;
  private static final long SLICE = 20_000_000;
  private static final double TOLERANCE = 1e-5;

  @Test
  void pipelines() throws IOException, SQLException {
    StringBuilder table = new StringBuilder(Machine.line());
    table.append(
        String.format(
            Locale.ROOT,
            "%n| pipeline | bytes | rows | kernel, rows a CPU second | ONNX Runtime | kernel is"
                + " faster | spread |%n|---|---|---|---|---|---|---|%n"));
    for (String name : PIPELINES) {
      table.append(line(name));
    }
    Machine.report(table.toString());
  }

  private static String line(String name) throws IOException, SQLException {
    Path folder = ImportedModelsTest.FOLDER.resolve("models").resolve(name);
    JsonNode pipeline = ImportedModelsTest.JSON.readTree(folder.resolve("pipeline.json").toFile());
    String database = "h2:mem:compared_" + name;
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:" + database, "sa", "");
        Connection plain = DriverManager.getConnection("jdbc:" + database, "sa", "");
        Statement statement = connection.createStatement()) {
      Path file = folder.resolve("model.onnx");
      statement.execute(ImportedModelsTest.table("data", pipeline));
      statement.execute(
          "CREATE MODEL m FROM FILE '" + file + "'" + ImportedModelsTest.options(pipeline));
      KernelAgreement agreement = KernelAgreement.of(plain, TOLERANCE);
      FeatureBatch rows = agreement.rows(plain, ROWS);
      try (Scorer kernel = agreement.scorer();
          Scorer runtime = agreement.runtime()) {
        assertThat(kernel.engine()).as(name).isEqualTo("kernel");
        agreement.compare(
            name, rows, agreement.answers(kernel, rows), agreement.answers(runtime, rows));
        return line(name + " | " + file.toFile().length(), rows, kernel, runtime);
      }
    }
  }

  private static String line(String name, FeatureBatch rows, Scorer kernel, Scorer runtime) {
    PredictionBatch answers = new PredictionBatch(rows.rows(), kernel.width());
    int ofKernel = repeats(kernel, rows, answers);
    int ofRuntime = repeats(runtime, rows, answers);
    double[] fast = new double[ROUNDS];
    double[] slow = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 2 == 0) {
        fast[round] = nanos(kernel, rows, answers, ofKernel);
        slow[round] = nanos(runtime, rows, answers, ofRuntime);
      } else {
        slow[round] = nanos(runtime, rows, answers, ofRuntime);
        fast[round] = nanos(kernel, rows, answers, ofKernel);
      }
      ratios[round] = slow[round] / fast[round];
    }
    Arrays.sort(fast);
    Arrays.sort(slow);
    Arrays.sort(ratios);
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,.0f | %,.0f | %.1f | %.1f to %.1f |%n",
        name,
        rows.rows(),
        1e9 / fast[ROUNDS / 2],
        1e9 / slow[ROUNDS / 2],
        ratios[ROUNDS / 2],
        ratios[0],
        ratios[ROUNDS - 1]);
  }

  /** Runs until it is warm and returns how many batches a slice of time has. */
  private static int repeats(Scorer scorer, FeatureBatch rows, PredictionBatch answers) {
    int repeats = 1;
    double spent = 0;
    double last = 0;
    while (spent < WARM_UP || last < SLICE) {
      last = nanos(scorer, rows, answers, repeats) * repeats * rows.rows();
      spent += last;
      repeats = last < SLICE ? repeats * 2 : repeats;
    }
    return repeats;
  }

  /** Returns the CPU time of a row. */
  private static double nanos(
      Scorer scorer, FeatureBatch rows, PredictionBatch answers, int repeats) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < repeats; i++) {
      scorer.score(rows, answers);
    }
    long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    return spent / ((double) repeats * rows.rows());
  }
}
