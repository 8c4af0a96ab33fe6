package dev.insitu.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Keeps rows of numbers: all of them up to 64 MiB, beyond that a uniform sample (Vitter 1985,
 * algorithm R) drawn with a fixed seed. Confined to one thread.
 */
final class Reservoir {
  static final int MAX_VALUES = 1 << 23;

  private final int width;
  private final int maxRows;
  private final SplittableRandom random = new SplittableRandom(1985);
  private double[] values;
  private int rows;
  private long seen;

  Reservoir(int width) {
    this(width, MAX_VALUES / width);
  }

  Reservoir(int width, int maxRows) {
    this.width = width;
    this.maxRows = maxRows;
    this.values = new double[width * Math.min(maxRows, 256)];
  }

  /** Returns where to write the next row in {@link #values()}, or -1 if it is not kept. */
  int next() {
    seen++;
    if (rows < maxRows) {
      int offset = rows * width;
      if (offset == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(2L * offset, (long) maxRows * width));
      }
      rows++;
      return offset;
    }
    long place = random.nextLong(seen);
    return place < maxRows ? (int) place * width : -1;
  }

  double[] values() {
    return values;
  }

  int rows() {
    return rows;
  }

  /** Returns by how much the rows that were seen outnumber those that are kept. */
  double scale() {
    return rows == 0 ? 1 : (double) seen / rows;
  }
}
