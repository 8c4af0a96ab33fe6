package dev.insitu.test;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What does a row of a table cost that keeps a prediction in a column, beside the same table
 * without the column: inserted, updated, and written again when the model's version is switched? A
 * command, not a part of the build:
 *
 * <pre>
 * tests-sql/bench/run KeptColumnBenchmark
 *   [-Dinsitu.kept.rows=100000] [-Dinsitu.kept.repeats=9] [-Dinsitu.kept.warmup=4]
 *   [-Dinsitu.kept.models=logistic,trees] [-Dinsitu.kept.calls=50000]
 *   [-Dinsitu.kept.heap=4g] [-Dinsitu.kept.java=/path/to/bin/java]
 *   [-Dinsitu.kept.options=OPTIONS OF JAVA]
 * </pre>
 *
 * <p>{@link KeptColumnCost} does the work, in about four minutes.
 */
class KeptColumnBenchmark {
  @Test
  void aKeptColumnCostsLittleBesideTheRow() throws Exception {
    CostProcess.run(KeptColumnCost.class, "insitu.kept.", "4g", List.of());
  }
}
