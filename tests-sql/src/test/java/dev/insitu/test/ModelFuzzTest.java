package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Thousands of changed models, imported and, if that goes, used, in a process of their own: it
 * lives, each import ends soon, with a model or an error that says whose fault it is, and memory
 * does not grow.
 *
 * <p>More of them: {@code nice mvn -pl tests-sql -am test -Dtest=ModelFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dinsitu.fuzz.models=100000 -Dinsitu.fuzz.seed=7}. What
 * ended the process, or did not end, is left in {@code tests-sql/target/fuzz}; once it is refused
 * it belongs into {@code tests-sql/onnx/hostile/corpus}.
 */
class ModelFuzzTest {
  private static final int MODELS = Integer.getInteger("insitu.fuzz.models", 5_000);
  private static final long SEED = Long.getLong("insitu.fuzz.seed", 20_261_122);
  private static final int FIRST = Integer.getInteger("insitu.fuzz.first", 0);
  private static final long LONGEST_SECONDS = 20;
  private static final long MOST_GROWTH = 150;
  private static final Path ONNX = Path.of("tests-sql/onnx");
  private static final Path FOUND = Path.of("tests-sql/target/fuzz");

  private final List<String> wrong = new ArrayList<>();
  private final List<Long> resident = new ArrayList<>();
  private int imported;
  private int tried;

  @Test
  void changedModelsEndInAnErrorAtWorst() throws Exception {
    MutatedModels models = MutatedModels.read(ONNX);
    int next = FIRST;
    while (next < FIRST + MODELS) {
      resident.clear();
      next = run(next, FIRST + MODELS, models);
    }
    assertThat(wrong).as("seed %d, %d models tried, %d imported", SEED, tried, imported).isEmpty();
    assertThat(tried).isEqualTo(MODELS);
    assertThat(imported).as("models that could be used").isGreaterThan(MODELS / 20);
    if (resident.size() > 4 && resident.get(1) > 0) {
      assertThat(resident.get(resident.size() - 1) - resident.get(resident.size() / 3))
          .as("MB that it grew by: %s", resident)
          .isLessThan(MOST_GROWTH);
    }
  }

  /** Returns the number with which to go on. */
  private int run(int from, int to, MutatedModels models) throws Exception {
    List<String> command = new ArrayList<>(ChildProcess.java("-Xmx512m"));
    command.addAll(
        List.of(MutatedImports.class.getName(), SEED + "", from + "", to + "", ONNX.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    int current = from;
    boolean begun = false;
    boolean ended = false;
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      ScheduledFuture<?> alarm = alarm(clock, process);
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        alarm.cancel(false);
        alarm = alarm(clock, process);
        String[] fields = line.split("\t", 3);
        ended = line.equals("end");
        if (fields[0].equals("begin")) {
          current = Integer.parseInt(fields[1]);
          begun = true;
        } else if (fields[0].equals("end of")) {
          begun = false;
          tried++;
          imported += fields[2].startsWith("imported") ? 1 : 0;
          if (fields[2].contains(ImportTry.ESCAPED)) {
            found(models, current, fields[2]);
          }
        } else if (fields[0].equals("resident")) {
          resident.add(Long.valueOf(fields[1]));
        }
      }
      alarm.cancel(false);
    } finally {
      clock.shutdownNow();
      process.destroyForcibly();
    }
    if (ended) {
      return to;
    }
    tried += begun ? 1 : 0;
    found(models, current, "exit status " + process.waitFor() + (begun ? "" : " after it"));
    return current + 1;
  }

  private static ScheduledFuture<?> alarm(ScheduledExecutorService clock, Process process) {
    return clock.schedule(process::destroyForcibly, LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  private void found(MutatedModels models, int number, String what) throws IOException {
    Files.createDirectories(FOUND);
    Path file = FOUND.resolve(SEED + "_" + number + ".onnx");
    Files.write(file, models.at(SEED, number));
    wrong.add(file + ", once " + models.origin(SEED, number) + ": " + what);
    if (wrong.size() > 200) {
      throw new AssertionError("seed " + SEED + ", given up: " + wrong);
    }
  }
}
