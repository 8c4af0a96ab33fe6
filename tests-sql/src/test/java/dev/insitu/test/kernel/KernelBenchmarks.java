package dev.insitu.test.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.test.Machine;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the benchmarks under JMH, or those that {@code -Dinsitu.jmh} names by a pattern, and prints
 * how often the kernel is faster. A command that takes four minutes: {@code mvn -Dquick -pl
 * tests-sql -am test -Dtest=KernelBenchmarks -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class KernelBenchmarks {
  @Test
  void run() throws RunnerException {
    ReadyBenchmark.verify(); // the others verify themselves, before each measurement
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(System.getProperty("insitu.jmh", "dev\\.insitu\\.test\\.kernel\\..*"))
                    .shouldFailOnError(true)
                    .build())
            .run();
    assertThat(results).isNotEmpty();
    Machine.report(Machine.line() + "\n" + ratios(results));
  }

  /** Lines of a table: the mean of the others over the kernel's, and what their extremes allow. */
  private static String ratios(Collection<RunResult> results) {
    Map<String, Statistics> kernels = new TreeMap<>();
    for (RunResult result : results) {
      if (result.getParams().getParam("contender").equals("kernel")) {
        kernels.put(question(result.getParams()), result.getPrimaryResult().getStatistics());
      }
    }
    StringBuilder text =
        new StringBuilder(
            "| question | contender | kernel | its | kernel is faster | from, to |\n"
                + "|---|---|---|---|---|---|\n");
    for (RunResult result : results) {
      Statistics kernel = kernels.get(question(result.getParams()));
      String contender = result.getParams().getParam("contender");
      if (kernel == null || contender.equals("kernel")) {
        continue;
      }
      Statistics its = result.getPrimaryResult().getStatistics();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.1f %s | %.1f | %.1f | %.1f, %.1f |%n",
              question(result.getParams()),
              contender,
              kernel.getMean(),
              result.getPrimaryResult().getScoreUnit(),
              its.getMean(),
              its.getMean() / kernel.getMean(),
              its.getMin() / kernel.getMax(),
              its.getMax() / kernel.getMin()));
    }
    return text.toString();
  }

  private static String question(BenchmarkParams params) {
    String trees = params.getParam("trees");
    String[] names = params.getBenchmark().split("\\.");
    return names[names.length - 2] + (trees == null ? "" : ", " + trees + " trees");
  }
}
