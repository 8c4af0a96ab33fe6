package dev.insitu.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What do predictions over a table cost beside reading the same columns through H2's own JDBC
 * result set? A command, not a part of the build:
 *
 * <pre>
 * mvn -Dquick -pl tests-sql -am test -Dtest=PredictionScanBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 *   [-Dinsitu.scan.rows=1000000] [-Dinsitu.scan.repeats=7] [-Dinsitu.scan.columns=12,28]
 *   [-Dinsitu.scan.types=DOUBLE,REAL] [-Dinsitu.scan.models=linear,trees] [-Dinsitu.scan.heap=8g]
 *   [-Dinsitu.scan.processors=1,2] [-Dinsitu.scan.java=/path/to/bin/java]
 *   [-Dinsitu.scan.options=OPTIONS OF JAVA]
 * </pre>
 *
 * <p>{@link PredictionScan} does the work, in a process of its own and so with any JDK. With one
 * processor all work is the reading thread's, whose CPU time is what counts; with two the time that
 * passed does, since blocks are scored by the second. All of it takes about fifteen minutes.
 */
class PredictionScanBenchmark {
  @TempDir Path folder;

  @Test
  void predictionsCostLittleBesideReading() throws Exception {
    for (String processors : System.getProperty("insitu.scan.processors", "1,2").split(",")) {
      run(processors);
    }
  }

  private void run(String processors) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xmx" + System.getProperty("insitu.scan.heap", "8g"),
                "-XX:ActiveProcessorCount=" + processors));
    String more = System.getProperty("insitu.scan.options", "");
    if (!more.isEmpty()) {
      options.addAll(Arrays.asList(more.split(",")));
    }
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("insitu.scan."))
        .forEach(name -> options.add("-D" + name + "=" + System.getProperty(name)));
    List<String> command = ChildProcess.java(options.toArray(new String[0]));
    command.set(0, System.getProperty("insitu.scan.java", command.get(0)));
    command.addAll(List.of(PredictionScan.class.getName(), folder.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      ProcessCpu.report(new String(process.getInputStream().readAllBytes(), UTF_8));
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isZero();
  }
}
