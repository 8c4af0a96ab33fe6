package dev.insitu.test.latency;

import java.util.Arrays;
import java.util.Locale;

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
