package dev.insitu.score;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model version made ready to answer, in some engine. Thread-safe: one scorer serves all
 * sessions. Closed by the {@code ScorerCache} when its version is dropped or evicted and no batch
 * is under way.
 */
public interface Scorer extends AutoCloseable {
  /** Returns the number of scores a row (see {@link PredictionBatch}). */
  int width();

  /**
   * Returns the engine, as {@code EXPLAIN} and {@code DESCRIBE} show it: {@code ONNX Runtime
   * 1.28.0}.
   */
  String engine();

  /**
   * Returns the positions of the inputs that no score depends on: whatever is in them, the scores
   * are the same bit for bit.
   */
  default Set<Integer> unusedInputs() {
    return Set.of();
  }

  /**
   * Returns what this scorer has answered for blocks of rows that do not change; null if nothing is
   * kept.
   *
   * @param columns which columns of the blocks' rows feed the inputs: part of what was asked
   */
  default @Nullable ScoreMemo memo(List<Integer> columns) {
    return null;
  }

  /**
   * Scores a batch.
   *
   * @param features the inputs in signature order
   * @param predictions receives one row per input row, same order; must have this scorer's width
   *     and at least as much capacity
   * @throws dev.insitu.error.MlException ENGINE
   */
  void score(FeatureBatch features, PredictionBatch predictions);

  /**
   * Scores a batch, and stops if it is cancelled meanwhile and the engine can stop.
   *
   * @throws dev.insitu.error.MlException ENGINE, SCORING_LIMIT
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  default void score(
      FeatureBatch features, PredictionBatch predictions, Cancellation cancellation) {
    score(features, predictions);
  }

  @Override
  void close();
}
