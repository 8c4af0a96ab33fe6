package dev.insitu.train.tribuo;

import dev.insitu.train.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Minimises {@code sum of weight * log loss + l1 * ||w||_1 + l2 / 2 * ||w||^2} by Newton's method
 * with a line search: of two classes one score and full steps (iteratively re-weighted least
 * squares: Hastie, Tibshirani, Friedman, ESL, 4.4.1), of more classes one score each and cyclic
 * steps over the classes (glmnet: Friedman, Hastie, Tibshirani 2010, section 4). With {@code l1}
 * each step's quadratic is minimised by coordinate descent. Deterministic. Confined to one thread.
 */
final class LogisticNewton {
  private static final double ARMIJO = 1e-4;
  private static final int MAX_HALVINGS = 40;
  private static final int MAX_SWEEPS = 2000;

  /** From this cycle on, the curvature of a class is renewed only every so many cycles. */
  private static final int FRESH_CYCLES = 4;

  private static final int CURVATURE_AGE = 4;

  /** Many classes of many features do not keep their curvature. */
  private static final long MAX_CURVATURE_BYTES = 64L << 20;

  private final SparseRows rows;
  private final int scores;
  private final boolean intercept;
  private final double l1;
  private final double l2;
  private final Progress progress;
  private final double[][] weights;
  private final double[][] z;
  private final double[] logSum;
  private final double[][][] curvature;
  private final boolean keeps;

  LogisticNewton(
      SparseRows rows, int classes, boolean intercept, double l1, double l2, Progress progress) {
    this.rows = rows;
    this.scores = classes == 2 ? 1 : classes;
    this.intercept = intercept;
    this.l1 = l1;
    this.l2 = l2;
    this.progress = progress;
    this.weights = new double[scores][rows.width + 1];
    this.z = new double[scores][rows.rows];
    this.logSum = new double[rows.rows];
    this.curvature = new double[scores][][];
    this.keeps = 8L * scores * (rows.width + 1) * (rows.width + 1) <= MAX_CURVATURE_BYTES;
  }

  /** Runs until the objective falls by less than {@code tolerance} of itself. */
  List<Coefficients> solve(long maxIterations, double tolerance, IterationLog log) {
    normalize();
    double objective = logLoss() + penalty();
    double total = Arrays.stream(rows.weights).sum();
    for (int iteration = 0; iteration < maxIterations; iteration++) {
      for (int k = 0; k < scores; k++) {
        progress.step("training", (long) iteration * scores + k, maxIterations * scores);
        step(k, iteration);
      }
      if (scores > 1) {
        centre();
      }
      double loss = logLoss();
      double next = loss + penalty();
      if (!(next < Double.MAX_VALUE)) {
        throw new ArithmeticException("the loss is not finite");
      }
      log.add(loss / total, coefficients());
      double gain = objective - next;
      objective = next;
      if (gain <= tolerance * Math.abs(next) || loss / total < 1e-10) {
        break;
      }
    }
    return coefficients();
  }

  private void step(int k, int iteration) {
    int width = rows.width + 1;
    boolean fresh = !keeps || iteration < FRESH_CYCLES || iteration % CURVATURE_AGE == 0;
    if (fresh) {
      Arrays.fill(curvature, keeps ? k : 0, keeps ? k + 1 : scores, null); // free before taking
      curvature[k] = new double[width][width];
    }
    double[] gradient = new double[width];
    double[][] hessian = curvature[k];
    for (int row = 0; row < rows.rows; row++) {
      double p = probability(k, row);
      double error = rows.weights[row] * (p - target(k, row));
      rows.add(row, error, gradient);
      gradient[rows.width] += error;
      if (fresh) {
        double h = rows.weights[row] * p * (1 - p);
        rows.addOuter(row, h, hessian);
        rows.add(row, h, hessian[rows.width]);
        hessian[rows.width][rows.width] += h;
      }
    }
    if (fresh) {
      SymmetricSystem.mirror(hessian);
    }
    if (!intercept) {
      gradient[rows.width] = 0;
      for (int j = 0; j < width; j++) {
        hessian[rows.width][j] = 0;
        hessian[j][rows.width] = 0;
      }
    }
    search(k, l1 > 0 ? lassoDirection(k, gradient) : ridgeDirection(k, gradient), gradient);
  }

  private double[] ridgeDirection(int k, double[] gradient) {
    int width = gradient.length;
    double[][] system = new double[width][];
    double[] right = new double[width];
    for (int j = 0; j < width; j++) {
      system[j] = curvature[k][j].clone();
      boolean penalized = j < rows.width;
      system[j][j] += penalized ? l2 : intercept ? 0 : 1;
      right[j] = -gradient[j] - (penalized ? l2 * weights[k][j] : 0);
    }
    return SymmetricSystem.of(system).solve(right);
  }

  private double[] lassoDirection(int k, double[] gradient) {
    int width = gradient.length;
    double[] right = new double[width];
    for (int i = 0; i < width; i++) {
      right[i] = -gradient[i];
      for (int j = 0; j < width; j++) {
        right[i] += curvature[k][i][j] * weights[k][j];
      }
    }
    CoordinateDescent descent = new CoordinateDescent(curvature[k], right, l1, l2, 1, weights[k]);
    double first = descent.sweep();
    for (int sweep = 1; sweep < MAX_SWEEPS; sweep++) {
      if (descent.sweep() <= 1e-14 * first) {
        break;
      }
    }
    double[] direction = descent.solution();
    for (int j = 0; j < width; j++) {
      direction[j] -= weights[k][j];
    }
    return direction;
  }

