package dev.insitu.test.kernel;

import dev.insitu.score.Scorer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long does it take to make trees of depth 6 ready, in a JVM that has not done it yet? */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Measurement(iterations = 5)
@Fork(3)
public class ReadyBenchmark {
  /** How many trees. */
  @Param({"500", "5000"})
  public int trees;

  /** Who makes them ready. */
  @Param({"kernel", "onnx"})
  public String contender = "";

  private BenchModel model = BenchModel.trees("none", RandomForest.complete(1, 1, 1, 1), true);

  /** Makes the bytes. */
  @Setup
  public void make() {
    model = model(trees);
  }

  private static BenchModel model(int trees) {
    return BenchModel.trees("trees", RandomForest.complete(trees, 6, 28, 1), true);
  }

  /** Has all agree; elsewhere, since a JVM that measures has to be fresh. */
  static void verify() {
    for (int trees : new int[] {500, 5000}) {
      new Paired(model(trees), 1024).close();
    }
  }

  /** Makes a scorer of them. */
  @Benchmark
  public int ready() {
    try (Scorer scorer =
        contender.equals("kernel") ? ScorerContender.kernel(model) : ScorerContender.onnx(model)) {
      return scorer.width();
    }
  }
}
