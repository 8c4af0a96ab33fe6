package dev.insitu.test.latency;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/** Times of the same thing, in nanoseconds. */
final class Readings {
  private long[] nanos = new long[1024];
  private int size;

  void add(long time) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = time;
  }

  /** Returns the time that so many per cent of all do not exceed. */
  double percentile(double percent) {
    if (size == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[Math.min(size - 1, (int) (size * percent / 100))];
  }

  /**
   * Returns what a table shows of quotients: their median and quartiles. Each is of the medians of
   * blocks of readings that were taken in the same round.
   */
  String ratio(Readings base, int block) {
    return shown(base, block, (a, b) -> a / b, "%.2f (%.2f to %.2f)");
  }

  /** Returns the same of differences, in milliseconds. */
  String difference(Readings base) {
    return shown(base, 1, (a, b) -> (a - b) / 1e6, "%.0f (%.0f to %.0f)");
  }

  private String shown(Readings base, int block, DoubleBinaryOperator compared, String form) {
    double[] found = new double[size / block];
    for (int i = 0; i < found.length; i++) {
      found[i] = compared.applyAsDouble(middle(i * block, block), base.middle(i * block, block));
    }
    Arrays.sort(found);
    int last = found.length - 1;
    return String.format(
        Locale.ROOT, form, found[found.length / 2], found[last / 4], found[last - last / 4]);
  }

  private double middle(int from, int count) {
    long[] some = Arrays.copyOfRange(nanos, from, from + count);
    Arrays.sort(some);
    return some[count / 2];
  }

  double median() {
    return percentile(50);
  }

  /** Returns what a table shows: median, 90th and 99th percentile, in microseconds. */
  String micros() {
    return String.format(
        Locale.ROOT,
        "%9.1f %9.1f %9.1f",
        percentile(50) / 1e3,
        percentile(90) / 1e3,
        percentile(99) / 1e3);
  }

  /** Returns what a table shows: smallest, median and largest, in milliseconds. */
  String millis() {
    return String.format(
        Locale.ROOT,
        "%9.0f %9.0f %9.0f",
        percentile(0) / 1e6,
        percentile(50) / 1e6,
        percentile(100) / 1e6);
  }
}
