package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Imports, predictions and drops leave no native memory behind. A process of its own, whose heap is
 * all in memory from the beginning, so that what its resident memory grows by is native.
 *
 * <p>1,000 cycles and 10,000 predictions: {@code mvn -pl tests-sql -am test
 * -Dtest=ImportedMemoryTest -Dinsitu.cycles=1000 -Dsurefire.failIfNoSpecifiedTests=false}
 */
class ImportedMemoryTest {
  private static final int CYCLES = Integer.getInteger("insitu.cycles", 200);

  /** What compiled code, fragmentation and the store's records may take, in kilobytes. */
  private static final long SLACK = 16 << 10;

  @Test
  void importsPredictionsAndDropsLeaveNoMemoryBehind() throws Exception {
    assumeTrue(
        ProcessMemory.kilobytes("VmRSS:") > 0,
        "SKIPPED: this machine does not tell a process's resident memory");
    List<String> said = run(CYCLES, 10 * CYCLES);
    ProcessCpu.report(String.join("; ", said));
    for (String what : List.of("cycles", "predictions")) {
      List<Long> resident =
          said.stream()
              .filter(line -> line.startsWith(what + " "))
              .map(line -> Long.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
              .toList();
      assertThat(resident).as("%s", said).hasSizeGreaterThanOrEqualTo(10);
      long warmed = resident.get(4); // what 100 cycles touch for the first time
      long end = resident.get(resident.size() - 1);
      assertThat(end - warmed)
          .as(String.format(Locale.ROOT, "KB that %s have added; %s", what, said))
          .isLessThan(SLACK);
    }
  }

  private static List<String> run(int cycles, int predictions)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ImportCycles.class.getName(),
                Integer.toString(cycles),
                Integer.toString(predictions))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said.lines().toList();
  }
}
