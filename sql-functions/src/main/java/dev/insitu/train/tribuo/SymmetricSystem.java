package dev.insitu.train.tribuo;

import java.util.Optional;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseMatrix.CholeskyFactorization;
import org.tribuo.math.la.DenseVector;

/**
 * Solves {@code A w = b} for a positive semi-definite A by Tribuo's Cholesky factorisation of A
 * plus a small ridge, then refines the solution against A itself (iterated Tikhonov regularisation:
 * Golub and Van Loan, Matrix Computations, 3.5.3). Where A is singular, as one-hot columns beside
 * an intercept make it, the result tends to the solution of least norm. Immutable.
 */
final class SymmetricSystem {
  private static final double RIDGE = 1e-9;
  private static final double LARGEST_RIDGE = 1e-3;
  private static final double MAX_RATIO = 1e6;
  private static final int REFINEMENTS = 8;

  private final double[][] matrix;
  private final CholeskyFactorization factors;

  private SymmetricSystem(double[][] matrix, CholeskyFactorization factors) {
    this.matrix = matrix;
    this.factors = factors;
  }

  /**
   * Factorises.
   *
   * @param matrix symmetric, both triangles; kept, not changed
   * @throws ArithmeticException if it is not positive semi-definite, or not finite
   */
  static SymmetricSystem of(double[][] matrix) {
    double largest = 0;
    double smallest = Double.MAX_VALUE;
    for (int i = 0; i < matrix.length; i++) {
      if (!(Math.abs(matrix[i][i]) < Double.MAX_VALUE)) {
        throw new ArithmeticException("the sums of squares are not finite");
      }
      if (matrix[i][i] > 0) {
        largest = Math.max(largest, matrix[i][i]);
        smallest = Math.min(smallest, matrix[i][i]);
      }
    }
    if (largest == 0) {
      largest = 1;
    }
    boolean uniform = largest <= smallest * MAX_RATIO;
    for (double ridge = RIDGE; ridge <= LARGEST_RIDGE; ridge *= 10) {
      double[][] ridged = new double[matrix.length][];
      for (int i = 0; i < matrix.length; i++) {
        ridged[i] = matrix[i].clone();
        ridged[i][i] += ridge * (uniform || matrix[i][i] <= 0 ? largest : matrix[i][i]);
      }
      Optional<CholeskyFactorization> factors =
          DenseMatrix.createDenseMatrix(ridged).choleskyFactorization();
      if (factors.isPresent()) {
        return new SymmetricSystem(matrix, factors.get());
      }
    }
    throw new ArithmeticException("the features' sums of squares have no Cholesky factors");
  }

  /** Solves for one right-hand side. */
  double[] solve(double[] right) {
    double[] solution = new double[right.length];
    for (int step = 0; step <= REFINEMENTS; step++) {
      double[] residual = right.clone();
      if (step > 0) {
        for (int i = 0; i < right.length; i++) {
          double[] line = matrix[i];
          double sum = 0;
          for (int j = 0; j < right.length; j++) {
            sum += line[j] * solution[j];
          }
          residual[i] -= sum;
        }
      }
      DenseVector correction = factors.solve(DenseVector.createDenseVector(residual));
      for (int i = 0; i < right.length; i++) {
        solution[i] += correction.get(i);
      }
    }
    return solution;
  }

  /** Copies the lower triangle to the upper one. */
  static void mirror(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        matrix[j][i] = matrix[i][j];
      }
    }
  }
}
