package dev.insitu.score.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random models of every family behind random preparations: kernels, ONNX Runtime, plain loops. */
class PreparedDifferentialTest {
  private static final double TOLERANCE = 1e-6;

  @Test
  void modelsBehindPreparationsAgreeWithPlainLoopsAndWithOnnxRuntime() {
    Cases.each(80, PreparedDifferentialTest::compare);
  }

  private static void compare(Random random) {
    PlainPreparation preparation = new PlainPreparation(random);
    PlainHead head = PlainHead.of(random, preparation.width());
    GraphBuilder graph = new GraphBuilder("model");
    graph.output(
        head.write(graph, preparation.write(graph)),
        "probabilities",
        ElementType.DOUBLE,
        -1,
        head.width());
    boolean withOnnx = !(head instanceof PlainHead.Boosted of) || !of.trees().hasMembers();
    try (Pair pair =
        Pair.open(graph.build(), preparation.inputs(), "probabilities", head.width(), withOnnx)) {
      for (int batch = 0; batch < 3; batch++) {
        int count = Pair.rows(random);
        FeatureBatch rows = new FeatureBatch(pair.signature, count + random.nextInt(3));
        preparation.fill(rows, count, random);
        PredictionBatch found = pair.byKernel(rows);
        check(preparation, head, rows, found, pair.byOnnx(rows));
        if (batch == 0 && random.nextInt(16) == 0) {
          for (PredictionBatch other : pair.byManyThreads(rows)) {
            assertThat(other.scores()).isEqualTo(found.scores());
          }
        }
      }
    }
  }

  private static void check(
      PlainPreparation preparation,
      PlainHead head,
      FeatureBatch rows,
      PredictionBatch found,
      @Nullable PredictionBatch onnx) {
    for (int i = 0; i < rows.rows(); i++) {
      double[] row = preparation.prepared(rows, i);
      double[] expected = head.scores(row);
      double magnitude = head.magnitude(row);
      for (int k = 0; k < expected.length; k++) {
        if (!agree(expected[k], found.score(i, k), TOLERANCE * magnitude)) {
          throw new AssertionError(
              message(head, i, k, row) + found.score(i, k) + " instead of " + expected[k]);
        }
        double most = TOLERANCE * Math.max(magnitude, Math.max(10, Math.abs(expected[k])));
        // A sum that overflows on its way depends on the order of its terms.
        boolean overflows = Arrays.stream(row).allMatch(Double::isFinite);
        boolean ordered = Double.isFinite(magnitude) || !(overflows || Double.isNaN(expected[k]));
        if (onnx != null && ordered && !agree(expected[k], onnx.score(i, k), most)) {
          throw new AssertionError(
              message(head, i, k, row)
                  + "ONNX Runtime: "
                  + onnx.score(i, k)
                  + " for "
                  + expected[k]);
        }
      }
    }
  }

  /** Equal, both no number, or near if both are finite. */
  private static boolean agree(double expected, double found, double most) {
    return expected == found
        || (Double.isNaN(expected) && Double.isNaN(found))
        || (Double.isFinite(expected) && Math.abs(expected - found) <= most);
  }

  private static String message(PlainHead head, int row, int score, double[] numbers) {
    return head + ": row " + row + ", score " + score + ", " + Arrays.toString(numbers) + ": ";
  }
}
