package dev.insitu.train.tree;

import dev.insitu.train.PreparedRows;
import dev.insitu.train.tree.TreeColumns.Column;

/**
 * The hessian and the negative gradient of each row for the tree that is grown next: as numbers,
 * and, where that loses nothing that matters, rounded to whole units, both in one long, so that one
 * addition adds both.
 *
 * <p>Hessians are whole multiples of a power of two so small that they lose nothing that matters,
 * and so large that no sum of them is rounded: what is left of a sum when all its rows have been
 * subtracted is zero. Confined to one thread.
 */
final class Gradients {
  /** Bits of a double. */
  private static final int EXACT_BITS = 52;

  /** A unit is at most this small a part of the mean: two to the minus so many. */
  private static final int MEAN_BITS = 12;

  private static final int MANY_ROWS = 1 << 16;

  private static final long HESSIAN_MASK = 0xffffffffL;

  /** Hessian, gradient, hessian, gradient, … */
  final double[] pairs;

  /** The gradient's units in the upper half, the hessian's in the lower one. */
  private final long[] packed;

  private final double[] weights;
  private final double unit;
  private final double rounding;
  private final boolean bounded;
  private double largestHessian;
  private double largestGradient;
  private double hessians;
  private double gradients;
  private boolean narrow;
  private double hessianUnit;
  private double gradientUnit;

  /**
   * Makes room.
   *
   * @param largest the largest hessian of a row of weight 1
   * @param bounded whether no gradient of a row of weight 1 is larger than 1
   */
  Gradients(PreparedRows rows, double largest, boolean bounded) {
    this.bounded = bounded;
    this.pairs = new double[Math.multiplyExact(2, rows.rows())];
    this.packed = new long[rows.rows()];
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

  /** Sets the derivatives of the loss of a row of weight 1, of each row once. */
  void set(int row, double hessian, double negativeGradient) {
    if (row == 0) {
      largestHessian = 0;
      largestGradient = 0;
      hessians = 0;
      gradients = 0;
    }
    double weight = weights[row];
    // Adding a number whose last bit is the unit rounds to units.
    double weighted = Math.max(unit, weight * hessian + rounding - rounding);
    double gradient = weight * negativeGradient;
    pairs[2 * row] = weighted;
    pairs[2 * row + 1] = gradient;
    largestHessian = Math.max(largestHessian, weighted);
    largestGradient = Math.max(largestGradient, Math.abs(gradient));
    hessians += weighted;
    gradients += Math.abs(gradient);
  }

  /**
   * Rounds what has been set to whole units.
   *
   * @param bits a hessian and a gradient have at most so many units: two to the so many
   */
  void pack(int bits) {
    double least = Math.scalb((double) packed.length, MEAN_BITS - bits);
    narrow =
        largestGradient < Double.POSITIVE_INFINITY
            && largestGradient > Double.MIN_NORMAL * Math.scalb(1.0, bits)
            && hessians >= largestHessian * least
            && gradients >= largestGradient * least;
    if (!narrow) {
      return;
    }
    int hessianExponent = Math.getExponent(largestHessian) + 1 - bits;
    int gradientExponent = Math.getExponent(largestGradient) + 1 - bits;
    hessianUnit = Math.scalb(1.0, hessianExponent);
    gradientUnit = Math.scalb(1.0, gradientExponent);
    double hessianUnits = Math.scalb(1.0, -hessianExponent);
    double gradientUnits = Math.scalb(1.0, -gradientExponent);
    for (int row = 0; row < packed.length; row++) {
      long hessian = Math.max(1, (long) (pairs[2 * row] * hessianUnits + 0.5));
      long gradient = (long) Math.rint(pairs[2 * row + 1] * gradientUnits);
      packed[row] = (gradient << Integer.SIZE) + hessian;
    }
  }

  /** Returns whether what was set is there in whole units, too: sums are to be taken of those. */
  boolean narrow() {
    return narrow;
  }

  /**
   * Sums over some rows.
   *
   * @param weight of the hessians
   * @param sum of the gradients
   */
  record Sum(double weight, double sum) {}

  /** Returns the sums of some rows, as those of histograms are taken. */
  Sum total(int[] rows, int first, int last) {
    if (!narrow) {
      return exact(rows, first, last);
    }
    long hessians = 0;
    long gradients = 0;
    for (int i = first; i < last; i++) {
      long units = packed[rows[i]];
      hessians += units & HESSIAN_MASK;
      gradients += units >> Integer.SIZE;
    }
    return new Sum(hessians * hessianUnit, gradients * gradientUnit);
  }

  /**
   * Returns whether leaves may be made of the sums that histograms have: where no gradient is large
   * and going through the rows once more would take long.
   */
  boolean unitsWillDo() {
    return narrow && bounded && packed.length >= MANY_ROWS;
  }

  /** Returns the sums of some rows, not rounded to units. */
  Sum exact(int[] rows, int first, int last) {
    double hessians = 0;
    double gradients = 0;
    for (int i = first; i < last; i++) {
      hessians += pairs[2 * rows[i]];
      gradients += pairs[2 * rows[i] + 1];
    }
    return new Sum(hessians, gradients);
  }

  /** Returns the sums of the rows that a split sends left, and of those it sends right. */
  Sum[] exact(int[] rows, int first, int last, Column column, int code) {
    char[] codes = column.codes;
    double leftHessians = 0;
    double leftGradients = 0;
    double rightHessians = 0;
    double rightGradients = 0;
    // Of flags, the rows that have the flag count as those on the left, at first.
    int from = column.flags ? code : 0;
    for (int i = first; i < last; i++) {
      int row = rows[i];
      int rowCode = codes[row];
      double left = rowCode >= from && rowCode <= code ? 1 : 0;
      double right = 1 - left;
      leftHessians += left * pairs[2 * row];
      leftGradients += left * pairs[2 * row + 1];
      rightHessians += right * pairs[2 * row];
      rightGradients += right * pairs[2 * row + 1];
    }
    Sum inside = new Sum(leftHessians, leftGradients);
    Sum outside = new Sum(rightHessians, rightGradients);
    return column.flags && !column.flagGoesLeft(code)
        ? new Sum[] {outside, inside}
        : new Sum[] {inside, outside};
  }

  /** Returns whether some rows have the same gradient. */
  boolean alike(int[] rows, int first, int last) {
    double gradient = pairs[2 * rows[first] + 1];
    for (int i = first + 1; i < last; i++) {
      if (pairs[2 * rows[i] + 1] != gradient) {
        return false;
      }
    }
    return true;
  }

  /** Copies the units of some rows. */
  void copyPacked(int[] rows, int first, int count, long[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = packed[rows[first + i]];
    }
  }

  /** Copies what sums are taken of, for some rows, multiplied by a sign. */
  void copyPairs(int[] rows, int first, int count, int sign, double[] target) {
    if (narrow) {
      for (int i = 0; i < count; i++) {
        long units = packed[rows[first + i]];
        target[2 * i] = sign * hessian(units);
        target[2 * i + 1] = sign * gradient(units);
      }
    } else {
      for (int i = 0; i < count; i++) {
        int at = 2 * rows[first + i];
        target[2 * i] = sign * pairs[at];
        target[2 * i + 1] = sign * pairs[at + 1];
      }
    }
  }

  /** Returns the hessian of a sum of units. */
  double hessian(long units) {
    return (units & HESSIAN_MASK) * hessianUnit;
  }

  /** Returns the gradient of a sum of units. */
  double gradient(long units) {
    return (units >> Integer.SIZE) * gradientUnit;
  }
}
