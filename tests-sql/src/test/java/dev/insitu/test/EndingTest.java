package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is told to end (SIGTERM) while it trains and predicts ends as told, and predicts
 * as long as it lives.
 *
 * <p>Many times: {@code mvn -pl tests-sql -am test -Dtest=EndingTest -Dinsitu.endings=20
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class EndingTest {
  private static final int ENDINGS = Integer.getInteger("insitu.endings", 1);

  /** 128 and the number of SIGTERM. */
  private static final int ENDED = 143;

  @TempDir Path folder;

  @BeforeAll
  static void processesCanBeTold() {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    if (windows) {
      System.err.println("SKIPPED EndingTest, Windows ends a process without telling it");
    }
    assumeTrue(!windows, "Windows");
  }

  @Test
  void aProcessThatPredictsEndsWhenItIsTold() throws Exception {
    Random random = new Random(20_261_122);
    for (int i = 0; i < ENDINGS; i++) {
      assertThat(end("predicting", random.nextInt(500))).contains("lingered");
    }
  }

  @Test
  void thereIsNoFirstPredictionInAProcessThatEnds() throws Exception {
    assertThat(end("late", 0))
        .contains("ML060: cannot load ONNX Runtime: ", "Shutdown in progress")
        .doesNotContain("trained");
  }

  /** Starts a process, tells it to end after a while, and returns what it said. */
  private String end(String how, int millis) throws Exception {
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    List<String> command = ChildProcess.java("-Xmx256m");
    command.addAll(List.of(EndlessPredictions.class.getName(), how));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      while (!Files.readString(output).startsWith("ready")) {
        assertThat(process.isAlive()).as(Files.readString(errors)).isTrue();
        TimeUnit.MILLISECONDS.sleep(20);
      }
      TimeUnit.MILLISECONDS.sleep(millis);
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(errors)).isEmpty();
    assertThat(process.exitValue()).isEqualTo(ENDED);
    return Files.readString(output);
  }
}
