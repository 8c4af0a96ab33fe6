package dev.insitu.test.kernel;

import ai.onnxruntime.OrtException;
import dev.insitu.score.FeatureBatch;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * Contenders over the same rows, in turn, by the CPU time of the one thread that runs them. Before
 * the clock starts all have answered all rows and agree. What is reported of each is the median of
 * its speeds, and how often the kernel is faster, round by round: median, smallest and largest.
 */
final class Paired implements AutoCloseable {
  private static final int ROUNDS = Integer.getInteger("insitu.bench.rounds", 15);
  private static final long WARM_UP =
      Math.round(Double.parseDouble(System.getProperty("insitu.bench.warmup", "1.5")) * 1e9);
  private static final long SLICE = 30_000_000;
  private static final double TOLERANCE = 1e-5;

  /**
   * What is known of a contender.
   *
   * @param contender its name and version
   * @param micros the median of a row's CPU time, in microseconds
   * @param ratio how often the kernel is faster: the median of the rounds
   * @param least the smallest of the rounds
   * @param greatest the largest
   * @param agreement how its scores differ from the kernel's
   */
  record Result(
      String contender,
      double micros,
      double ratio,
      double least,
      double greatest,
      String agreement) {}

  private final BenchModel model;
  private final int rows;
  private final int batches;
  private final List<Contender> contenders = new ArrayList<>();
  private final List<String> agreement = new ArrayList<>();

  /** Opens all contenders; batches together have about 16,384 rows, or 1,024 single ones. */
  Paired(BenchModel model, int rows) {
    this.model = model;
    this.rows = rows;
    this.batches = Math.max(1, Math.min(1024, 16_384 / rows));
    List<FeatureBatch> all = model.rows(batches, rows);
    contenders.add(ScorerContender.kernel(model, all));
    if (model.forest() != null) {
      try {
        contenders.add(MatrixContender.of(model, all));
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
    contenders.add(ScorerContender.onnx(model, all));
    for (Rivals rivals : ServiceLoader.load(Rivals.class)) {
      contenders.addAll(rivals.of(model, all));
    }
    verify();
  }

  private void verify() {
    double[] largest = new double[contenders.size()];
    for (int batch = 0; batch < batches; batch++) {
      contenders.get(0).run(batch);
      double[] expected = Arrays.copyOf(contenders.get(0).scores(), rows * model.width());
      for (int c = 0; c < contenders.size(); c++) {
        contenders.get(c).run(batch);
        largest[c] = Math.max(largest[c], requireAgreement(contenders.get(c), expected));
      }
    }
    for (double deviation : largest) {
      agreement.add(deviation == 0 ? "bit-equal" : String.format(Locale.ROOT, "%.0e", deviation));
    }
  }

  /** Returns the largest deviation of what a contender has scored last, relative to 10 at least. */
  static double requireAgreement(Contender contender, double[] expected) {
    double largest = 0;
    double[] found = contender.scores();
    for (int i = 0; i < expected.length; i++) {
      double deviation = Math.abs(found[i] - expected[i]) / Math.max(10, Math.abs(expected[i]));
      if (!(deviation <= TOLERANCE)) {
        throw new IllegalStateException(contender.name() + ": " + found[i] + " for " + expected[i]);
      }
      largest = Math.max(largest, deviation);
    }
    return largest;
  }

  /** Measures and returns lines of a table. */
  String measure() {
    StringBuilder lines = new StringBuilder();
    for (Result result : results()) {
      lines.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %s | %,.0f | %.3f | %.1f | %.1f to %.1f | %s |%n",
              model.name(),
              rows,
              result.contender,
              1e6 / result.micros,
              result.micros,
              result.ratio,
              result.least,
              result.greatest,
              result.agreement));
    }
    return lines.toString();
  }

  /** Measures all contenders, the kernel first. */
  List<Result> results() {
    int[] repeats = new int[contenders.size()];
    for (int c = 0; c < contenders.size(); c++) {
      repeats[c] = warmUp(contenders.get(c));
    }
    double[][] micros = new double[contenders.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        int c = (i + round) % contenders.size();
        micros[c][round] = run(contenders.get(c), repeats[c]) / 1e3 / ((double) repeats[c] * rows);
      }
    }
    double[][] ratios = new double[contenders.size()][ROUNDS];
    for (int c = 0; c < contenders.size(); c++) {
      for (int round = 0; round < ROUNDS; round++) {
        ratios[c][round] = micros[c][round] / micros[0][round];
      }
    }
    List<Result> results = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      Arrays.sort(ratios[c]);
      Arrays.sort(micros[c]);
      results.add(
          new Result(
              contenders.get(c).name(),
              micros[c][ROUNDS / 2],
              ratios[c][ROUNDS / 2],
              ratios[c][0],
              ratios[c][ROUNDS - 1],
              agreement.get(c)));
    }
    return results;
  }

  /** Returns the head of the table. */
  static String head() {
    return String.format(
        Locale.ROOT,
        "%n| model | rows | contender | rows a CPU second | µs a row | kernel is faster | spread |"
            + " scores |%n|---|---|---|---|---|---|---|---|%n");
  }

  /** Runs until it is warm and returns how many batches a slice of time has. */
  private int warmUp(Contender contender) {
    int repeats = 1;
    long spent = 0;
    long last = 0;
    while (spent < WARM_UP || last < SLICE / 2) {
      last = run(contender, repeats);
      spent += last;
      if (last < SLICE / 2) {
        repeats *= 2;
      }
    }
    return repeats;
  }

  private long run(Contender contender, int repeats) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < repeats; i++) {
      contender.run(i % batches);
    }
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }

  @Override
  public void close() {
    contenders.forEach(Contender::close);
  }
}
