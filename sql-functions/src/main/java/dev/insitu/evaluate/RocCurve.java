package dev.insitu.evaluate;

import dev.insitu.model.RocPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The scores of positive and of negative rows, each ascending: all that the ROC depends on.
 * Confined to one thread.
 */
final class RocCurve {
  static final int MAX_POINTS = 100;

  private final double[] positive;
  private final double[] negative;

  /** Sorts both arrays. */
  RocCurve(double[] positive, double[] negative) {
    Arrays.sort(positive);
    Arrays.sort(negative);
    this.positive = positive;
    this.negative = negative;
  }

  /**
   * Returns the area under the curve: the share of pairs of a positive and a negative row in which
   * the positive one has the higher score, equal scores counting one half (Mann and Whitney 1947;
   * Hanley and McNeil 1982). NaN if either kind of row is missing or a score is NaN.
   */
  double area() {
    if (positive.length == 0
        || negative.length == 0
        || Double.isNaN(positive[positive.length - 1])
        || Double.isNaN(negative[negative.length - 1])) {
      return Double.NaN;
    }
    double pairs = 0;
    int below = 0;
    int upTo = 0;
    for (double score : positive) {
      while (below < negative.length && negative[below] < score) {
        below++;
      }
      upTo = Math.max(upTo, below);
      while (upTo < negative.length && negative[upTo] <= score) {
        upTo++;
      }
      pairs += below + 0.5 * (upTo - below);
    }
    return pairs / ((double) positive.length * negative.length);
  }

  /**
   * Returns points at descending thresholds.
   *
   * @param wanted the thresholds; empty: the scores that occur, if more than 100 then 100 of them
   *     at equal numbers of rows, largest and smallest included
   * @param scale what the counts are multiplied by, if the rows are a sample
   */
  List<RocPoint> points(List<Double> wanted, double scale) {
    double[] thresholds =
        wanted.isEmpty()
            ? ownThresholds()
            : wanted.stream().mapToDouble(Double::doubleValue).sorted().distinct().toArray();
    List<RocPoint> points = new ArrayList<>();
    for (int i = thresholds.length - 1; i >= 0; i--) {
      points.add(point(thresholds[i], scale));
    }
    return points;
  }

  private RocPoint point(double threshold, double scale) {
    long truePositives = positive.length - firstAtLeast(positive, threshold);
    long falsePositives = negative.length - firstAtLeast(negative, threshold);
    return new RocPoint(
        threshold,
        positive.length == 0 ? Double.NaN : (double) truePositives / positive.length,
        negative.length == 0 ? Double.NaN : (double) falsePositives / negative.length,
        Math.round(truePositives * scale),
        Math.round(falsePositives * scale),
        Math.round((negative.length - falsePositives) * scale),
        Math.round((positive.length - truePositives) * scale));
  }

  private double[] ownThresholds() {
    double[] all = Arrays.copyOf(positive, positive.length + negative.length);
    System.arraycopy(negative, 0, all, positive.length, negative.length);
    double[] scores = Arrays.stream(all).filter(score -> !Double.isNaN(score)).sorted().toArray();
    double[] distinct = Arrays.stream(scores).distinct().toArray();
    if (distinct.length <= MAX_POINTS) {
      return distinct;
    }
    double[] chosen = new double[MAX_POINTS];
    for (int i = 0; i < MAX_POINTS; i++) {
      chosen[i] = scores[(int) ((long) i * (scores.length - 1) / (MAX_POINTS - 1))];
    }
    return Arrays.stream(chosen).distinct().toArray();
  }

  private static int firstAtLeast(double[] sorted, double threshold) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < threshold) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
