package dev.insitu.train.tree;

import java.util.Arrays;

/**
 * Numbers the distinct values of a feature as they come, and then puts the numbers into the order
 * of the values, neighbours together where there are more than bins. Confined to one thread.
 */
final class ValueCodes {
  private static final int FIRST_CAPACITY = 64;
  private static final long FIBONACCI = 0x9E3779B97F4A7C15L;

  private double[] values = new double[FIRST_CAPACITY / 2];
  private int[] counts = new int[FIRST_CAPACITY / 2];
  private int[] slots = new int[FIRST_CAPACITY];
  private int size;

  /** Returns the number of a value, or -1 if there are more than {@link TreeSettings#EXACT}. */
  int add(double value) {
    int mask = slots.length - 1;
    int slot = (int) ((Double.doubleToRawLongBits(value) * FIBONACCI) >>> 32) & mask;
    while (slots[slot] != 0) {
      int code = slots[slot] - 1;
      if (values[code] == value) {
        counts[code]++;
        return code;
      }
      slot = (slot + 1) & mask;
    }
    if (size == TreeSettings.EXACT) {
      return -1;
    }
    if (size == values.length) {
      grow();
      return add(value);
    }
    values[size] = value;
    counts[size] = 1;
    slots[slot] = ++size;
    return size - 1;
  }

  /** Counts more rows of a value that is known. */
  void addMore(int code, int rows) {
    counts[code] += rows;
  }

  private void grow() {
    double[] known = values;
    int[] knownCounts = counts;
    int knownSize = size;
    values = new double[known.length * 2];
    counts = new int[known.length * 2];
    slots = new int[slots.length * 2];
    size = 0;
    for (int code = 0; code < knownSize; code++) {
      add(known[code]);
      counts[code] = knownCounts[code];
    }
  }

  /** Returns the bins of the values; {@code bins} of them at most. */
  Bins bins(int bins) {
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    int[] sortedCounts = new int[size];
    int[] rank = new int[size];
    for (int code = 0; code < size; code++) {
      rank[code] = Arrays.binarySearch(sorted, values[code]);
      sortedCounts[rank[code]] = counts[code];
    }
    Bins all = Bins.of(sorted, sortedCounts, size, bins);
    return all.renumbered(rank);
  }

  /**
   * Values side by side. Records have no arrays, hence a class. Immutable.
   *
   * <p>A code of {@link #binOf} stands for the values from {@code lows} to {@code highs} of its
   * bin.
   */
  static final class Bins {
    final double[] lows;
    final double[] highs;
    final int[] binOf;

    Bins(double[] lows, double[] highs, int[] binOf) {
      this.lows = lows;
      this.highs = highs;
      this.binOf = binOf;
    }

    /**
     * Puts ascending values into bins of about as many rows each.
     *
     * @param counts rows of each value
     * @param size how many values there are
     */
    static Bins of(double[] sorted, int[] counts, int size, int most) {
      long rows = 0;
      for (int i = 0; i < size; i++) {
        rows += counts[i];
      }
      double[] lows = new double[Math.min(size, most)];
      double[] highs = new double[lows.length];
      int[] binOf = new int[size];
      int bin = 0;
      long before = 0;
      boolean open = false;
      for (int i = 0; i < size; i++) {
        if (!open) {
          lows[bin] = sorted[i];
          open = true;
        }
        highs[bin] = sorted[i];
        binOf[i] = bin;
        before += counts[i];
        boolean full = size <= most || before * lows.length >= (bin + 1L) * rows;
        if (full && bin + 1 < lows.length) {
          bin++;
          open = false;
        }
      }
      int used = open ? bin + 1 : bin;
      return new Bins(Arrays.copyOf(lows, used), Arrays.copyOf(highs, used), binOf);
    }

    private Bins renumbered(int[] rank) {
      int[] byCode = new int[rank.length];
      for (int code = 0; code < rank.length; code++) {
        byCode[code] = binOf[rank[code]];
      }
      return new Bins(lows, highs, byCode);
    }
  }
}
