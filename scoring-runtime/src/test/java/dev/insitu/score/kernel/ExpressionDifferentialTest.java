package dev.insitu.score.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random graphs of operators that work number by number: kernels and ONNX Runtime. */
class ExpressionDifferentialTest {
  @Test
  void expressionsAgreeWithOnnxRuntime() {
    Cases.each(200, ExpressionDifferentialTest::compare);
  }

  @Test
  void anInfinityInPlaceOfNaNIsReplacedItself() {
    GraphBuilder graph = new GraphBuilder("twice");
    String x = graph.input("x0", ElementType.DOUBLE);
    String infinity = graph.doubles(new double[] {Double.POSITIVE_INFINITY});
    String once = graph.node("Where", List.of(graph.node("IsNaN", List.of(x)), infinity, x));
    String found = graph.node("Equal", List.of(once, infinity));
    String twice = graph.node("Where", List.of(found, graph.doubles(new double[] {7}), once));
    String thrice = graph.node("Where", List.of(found, graph.doubles(new double[] {8}), twice));
    graph.output(thrice, "prediction", ElementType.DOUBLE, -1, 1);
    assertScore(graph, Double.NaN, 8.0);
    assertScore(graph, Double.POSITIVE_INFINITY, 8.0);
    assertScore(graph, 3, 3.0);
  }

  @Test
  void noWeightMakesZeroOfInfinity() {
    GraphBuilder graph = new GraphBuilder("overflow");
    String x = graph.input("x0", ElementType.DOUBLE);
    String filled =
        graph.node(
            "Where", List.of(graph.node("IsNaN", List.of(x)), graph.doubles(new double[] {1}), x));
    String wide = graph.node("Div", List.of(filled, graph.doubles(new double[] {0.5})));
    String product = graph.node("MatMul", List.of(wide, graph.doubles(new double[] {0}, 1, 1)));
    graph.output(product, "prediction", ElementType.DOUBLE, -1, 1);
    assertScore(graph, Double.MAX_VALUE, Double.NaN);
    assertScore(graph, Double.NEGATIVE_INFINITY, Double.NaN);
    assertScore(graph, Double.NaN, 0.0);
  }

  private static void assertScore(GraphBuilder graph, double x, Double expected) {
    try (Pair pair = Pair.open(graph.build(), List.of("x0"), "prediction", 1, true)) {
      FeatureBatch rows = new FeatureBatch(pair.signature, 1);
      rows.numbers(0)[0] = x;
      rows.setRows(1);
      assertThat(Objects.requireNonNull(pair.byOnnx(rows)).score(0, 0)).isEqualTo(expected);
      assertThat(pair.byKernel(rows).score(0, 0)).isEqualTo(expected);
    }
  }

  private static void compare(Random random) {
    List<String> inputs = Pair.numbers(1 + random.nextInt(4));
    RandomExpression expression = new RandomExpression(random, inputs);
    byte[] graph = expression.build();
    try (Pair pair = Pair.open(graph, inputs, "prediction", expression.width(), true)) {
      for (int batch = 0; batch < 2; batch++) {
        FeatureBatch rows = rows(random, pair, inputs.size());
        PredictionBatch found = pair.byKernel(rows);
        PredictionBatch onnx = Objects.requireNonNull(pair.byOnnx(rows));
        for (int row = 0; row < rows.rows(); row++) {
          for (int k = 0; k < expression.width(); k++) {
            assertThat(agree(onnx.score(row, k), found.score(row, k)))
                .as(
                    "%s: row %s, score %s: %s instead of %s",
                    expression, row, k, found.score(row, k), onnx.score(row, k))
                .isTrue();
          }
        }
      }
    }
  }

  private static FeatureBatch rows(Random random, Pair pair, int inputs) {
    int count = Pair.rows(random);
    FeatureBatch rows = new FeatureBatch(pair.signature, count + random.nextInt(3));
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < inputs; i++) {
        int kind = random.nextInt(10);
        rows.numbers(i)[row] =
            kind == 0
                ? Double.NaN
                : kind == 1
                    ? AwkwardNumbers.any(random)
                    : kind == 2 ? random.nextInt(6) - 2 : random.nextGaussian() * 100;
      }
    }
    rows.setRows(count);
    return rows;
  }

  private static boolean agree(double onnx, double found) {
    return onnx == found
        || (Double.isNaN(onnx) && Double.isNaN(found))
        || (Double.isFinite(onnx) && Math.abs(onnx - found) <= 1e-6 * Math.max(1, Math.abs(onnx)));
  }
}
