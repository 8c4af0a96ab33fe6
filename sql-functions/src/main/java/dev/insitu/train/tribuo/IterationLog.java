package dev.insitu.train.tribuo;

import dev.insitu.model.TrainingIteration;
import dev.insitu.train.PreparedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleBiFunction;

/**
 * The course of a training: the mean loss after each step, on the training rows and on those held
 * out. Confined to one thread.
 */
final class IterationLog {
  private final List<TrainingIteration> iterations = new ArrayList<>();
  private final PreparedRows training;
  private final Optional<PreparedRows> heldOut;
  private final ToDoubleBiFunction<PreparedRows, List<Coefficients>> loss;
  private long last = System.nanoTime();

  /**
   * Starts the clock.
   *
   * @param loss the mean loss of scores over rows
   */
  IterationLog(
      PreparedRows training,
      Optional<PreparedRows> heldOut,
      ToDoubleBiFunction<PreparedRows, List<Coefficients>> loss) {
    this.training = training;
    this.heldOut = heldOut;
    this.loss = loss;
  }

  void add(Coefficients scores) {
    add(loss.applyAsDouble(training, List.of(scores)), List.of(scores));
  }

  void add(double trainingLoss, List<Coefficients> scores) {
    Double evalLoss =
        heldOut.isPresent() && heldOut.get().rows() > 0
            ? loss.applyAsDouble(heldOut.get(), scores)
            : null;
    long now = System.nanoTime();
    iterations.add(
        new TrainingIteration(
            iterations.size(),
            trainingLoss,
            evalLoss,
            null,
            TimeUnit.NANOSECONDS.toMillis(now - last)));
    last = now;
  }

  List<TrainingIteration> iterations() {
    return List.copyOf(iterations);
  }
}
