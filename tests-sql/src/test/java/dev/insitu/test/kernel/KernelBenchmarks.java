package dev.insitu.test.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks under JMH, or those that {@code -Dinsitu.jmh} names by a pattern. A command:
 * {@code mvn -Dquick -pl tests-sql -am test -Dtest=KernelBenchmarks
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class KernelBenchmarks {
  @Test
  void run() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(System.getProperty("insitu.jmh", "dev\\.insitu\\.test\\.kernel\\..*"))
                    .shouldFailOnError(true)
                    .build())
            .run();
    assertThat(results).isNotEmpty();
    Machine.report(Machine.line());
  }
}
