package dev.insitu.test.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.test.ChildProcess;
import dev.insitu.test.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Where are kernels faster than ONNX Runtime (with {@code -Pbench}, than XGBoost), and where not?
 * Trees, depths, features and rows a batch, over numbers and over the flags of texts. A command,
 * and the whole grid takes about an hour:
 *
 * <pre>
 * mvn -Dquick -Pbench -pl tests-sql -am test -Dtest=KernelGrid -Dsurefire.failIfNoSpecifiedTests=false
 *   [-Dinsitu.grid.csv=target/bench/grid.csv] [-Dinsitu.grid.heap=6g]
 *   [-Dinsitu.grid.trees=1,10,100,500,2000] [-Dinsitu.grid.depths=3,6,8,10,0]
 *   [-Dinsitu.grid.features=10,28,100,500] [-Dinsitu.grid.rows=1,64,1024,16384]
 *   [-Dinsitu.grid.kinds=numbers,flags] [-Dinsitu.bench.rounds=5] [-Dinsitu.bench.warmup=0.3]
 * </pre>
 *
 * <p>Depth 0 is trees of 512 leaves that grow leaf by leaf. Each kind, depth and number of features
 * is a process of its own with a bounded heap ({@link KernelGridCells}), which adds what it
 * measures to the CSV file; a cell that is there already is not measured again, so a grid that was
 * stopped goes on where it was.
 */
class KernelGrid {
  private static final Path CSV =
      Path.of(System.getProperty("insitu.grid.csv", "target/bench/grid.csv")).toAbsolutePath();

  @Test
  void grid() throws Exception {
    Files.createDirectories(CSV.getParent());
    if (!Files.exists(CSV)) {
      Files.writeString(CSV, KernelGridCells.HEAD + "\n");
    }
    int done = 0;
    List<String[]> processes = new ArrayList<>();
    for (String kind : list("kinds", "numbers,flags")) {
      for (String features : list("features", "10,28,100,500")) {
        for (String depth : list("depths", "3,6,8,10,0")) {
          processes.add(new String[] {kind, features, depth});
        }
      }
    }
    for (String[] process : processes) {
      run(process[0], process[1], process[2]);
      done++;
      Machine.report(
          String.format(
              Locale.ROOT,
              "%d of %d: %s, %s features, depth %s",
              done,
              processes.size(),
              process[0],
              process[1],
              process[2]));
    }
    Machine.report(Machine.line() + "\n" + summary());
  }

  private static String[] list(String name, String usually) {
    return System.getProperty("insitu.grid." + name, usually).replace(" ", "").split(",");
  }

  private static void run(String... arguments) throws Exception {
    List<String> command =
        ChildProcess.java(
            "-Xmx" + System.getProperty("insitu.grid.heap", "6g"),
            "-Dinsitu.bench.rounds=" + System.getProperty("insitu.bench.rounds", "5"),
            "-Dinsitu.bench.warmup=" + System.getProperty("insitu.bench.warmup", "0.3"));
    command.addAll(List.of(KernelGridCells.class.getName(), CSV.toString()));
    command.addAll(List.of(arguments));
    command.add(String.join(",", list("trees", "1,10,100,500,2000")));
    command.add(String.join(",", list("rows", "1,64,1024,16384")));
    Path log = Path.of("target", "grid.log").toAbsolutePath();
    Files.createDirectories(log.getParent());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      assertThat(process.waitFor()).as(log.toString()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** For each contender how often the kernel is faster, over all cells of a batch size. */
  private static String summary() throws Exception {
    StringBuilder text =
        new StringBuilder("| inputs | rows | contender | cells | median | least | greatest |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    List<String[]> cells =
        Files.readAllLines(CSV).stream().skip(1).map(line -> line.split(",")).toList();
    for (String kind : list("kinds", "numbers,flags")) {
      for (String rows : list("rows", "1,64,1024,16384")) {
        for (String contender : KernelGridCells.RIVALS) {
          double[] ratios =
              cells.stream()
                  .filter(cell -> cell[0].equals(kind) && cell[4].equals(rows))
                  .filter(cell -> cell[5].equals(contender))
                  .mapToDouble(cell -> Double.parseDouble(cell[7]))
                  .sorted()
                  .toArray();
          if (ratios.length > 0) {
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %d | %.1f | %.1f | %.1f |%n",
                    kind,
                    rows,
                    contender,
                    ratios.length,
                    ratios[ratios.length / 2],
                    ratios[0],
                    ratios[ratios.length - 1]));
          }
        }
      }
    }
    return text.toString();
  }
}
