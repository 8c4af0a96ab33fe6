package dev.insitu.evaluate;

import dev.insitu.model.Evaluation;
import dev.insitu.model.Metric;
import java.util.Arrays;
import java.util.List;

/**
 * Metrics of a regression, defined as in scikit-learn 1.5.2.
 *
 * <p>With a constant label, R² and explained variance are 1 if the predictions are perfect, else 0;
 * R² of fewer than two rows is NaN; the squared log error is NaN if a label or prediction is
 * negative.
 */
final class RegressionEvaluator implements Evaluator {
  private final Reservoir absoluteErrors = new Reservoir(1);
  private final Moments labels = new Moments();
  private final Moments errors = new Moments();
  private long rows;
  private long skipped;
  private double absolute;
  private double squared;
  private double squaredLog;
  private boolean negative;

  @Override
  public void add(double[] scores, int offset, double label) {
    if (Double.isNaN(label)) {
      skipped++;
      return;
    }
    double predicted = scores[offset];
    double error = label - predicted;
    rows++;
    labels.add(label);
    errors.add(error);
    absolute += Math.abs(error);
    squared += error * error;
    if (label < 0 || predicted < 0) {
      negative = true;
    } else {
      double logError = Math.log1p(label) - Math.log1p(predicted);
      squaredLog += logError * logError;
    }
    int place = absoluteErrors.next();
    if (place >= 0) {
      absoluteErrors.values()[place] = Math.abs(error);
    }
  }

  @Override
  public Evaluation finish() {
    List<Metric> metrics =
        List.of(
            new Metric("mean_absolute_error", absolute / rows),
            new Metric("mean_squared_error", squared / rows),
            new Metric("mean_squared_log_error", negative ? Double.NaN : squaredLog / rows),
            new Metric("median_absolute_error", median()),
            new Metric("r2_score", rows < 2 ? Double.NaN : explained(squared)),
            new Metric("explained_variance", rows < 1 ? Double.NaN : explained(errors.squares())));
    return new Evaluation(rows, skipped, metrics, List.of(), List.of());
  }

  /** Returns one minus the share of the labels' sum of squares that is left. */
  private double explained(double left) {
    double all = labels.squares();
    if (all == 0) {
      return left == 0 ? 1 : 0;
    }
    return 1 - left / all;
  }

  private double median() {
    int count = absoluteErrors.rows();
    if (count == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(absoluteErrors.values(), count);
    Arrays.sort(sorted);
    double upper = sorted[count / 2];
    // NaN sorts last: one NaN error makes the median NaN, as in NumPy.
    if (Double.isNaN(sorted[count - 1])) {
      return Double.NaN;
    }
    return count % 2 == 1 ? upper : (sorted[count / 2 - 1] + upper) / 2;
  }

  /**
   * Sum of squared deviations from the mean, updated as by Welford (1962) over the distances to the
   * first value, so that a large common offset costs no digits.
   */
  private static final class Moments {
    private long count;
    private double first;
    private double mean;
    private double squares;

    void add(double number) {
      first = count == 0 ? number : first;
      double value = number - first;
      count++;
      double delta = value - mean;
      mean += delta / count;
      squares += delta * (value - mean);
    }

    double squares() {
      return squares;
    }
  }
}
