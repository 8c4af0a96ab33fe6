package dev.insitu.score.kernel;

import java.util.Arrays;
import java.util.Random;

/**
 * The thresholds of a column, and a fast way to the <i>bin</i> of a number: how many of them it is
 * above of, so that {@code x <= cut[j]} is {@code bin(x) <= j}, exactly, for every double. NaN is
 * above all.
 *
 * <p>A grid of equal steps says where to begin: a number is above all cuts of the steps before its
 * own, and is compared with those of its own step, as many as the fullest step has. Where the cuts
 * lie so unevenly that this is no gain, they are searched by halving. Immutable.
 */
final class Cuts {
  private static final int MOST_STEPS = 4096;
  private static final int MOST_IN_A_STEP = 8;

  /** Ascending and distinct, filled up with infinity. */
  private final double[] cuts;

  private final int count;

  /** The bin of NaN. */
  private final int top;

  private final double low;
  private final double scale;

  /** For each step how many cuts are in those before it; empty if there is no grid. */
  private final char[] before;

  /** The same for {@link VectorLoops}, where they may be used. */
  private final int[] wideBefore;

  /** The cuts of the fullest step. */
  private final int most;

  /**
   * Makes them.
   *
   * @param cuts ascending and distinct, no NaN, no -0.0
   */
  Cuts(double[] cuts) {
    this.count = cuts.length;
    this.top = Math.max(1, Integer.highestOneBit(count) * 2 - 1);
    this.cuts = Arrays.copyOf(cuts, top + MOST_IN_A_STEP);
    Arrays.fill(this.cuts, count, this.cuts.length, Double.POSITIVE_INFINITY);
    int finite = 0;
    for (double cut : cuts) {
      finite += Double.isInfinite(cut) ? 0 : 1;
    }
    double span = finite < 2 ? 0 : cuts[count - 1] - cuts[0];
    boolean even = finite == count && count < Character.MAX_VALUE && span > 0 && span < 0x1p1000;
    Grid grid = even ? Grid.of(cuts, span) : Grid.NONE;
    this.low = grid == Grid.NONE ? 0 : cuts[0];
    this.scale = grid.scale;
    this.before = grid.before;
    this.most = grid.most;
    this.wideBefore = new int[Vectors.POSSIBLE ? before.length : 0];
    Arrays.setAll(wideBefore, i -> before[i]);
  }

