package dev.insitu.train;

import java.util.Arrays;
import java.util.List;

/**
 * Puts rows in an order that depends on nothing but their content: by a 64-bit hash, and where that
 * is equal, by value, column by column.
 */
final class ContentOrder {
  private ContentOrder() {}

  static int[] of(List<TrainingSet.Column> columns, int rows) {
    int indexBits = Math.max(1, 32 - Integer.numberOfLeadingZeros(Math.max(1, rows - 1)));
    long indexMask = (1L << indexBits) - 1;
    long[] keys = new long[rows];
    for (TrainingSet.Column column : columns) {
      for (int row = 0; row < rows; row++) {
        keys[row] = mix(keys[row] * 0x9E3779B97F4A7C15L + column.bits(row));
      }
    }
    // The upper bits of the hash and the row's number in one long: sorted without objects.
    for (int row = 0; row < rows; row++) {
      keys[row] = (keys[row] & ~indexMask) | row;
    }
    Arrays.sort(keys);
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = (int) (keys[i] & indexMask);
    }
    for (int first = 0; first < rows; ) {
      int last = first + 1;
      while (last < rows && (keys[last] | indexMask) == (keys[first] | indexMask)) {
        last++;
      }
      if (last - first > 1) {
        sortByValue(columns, order, first, last);
      }
      first = last;
    }
    return order;
  }

  private static void sortByValue(
      List<TrainingSet.Column> columns, int[] order, int first, int last) {
    boolean equal = true;
    for (int i = first + 1; i < last && equal; i++) {
      equal = compare(columns, order[i - 1], order[i]) == 0;
    }
    if (equal) {
      return;
    }
    Integer[] run = new Integer[last - first];
    for (int i = first; i < last; i++) {
      run[i - first] = order[i];
    }
    Arrays.sort(run, (a, b) -> compare(columns, a, b));
    for (int i = first; i < last; i++) {
      order[i] = run[i - first];
    }
  }

  private static int compare(List<TrainingSet.Column> columns, int a, int b) {
    for (TrainingSet.Column column : columns) {
      int order = column.compare(a, b);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), a bijection. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
