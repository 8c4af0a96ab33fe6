package dev.insitu.score.kernel;

import dev.insitu.onnx.EdgeSplit;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Scores a graph of ours by loops in Java. Thread-safe without locks: a frame is one thread's while
 * it scores, and goes back into the pool.
 */
public final class KernelScorer implements Scorer {
  /** What {@link #engine} says. */
  public static final String ENGINE = "kernel";

  private static final int SMALL = TreeTable.TOGETHER;

  private final Program program;
  private final int width;
  private final Set<Integer> unusedInputs;

  /** One of the small frames, for who scores row by row: found in less time than in a queue. */
  private final AtomicReference<@Nullable Frame> spare = new AtomicReference<>();

  private final Deque<Frame> small = new ConcurrentLinkedDeque<>();
  private final Deque<Frame> large = new ConcurrentLinkedDeque<>();

  KernelScorer(Program program, int width, Set<Integer> unusedInputs) {
    this.program = program;
    this.width = width;
    this.unusedInputs = Set.copyOf(unusedInputs);
  }

  /**
   * Compiles a graph.
   *
   * @param edge the graph, taken apart
   * @param width the number of scores a row
   * @param unusedInputs the inputs that have no effect on the scores
   * @throws NotCovered if the kernels do not do what the graph does
   */
  public static KernelScorer compile(EdgeSplit edge, int width, Set<Integer> unusedInputs)
      throws NotCovered {
    return new KernelScorer(GraphCompiler.compile(edge, width), width, unusedInputs);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public String engine() {
    return ENGINE;
  }

  @Override
  public Set<Integer> unusedInputs() {
    return unusedInputs;
  }

  @Override
  public void score(FeatureBatch features, PredictionBatch predictions) {
    score(features, predictions, Cancellation.NEVER);
  }

  @Override
  public void score(FeatureBatch features, PredictionBatch predictions, Cancellation cancellation) {
    int rows = features.rows();
    if (predictions.width() != width || predictions.scores().length < (long) rows * width) {
      throw new IllegalArgumentException(
          "a batch of width " + predictions.width() + " cannot take " + rows + " rows of " + width);
    }
    boolean few = rows <= SMALL;
    Frame frame = few ? spare.getAndSet(null) : null;
    if (frame == null) {
      frame = (few ? small : large).pollFirst();
    }
    if (frame == null) {
      frame = program.frame(few ? SMALL : Program.LARGE);
    }
    program.run(frame, features, predictions, cancellation);
    if (!few || !spare.compareAndSet(null, frame)) {
      (few ? small : large).addFirst(frame);
    }
    predictions.setRows(rows);
  }

  @Override
  public void close() {
    spare.set(null);
    small.clear();
    large.clear();
  }
}
