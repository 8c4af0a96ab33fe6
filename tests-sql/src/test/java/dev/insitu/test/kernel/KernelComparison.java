package dev.insitu.test.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.score.Scorer;
import dev.insitu.test.Machine;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * How much faster are kernels than ONNX Runtime, and, with {@code -Pbench}, than XGBoost and
 * LightGBM, on one thread? A command: {@code mvn -Dquick -Pbench -pl tests-sql -am test
 * -Dtest=KernelComparison -Dsurefire.failIfNoSpecifiedTests=false}; {@code
 * -Dtest=KernelComparison#trees100} for a single question.
 */
class KernelComparison {
  private static final int FEATURES = 28;
  private static final int READY = Integer.getInteger("insitu.bench.ready", 7);

  @Test
  void trees100() {
    compare(BenchModel.trees("100 × depth 6", complete(100), true), 1024, 16_384);
  }

  @Test
  void trees500() {
    compare(BenchModel.trees("500 × depth 6", complete(500), true), 1024, 16_384);
  }

  @Test
  void leaves31() {
    RandomForest forest = RandomForest.byLeaf(100, 31, FEATURES, 2);
    compare(BenchModel.trees("100 × 31 leaves", forest, false), 1024, 16_384);
  }

  @Test
  void linear() {
    compare(
        BenchModel.logistic("logistic, 8 numbers, 4 texts, 680 columns", 8, 10, 50, 120, 500),
        1024,
        16_384);
  }

  @Test
  void clusters() {
    compare(BenchModel.clusters("8 centroids, 28 numbers", FEATURES, 8), 1024, 16_384);
  }

  @Test
  void oneRow() {
    compare(BenchModel.trees("100 × depth 6", complete(100), true), 1);
    compare(BenchModel.trees("500 × depth 6", complete(500), true), 1);
    compare(BenchModel.logistic("logistic, 8 numbers, 4 texts", 8, 10, 50, 120, 500), 1);
  }

  @Test
  void ready() {
    StringBuilder table = new StringBuilder(Machine.line());
    table.append(
        String.format(
            Locale.ROOT,
            "%n| model | engine | CPU ms | spread | first |%n|---|---|---|---|---|%n"));
    for (int trees : new int[] {500, 5000}) {
      BenchModel model = BenchModel.trees(trees + " × depth 6", complete(trees), true);
      table.append(ready(model, "kernel", ScorerContender::kernel));
      table.append(ready(model, "ONNX Runtime", ScorerContender::onnx));
      new Paired(model, 1024).close(); // have agreed, after the clock: the first JVM is to be fresh
    }
    Machine.report(table.toString());
  }

  private static String ready(
      BenchModel model, String engine, Function<BenchModel, Scorer> making) {
    double[] millis = new double[READY];
    for (int i = 0; i < READY; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      try (Scorer scorer = making.apply(model)) {
        millis[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
        assertThat(scorer.width()).isEqualTo(1);
      }
    }
    double first = millis[0];
    Arrays.sort(millis);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f | %.0f to %.0f | %.0f |%n",
        model.name(),
        engine,
        millis[READY / 2],
        millis[0],
        millis[READY - 1],
        first);
  }

  private static RandomForest complete(int trees) {
    return RandomForest.complete(trees, 6, FEATURES, 1);
  }

  private static void compare(BenchModel model, int... rows) {
    StringBuilder table = new StringBuilder(Machine.line()).append(Paired.head());
    for (int count : rows) {
      try (Paired paired = new Paired(model, count)) {
        table.append(paired.measure());
      }
    }
    Machine.report(table.toString());
  }
}
