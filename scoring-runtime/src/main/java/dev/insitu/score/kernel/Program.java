package dev.insitu.score.kernel;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.onnx.EdgeSplit;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Loops in order, and where the scores are behind them. Immutable; frames are not. */
final class Program {
  /** So many rows go through the loops at once: fewer, and what is around the loops costs more. */
  static final int LARGE = 1024;

  private static final long MOST_NUMBERS = 1 << 20;

  private final Intake intake;
  private final Step[] steps;
  private final int scratches;
  private final int[] scores;
  private final int slots;
  private final BitSet numbersRead;
  private final List<Sink> sinks;
  private final long millis;

  /**
   * Makes a program.
   *
   * @param scores the slot of each score
   * @param slots how many slots a frame needs
   * @param numbersRead the slots of inputs that are read
   * @param sinks what writes the answers that are no scores
   * @param millis how long a block may take; 0 without limit
   */
  Program(
      Intake intake,
      List<Step> steps,
      int[] scores,
      int slots,
      BitSet numbersRead,
      List<Sink> sinks,
      long millis) {
    this.intake = intake;
    this.steps = PreparedStep.joined(steps).toArray(new Step[0]);
    this.scratches = Step.SCRATCHES * steps.size();
    this.scores = scores;
    this.slots = slots;
    this.numbersRead = numbersRead;
    this.sinks = List.copyOf(sinks);
    this.millis = millis;
  }

  /** Returns whether nothing depends on an input. */
  boolean isUnused(int input) {
    int slot = intake.numbers().indexOf(input);
    return !(slot >= 0 && numbersRead.get(slot))
        && intake.codes().stream().noneMatch(code -> code.input() == input)
        && intake.words().stream().noneMatch(word -> word.input() == input);
  }

  /** Returns how much memory a frame for many rows takes, about. */
  long frameBytes() {
    return 8 * Math.min(columns() * LARGE, Math.max(MOST_NUMBERS, columns() * TreeTable.TOGETHER));
  }

  private long columns() {
    long columns = slots;
    for (EdgeSplit.WordInput words : intake.words()) {
      columns += words.words().width();
    }
    for (Step step : steps) {
      columns += step.numbers();
    }
    return columns;
  }

  /**
   * Makes a frame.
   *
   * @param rows how many rows it is to have; of many columns it gets fewer
   */
  Frame frame(int rows) {
    long columns = columns();
    int most = rows;
    while (most > TreeTable.TOGETHER && columns * most > MOST_NUMBERS) {
      most /= 2;
    }
    return new Frame(intake, slots, scratches, most);
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
      run(frame, count);
      for (int k = 0; k < width; k++) {
        double[] column = frame.columns[scores[k]];
        int offset = frame.offsets[scores[k]];
        if (width == 1) {
          System.arraycopy(column, offset, target, first, count);
          continue;
        }
        for (int row = 0; row < count; row++) {
          target[(first + row) * width + k] = column[offset + row];
        }
      }
      for (Sink sink : sinks) {
        sink.write(frame, first, count, predictions);
      }
    }
    frame.unload(features);
  }

  /** A few rows are looked at when they are done, many between two loops, as ONNX Runtime does. */
  private void run(Frame frame, int rows) {
    long start = millis == 0 ? 0 : System.nanoTime();
    for (Step step : steps) {
      step.run(frame, rows);
      if (rows > TreeTable.TOGETHER) {
        requireTime(start);
      }
    }
    requireTime(start);
  }

  private void requireTime(long start) {
    if (millis > 0 && System.nanoTime() - start > millis * 1_000_000) {
      throw MlException.of(ErrorCode.SCORING_LIMIT, "one run took more than " + millis + " ms")
          .withHint("The option max_run_seconds allows more.");
    }
  }
}
