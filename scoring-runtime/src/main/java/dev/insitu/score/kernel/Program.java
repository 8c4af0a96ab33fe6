package dev.insitu.score.kernel;

import dev.insitu.onnx.EdgeSplit;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Loops in order, and where the scores are behind them. Immutable; frames are not. */
final class Program {
  private static final long MOST_NUMBERS = 1 << 20;

  private final Intake intake;
  private final Step[] steps;
  private final int[] scores;
  private final int slots;
  private final List<Sink> sinks;

  /**
   * Makes a program.
   *
   * @param scores the slot of each score
   * @param slots how many slots a frame needs
   * @param sinks what writes the answers that are no scores
   */
  Program(Intake intake, List<Step> steps, int[] scores, int slots, List<Sink> sinks) {
    this.intake = intake;
    this.steps = steps.toArray(new Step[0]);
    this.scores = scores;
    this.slots = slots;
    this.sinks = List.copyOf(sinks);
  }

  /**
   * Makes a frame.
   *
   * @param rows how many rows it is to have; of many columns it gets fewer
   */
  Frame frame(int rows) {
    long columns = slots;
    for (EdgeSplit.WordInput words : intake.words()) {
      columns += words.words().width();
    }
    for (Step step : steps) {
      columns += step.numbers();
    }
    int most = rows;
    while (most > TreeTable.TOGETHER && columns * most > MOST_NUMBERS) {
      most /= 2;
    }
    return new Frame(intake, slots, steps.length, most);
  }

  /**
   * Scores all rows of a batch.
   *
   * @throws CancellationException if it was cancelled
   */
  void run(
      Frame frame, FeatureBatch features, PredictionBatch predictions, Cancellation cancellation) {
    int rows = features.rows();
    int width = scores.length;
    double[] target = predictions.scores();
    for (int first = 0; first < rows; first += frame.rows) {
      if (cancellation.isCancelled()) {
        throw new CancellationException();
      }
      int count = Math.min(frame.rows, rows - first);
      frame.load(features, first, count);
      for (Step step : steps) {
        step.run(frame, count);
      }
      for (int k = 0; k < width; k++) {
        double[] column = frame.columns[scores[k]];
        int offset = frame.offsets[scores[k]];
        for (int row = 0; row < count; row++) {
          target[(first + row) * width + k] = column[offset + row];
        }
      }
      for (Sink sink : sinks) {
        sink.write(frame, first, count, predictions);
      }
    }
    frame.unload();
  }
}
