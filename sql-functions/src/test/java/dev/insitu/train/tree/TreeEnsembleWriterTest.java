package dev.insitu.train.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.tree.TreeEnsembleWriter.Comparison;
import org.junit.jupiter.api.Test;

class TreeEnsembleWriterTest {
  private static final DenseRows ROWS =
      DenseRows.of(
          new double[][] {{-1}, {1e9 + 0.25}, {1e9 + 0.5}, {1e9 + 0.75}, {Double.MAX_VALUE}},
          new double[5]);

  /** A split of feature 0 at 1e9 + 0.5, which float32 cannot tell from 1e9. */
  private record Stump(double whenTrueWeight, double whenFalseWeight) implements DecisionTree {
    @Override
    public boolean isLeaf(int node) {
      return node != 0;
    }

    @Override
    public int feature(int node) {
      return 0;
    }

    @Override
    public double threshold(int node) {
      return 1e9 + 0.5;
    }

    @Override
    public int whenTrue(int node) {
      return 1;
    }

    @Override
    public int whenFalse(int node) {
      return 2;
    }

    @Override
    public double weight(int node) {
      return node == 1 ? whenTrueWeight : whenFalseWeight;
    }
  }

  @Test
  void lessThanSendsAnEqualValueToTheOtherSide() {
    assertThat(run(Comparison.LESS, w -> w.add(new Stump(1, 2), 0))).containsExactly(1, 1, 2, 2, 2);
  }

  @Test
  void lessOrEqualKeepsAnEqualValue() {
    assertThat(run(Comparison.LESS_OR_EQUAL, w -> w.add(new Stump(1, 2), 0)))
        .containsExactly(1, 1, 1, 2, 2);
  }

  @Test
  void treesOfOneLeafCountWhereverTheyStand() {
    assertThat(
            run(
                Comparison.LESS,
                w -> {
                  w.add(new Stump(1, 2), 0);
                  w.addConstant(0, 10);
                  w.add(new Stump(100, 200), 0);
                  w.addConstant(0, 1000);
                }))
        .containsExactly(1111, 1111, 1212, 1212, 1212);
  }

  @Test
  void addsEachTreeToItsOwnTarget() {
    double[][] sums =
        GraphRun.doubles(
            ROWS,
            3,
            (graph, matrix) -> {
              TreeEnsembleWriter writer = new TreeEnsembleWriter(Comparison.LESS, 3);
              writer.addConstant(2, 0.5);
              writer.add(new Stump(1, 2), 0);
              writer.add(new Stump(4, 8), 2);
              return writer.write(graph, matrix);
            });
    assertThat(sums[0]).containsExactly(1, 0, 4.5);
    assertThat(sums[4]).containsExactly(2, 0, 8.5);
  }

  @Test
  void anEnsembleWithoutTreesIsRefused() {
    TreeEnsembleWriter writer = new TreeEnsembleWriter(Comparison.LESS, 1);
    GraphBuilder graph = new GraphBuilder("empty");
    assertThatThrownBy(() -> writer.write(graph, "x")).isInstanceOf(IllegalStateException.class);
  }

  private static double[] run(
      Comparison comparison, java.util.function.Consumer<TreeEnsembleWriter> trees) {
    double[][] sums =
        GraphRun.doubles(
            ROWS,
            1,
            (graph, matrix) -> {
              TreeEnsembleWriter writer = new TreeEnsembleWriter(comparison, 1);
              trees.accept(writer);
              return writer.write(graph, matrix);
            });
    double[] flat = new double[sums.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = sums[i][0];
    }
    return flat;
  }
}
