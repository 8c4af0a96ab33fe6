package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training data that does not fit into the heap ends in our error, whichever step does not fit, and
 * the database is usable afterwards.
 */
class LargeTrainingTest {
  private static final int MODELS = 2;

  @TempDir Path folder;

  @Test
  void trainingThatDoesNotFitIsRefusedAndTheDatabaseGoesOn() throws Exception {
    List<String> command = ChildProcess.java("-Xmx64m");
    command.addAll(
        List.of(
            LargeTraining.class.getName(),
            "jdbc:insitu:h2:" + folder.resolve("large"),
            "250000",
            "100000000"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(said).isTrue();
    List<String> lines = said.lines().toList();
    assertThat(lines.subList(0, MODELS))
        .as("what may or may not fit after the reading:\n" + said)
        .allMatch(line -> line.endsWith(": trained") || line.contains(": ML046 "));
    assertThat(lines.subList(MODELS, 2 * MODELS))
        .as("what is refused while it is read:\n" + said)
        .allMatch(line -> line.contains(": ML046 ") && line.contains("Hint: The first "))
        .allMatch(line -> line.contains("-Xmx"));
    assertThat(said).doesNotContain("OutOfMemory").endsWith("predicted 100\n");
    assertThat(process.exitValue()).isZero();
  }
}
