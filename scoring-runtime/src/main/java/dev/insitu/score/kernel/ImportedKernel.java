package dev.insitu.score.kernel;

import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.NullRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        new KernelScorer(program, binding.width(), unused(program, binding, signature)),
        new InputGuard(binding, signature),
        opening);
  }

  /**
   * Makes rows by which a kernel of a graph is told from one that answers otherwise: what it
   * compares with and what is beside it, what it knows, NULL and infinity.
   *
   * @return a batch for each; none if the kernels do not do what the graph does
   */
  public static List<FeatureBatch> probes(
      byte[] graph, GraphBinding binding, ModelSignature signature, int count) {
    try {
      return ImportedGraph.probes(graph, binding, signature).rows(count);
    } catch (NotCovered | ArithmeticException | IndexOutOfBoundsException e) {
      return List.of();
    }
  }

  /** Inputs on which nothing depends, and whose values are checked for nothing. */
  private static Set<Integer> unused(
      Program program, GraphBinding binding, ModelSignature signature) {
    Set<Integer> checked = new HashSet<>();
    for (InputBinding input : binding.inputs()) {
      for (int column : input.columns()) {
        boolean real =
            input.carrier() == Carrier.TEXT
                || (input instanceof InputBinding.Columns columns
                    && columns.element().family() == Element.Family.REAL);
        if (!real || binding.nulls().get(column).kind() == NullRule.Kind.REFUSED) {
          checked.add(column);
        }
      }
    }
    return IntStream.range(0, signature.inputs().size())
        .filter(input -> !checked.contains(input) && program.isUnused(input))
        .boxed()
        .collect(Collectors.toSet());
  }

  @Override
  public Set<Integer> unusedInputs() {
    return kernel.unusedInputs();
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
