package dev.insitu.score.kernel;

import dev.insitu.onnx.EdgeSplit;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Scores a graph of ours by loops in Java. Thread-safe without locks: a frame is one thread's while
 * it scores, and goes back into the pool.
 */
public final class KernelScorer implements Scorer {
  private final Program program;
  private final int width;
  private final Set<Integer> unusedInputs;
  private final Deque<Frame> frames = new ConcurrentLinkedDeque<>();

  private KernelScorer(Program program, int width, Set<Integer> unusedInputs) {
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
    return compile(edge, width, unusedInputs, true);
  }

  /**
   * Compiles a graph.
   *
   * @param vectors whether to use the Vector API if it is there
   */
  static KernelScorer compile(EdgeSplit edge, int width, Set<Integer> unusedInputs, boolean vectors)
      throws NotCovered {
    Program program = new GraphCompiler(edge, vectors).compile(width);
    return new KernelScorer(program, width, unusedInputs);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public String engine() {
    return program.isVectorised() ? "kernel (Vector API)" : "kernel";
  }

  @Override
  public Set<Integer> unusedInputs() {
    return unusedInputs;
  }

  @Override
  public void score(FeatureBatch features, PredictionBatch predictions) {
    int rows = features.rows();
    if (predictions.width() != width || predictions.scores().length < (long) rows * width) {
      throw new IllegalArgumentException(
          "a batch of width " + predictions.width() + " cannot take " + rows + " rows of " + width);
    }
    Frame frame = frames.pollFirst();
    if (frame == null) {
      frame = program.frame();
    }
    program.run(frame, features, predictions);
    frames.addFirst(frame);
    predictions.setRows(rows);
  }

  @Override
  public void close() {
    frames.clear();
  }
}
