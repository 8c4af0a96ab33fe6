package dev.insitu.train.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of columns of one length into bins, the same as {@link ValueCodes.Bins#of} of the
 * sorted ones, without sorting them all: equal steps from the least to the greatest are counted,
 * and only the values of steps in which a bin ends are put in order. Confined to one thread.
 */
final class SteppedValues {
  /** What a row takes. */
  static final int BYTES_A_ROW = Character.BYTES;

  /** Fewer rows are sorted as fast. */
  private static final int LEAST_ROWS = 1 << 16;

  private static final int MOST_BINS = 1 << 10;
  private static final int STEPS = 1 << 16;

  /** More than one of so many values in order would be no gain. */
  private static final int SORTED = 4;

  /** Of no value that is put in order. */
  private static final int ELSEWHERE = -1;

  private final char[] stepOf;
  private final int[] counts = new int[STEPS];

  /** Where the next value of a step that is put in order belongs; {@link #ELSEWHERE} of others. */
  private final int[] places = new int[STEPS];

  /** The bin of the least value of a step. */
  private final char[] firstBins = new char[STEPS];

  SteppedValues(int rows) {
    this.stepOf = new char[rows];
  }

  /** Returns whether it is worth the while. */
  static boolean suits(int rows, int mostBins) {
    return rows >= LEAST_ROWS && mostBins <= MOST_BINS;
  }

  /**
   * Finds bins of about as many rows each.
   *
   * @param values no NaN
   * @param most so many bins
   * @param codes takes the bin of each value
   * @return the bins, without what codes of values they have; null if values lie so unevenly, or
   *     are so few, that they are to be sorted
   */
  ValueCodes.@Nullable Bins bins(double[] values, int most, char[] codes) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    double scale = (STEPS - 1) / (greatest - least);
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      return null;
    }
    count(values, least, scale);
    double[] ordered = ordered(values, most);
    if (ordered == null) {
      return null;
    }
    double[] highs = new double[most];
    double[] lows = new double[most];
    int used = walk(ordered, lows, highs);
    if (used == 0) {
      return null;
    }
    highs[used - 1] = greatest + 0.0;
    for (int row = 0; row < codes.length; row++) {
      int bin = firstBins[stepOf[row]];
      while (values[row] > highs[bin]) {
        bin++;
      }
      codes[row] = (char) bin;
    }
    return new ValueCodes.Bins(Arrays.copyOf(lows, used), Arrays.copyOf(highs, used), new int[0]);
  }

  /** The step never falls as the value rises, whatever is rounded. */
  private void count(double[] values, double least, double scale) {
    Arrays.fill(counts, 0);
    for (int row = 0; row < stepOf.length; row++) {
      int step = Math.min(STEPS - 1, (int) ((values[row] - least) * scale));
      stepOf[row] = (char) step;
      counts[step]++;
    }
  }

  /**
   * Returns the values of the first step, of those in which a bin should end, and of the next ones,
   * in order; null if that is no gain, or there may be fewer values than bins.
   */
  private double @Nullable [] ordered(double[] values, int most) {
    long before = 0;
    int size = 0;
    int steps = 0;
    boolean wanted = true;
    for (int step = 0; step < STEPS; step++) {
      places[step] = ELSEWHERE;
      if (counts[step] > 0) {
        long end = before + counts[step];
        boolean ends = end * most / stepOf.length > before * most / stepOf.length;
        if (ends || wanted) {
          places[step] = size;
          size += counts[step];
        }
        wanted = ends;
        before = end;
        steps++;
      }
    }
    if (steps <= most || size > stepOf.length / SORTED) {
      return null;
    }
    double[] ordered = new double[size];
    for (int row = 0; row < stepOf.length; row++) {
      int place = places[stepOf[row]];
      if (place != ELSEWHERE) {
        ordered[place] = values[row] + 0.0; // zeros are equal
        places[stepOf[row]] = place + 1;
      }
    }
    return ordered;
  }

  /** Goes over the values from step to step; returns how many bins there are, 0 if it cannot. */
  private int walk(double[] ordered, double[] lows, double[] highs) {
    Walk walk = new Walk(lows, highs);
    for (int step = 0; step < STEPS; step++) {
      int count = counts[step];
      if (count == 0) {
        continue;
      }
      firstBins[step] = (char) walk.bin;
      if (places[step] == ELSEWHERE) {
        walk.before += count;
        if (!walk.open) {
          return 0; // behind a value of many rows each value may have a bin
        }
        continue;
      }
      int end = places[step];
      Arrays.sort(ordered, end - count, end);
      for (int i = end - count; i < end; ) {
        int next = i + 1;
        while (next < end && ordered[next] == ordered[i]) {
          next++;
        }
        walk.add(ordered[i], next - i);
        i = next;
      }
    }
    return walk.open ? walk.bin + 1 : walk.bin;
  }

  /** The bin that the values have come to. */
  private final class Walk {
    private final double[] lows;
    private final double[] highs;
    private int bin;
    private long before;
    private boolean open;

    Walk(double[] lows, double[] highs) {
      this.lows = lows;
      this.highs = highs;
    }

    boolean isFull() {
      return bin + 1 < lows.length && before * lows.length >= (bin + 1L) * stepOf.length;
    }

    void add(double value, int count) {
      if (!open) {
        lows[bin] = value;
        open = true;
      }
      highs[bin] = value;
      before += count;
      if (isFull()) {
        bin++;
        open = false;
      }
    }
  }
}
