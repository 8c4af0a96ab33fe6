package dev.insitu.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.MlException;
import dev.insitu.score.TestModel;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeSplitTest {
  private static final TextCodes CODES =
      new TextCodes(
          List.of("red", "", "\uD83D\uDE00", "nul\0l", GraphBuilder.NULL_TEXT, "red"),
          List.of(0L, 1L, 2L, 3L, 4L, 5L),
          -7);

  @Test
  void tellsNullEmptyAndUnseenTextsApart() {
    assertThat(CODES.of(null)).isEqualTo(4);
    assertThat(CODES.of("")).isEqualTo(1);
    assertThat(CODES.of("blue")).isEqualTo(-7);
  }

  @Test
  void looksTextsUpByCodePoint() {
    assertThat(CODES.of("red")).isEqualTo(0);
    assertThat(CODES.of("\uD83D\uDE00")).isEqualTo(2);
    assertThat(CODES.of("\uD83D\uDE01")).isEqualTo(-7);
    assertThat(CODES.of("nul\0l")).isEqualTo(3);
    assertThat(CODES.of("nul")).isEqualTo(-7);
    assertThat(CODES.of("x".repeat(100_000))).isEqualTo(-7);
  }

  @Test
  void takesTheNoncharacterInTheDataForAnUnseenText() {
    assertThat(CODES.of(GraphBuilder.NULL_TEXT)).isEqualTo(-7);
  }

  @Test
  void givesNullTheDefaultWhereNoneWasFitted() {
    assertThat(new TextCodes(List.of("a"), List.of(1L), 9).of(null)).isEqualTo(9);
  }

  @Test
  void leavesNoTextInTheNumericGraph() {
    EdgeSplit split = EdgeSplit.of(TestModel.logistic().graph(), "probabilities");

    StoredGraph numeric = StoredGraph.read(split.graph());
    assertThat(numeric.inputs()).noneMatch(value -> value.type() == ElementType.STRING);
    assertThat(numeric.outputs()).extracting(GraphValue::name).containsExactly("probabilities");
    assertThat(numeric.operators()).doesNotContainKeys("LabelEncoder", "ArgMax", "Gather");
    assertThat(new String(split.graph(), StandardCharsets.UTF_8)).doesNotContain("yes");
    assertThat(split.inputs())
        .extracting(GraphValue::name)
        .containsExactly("a", "b", "big", "colour");
    assertThat(split.numbers()).extracting(EdgeSplit.NumberInput::input).containsExactly(0, 1, 2);
    assertThat(split.codes()).extracting(EdgeSplit.CodeInput::input).containsExactly(3);
  }

  @Test
  void readsEveryDictionaryOfOneText() {
    GraphBuilder g = new GraphBuilder("two");
    g.input("t", ElementType.STRING);
    String first = encoder(g, "t", "a");
    String second = encoder(g, "t", "b");
    g.output(
        g.cast(g.node("Add", List.of(first, second)), ElementType.DOUBLE),
        "prediction",
        ElementType.DOUBLE,
        -1,
        1);

    EdgeSplit split = EdgeSplit.of(g.build(), "prediction");

    assertThat(split.codes()).extracting(EdgeSplit.CodeInput::input).containsExactly(0, 0);
    assertThat(split.codes())
        .extracting(code -> code.codes().of("a") + code.codes().of("b"))
        .containsExactly(5L, 5L);
  }

  @Test
  void leavesOutInputsThatTheScoresDoNotDependOn() {
    GraphBuilder g = new GraphBuilder("unused");
    g.input("x", ElementType.DOUBLE);
    g.input("idle", ElementType.DOUBLE);
    g.input("t", ElementType.STRING);
    encoder(g, "t", "a");
    g.output("x", "prediction", ElementType.DOUBLE, -1, 1);

    EdgeSplit split = EdgeSplit.of(g.build(), "prediction");

    assertThat(split.inputs()).hasSize(3);
    assertThat(split.numbers()).extracting(EdgeSplit.NumberInput::name).containsExactly("x");
    assertThat(split.codes()).isEmpty();
  }

  @Test
  void keepsEncodersOfNumbersInTheGraph() {
    GraphBuilder g = new GraphBuilder("numbers");
    g.input("x", ElementType.DOUBLE);
    String coded =
        g.mlNode(
            "LabelEncoder",
            List.of(g.cast("x", ElementType.INT64)),
            Attribute.ofLongs("keys_int64s", 1),
            Attribute.ofLongs("values_int64s", 2));
    g.output(g.cast(coded, ElementType.DOUBLE), "prediction", ElementType.DOUBLE, -1, 1);

    EdgeSplit split = EdgeSplit.of(g.build(), "prediction");

    assertThat(StoredGraph.read(split.graph()).operators()).containsEntry("LabelEncoder", 1);
  }

  @Test
  void refusesWhatIsNoGraph() {
    assertThatThrownBy(() -> EdgeSplit.of("hello".getBytes(StandardCharsets.UTF_8), "prediction"))
        .isInstanceOf(MlException.class)
        .hasMessage("ML061: ONNX Runtime could not read the graph: it is no ONNX file");
    assertThatThrownBy(() -> EdgeSplit.of(new byte[0], "prediction"))
        .hasMessage("ML061: ONNX Runtime could not read the graph: it has no outputs");
  }

  @Test
  void refusesAGraphWithoutTheScores() {
    assertThatThrownBy(() -> EdgeSplit.of(TestModel.linear().graph(), "distances"))
        .hasMessage(
            "ML061: ONNX Runtime could not take the graph apart: it has no output \"distances\"");
  }

  @Test
  void refusesAnyOtherUseOfText() {
    GraphBuilder g = new GraphBuilder("text");
    g.input("t", ElementType.STRING);
    String same = g.node("Equal", List.of("t", g.texts(List.of("a"), 1, 1)));
    g.output(g.cast(same, ElementType.DOUBLE), "prediction", ElementType.DOUBLE, -1, 1);

    assertThatThrownBy(() -> EdgeSplit.of(g.build(), "prediction"))
        .hasMessageContaining("input \"t\" is STRING, not DOUBLE");
  }

  @Test
  void countsWordsBetweenDelimiters() {
    WordCounts counts =
        new WordCounts(" ", true, List.of("blue", "red", ""), List.of(1L, 0L, 2L), 3);
    FloatBuffer target = FloatBuffer.allocate(5);

    counts.count("Red  red BLUE redd", target, 1);
    assertThat(target.array()).containsExactly(0, 2, 1, 1, 0);
    counts.count(null, target, 1);
    assertThat(target.array()).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void findsTheCentroidsOfAClustering() {
    List<List<Double>> distances =
        StoredGraph.read(TestModel.clusters().graph()).centroidDistances().orElseThrow();

    assertThat(distances).hasSize(5);
    double[] centroids = new java.util.Random(6).doubles(TestModel.FEATURES * 5L, -2, 2).toArray();
    double sum = 0;
    for (int i = 0; i < TestModel.FEATURES; i++) {
      double d = centroids[TestModel.FEATURES + i] - centroids[4 * TestModel.FEATURES + i];
      sum += d * d;
    }
    assertThat(distances.get(1).get(4))
        .isEqualTo(Math.sqrt(sum))
        .isEqualTo(distances.get(4).get(1));
    assertThat(distances.get(3).get(3)).isZero();
    assertThat(StoredGraph.read(TestModel.linear().graph()).centroidDistances()).isEmpty();
  }

  @Test
  void findsCentroidsThatStandOneByOne() {
    GraphBuilder g = new GraphBuilder("clusters");
    String x = g.input("x", ElementType.DOUBLE);
    List<String> columns = new ArrayList<>();
    for (double centroid : new double[] {1, 4, -2}) {
      String difference = g.node("Sub", List.of(x, g.doubles(new double[] {centroid}, 1, 1)));
      columns.add(g.node("ReduceSumSquare", List.of(difference, g.longs(new long[] {1}, 1))));
    }
    g.output(
        g.node("Concat", columns, Attribute.of("axis", 1)), "distances", ElementType.DOUBLE, -1, 3);

    assertThat(StoredGraph.read(g.build()).centroidDistances().orElseThrow())
        .containsExactly(List.of(0.0, 3.0, 3.0), List.of(3.0, 0.0, 6.0), List.of(3.0, 6.0, 0.0));
  }

  @Test
  void readsTheSetsOfOperators() {
    assertThat(StoredGraph.read(TestModel.linear().graph()).operatorSets())
        .containsEntry("", 21L)
        .containsEntry("ai.onnx.ml", 5L);
  }

  private static String encoder(GraphBuilder g, String text, String key) {
    return g.mlNode(
        "LabelEncoder",
        List.of(text),
        Attribute.ofTexts("keys_strings", List.of(key)),
        Attribute.ofLongs("values_int64s", 5),
        Attribute.of("default_int64", 0));
  }
}
