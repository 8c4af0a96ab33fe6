package dev.insitu.train.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that trains and scores is started as applications start it: with the class path on the
 * command line, which ONNX Runtime 1.29 does not survive (DECISIONS.md of scoring-runtime, 9).
 */
class LongCommandLineTest {
  private static final int ROWS = 3_000;
  private static final int TRAININGS = 3;
  private static final int MINUTES = 10;
  private static final String LONG_ARGUMENT = "x/".repeat(30_000);

  @TempDir Path folder;

  @Test
  void trainsAndScoresAndLeavesNothingBehind() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path output = folder.resolve("output");
    Process process = start(home, output);
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(printed).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    assertThat(printed.lines().filter(line -> line.endsWith(" scores, all equal")))
        .as(printed)
        .hasSize(TRAININGS * 3);
    assertThat(home).as("what the library leaves behind").isEmptyDirectory();
  }

  private Process start(Path home, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                TrainAndScore.class.getName(),
                Integer.toString(TRAININGS),
                Integer.toString(ROWS),
                LONG_ARGUMENT));
    builder.environment().put("HOME", home.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    builder.environment().remove("ORT_DISABLE_TELEMETRY");
    return builder.redirectErrorStream(true).redirectOutput(new File(output.toString())).start();
  }
}
