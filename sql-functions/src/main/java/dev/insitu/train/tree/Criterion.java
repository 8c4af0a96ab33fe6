package dev.insitu.train.tree;

import dev.insitu.train.PreparedRows;
import org.jspecify.annotations.Nullable;

/**
 * What splits are judged by and what a leaf says: statistics of sets of rows, side by side in one
 * array. The gain of a split is by how much {@code |G|^2 / (W + l2)} rises, W being the weight of
 * the rows and G the sum of the differences of their labels (numbers, or the indicators of the
 * classes) to the mean of all; without regularisation that is the fall of the squared error or of
 * Gini's impurity (Breiman, Friedman, Olshen, Stone, Classification and Regression Trees, 1984).
 * Confined to one thread.
 */
abstract sealed class Criterion
    permits Criterion.OfNumbers, Criterion.OfClasses, GradientCriterion {
  final double minChildWeight;
  final double l1;
  final double l2;
  final double @Nullable [] weights;
  final double[] nodeWeights;

  Criterion(TreeSettings settings, double @Nullable [] weights, int rows) {
    this.minChildWeight = settings.minChildWeight();
    this.l1 = settings.l1();
    this.l2 = settings.l2();
    this.weights = weights;
    this.nodeWeights = new double[weights == null ? 0 : rows];
  }

  /** Returns the criterion of numbers ({@code classes} 0) or classes. */
  static Criterion of(TreeSettings settings, PreparedRows rows, int classes) {
    double[] weights = new double[rows.rows()];
    boolean differ = false;
    for (int row = 0; row < weights.length; row++) {
      weights[row] = rows.weight(row);
      differ |= weights[row] != 1;
    }
    return classes == 0
        ? new OfNumbers(settings, rows, differ ? weights : null)
        : new OfClasses(settings, rows, differ ? weights : null, classes);
  }

  double weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** Returns how many numbers the statistics of a set are. */
  abstract int stride();

  /** Takes the rows of a node over, from {@code first} to {@code last}. */
  final void enter(int[] rows, int first, int last) {
    enterLabels(rows, first, last);
    if (weights != null) {
      for (int i = first; i < last; i++) {
        nodeWeights[i] = weights[rows[i]];
      }
    }
  }

  /** Takes the labels of a node's rows over. */
  abstract void enterLabels(int[] rows, int first, int last);

  /** Returns whether the labels of the node's rows are all equal. */
  abstract boolean isPure(int first, int last);

  /** Adds row number {@code i} of the node to the statistics at {@code at}. */
  abstract void add(double[] statistics, int at, int i);

  /** Adds all rows of the node, each to the statistics of its code. */
  abstract void addAll(double[] statistics, char[] codes, int[] rows, int first, int last);

  /** Returns the weight of a set. */
  abstract double weight(double[] statistics, int at);

  /** Returns the score of a set. */
  abstract double score(double[] statistics);

  /** Returns the scores of a part and of the rest, or minus infinity if one weighs too little. */
  abstract double score(double[] part, double[] total);

  /**
   * Returns what the best split must gain. Differences of rounding do not stop one that gains
   * nothing, which XOR needs at first.
   */
  double leastGain(double minGain, double best, double[] total) {
    return minGain - 1e-12 * (Math.abs(best) + weight(total, 0));
  }

  /** Returns how many numbers a leaf says. */
  abstract int leafWidth();

  /** Writes what a leaf of these rows says. */
  abstract void leaf(double[] statistics, double[] target);

  final double shrunk(double sum) {
    return l1 == 0 ? sum : Math.signum(sum) * Math.max(0, Math.abs(sum) - l1);
  }

  /** Numbers: weight, and sum of the differences to the mean; a leaf says a difference. */
  static final class OfNumbers extends Criterion {
    private final double mean;
    private final double[] differences;
    private final double[] node;

    private OfNumbers(TreeSettings settings, PreparedRows rows, double @Nullable [] weights) {
      super(settings, weights, rows.rows());
      this.differences = new double[rows.rows()];
      this.node = new double[rows.rows()];
      double sum = 0;
      double total = 0;
      for (int row = 0; row < differences.length; row++) {
        sum += weight(row) * rows.label(row);
        total += weight(row);
      }
      this.mean = sum / total;
      for (int row = 0; row < differences.length; row++) {
        differences[row] = rows.label(row) - mean;
      }
    }

    double mean() {
      return mean;
    }

    @Override
    int stride() {
      return 2;
    }

    @Override
    void enterLabels(int[] rows, int first, int last) {
      for (int i = first; i < last; i++) {
        node[i] = differences[rows[i]];
      }
    }

    @Override
    boolean isPure(int first, int last) {
      for (int i = first + 1; i < last; i++) {
        if (node[i] != node[first]) {
          return false;
        }
      }
      return true;
    }

    @Override
    void add(double[] statistics, int at, int i) {
      double weight = weights == null ? 1 : nodeWeights[i];
      statistics[at] += weight;
      statistics[at + 1] += weight * node[i];
    }

    @Override
    void addAll(double[] statistics, char[] codes, int[] rows, int first, int last) {
      if (weights == null) {
        for (int i = first; i < last; i++) {
          int at = codes[rows[i]] * 2;
          statistics[at]++;
          statistics[at + 1] += node[i];
        }
      } else {
        for (int i = first; i < last; i++) {
          add(statistics, codes[rows[i]] * 2, i);
        }
      }
    }

    @Override
    double weight(double[] statistics, int at) {
      return statistics[at];
    }

    @Override
    double score(double[] statistics) {
      return score(statistics[0], statistics[1]);
    }

    private double score(double weight, double sum) {
      double kept = shrunk(sum);
      return kept * kept / (weight + l2);
    }

    @Override
    double score(double[] part, double[] total) {
      double rest = total[0] - part[0];
      return part[0] < minChildWeight || rest < minChildWeight
          ? Double.NEGATIVE_INFINITY
          : score(part[0], part[1]) + score(rest, total[1] - part[1]);
    }

    @Override
    int leafWidth() {
      return 1;
    }

    @Override
    void leaf(double[] statistics, double[] target) {
      target[0] = shrunk(statistics[1]) / (statistics[0] + l2);
    }
  }

  /** Classes: the weight of each; a leaf says their shares, of two the second's alone. */
  static final class OfClasses extends Criterion {
    private final int classes;
    private final double[] priors;
    private final int[] labels;
    private final int[] node;

    private OfClasses(
        TreeSettings settings, PreparedRows rows, double @Nullable [] weights, int classes) {
      super(settings, weights, rows.rows());
      this.classes = classes;
      this.labels = new int[rows.rows()];
      this.node = new int[rows.rows()];
      this.priors = new double[classes];
      double total = 0;
      for (int row = 0; row < labels.length; row++) {
        labels[row] = (int) rows.label(row);
        priors[labels[row]] += weight(row);
        total += weight(row);
      }
      for (int k = 0; k < classes; k++) {
        priors[k] /= total;
      }
    }

    @Override
    int stride() {
      return classes;
    }

    @Override
    void enterLabels(int[] rows, int first, int last) {
      for (int i = first; i < last; i++) {
        node[i] = labels[rows[i]];
      }
    }

    @Override
    boolean isPure(int first, int last) {
      for (int i = first + 1; i < last; i++) {
        if (node[i] != node[first]) {
          return false;
        }
      }
      return true;
    }

    @Override
    void add(double[] statistics, int at, int i) {
      statistics[at + node[i]] += weights == null ? 1 : nodeWeights[i];
    }

    @Override
    void addAll(double[] statistics, char[] codes, int[] rows, int first, int last) {
      if (weights == null) {
        for (int i = first; i < last; i++) {
          statistics[codes[rows[i]] * classes + node[i]]++;
        }
      } else {
        for (int i = first; i < last; i++) {
          statistics[codes[rows[i]] * classes + node[i]] += nodeWeights[i];
        }
      }
    }

    @Override
    double weight(double[] statistics, int at) {
      double sum = statistics[at];
      for (int k = 1; k < classes; k++) {
        sum += statistics[at + k];
      }
      return sum;
    }

    @Override
    double score(double[] statistics) {
      double weight = weight(statistics, 0);
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        double difference = shrunk(statistics[k] - priors[k] * weight);
        sum += difference * difference;
      }
      return sum / (weight + l2);
    }

    @Override
    double score(double[] part, double[] total) {
      double weight = weight(part, 0);
      double rest = weight(total, 0) - weight;
      if (weight < minChildWeight || rest < minChildWeight) {
        return Double.NEGATIVE_INFINITY;
      }
      double sum = 0;
      double restSum = 0;
      for (int k = 0; k < classes; k++) {
        double difference = shrunk(part[k] - priors[k] * weight);
        double restDifference = shrunk(total[k] - part[k] - priors[k] * rest);
        sum += difference * difference;
        restSum += restDifference * restDifference;
      }
      return sum / (weight + l2) + restSum / (rest + l2);
    }

    @Override
    int leafWidth() {
      return classes == 2 ? 1 : classes;
    }

    @Override
    void leaf(double[] statistics, double[] target) {
      double weight = weight(statistics, 0);
      double sum = 0;
      double positive = 0;
      for (int k = 0; k < classes; k++) {
        // Without l1 this is (n + l2 * prior) / (weight + l2), and 1 where there is one class.
        double share =
            l1 == 0
                ? (statistics[k] + l2 * priors[k]) / (weight + l2)
                : Math.max(
                    0, priors[k] + shrunk(statistics[k] - priors[k] * weight) / (weight + l2));
        sum += share;
        positive = share;
        if (classes > 2) {
          target[k] = share;
        }
      }
      if (classes == 2) {
        target[0] = l1 == 0 ? positive : positive / sum;
      } else {
        for (int k = 0; k < classes && l1 > 0; k++) {
          target[k] /= sum;
        }
      }
    }
  }
}
