package dev.insitu.train.tree;

import dev.insitu.train.PreparedRows;

/**
 * The hessian and the negative gradient of each row, side by side, for the tree that is grown next.
 *
 * <p>Hessians are whole multiples of a power of two so small that they lose nothing that matters,
 * and so large that no sum of them is rounded: what is left of a sum when all its rows have been
 * subtracted is zero. Confined to one thread.
 */
final class Gradients {
  /** Bits of a double. */
  private static final int EXACT_BITS = 52;

  /** Hessian, gradient, hessian, gradient, … */
  final double[] pairs;

  private final double[] weights;
  private final double unit;
  private final double rounding;

  /**
   * Makes room.
   *
   * @param largest the largest hessian of a row of weight 1
   */
  Gradients(PreparedRows rows, double largest) {
    this.pairs = new double[Math.multiplyExact(2, rows.rows())];
    this.weights = new double[rows.rows()];
    double sum = 0;
    for (int row = 0; row < weights.length; row++) {
      weights[row] = rows.weight(row);
      sum += weights[row];
    }
    // Twice the sum, so that rounding up does not matter.
    int exponent = sum > 0 ? Math.getExponent(2 * sum * largest) + 1 : 0;
    this.unit = Math.scalb(1.0, exponent - EXACT_BITS);
    this.rounding = Math.scalb(1.0, exponent);
  }

  double weight(int row) {
    return weights[row];
  }

  /** Sets the derivatives of the loss of a row of weight 1. */
  void set(int row, double hessian, double negativeGradient) {
    double weight = weights[row];
    // Adding a number whose last bit is the unit rounds to units.
    double rounded = weight * hessian + rounding - rounding;
    pairs[2 * row] = Math.max(unit, rounded);
    pairs[2 * row + 1] = weight * negativeGradient;
  }
}
