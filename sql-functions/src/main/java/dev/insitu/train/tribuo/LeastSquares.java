package dev.insitu.train.tribuo;

import dev.insitu.train.Progress;
import java.util.Arrays;

/**
 * Minimises {@code 1/2 * sum of weight * (y - intercept - x w)^2 + l1 * ||w||_1 + l2 / 2 * ||w||^2}
 * by the normal equations: one pass over the rows, whatever their number. Without {@code l1} they
 * are solved directly, with it by coordinate descent. Confined to one thread.
 */
final class LeastSquares {
  private static final int STEP = 16_384;
  private static final double TOLERANCE = 1e-14;
  private static final int DEFAULT_SWEEPS = 20_000;

  private final SparseRows rows;
  private final boolean intercept;
  private final Progress progress;
  private final double[][] squares;
  private final double[] products;
  private final double[] means;
  private double labelMean;
  private double labelSquares;

  LeastSquares(SparseRows rows, boolean intercept, Progress progress) {
    this.rows = rows;
    this.intercept = intercept;
    this.progress = progress;
    this.squares = new double[rows.width][rows.width];
    this.products = new double[rows.width];
    this.means = new double[rows.width];
    accumulate();
  }

  private void accumulate() {
    double total = 0;
    double labels = 0;
    for (int row = 0; row < rows.rows; row++) {
      total += rows.weights[row];
      labels += rows.weights[row] * rows.labels[row];
    }
    labelMean = intercept ? labels / total : 0;
    for (int row = 0; row < rows.rows; row++) {
      if (row % STEP == 0) {
        progress.step("training", row, rows.rows);
      }
      double weight = rows.weights[row];
      double label = rows.labels[row] - labelMean;
      rows.addOuter(row, weight, squares);
      rows.add(row, weight * label, products);
      rows.add(row, weight / total, means);
      labelSquares += weight * label * label;
    }
    if (intercept) {
      for (int i = 0; i < rows.width; i++) {
        for (int j = 0; j <= i; j++) {
          squares[i][j] -= total * means[i] * means[j];
        }
      }
    } else {
      Arrays.fill(means, 0);
    }
    SymmetricSystem.mirror(squares);
  }

  /** Solves without {@code l1}. */
  Coefficients solve(double l2, IterationLog log) {
    for (int i = 0; i < rows.width; i++) {
      squares[i][i] += l2;
    }
    Coefficients solution = finish(SymmetricSystem.of(squares).solve(products));
    log.add(solution);
    return solution;
  }

  /** Solves with {@code l1}, in at most that many sweeps (0: until nothing moves). */
  Coefficients solve(double l1, double l2, long maxSweeps, IterationLog log) {
    CoordinateDescent descent =
        new CoordinateDescent(squares, products, l1, l2, 0, new double[rows.width]);
    long sweeps = maxSweeps > 0 ? maxSweeps : DEFAULT_SWEEPS;
    for (long sweep = 1; sweep <= sweeps; sweep++) {
      double gain = descent.sweep();
      progress.step("training", sweep, sweeps);
      if (gain <= TOLERANCE * labelSquares || sweep == sweeps) {
        break;
      }
      if (Long.bitCount(sweep) == 1) {
        log.add(finish(descent.solution())); // sweeps 1, 2, 4, 8, …: there can be thousands
      }
    }
    Coefficients solution = finish(descent.solution());
    log.add(solution);
    return solution;
  }

  private Coefficients finish(double[] weights) {
    double constant = labelMean;
    for (int j = 0; j < weights.length; j++) {
      constant -= weights[j] * means[j];
    }
    if (intercept) {
      return Coefficients.unshifted(weights, constant, rows.shift);
    }
    return new Coefficients(weights, 0);
  }
}
