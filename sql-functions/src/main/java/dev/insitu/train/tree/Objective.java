package dev.insitu.train.tree;

import dev.insitu.model.Task;
import dev.insitu.train.PreparedRows;

/**
 * What boosting minimises over some rows: squared error, logistic loss or softmax loss, of margins
 * that stand by group. Confined to one thread.
 */
abstract sealed class Objective {
  private static final double LEAST_PROBABILITY = 1e-15;

  final double[] labels;
  final double[] weights;
  private final double weight;

  private Objective(PreparedRows rows, double offset) {
    this.labels = new double[rows.rows()];
    this.weights = new double[rows.rows()];
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      labels[row] = rows.label(row) - offset;
      weights[row] = rows.weight(row);
      sum += weights[row];
    }
    this.weight = sum;
  }

  /**
   * Returns the objective of a task.
   *
   * @param base what the margins of a regression or of two classes begin with
   */
  static Objective of(Task task, PreparedRows rows, double base) {
    if (!(task instanceof Task.Classification classification)) {
      return new SquaredError(rows, base);
    }
    int classes = classification.classes().size();
    return classes == 2 ? new Logistic(rows, base) : new Softmax(rows, classes);
  }

  /** Returns how many margins a row has. */
  abstract int groups();

  /** Returns the largest hessian of a row of weight 1. */
  abstract double largestHessian();

  /** Returns whether no gradient of a row of weight 1 is larger than 1. */
  boolean isBounded() {
    return true;
  }

  /**
   * Returns the mean loss at some margins, and remembers what {@link #gradients} needs.
   *
   * @param margins by group, then by row
   */
  final double loss(double[][] margins) {
    double loss = sumOfLosses(margins);
    return weight > 0 ? loss / weight : 0;
  }

  abstract double sumOfLosses(double[][] margins);

  /**
   * Writes the derivatives for a group at the margins that {@link #loss} saw last; those of the
   * groups before it may have changed.
   */
  abstract void gradients(double[][] margins, int group, Gradients target);

  /**
   * Sums weighted logarithms of probabilities. Those of equal weight are multiplied first: a
   * logarithm costs as much as twenty products.
   */
  private static final class LogSum {
    private static final double SMALL = 1e-270;

    private double sum;
    private double weight = 1;
    private double product = 1;

    void add(double rowWeight, double probability) {
      if (rowWeight != weight || product < SMALL) {
        flush();
        weight = rowWeight;
      }
      product *= Math.max(LEAST_PROBABILITY, probability);
    }

    private void flush() {
      sum += weight * Math.log(product);
      product = 1;
    }

    double negative() {
      flush();
      return -sum;
    }
  }

  private static final class SquaredError extends Objective {
    SquaredError(PreparedRows rows, double offset) {
      super(rows, offset);
    }

    @Override
    int groups() {
      return 1;
    }

    @Override
    double largestHessian() {
      return 1;
    }

    @Override
    boolean isBounded() {
      return false;
    }

    @Override
    double sumOfLosses(double[][] margins) {
      double sum = 0;
      for (int row = 0; row < labels.length; row++) {
        double difference = labels[row] - margins[0][row];
        sum += weights[row] * difference * difference;
      }
      return sum;
    }

    @Override
    void gradients(double[][] margins, int group, Gradients target) {
      for (int row = 0; row < labels.length; row++) {
        target.set(row, 1, labels[row] - margins[0][row]);
      }
    }
  }

  private static final class Logistic extends Objective {
    private final double base;
    private final double[] probabilities;

    Logistic(PreparedRows rows, double base) {
      super(rows, 0);
      this.base = base;
      this.probabilities = new double[rows.rows()];
    }

    @Override
    int groups() {
      return 1;
    }

    @Override
    double largestHessian() {
      return 0.25;
    }

    @Override
    double sumOfLosses(double[][] margins) {
      LogSum losses = new LogSum();
      double[] group = margins[0];
      for (int row = 0; row < labels.length; row++) {
        double p = 1 / (1 + Math.exp(-base - group[row]));
        probabilities[row] = p;
        losses.add(weights[row], labels[row] == 1 ? p : 1 - p);
      }
      return losses.negative();
    }

    @Override
    void gradients(double[][] margins, int group, Gradients target) {
      for (int row = 0; row < labels.length; row++) {
        double p = probabilities[row];
        target.set(row, p * (1 - p), labels[row] - p);
      }
    }
  }

  private static final class Softmax extends Objective {
    private final int classes;

    /** The logarithm of the sum of the exponentials of a row's margins. */
    private final double[] logSums;

    Softmax(PreparedRows rows, int classes) {
      super(rows, 0);
      this.classes = classes;
      this.logSums = new double[rows.rows()];
    }

    @Override
    int groups() {
      return classes;
    }

    @Override
    double largestHessian() {
      return 0.5;
    }

    @Override
    double sumOfLosses(double[][] margins) {
      double least = Math.log(LEAST_PROBABILITY);
      double sum = 0;
      for (int row = 0; row < labels.length; row++) {
        double largest = margins[0][row];
        for (int k = 1; k < classes; k++) {
          largest = Math.max(largest, margins[k][row]);
        }
        double exponentials = 0;
        for (int k = 0; k < classes; k++) {
          exponentials += Math.exp(margins[k][row] - largest);
        }
        logSums[row] = largest + Math.log(exponentials);
        double logarithm = margins[(int) labels[row]][row] - logSums[row];
        sum -= weights[row] * Math.max(least, logarithm);
      }
      return sum;
    }

    /** {@inheritDoc} The hessian is twice the diagonal, as XGBoost's. */
    @Override
    void gradients(double[][] margins, int group, Gradients target) {
      for (int row = 0; row < labels.length; row++) {
        double p = Math.exp(margins[group][row] - logSums[row]);
        target.set(row, 2 * p * (1 - p), (labels[row] == group ? 1 : 0) - p);
      }
    }
  }
}
