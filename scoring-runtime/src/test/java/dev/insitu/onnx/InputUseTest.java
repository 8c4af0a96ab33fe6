package dev.insitu.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InputUseTest {
  private final GraphBuilder graph = new GraphBuilder("test");
  private final String a = graph.input("a", ElementType.DOUBLE);
  private final String b = graph.input("b", ElementType.DOUBLE);
  private final String text = graph.input("t", ElementType.STRING);

  @Test
  void weightsOfZeroCutAnInputOffWithAllThatWasMadeOfIt() {
    String weights = graph.doubles(new double[] {0, 1, 0, 0, 0, 2}, 6, 1);
    assertThat(unused(graph.node("MatMul", List.of(matrix(), weights)))).containsExactly(0);
  }

  @Test
  void aColumnOfSeveralThatCountsKeepsItsInput() {
    String weights = graph.doubles(new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 1e-300, 0, 0}, 6, 2);
    assertThat(unused(graph.node("MatMul", List.of(matrix(), weights)))).containsExactly(0, 1);
  }

  @Test
  void treesUseTheColumnsOnWhichTheySplit() {
    assertThat(unused(tree(1, 0, 1))).containsExactly(0, 2);
    assertThat(unused(graph.node("Neg", List.of(a)))).containsExactly(1, 2);
  }

  @Test
  void aSplitBetweenEqualLeavesDecidesNothing() {
    assertThat(unused(tree(1, 5, 5))).containsExactly(0, 1, 2);
  }

  @Test
  void whatIsNotKnownUsesAllItsInputs() {
    String product = graph.node("Softmax", List.of(matrix()), Attribute.of("axis", 1L));
    assertThat(unused(graph.node("Slice", List.of(product)))).isEmpty();
  }

  /** Six columns: a imputed, b less one, a and b missing, two texts. */
  private String matrix() {
    String numbers = graph.node("Concat", List.of(a, b), Attribute.of("axis", 1L));
    String missing = graph.node("IsNaN", List.of(numbers));
    String means = graph.doubles(new double[] {3, 4}, 1, 2);
    String imputed = graph.node("Where", List.of(missing, means, numbers));
    String code =
        graph.mlNode(
            "LabelEncoder",
            List.of(text),
            Attribute.ofTexts("keys_strings", List.of("x", "y")),
            Attribute.ofLongs("values_int64s", 0, 1));
    String oneHot = graph.node("Equal", List.of(code, graph.longs(new long[] {0, 1}, 1, 2)));
    return graph.node(
        "Concat",
        List.of(
            graph.node("Sub", List.of(imputed, graph.doubles(new double[] {1}))),
            graph.cast(missing, ElementType.DOUBLE),
            graph.cast(oneHot, ElementType.DOUBLE)),
        Attribute.of("axis", 1L));
  }

  /** One split of a feature, with two leaves. */
  private String tree(long feature, double whenTrue, double whenFalse) {
    return graph.mlNode(
        "TreeEnsemble",
        List.of(matrix()),
        Attribute.ofLongs("leaf_targetids", 0, 0),
        Attribute.ofDoubleTensor("leaf_weights", new double[] {whenTrue, whenFalse}),
        Attribute.of("n_targets", 1L),
        Attribute.ofLongs("nodes_falseleafs", 1),
        Attribute.ofLongs("nodes_falsenodeids", 1),
        Attribute.ofLongs("nodes_featureids", feature),
        Attribute.ofByteTensor("nodes_modes", new byte[] {0}),
        Attribute.ofDoubleTensor("nodes_splits", new double[] {0.5}),
        Attribute.ofLongs("nodes_trueleafs", 1),
        Attribute.ofLongs("nodes_truenodeids", 0),
        Attribute.ofLongs("tree_roots", 0));
  }

  private Set<Integer> unused(String scores) {
    String output = "of " + scores;
    graph.output(scores, output, ElementType.DOUBLE, -1, 1);
    return new InputUse(GraphFile.read(graph.build())).unused(output);
  }
}