  /** Goes along a direction as far as the objective falls enough (Armijo 1966). */
  private void search(int k, double[] direction, double[] gradient) {
    double slope = 0;
    for (int j = 0; j < direction.length; j++) {
      slope += gradient[j] * direction[j];
    }
    double[] start = weights[k].clone();
    double before = penaltyOf(start);
    for (int j = 0; j < rows.width; j++) {
      slope += l2 * start[j] * direction[j];
      slope += l1 * (Math.abs(start[j] + direction[j]) - Math.abs(start[j]));
    }
    if (slope >= 0) {
      return; // at the optimum, as far as rounding shows
    }
    double[] along = new double[rows.rows];
    for (int row = 0; row < rows.rows; row++) {
      along[row] = rows.dot(row, direction) + direction[rows.width];
    }
    double length = 1;
    for (int halving = 0; halving < MAX_HALVINGS; halving++, length /= 2) {
      for (int j = 0; j < start.length; j++) {
        weights[k][j] = start[j] + length * direction[j];
      }
      double change = penaltyOf(weights[k]) - before + lossChange(k, along, length);
      if (change <= ARMIJO * length * slope) {
        for (int row = 0; row < rows.rows; row++) {
          z[k][row] += length * along[row];
        }
        normalize();
        return;
      }
    }
    weights[k] = start;
  }

  /** Returns by how much the log loss rises when score k of each row moves along. */
  private double lossChange(int k, double[] along, double length) {
    double sum = 0;
    for (int row = 0; row < rows.rows; row++) {
      double move = length * along[row];
      // log(sum of e^z) after the move, without the other classes' scores: 1 + p (e^move - 1).
      double logged;
      if (scores == 1) {
        logged = softPlus(z[0][row] + move) - logSum[row];
      } else {
        double p = probability(k, row);
        logged =
            move > 1
                ? move + Math.log(p + (1 - p) * Math.exp(-move))
                : Math.log1p(p * Math.expm1(move));
      }
      sum += rows.weights[row] * (logged - target(k, row) * move);
    }
    return sum;
  }

  private void normalize() {
    for (int row = 0; row < rows.rows; row++) {
      if (scores == 1) {
        logSum[row] = softPlus(z[0][row]);
      } else {
        double largest = z[0][row];
        for (int k = 1; k < scores; k++) {
          largest = Math.max(largest, z[k][row]);
        }
        double sum = 0;
        for (int k = 0; k < scores; k++) {
          sum += Math.exp(z[k][row] - largest);
        }
        logSum[row] = largest + Math.log(sum);
      }
    }
  }

  private double probability(int k, int row) {
    return Math.exp(z[k][row] - logSum[row]);
  }

  private double target(int k, int row) {
    return rows.labels[row] == (scores == 1 ? 1 : k) ? 1 : 0;
  }

  private static double softPlus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private double logLoss() {
    double sum = 0;
    for (int row = 0; row < rows.rows; row++) {
      double score =
          scores > 1 ? z[(int) rows.labels[row]][row] : rows.labels[row] == 1 ? z[0][row] : 0;
      sum += rows.weights[row] * (logSum[row] - score);
    }
    return sum;
  }

  private double penalty() {
    return Arrays.stream(weights).mapToDouble(this::penaltyOf).sum();
  }

  private double penaltyOf(double[] vector) {
    double sum = 0;
    for (int j = 0; j < rows.width; j++) {
      sum += l1 * Math.abs(vector[j]) + l2 / 2 * vector[j] * vector[j];
    }
    return sum;
  }

  /** Moves each feature's weights together to where their penalty is least; no score changes. */
  private void centre() {
    double[] of = new double[scores];
    double[] move = new double[rows.width + 1];
    for (int j = 0; j <= rows.width; j++) {
      for (int k = 0; k < scores; k++) {
        of[k] = weights[k][j];
      }
      move[j] = j == rows.width || l1 == 0 ? mean(of) : middle(of);
      for (int k = 0; k < scores; k++) {
        weights[k][j] -= move[j];
      }
    }
    // All scores of a row fell by the same amount.
    for (int row = 0; row < rows.rows; row++) {
      double fall = rows.dot(row, move) + move[rows.width];
      for (int k = 0; k < scores; k++) {
        z[k][row] -= fall;
      }
      logSum[row] -= fall;
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /** Returns the c with the least penalty of {@code values - c}: at a value or between two. */
  private double middle(double[] values) {
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    int count = values.length;
    double mean = mean(values);
    for (int i = 0; i < count + (l2 > 0 ? count + 1 : 0); i++) {
      double c = i < count ? values[i] : mean - l1 * (count - 2.0 * (i - count)) / (count * l2);
      double sum = 0;
      for (double value : values) {
        sum += l1 * Math.abs(value - c) + l2 / 2 * (value - c) * (value - c);
      }
      if (sum < least) {
        least = sum;
        best = c;
      }
    }
    return best;
  }

  private List<Coefficients> coefficients() {
    List<Coefficients> all = new ArrayList<>();
    for (double[] vector : weights) {
      double[] features = Arrays.copyOf(vector, rows.width);
      all.add(
          intercept
              ? Coefficients.unshifted(features, vector[rows.width], rows.shift)
              : new Coefficients(features, 0));
    }
    return all;
  }
}
