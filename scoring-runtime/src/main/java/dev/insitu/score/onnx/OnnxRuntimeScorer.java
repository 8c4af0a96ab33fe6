package dev.insitu.score.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.EdgeSplit;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Scores by ONNX Runtime: the edge of the graph in Java, the numbers in one native session.
 *
 * <p>A batch of any size goes through in blocks of {@value #BLOCK_ROWS} rows, so the native memory
 * does not grow with it. Buffers and tensors are pooled: a batch of one row allocates nothing but
 * the lists of handles that ONNX Runtime's Java side makes for each call. Thread-safe; {@link
 * #close()} frees the session once no batch is under way.
 */
public final class OnnxRuntimeScorer implements Scorer {
  /** How many rows go to ONNX Runtime at once. */
  static final int BLOCK_ROWS = 1024;

  private final EdgeSplit edge;
  private final int width;
  private final OrtSession session;
  private final Set<Integer> unusedInputs;
  private final String engine;
  private final Usage usage = new Usage(this::free);
  private final Deque<Workspace> single = new ConcurrentLinkedDeque<>();
  private final Deque<Workspace> blocks = new ConcurrentLinkedDeque<>();

  private OnnxRuntimeScorer(
      EdgeSplit edge, int width, OrtSession session, Set<Integer> unusedInputs, String why) {
    this.engine = OnnxRuntime.engine(why);
    this.unusedInputs = unusedInputs;
    this.edge = edge;
    this.width = width;
    this.session = session;
  }

  /**
   * Opens a session.
   *
   * @param edge the graph, taken apart
   * @param signature whose inputs the graph's must be, in order: same names, text where text is
   * @param width the number of scores a row
   * @throws MlException ENGINE if the graph does not fit, or ONNX Runtime refuses it;
   *     NATIVE_LIBRARY
   */
  public static OnnxRuntimeScorer open(EdgeSplit edge, ModelSignature signature, int width) {
    return open(edge, signature, width, Set.of(), "");
  }

  /**
   * Opens a session.
   *
   * @param unusedInputs the inputs that have no effect on the scores
   * @param why why not another engine, empty if nobody asks
   */
  public static OnnxRuntimeScorer open(
      EdgeSplit edge, ModelSignature signature, int width, Set<Integer> unusedInputs, String why) {
    edge.requireFit(signature, width);
    try {
      OrtSession opened = OnnxRuntime.open(edge.graph());
      return new OnnxRuntimeScorer(edge, width, opened, Set.copyOf(unusedInputs), why);
    } catch (OrtException e) {
      throw OnnxRuntime.failure("load the graph", e);
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public String engine() {
    return engine;
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
    if (rows > 0) {
      Deque<Workspace> pool = rows == 1 ? single : blocks;
      usage.begin();
      Workspace workspace = null;
      boolean whole = false;
      try {
        workspace = workspace(pool);
        for (int first = 0; first < rows; first += BLOCK_ROWS) {
          int count = Math.min(BLOCK_ROWS, rows - first);
          workspace.score(session, features, first, count, predictions);
        }
        whole = true;
      } catch (OrtException e) {
        throw OnnxRuntime.failure("score a batch", e);
      } finally {
        if (workspace != null && whole) {
          pool.push(workspace);
        } else if (workspace != null) {
          workspace.close(); // one that failed half-way is not used again
        }
        usage.end();
      }
    }
    predictions.setRows(rows);
  }

  @Override
  public void close() {
    usage.close();
  }

  private Workspace workspace(Deque<Workspace> pool) {
    Workspace pooled = pool.poll();
    return pooled != null ? pooled : new Workspace(edge, width, pool == single ? 1 : BLOCK_ROWS);
  }

  private void free() {
    single.forEach(Workspace::close);
    blocks.forEach(Workspace::close);
    single.clear();
    blocks.clear();
    try {
      session.close();
    } catch (OrtException e) {
      throw OnnxRuntime.failure("close a session", e);
    }
  }
}
