package dev.insitu.test;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What does a prediction cost that a function of plain H2 makes for each row, beside the sum of the
 * columns in its place? A command, not a part of the build:
 *
 * <pre>
 * tests-sql/bench/run PlainFunctionBenchmark
 *   [-Dinsitu.plain.rows=1000000] [-Dinsitu.plain.repeats=9] [-Dinsitu.plain.warmup=4]
 *   [-Dinsitu.plain.shapes=WHERE,SUM,rows] [-Dinsitu.plain.models=logistic,trees]
 *   [-Dinsitu.plain.forms=PREDICTION,CREATE_FUNCTION] [-Dinsitu.plain.calls=100000]
 *   [-Dinsitu.plain.heap=4g] [-Dinsitu.plain.java=/path/to/bin/java]
 *   [-Dinsitu.plain.options=OPTIONS OF JAVA]
 * </pre>
 *
 * <p>{@link PlainFunctionCost} does the work, in about ten minutes.
 */
class PlainFunctionBenchmark {
  @TempDir Path folder;

  @Test
  void predictionsCostLittleBesideSums() throws Exception {
    CostProcess.run(PlainFunctionCost.class, "insitu.plain.", "4g", List.of(), folder.toString());
  }
}
