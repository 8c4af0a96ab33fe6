package dev.insitu.train;

import dev.insitu.model.Task;
import java.util.Optional;

/** An algorithm: learns from prepared rows. Immutable. */
public interface Trainer {
  /**
   * Learns.
   *
   * @param task what to predict, its classes known
   * @param training the rows to learn from
   * @param heldOut rows to watch for early stopping and the evaluation loss, if any were kept back
   * @param progress told after each step; asks whether to stop
   * @throws dev.insitu.error.MlException TRAINING_FAILED, TOO_LARGE
   * @throws java.util.concurrent.CancellationException when {@link Progress#step} says that the
   *     user cancelled
   */
  FittedModel train(
      Task task, PreparedRows training, Optional<PreparedRows> heldOut, Progress progress);
}
