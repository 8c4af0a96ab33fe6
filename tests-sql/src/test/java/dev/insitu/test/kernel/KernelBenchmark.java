package dev.insitu.test.kernel;

import ai.onnxruntime.OrtException;
import dev.insitu.score.FeatureBatch;
import java.util.Arrays;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a batch take? A subclass says of which model. Before the clock starts a contender
 * has answered as the kernel does. On a machine with other work use {@link KernelComparison}, which
 * counts CPU time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public abstract class KernelBenchmark {
  /** Who scores. */
  @Param({"kernel", "onnx"})
  public String contender = "";

  private List<Contender> running = List.of();
  private int batches;
  private int next;

  /** Returns the model. */
  abstract BenchModel model();

  /** Returns how many rows a batch has. */
  int rows() {
    return 1024;
  }

  /** Opens the contender and has it agree with the kernel. */
  @Setup
  public void open() throws OrtException {
    BenchModel model = model();
    int rows = rows();
    batches = Math.max(1, Math.min(1024, 16_384 / rows));
    List<FeatureBatch> all = model.rows(batches, rows);
    Contender opened =
        switch (contender) {
          case "kernel" -> ScorerContender.kernel(model, all);
          case "onnx" -> ScorerContender.onnx(model, all);
          case "matrix" -> MatrixContender.of(model, all);
          default -> throw new IllegalArgumentException(contender);
        };
    running = List.of(opened);
    try (Contender kernel = ScorerContender.kernel(model, all)) {
      for (int batch = 0; batch < batches; batch++) {
        kernel.run(batch);
        opened.run(batch);
        Paired.requireAgreement(opened, Arrays.copyOf(kernel.scores(), rows * model.width()));
      }
    }
  }

  /** Scores a batch. */
  @Benchmark
  public void batch() {
    running.get(0).run(next);
    next = next + 1 < batches ? next + 1 : 0;
  }

  /** Closes the contender. */
  @TearDown
  public void close() {
    running.forEach(Contender::close);
  }
}
