package dev.insitu.score.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.kernel.Forest.Comparison;
import dev.insitu.score.kernel.PlainTrees.Split;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random trees over random rows: kernels, ONNX Runtime and a plain walk. */
class TreeDifferentialTest {
  @Test
  void treesAreBitEqualToAPlainWalkAndAgreeWithOnnxRuntime() {
    Cases.each(40, TreeDifferentialTest::compare);
  }

  private static void compare(Random random) {
    int features = 1 + random.nextInt(random.nextInt(4) == 0 ? 30 : 5);
    PlainTrees trees = RandomTrees.of(random, features);
    List<String> inputs = Pair.numbers(features);
    GraphBuilder graph = new GraphBuilder("trees");
    inputs.forEach(name -> graph.input(name, ElementType.DOUBLE));
    String matrix = graph.node("Concat", inputs, Attribute.of("axis", 1));
    boolean single = trees.isSingle();
    String sums = trees.write(graph, single ? graph.cast(matrix, ElementType.FLOAT) : matrix);
    graph.output(
        single ? graph.cast(sums, ElementType.DOUBLE) : sums,
        "prediction",
        ElementType.DOUBLE,
        -1,
        trees.targets());
    try (Pair pair =
        Pair.open(graph.build(), inputs, "prediction", trees.targets(), isAsSpecified(trees))) {
      for (int batch = 0; batch < 3; batch++) {
        FeatureBatch rows = rows(random, pair, trees, features);
        PredictionBatch found = pair.byKernel(rows);
        check(trees, rows, features, found, pair.byOnnx(rows), sum -> sum);
        if (batch == 0 && random.nextInt(16) == 0) {
          for (PredictionBatch other : pair.byManyThreads(rows)) {
            assertThat(other.scores()).isEqualTo(found.scores());
          }
        }
      }
    }
  }

  /**
   * ONNX Runtime knows whole numbers of 32 bits alone as members, and takes numbers beside them for
   * members as well ({@code tree_ensemble_common.h} of 1.28).
   */
  static boolean isAsSpecified(PlainTrees trees) {
    return trees.splits().stream()
        .flatMap(split -> split.members().stream())
        .allMatch(TreeDifferentialTest::isWhole);
  }

  private static boolean isAsSpecified(PlainTrees trees, double[] row) {
    return trees.splits().stream()
        .filter(split -> split.comparison() == Comparison.MEMBER)
        .allMatch(split -> isWhole(trees.narrow(row[split.feature()])));
  }

  private static boolean isWhole(double value) {
    return Double.isNaN(value) || value == (int) value;
  }

  static FeatureBatch rows(Random random, Pair pair, PlainTrees trees, int features) {
    int count = Pair.rows(random);
    FeatureBatch rows = new FeatureBatch(pair.signature, count + random.nextInt(3));
    boolean finite = random.nextBoolean();
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < features; feature++) {
        rows.numbers(feature)[row] = random.nextGaussian();
      }
      for (int i = random.nextInt(2 * features); i >= 0; i--) {
        Split split = trees.splits().get(random.nextInt(trees.splits().size()));
        int members = split.members().size();
        double value = members == 0 ? split.value() : split.members().get(random.nextInt(members));
        rows.numbers(split.feature())[row] = AwkwardNumbers.near(random, value, trees.isSingle());
      }
      if (random.nextInt(3) == 0) {
        rows.numbers(random.nextInt(features))[row] =
            random.nextBoolean() ? Double.NaN : AwkwardNumbers.any(random);
      }
      for (int feature = 0; feature < features && finite; feature++) {
        double value = rows.numbers(feature)[row];
        rows.numbers(feature)[row] = AwkwardNumbers.isFinite(value) ? value : 0.5;
      }
    }
    rows.setRows(count);
    return rows;
  }

  /** Compares each score with what is made of its sum. */
  static void check(
      PlainTrees trees,
      FeatureBatch rows,
      int features,
      PredictionBatch found,
      @Nullable PredictionBatch onnx,
      DoubleUnaryOperator made) {
    double[] row = new double[features];
    for (int i = 0; i < rows.rows(); i++) {
      for (int feature = 0; feature < features; feature++) {
        row[feature] = rows.numbers(feature)[i];
      }
      double[] expected = trees.sums(row);
      double[] magnitudes = trees.magnitudes(row);
      boolean specified = isAsSpecified(trees, row);
      for (int k = 0; k < expected.length; k++) {
        expected[k] = made.applyAsDouble(expected[k]);
        if (found.score(i, k) != expected[k]) {
          throw new AssertionError(
              message(trees, i, k, row) + found.score(i, k) + " instead of " + expected[k]);
        }
        boolean single = trees.isSingle() || made.applyAsDouble(Math.PI) != Math.PI;
        double tolerance = (single ? 1e-5 : 1e-12) * Math.max(magnitudes[k], 1e-30);
        if (onnx != null && specified && !(Math.abs(onnx.score(i, k) - expected[k]) <= tolerance)) {
          throw new AssertionError(
              message(trees, i, k, row)
                  + "ONNX Runtime: "
                  + onnx.score(i, k)
                  + " for "
                  + expected[k]);
        }
      }
    }
  }

  private static String message(PlainTrees trees, int row, int target, double[] numbers) {
    return trees
        + ": row "
        + row
        + ", sum "
        + target
        + ", "
        + java.util.Arrays.toString(numbers)
        + ": ";
  }
}
