package dev.insitu.score.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.EdgeSplit;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.onnx.OnnxRuntimeScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A graph twice: as kernels, and in ONNX Runtime. Confined to one thread. */
final class Pair implements AutoCloseable {
  private static final int[] FEW = {0, 1, 2, 3, 7, 8, 63, 64, 65};
  private static final int[] MANY = {
    127, 128, 129, 191, 192, 255, 256, 257, 1023, 1024, 1025, 2049
  };

  final ModelSignature signature;
  private final Scorer kernel;

  /** The same kernels with trees that go one way alone. */
  private final Map<TreeWay.Wish, Scorer> ways = new EnumMap<>(TreeWay.Wish.class);

  private final @Nullable Scorer onnx;
  private final int width;

  private Pair(ModelSignature signature, EdgeSplit edge, int width, boolean withOnnx) {
    this.signature = signature;
    this.width = width;
    this.kernel = compile(edge, width);
    try {
      for (TreeWay.Wish way : TreeWay.Wish.values()) {
        TreeWay.wish(way);
        ways.put(way, compile(edge, width));
      }
    } finally {
      TreeWay.wish(TreeWay.Wish.CHEAPEST);
    }
    this.onnx = withOnnx ? OnnxRuntimeScorer.open(edge, signature, width) : null;
  }

  private static Scorer compile(EdgeSplit edge, int width) {
    try {
      return KernelScorer.compile(edge, width, Set.of());
    } catch (NotCovered e) {
      throw new AssertionError("no kernel: " + e.reason(), e);
    }
  }

  /**
   * Opens both.
   *
   * @param inputs the inputs, in order: text where it begins with t
   * @param withOnnx whether ONNX Runtime does what the operators' pages say
   */
  static Pair open(byte[] graph, List<String> inputs, String output, int width, boolean withOnnx) {
    ModelSignature signature =
        new ModelSignature(
            inputs.stream()
                .map(
                    name ->
                        name.startsWith("t")
                            ? new ColumnSpec(name, ColumnType.VARCHAR, "VARCHAR", true)
                            : number(name))
                .toList(),
            List.of(number("label")));
    return new Pair(signature, EdgeSplit.of(graph, output), width, withOnnx);
  }

  private static ColumnSpec number(String name) {
    return new ColumnSpec(name, ColumnType.DOUBLE, "DOUBLE PRECISION", true);
  }

  /** Returns the names of so many inputs of numbers. */
  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "x" + i).toList();
  }

  /** Returns a number of rows that a loop may not expect. */
  static int rows(Random random) {
    int[] some = random.nextInt(4) == 0 ? MANY : FEW;
    return some[random.nextInt(some.length)];
  }

  /** Scores by kernels, each way that trees can go, with and without vectors: the same bits. */
  PredictionBatch byKernel(FeatureBatch rows) {
    assertThat(Vectors.POSSIBLE).as("this process has the Vector API").isTrue();
    PredictionBatch plain = score(kernel, rows);
    ways.forEach(
        (way, scorer) -> {
          assertThat(bits(score(scorer, rows))).as("%s", way).isEqualTo(bits(plain));
          Vectors.use(true);
          try {
            assertThat(bits(score(scorer, rows)))
                .as("%s, with the Vector API", way)
                .isEqualTo(bits(plain));
          } finally {
            Vectors.use(false);
          }
        });
    return plain;
  }

  private static long[] bits(PredictionBatch batch) {
    return Arrays.stream(batch.scores(), 0, batch.rows() * batch.width())
        .mapToLong(Double::doubleToLongBits)
        .toArray();
  }

  /** Returns the answers of ONNX Runtime, null if it is left out. */
  @Nullable PredictionBatch byOnnx(FeatureBatch rows) {
    return onnx == null ? null : score(onnx, rows);
  }

  /** Scores by kernels in several threads at once. */
  List<PredictionBatch> byManyThreads(FeatureBatch rows) {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<PredictionBatch>> under = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Callable<PredictionBatch> run = () -> byKernel(rows);
        under.add(threads.submit(run));
      }
      List<PredictionBatch> done = new ArrayList<>();
      for (Future<PredictionBatch> future : under) {
        done.add(future.get());
      }
      return done;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdown();
    }
  }

  private PredictionBatch score(Scorer scorer, FeatureBatch rows) {
    PredictionBatch found = new PredictionBatch(rows.capacity(), width);
    scorer.score(rows, found);
    assertThat(found.rows()).isEqualTo(rows.rows());
    return found;
  }

  @Override
  public void close() {
    kernel.close();
    ways.values().forEach(Scorer::close);
    if (onnx != null) {
      onnx.close();
    }
  }
}