  /**
   * Equal steps.
   *
   * @param before for each step how many cuts are in those before it
   * @param most the cuts of the fullest step
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Grid(double scale, char[] before, int most) {
    static final Grid NONE = new Grid(0, new char[0], 0);

    /**
     * The smallest whose steps have one cut at most, else the smallest of two, else the largest.
     */
    static Grid of(double[] cuts, double span) {
      Grid ofTwo = NONE;
      Grid grid = NONE;
      for (int steps = 16; steps <= MOST_STEPS; steps *= 2) {
        double scale = (steps - 1) / span;
        char[] before = Cuts.before(cuts, scale, steps);
        grid = new Grid(scale, before, fullest(before, cuts.length));
        if (!Double.isFinite(scale)) {
          return NONE;
        } else if (grid.most == 1) {
          return grid;
        } else if (grid.most == 2 && ofTwo == NONE && steps >= cuts.length) {
          ofTwo = grid;
        }
      }
      return ofTwo != NONE ? ofTwo : grid.most <= MOST_IN_A_STEP ? grid : NONE;
    }
  }

  private static char[] before(double[] cuts, double scale, int steps) {
    char[] before = new char[steps + 1];
    for (double cut : cuts) {
      before[step(cut, cuts[0], scale, steps - 1) + 1]++;
    }
    for (int i = 1; i <= steps; i++) {
      before[i] += before[i - 1];
    }
    return before;
  }

  private static int fullest(char[] before, int count) {
    int fullest = 0;
    for (int i = 1; i < before.length; i++) {
      fullest = Math.max(fullest, before[i] - before[i - 1]);
    }
    return Math.min(fullest, count);
  }

  /** Never falls as the number rises, whatever is rounded; NaN is in the first step. */
  private static int step(double value, double low, double scale, int last) {
    return Math.max(0, Math.min(last, (int) ((value - low) * scale)));
  }

  /** Returns the cuts, ascending. */
  double[] all() {
    return Arrays.copyOf(cuts, count);
  }

  /** Returns a cut. */
  double at(int number) {
    return cuts[number];
  }

  /** Returns made-up numbers: cuts, their neighbours, and now and then NaN. */
  double[] some(Random random, int size) {
    double[] some = new double[size];
    for (int i = 0; i < size; i++) {
      double cut = count == 0 ? 0 : cuts[random.nextInt(count)];
      some[i] =
          switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> Math.nextUp(cut);
            case 2 -> cut;
            default -> cut + random.nextGaussian() / scale;
          };
    }
    return some;
  }

  /** Returns how many cuts there are. */
  int count() {
    return count;
  }

  /** Returns the bin of NaN, the largest that there is. */
  int top() {
    return top;
  }

  /** Returns how many cuts a number is above of. */
  int bin(double value) {
    return before.length == 0 ? byHalving(value) : byGrid(value);
  }

  private int byHalving(double value) {
    int bin = 0;
    for (int half = top + 1 >> 1; half > 0; half >>= 1) {
      bin += value <= cuts[bin + half - 1] ? 0 : half;
    }
    return bin;
  }

  /**
   * Finds the bins of some numbers.
   *
   * @param vectors whether vectors are used
   */
  void bins(double[] values, int offset, int rows, int[] bins, boolean vectors) {
    if (vectors && count > 1 && before.length > 0 && most <= 2) {
      int done =
          VectorLoops.bins(
              values, offset, rows, low, scale, wideBefore, cuts, most == 2, top, bins);
      for (int row = done; row < rows; row++) {
        bins[row] = byGrid(values[offset + row]);
      }
    } else if (count <= 1) {
      double only = cuts[0];
      for (int row = 0; row < rows; row++) {
        bins[row] = values[offset + row] <= only ? 0 : 1;
      }
    } else if (before.length == 0) {
      for (int row = 0; row < rows; row++) {
        bins[row] = byHalving(values[offset + row]);
      }
    } else if (most == 1) {
      byGridOfOne(values, offset, rows, bins);
    } else if (most == 2) {
      byGridOfTwo(values, offset, rows, bins);
    } else {
      byGrid(values, offset, rows, bins);
    }
  }

  private void byGridOfOne(double[] values, int offset, int rows, int[] bins) {
    int last = before.length - 2;
    int nans = 0;
    for (int row = 0; row < rows; row++) {
      double value = values[offset + row];
      int bin = before[step(value, low, scale, last)];
      bins[row] = Math.min(count, bin + above(value, cuts[bin]));
      nans += Double.isNaN(value) ? 1 : 0;
    }
    if (nans > 0) {
      putNans(values, offset, rows, bins);
    }
  }

  private void byGridOfTwo(double[] values, int offset, int rows, int[] bins) {
    int last = before.length - 2;
    int nans = 0;
    for (int row = 0; row < rows; row++) {
      double value = values[offset + row];
      int bin = before[step(value, low, scale, last)];
      int found = bin + above(value, cuts[bin]) + above(value, cuts[bin + 1]);
      bins[row] = Math.min(count, found);
      nans += Double.isNaN(value) ? 1 : 0;
    }
    if (nans > 0) {
      putNans(values, offset, rows, bins);
    }
  }

  /**
   * Returns 1 if a number is above a cut, else 0: the sign of the difference, which is not 0 unless
   * they are equal. Without a branch, which would be guessed wrong too often. Of NaN, and of two
   * infinities, it says nothing.
   */
  private static int above(double value, double cut) {
    return (int) (Double.doubleToRawLongBits(cut - value) >>> 63);
  }

  private void putNans(double[] values, int offset, int rows, int[] bins) {
    for (int row = 0; row < rows; row++) {
      bins[row] = Double.isNaN(values[offset + row]) ? top : bins[row];
    }
  }

  private void byGrid(double[] values, int offset, int rows, int[] bins) {
    for (int row = 0; row < rows; row++) {
      bins[row] = byGrid(values[offset + row]);
    }
  }

  private int byGrid(double value) {
    if (Double.isNaN(value)) {
      return top;
    }
    int first = before[step(value, low, scale, before.length - 2)];
    int bin = first;
    for (int i = first; i < first + most; i++) {
      bin += above(value, cuts[i]);
    }
    return Math.min(count, bin);
  }
}
