package dev.insitu.score.kernel;

import dev.insitu.model.ModelSignature;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.binding.GraphBinding;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores a graph that somebody else made by loops in Java. A batch with whole numbers that no
 * double holds is left to another engine, which is opened when the first comes. Thread-safe.
 */
public final class ImportedKernel implements Scorer {
  private final KernelScorer kernel;
  private final InputGuard guard;
  private final Supplier<Scorer> opening;
  private @Nullable Scorer other;
  private boolean closed;

  private ImportedKernel(KernelScorer kernel, InputGuard guard, Supplier<Scorer> opening) {
    this.kernel = kernel;
    this.guard = guard;
    this.opening = opening;
  }

  /**
   * Compiles a graph.
   *
   * @param graph the bytes of the file
   * @param opening opens the other engine
   * @throws NotCovered if the kernels do not do what the graph does
   */
  public static ImportedKernel compile(
      byte[] graph, GraphBinding binding, ModelSignature signature, Supplier<Scorer> opening)
      throws NotCovered {
    Program program;
    try {
      program = ImportedGraph.compile(graph, binding);
    } catch (ArithmeticException | IndexOutOfBoundsException e) {
      NotCovered odd = new NotCovered("a graph that makes no sense to it");
      odd.initCause(e);
      throw odd;
    }
    return new ImportedKernel(
        new KernelScorer(program, binding.width(), Set.of()),
        new InputGuard(binding, signature),
        opening);
  }

  @Override
  public int width() {
    return kernel.width();
  }

  @Override
  public String engine() {
    return kernel.engine();
  }

  @Override
  public void score(FeatureBatch features, PredictionBatch predictions) {
    score(features, predictions, Cancellation.NEVER);
  }

  @Override
  public void score(FeatureBatch features, PredictionBatch predictions, Cancellation cancellation) {
    Scorer scorer = guard.check(features) ? kernel : other();
    scorer.score(features, predictions, cancellation);
  }

  private synchronized Scorer other() {
    if (closed) {
      throw new IllegalStateException("the scorer is closed");
    }
    Scorer open = other;
    if (open == null) {
      open = opening.get();
      other = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    closed = true;
    kernel.close();
    if (other != null) {
      other.close();
    }
  }
}
