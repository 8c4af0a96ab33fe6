package dev.insitu.train.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.error.MlException;
import dev.insitu.train.Progress;
import dev.insitu.train.tree.DenseRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each case in a process of its own, because a library is loaded once. */
class XGBoostLibraryTest {
  /** XGBoost's own property for a library elsewhere; this one is a text file, so it cannot load. */
  private static final String BROKEN =
      "-Dxgboostruntime.native.xgboost4j=/xgboost4j-version.properties";

  @Test
  void aLibraryThatCannotBeLoadedIsAnErrorWithThePackageToInstall() throws Exception {
    String output = run(Asking.class, BROKEN);
    assertThat(output)
        .contains("available: false")
        .contains("ML060: cannot load XGBoost: ")
        .contains("Hint: Install ")
        .contains("again: ML060: cannot load XGBoost: ")
        .doesNotContain("Exception in thread");
  }

  @Test
  void theHintNamesThePackageOfTheSystem() {
    assertThat(XGBoostLibrary.hint("Linux"))
        .isEqualTo(
            "Install the OpenMP runtime: apt-get install libgomp1 (Debian, Ubuntu) or dnf install"
                + " libgomp (Fedora, RHEL).");
    assertThat(XGBoostLibrary.hint("Mac OS X")).contains("brew install libomp");
    assertThat(XGBoostLibrary.hint("Windows 11")).contains("Visual C++");
  }

  @RequiresXGBoost
  @Test
  void trainingSaysNothing() throws Exception {
    assertThat(run(Training.class)).isEqualTo("done\n");
  }

  private static String run(Class<?> main, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output.replace("\r\n", "\n");
  }

  /** Asks whether the library is there, and trains all the same. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] arguments) {
      System.out.println("available: " + XGBoostLibrary.available());
      for (String word : List.of("first", "again")) {
        try {
          Training.train();
        } catch (MlException e) {
          System.out.println(word + ": " + e.getMessage());
        }
      }
    }
  }

  /** Trains each task. */
  static final class Training {
    private Training() {}

    public static void main(String[] arguments) {
      train();
      System.out.println("done");
    }

    static void train() {
      for (int classes = 1; classes <= 3; classes++) {
        DenseRows rows = DenseRows.random(100, 6, classes, 1);
        new BoosterTrainer(BoosterSettings.boosted())
            .train(BoosterTrainerTest.task(classes), rows, Optional.of(rows), Progress.NONE)
            .predict(rows, 0, 10);
      }
    }
  }
}
