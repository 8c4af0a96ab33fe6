package dev.insitu.test;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What two things cost that took turns, in microseconds of the measuring thread's CPU time: the
 * other one is first in each second round, so that neither has the better place.
 */
final class PairedCost {
  private final double[] plain;
  private final double[] predicted;

  private PairedCost(int rounds) {
    this.plain = new double[rounds];
    this.predicted = new double[rounds];
  }

  /** Something to measure; it may do what is not timed before and after. */
  interface Measured {
    /** Returns the microseconds a row. */
    double run() throws Exception;
  }

  /** Measures both in each round; rounds of warming up are not counted. */
  static PairedCost of(int warmUp, int rounds, Measured plain, Measured predicted)
      throws Exception {
    PairedCost cost = new PairedCost(rounds);
    for (int round = -warmUp; round < rounds; round++) {
      boolean plainFirst = (round & 1) == 0;
      System.gc();
      double first = (plainFirst ? plain : predicted).run();
      double second = (plainFirst ? predicted : plain).run();
      if (round >= 0) {
        cost.plain[round] = plainFirst ? first : second;
        cost.predicted[round] = plainFirst ? second : first;
      }
    }
    return cost;
  }

  /** Returns the microseconds of this thread that work takes, for each of so many rows. */
  static double micros(int rows, ProcessCpu.Work work) throws Exception {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e3 / rows;
  }

  /** Returns cells of a table: both medians, ratio and difference of two runs of a round. */
  String cells() {
    double[] ratios =
        IntStream.range(0, plain.length).mapToDouble(i -> predicted[i] / plain[i]).toArray();
    double[] more =
        IntStream.range(0, plain.length).mapToDouble(i -> predicted[i] - plain[i]).toArray();
    return String.format(
        Locale.ROOT,
        "%.2f | %.2f | %s | %s",
        ProcessCpu.median(plain),
        ProcessCpu.median(predicted),
        spread(ratios),
        spread(more));
  }

  /** Returns median, least and greatest. */
  private static String spread(double... values) {
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        ProcessCpu.median(values),
        Arrays.stream(values).min().orElseThrow(),
        Arrays.stream(values).max().orElseThrow());
  }
}
