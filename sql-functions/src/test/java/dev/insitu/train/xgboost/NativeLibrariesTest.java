package dev.insitu.train.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * XGBoost and ONNX Runtime live in one process as applications start it: with the class path on the
 * command line, which ONNX Runtime 1.29 does not survive (DECISIONS.md of scoring-runtime, 9).
 *
 * <p>{@code -Dinsitu.margins.rows=180000} scores that many rows.
 */
@RequiresXGBoost
class NativeLibrariesTest {
  private static final int ROWS = Integer.getInteger("insitu.margins.rows", 3_000);
  private static final int TRAININGS = 3;
  private static final int MINUTES = 10;
  private static final String LONG_ARGUMENT = "x/".repeat(30_000);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {NativeLibraries.XGBOOST_FIRST, NativeLibraries.ONNX_RUNTIME_FIRST})
  void theyTrainAndScoreTheSameBitsInWhateverOrderTheyAreLoaded(String first) throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path output = folder.resolve("output");
    Process process = start(home, output, first);
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(printed).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    assertThat(printed.lines().filter(line -> line.endsWith(" margins, all equal")))
        .as(printed)
        .hasSize(TRAININGS * 3);
    assertThat(home).as("what the libraries leave behind").isEmptyDirectory();
  }

  private Process start(Path home, Path output, String first) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                NativeLibraries.class.getName(),
                first,
                Integer.toString(TRAININGS),
                Integer.toString(ROWS),
                LONG_ARGUMENT));
    builder.environment().put("HOME", home.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    builder.environment().remove("ORT_DISABLE_TELEMETRY");
    return builder.redirectErrorStream(true).redirectOutput(new File(output.toString())).start();
  }
}
