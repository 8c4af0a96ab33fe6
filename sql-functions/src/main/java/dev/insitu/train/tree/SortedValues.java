package dev.insitu.train.tree;

import java.util.Arrays;

/**
 * Sorts the values of columns of one length, and tells which row each is of: by the digits of their
 * bits, which takes a third of the time of comparing. Confined to one thread.
 */
final class SortedValues {
  /** What a row takes. */
  static final int BYTES_A_ROW = 2 * Long.BYTES + 2 * Integer.BYTES;

  private static final int SMALL_DIGIT = 11;
  private static final int LARGE_DIGIT = 16;

  /** So many rows are worth the counts of large digits. */
  private static final int MANY_ROWS = 1 << LARGE_DIGIT;

  private final int digit;
  private final int[][] counts;
  private long[] keys;
  private long[] movedKeys;
  private int[] rows;
  private int[] movedRows;

  SortedValues(int rows) {
    this.digit = rows < MANY_ROWS ? SMALL_DIGIT : LARGE_DIGIT;
    this.counts = new int[(Long.SIZE + digit - 1) / digit][1 << digit];
    this.keys = new long[rows];
    this.movedKeys = new long[rows];
    this.rows = new int[rows];
    this.movedRows = new int[rows];
  }

  /** Sorts; NaN must not be among the values, and zeros are equal. */
  void sort(double[] values) {
    int mask = (1 << digit) - 1;
    for (int[] count : counts) {
      Arrays.fill(count, 0);
    }
    for (int row = 0; row < keys.length; row++) {
      long bits = Double.doubleToRawLongBits(values[row] + 0.0);
      // Ascending as numbers without a sign.
      long key = bits ^ (bits >> (Long.SIZE - 1) | Long.MIN_VALUE);
      keys[row] = key;
      rows[row] = row;
      for (int[] count : counts) {
        count[(int) key & mask]++;
        key >>>= digit;
      }
    }
    for (int pass = 0; pass < counts.length && keys.length > 0; pass++) {
      int shift = pass * digit;
      int[] next = counts[pass];
      if (next[(int) (keys[0] >>> shift) & mask] < keys.length) {
        int before = 0;
        for (int d = 0; d <= mask; d++) {
          int count = next[d];
          next[d] = before;
          before += count;
        }
        move(shift, mask, next);
      }
    }
  }

  private void move(int shift, int mask, int[] next) {
    for (int i = 0; i < keys.length; i++) {
      long key = keys[i];
      int to = next[(int) (key >>> shift) & mask]++;
      movedKeys[to] = key;
      movedRows[to] = rows[i];
    }
    long[] sortedKeys = movedKeys;
    movedKeys = keys;
    keys = sortedKeys;
    int[] sortedRows = movedRows;
    movedRows = rows;
    rows = sortedRows;
  }

  /** Returns a value by its place. */
  double value(int place) {
    long key = keys[place];
    return Double.longBitsToDouble(key ^ (~key >> (Long.SIZE - 1) | Long.MIN_VALUE));
  }

  /** Returns the row that a value is of. */
  int row(int place) {
    return rows[place];
  }

  /** Returns whether a value is the same as the one before it. */
  boolean repeats(int place) {
    return place > 0 && keys[place] == keys[place - 1];
  }
}
