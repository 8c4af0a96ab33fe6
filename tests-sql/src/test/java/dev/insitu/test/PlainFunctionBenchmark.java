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
 * What does a prediction cost that a function of plain H2 makes for each row, beside the sum of the
 * columns in its place? A command, not a part of the build:
 *
 * <pre>
 * mvn -Dquick -pl tests-sql -am test -Dtest=PlainFunctionBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 *   [-Dinsitu.plain.rows=1000000] [-Dinsitu.plain.repeats=9] [-Dinsitu.plain.warmup=4]
 *   [-Dinsitu.plain.shapes=WHERE,SUM,rows] [-Dinsitu.plain.models=logistic,trees]
 *   [-Dinsitu.plain.calls=100000] [-Dinsitu.plain.heap=4g] [-Dinsitu.plain.java=/path/to/bin/java]
 *   [-Dinsitu.plain.options=OPTIONS OF JAVA]
 * </pre>
 *
 * <p>{@link PlainFunctionCost} does the work, in a process of its own and so with any JDK. All of
 * it takes about four minutes.
 */
class PlainFunctionBenchmark {
  @TempDir Path folder;

  @Test
  void predictionsCostLittleBesideSums() throws Exception {
    List<String> options =
        new ArrayList<>(List.of("-Xmx" + System.getProperty("insitu.plain.heap", "4g")));
    String more = System.getProperty("insitu.plain.options", "");
    if (!more.isEmpty()) {
      options.addAll(Arrays.asList(more.split(",")));
    }
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("insitu.plain."))
        .forEach(name -> options.add("-D" + name + "=" + System.getProperty(name)));
    List<String> command = ChildProcess.java(options.toArray(new String[0]));
    command.set(0, System.getProperty("insitu.plain.java", command.get(0)));
    command.addAll(List.of(PlainFunctionCost.class.getName(), folder.toString()));
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
