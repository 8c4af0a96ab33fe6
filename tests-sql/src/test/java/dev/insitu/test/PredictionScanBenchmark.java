package dev.insitu.test;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What do predictions over a table cost beside reading the same columns through H2's own JDBC
 * result set? A command, not a part of the build:
 *
 * <pre>
 * tests-sql/bench/run PredictionScanBenchmark
 *   [-Dinsitu.scan.rows=1000000] [-Dinsitu.scan.repeats=7] [-Dinsitu.scan.columns=12,28]
 *   [-Dinsitu.scan.types=DOUBLE,REAL] [-Dinsitu.scan.models=linear,trees] [-Dinsitu.scan.heap=8g]
 *   [-Dinsitu.scan.processors=1,2] [-Dinsitu.scan.java=/path/to/bin/java]
 *   [-Dinsitu.scan.options=OPTIONS OF JAVA]
 * </pre>
 *
 * <p>{@link PredictionScan} does the work, in a process of its own and so with any JDK. With one
 * processor all work is the reading thread's, whose CPU time is what counts; with two the time that
 * passed does, since blocks are scored by the second. All of it takes about fifteen minutes.
 */
class PredictionScanBenchmark {
  @TempDir Path folder;

  @Test
  void predictionsCostLittleBesideReading() throws Exception {
    for (String processors : System.getProperty("insitu.scan.processors", "1,2").split(",")) {
      run(processors);
    }
  }

  private void run(String processors) throws Exception {
    CostProcess.run(
        PredictionScan.class,
        "insitu.scan.",
        "8g",
        List.of("-XX:ActiveProcessorCount=" + processors),
        folder.toString());
  }
}
