package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.test.MillionsOfRows.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A prediction over many generated rows in a small heap: read to the end, stored by {@code CREATE
 * TABLE AS} and {@code INSERT … SELECT}, and copied because another statement runs on the
 * connection. In the long run H2's own statements without a prediction stand beside them.
 *
 * <p>Ten million rows, each way in a process of its own: {@code mvn -pl tests-sql -am test
 * -Dtest=MillionsOfRowsTest -Dinsitu.rows=10000000 -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class MillionsOfRowsTest {
  private static final int FEW = 150_000;
  private static final int ROWS = Integer.getInteger("insitu.rows", FEW);

  @TempDir Path folder;

  @Test
  void aSmallHeapIsEnoughForManyRows() throws Exception {
    if (ROWS <= FEW) {
      run(Arrays.stream(Way.values()).filter(way -> !way.plain()).map(Way::name).toList());
    } else {
      for (Way way : Way.values()) {
        run(List.of(way.name()));
      }
    }
  }

  private void run(List<String> ways) throws Exception {
    List<String> command = ChildProcess.java("-Xmx256m", "-XX:+UseSerialGC");
    command.addAll(
        List.of(MillionsOfRows.class.getName(), Integer.toString(ROWS), folder.toString()));
    command.addAll(ways);
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said.lines()).as(said).hasSameSizeAs(ways);
    ProcessCpu.report(said);
  }
}
