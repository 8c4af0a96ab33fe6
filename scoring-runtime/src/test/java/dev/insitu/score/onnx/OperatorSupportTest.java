package dev.insitu.score.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every operator that a graph of ours may use, in the element type in which it may be used.
 *
 * <p>The table in {@code package-info} of {@code dev.insitu.onnx} is what this test proves.
 */
class OperatorSupportTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** The inputs {@code x}, {@code y} (double), {@code k} (int64) and {@code t} (string). */
  private static final double[][] X = {{1.5}, {-2}, {NAN}, {INFINITY}};

  private static final double[][] Y = {{4}, {1e9 + 0.5}, {0.25}, {-7}};
  private static final long[][] K = {{0}, {1}, {2}, {-5}};
  private static final String[][] T = {{"a"}, {"b"}, {""}, {"red red blue"}};

  @TestFactory
  Stream<DynamicTest> arithmeticInDouble() {
    return Stream.of(
        gives("Add", g -> g.node("Add", List.of("x", "y")), 5.5, 999999998.5, NAN, INFINITY),
        gives("Sub", g -> g.node("Sub", List.of("x", "y")), -2.5, -1000000002.5, NAN, INFINITY),
        gives("Mul", g -> g.node("Mul", List.of("x", "y")), 6, -2000000001, NAN, -INFINITY),
        gives(
            "Div by a constant",
            g -> g.node("Div", List.of("x", g.doubles(new double[] {3}, 1, 1))),
            0.5,
            -2 / 3.0,
            NAN,
            INFINITY),
        gives("Neg", g -> g.node("Neg", List.of("x")), -1.5, 2, NAN, -INFINITY),
        gives("Abs", g -> g.node("Abs", List.of("x")), 1.5, 2, NAN, INFINITY),
        gives("Floor", g -> g.node("Floor", List.of("x")), 1, -2, NAN, INFINITY),
        gives("Ceil", g -> g.node("Ceil", List.of("x")), 2, -2, NAN, INFINITY),
        gives("Round", g -> g.node("Round", List.of("x")), 2, -2, NAN, INFINITY),
        gives("Sqrt", g -> g.node("Sqrt", List.of("y")), 2, Math.sqrt(1e9 + 0.5), 0.5, NAN),
        gives("Exp", g -> g.node("Exp", List.of("x")), Math.exp(1.5), Math.exp(-2), NAN, INFINITY),
        gives("Log", g -> g.node("Log", List.of("x")), Math.log(1.5), NAN, NAN, INFINITY),
        gives(
            "Pow",
            g -> g.node("Pow", List.of("x", g.doubles(new double[] {2}))),
            2.25,
            4,
            NAN,
            INFINITY),
        gives(
            "Mod with fmod=1 (sign of the dividend)",
            g ->
                g.node(
                    "Mod",
                    List.of("y", g.doubles(new double[] {3}, 1, 1)),
                    Attribute.of("fmod", 1)),
            1,
            1.5,
            0.25,
            -1),
        gives(
            "Min",
            g -> g.node("Min", List.of("y", g.doubles(new double[] {2}, 1, 1))),
            2,
            2,
            0.25,
            -7),
        gives(
            "Max",
            g -> g.node("Max", List.of("y", g.doubles(new double[] {2}, 1, 1))),
            4,
            1e9 + 0.5,
            2,
            2),
        gives(
            "Clip",
            g ->
                g.node(
                    "Clip", List.of("y", g.doubles(new double[] {0}), g.doubles(new double[] {3}))),
            3,
            3,
            0.25,
            0),
        gives("Sigmoid", g -> g.node("Sigmoid", List.of("x")), sigmoid(1.5), sigmoid(-2), NAN, 1),
        gives("Tanh", g -> g.node("Tanh", List.of("x")), Math.tanh(1.5), Math.tanh(-2), NAN, 1),
        gives("Identity", g -> g.node("Identity", List.of("x")), 1.5, -2, NAN, INFINITY),
        gives(
            "Sum of three", g -> g.node("Sum", List.of("y", "y", "y")), 12, 3e9 + 1.5, 0.75, -21));
  }

  @TestFactory
  Stream<DynamicTest> truthValues() {
    return Stream.of(
        gives("IsNaN", g -> number(g, g.node("IsNaN", List.of("x"))), 0, 0, 1, 0),
        gives("IsInf", g -> number(g, g.node("IsInf", List.of("x"))), 0, 0, 0, 1),
        gives("Less", g -> number(g, g.node("Less", List.of("x", "y"))), 1, 1, 0, 0),
        gives("LessOrEqual", g -> number(g, g.node("LessOrEqual", List.of("x", "y"))), 1, 1, 0, 0),
        gives("Greater", g -> number(g, g.node("Greater", List.of("x", "y"))), 0, 0, 0, 1),
        gives(
            "GreaterOrEqual",
            g -> number(g, g.node("GreaterOrEqual", List.of("x", "x"))),
            1,
            1,
            0,
            1),
        gives("Equal of doubles", g -> number(g, g.node("Equal", List.of("x", "x"))), 1, 1, 0, 1),
        gives(
            "Not",
            g -> number(g, g.node("Not", List.of(g.node("IsNaN", List.of("x"))))),
            1,
            1,
            0,
            1),
        gives(
            "And",
            g ->
                number(
                    g,
                    g.node(
                        "And",
                        List.of(g.node("IsNaN", List.of("x")), g.node("IsInf", List.of("x"))))),
            0,
            0,
            0,
            0),
        gives(
            "Or",
            g ->
                number(
                    g,
                    g.node(
                        "Or",
                        List.of(g.node("IsNaN", List.of("x")), g.node("IsInf", List.of("x"))))),
            0,
            0,
            1,
            1),
        gives(
            "Where",
            g ->
                g.node(
                    "Where",
                    List.of(g.node("IsNaN", List.of("x")), g.doubles(new double[] {7}, 1, 1), "x")),
            1.5,
            -2,
            7,
            INFINITY));
  }

  @TestFactory
  Stream<DynamicTest> integers() {
    return Stream.of(
        gives("LabelEncoder text to int64", g -> number(g, labelEncoder(g)), 10, 11, 99, -1),
        gives(
            "Equal of int64, [N, 1] against [1, 3]: one-hot",
            g -> number(g, g.node("Equal", List.of("k", g.longs(new long[] {0, 1, 2}, 1, 3)))),
            1,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            1,
            0,
            0,
            0),
        gives(
            "Mod of int64 (sign of the divisor)",
            g -> number(g, g.node("Mod", List.of("k", g.longs(new long[] {3}, 1, 1)))),
            0,
            1,
            2,
            1),
        gives(
            "Div of int64 (towards zero)",
            g -> number(g, g.node("Div", List.of("k", g.longs(new long[] {2}, 1, 1)))),
            0,
            0,
            1,
            -2),
        gives(
            "Cast double to int64 (towards zero)",
            g -> number(g, g.cast("y", ElementType.INT64)),
            4,
            1e9,
            0,
            -7),
        gives(
            "Cast double to float and back",
            g -> number(g, g.cast("y", ElementType.FLOAT)),
            4,
            1e9,
            0.25,
            -7),
        gives("Cast double to bool", g -> number(g, g.cast("y", ElementType.BOOL)), 1, 1, 1, 1));
  }

  @TestFactory
  Stream<DynamicTest> shapesAndSums() {
    return Stream.of(
        gives("Concat", g -> concat(g), 4, 1, 1e9 + 0.5, 1, 0.25, 1, -7, 1),
        gives(
            "Gather of columns",
            g ->
                g.node(
                    "Gather",
                    List.of(concat(g), g.longs(new long[] {1, 0}, 2)),
                    Attribute.of("axis", 1)),
            1,
            4,
            1,
            1e9 + 0.5,
            1,
            0.25,
            1,
            -7),
        gives(
            "Gather of rows by index",
            g ->
                g.node(
                    "Gather",
                    List.of(g.doubles(new double[] {5, 6, 7, 8, 9}, 5), "k"),
                    Attribute.of("axis", 0)),
            5,
            6,
            7,
            5),
        gives(
            "Slice",
            g ->
                g.node(
                    "Slice",
                    List.of(
                        concat(g),
                        g.longs(new long[] {0}, 1),
                        g.longs(new long[] {1}, 1),
                        g.longs(new long[] {1}, 1))),
            4,
            1e9 + 0.5,
            0.25,
            -7),
        gives(
            "MatMul",
            g -> g.node("MatMul", List.of(concat(g), g.doubles(new double[] {2, 0, -1, 1}, 2, 2))),
            7,
            1,
            2e9,
            1,
            -0.5,
            1,
            -15,
            1),
        gives(
            "Gemm",
            g ->
                g.node(
                    "Gemm",
                    List.of(
                        concat(g),
                        g.doubles(new double[] {2, -1}, 2, 1),
                        g.doubles(new double[] {100}, 1))),
            107,
            2e9 + 100,
            99.5,
            85),
        gives(
            "Softmax",
            g -> g.node("Softmax", List.of(concat(g)), Attribute.of("axis", -1)),
            sigmoid(3),
            sigmoid(-3),
            1,
            0,
            sigmoid(-0.75),
            sigmoid(0.75),
            sigmoid(-8),
            sigmoid(8)),
        gives(
            "ReduceSum",
            g -> g.node("ReduceSum", List.of(concat(g), g.longs(new long[] {1}, 1))),
            5,
            1e9 + 1.5,
            1.25,
            -6),
        gives(
            "ReduceMin",
            g -> g.node("ReduceMin", List.of(concat(g), g.longs(new long[] {1}, 1))),
            1,
            1,
            0.25,
            -7),
        gives(
            "ReduceMax",
            g -> g.node("ReduceMax", List.of(concat(g), g.longs(new long[] {1}, 1))),
            4,
            1e9 + 0.5,
            1,
            1),
        gives(
            "ReduceMean",
            g -> g.node("ReduceMean", List.of(concat(g), g.longs(new long[] {1}, 1))),
            2.5,
            5e8 + 0.75,
            0.625,
            -3),
        gives(
            "ReduceSumSquare",
            g -> g.node("ReduceSumSquare", List.of(concat(g), g.longs(new long[] {1}, 1))),
            17,
            (1e9 + 0.5) * (1e9 + 0.5) + 1,
            1.0625,
            50),
        gives(
            "ArgMax",
            g -> number(g, g.node("ArgMax", List.of(concat(g)), Attribute.of("axis", 1))),
            0,
            0,
            1,
            1),
        gives(
            "ArgMin",
            g -> number(g, g.node("ArgMin", List.of(concat(g)), Attribute.of("axis", 1))),
            1,
            1,
            0,
            0),
        gives(
            "Unsqueeze and Squeeze",
            g ->
                g.node(
                    "Squeeze",
                    List.of(
                        g.node("Unsqueeze", List.of("y", g.longs(new long[] {1}, 1))),
                        g.longs(new long[] {1}, 1))),
            4,
            1e9 + 0.5,
            0.25,
            -7),
        gives(
            "Transpose",
            g -> g.node("Transpose", List.of(concat(g))),
            4,
            1e9 + 0.5,
            0.25,
            -7,
            1,
            1,
            1,
            1),
        gives(
            "squared distances: Unsqueeze, Sub, Mul, ReduceSum",
            g -> {
              String rows = g.node("Unsqueeze", List.of(concat(g), g.longs(new long[] {1}, 1)));
              String difference =
                  g.node("Sub", List.of(rows, g.doubles(new double[] {4, 1, 0, 0}, 1, 2, 2)));
              return g.node(
                  "ReduceSum",
                  List.of(
                      g.node("Mul", List.of(difference, difference)), g.longs(new long[] {2}, 1)),
                  Attribute.of("keepdims", 0));
            },
            0,
            17,
            (1e9 - 3.5) * (1e9 - 3.5),
            (1e9 + 0.5) * (1e9 + 0.5) + 1,
            3.75 * 3.75,
            1.0625,
            121,
            50));
  }

  @TestFactory
  Stream<DynamicTest> trees() {
    return Stream.of(
        gives(
            "TreeEnsemble in double: 1e9+0.5 is not less than 1e9+0.5",
            g -> tree(g, "y", true, 1e9 + 0.5),
            1,
            2,
            1,
            1),
        gives(
            "TreeEnsemble in float",
            g -> number(g, tree(g, g.cast("y", ElementType.FLOAT), false, 3)),
            2,
            2,
            1,
            1),
        gives("TreeEnsemble sends NaN the stated way", g -> tree(g, "x", true, 0), 2, 1, 1, 2));
  }

  @TestFactory
  Stream<DynamicTest> labelsByGather() {
    Function<GraphBuilder, String> index =
        g ->
            g.node(
                "ArgMin", List.of(concat(g)), Attribute.of("axis", 1), Attribute.of("keepdims", 0));
    return Stream.of(
        DynamicTest.dynamicTest(
            "string",
            () ->
                assertThat(
                        (String[])
                            run(
                                g ->
                                    g.node(
                                        "Gather",
                                        List.of(g.texts(List.of("no", "yes"), 2), index.apply(g))),
                                ElementType.STRING,
                                -1))
                    .containsExactly("yes", "yes", "no", "no")),
        DynamicTest.dynamicTest(
            "int64",
            () ->
                assertThat(
                        (long[])
                            run(
                                g ->
                                    g.node(
                                        "Gather",
                                        List.of(g.longs(new long[] {7, 8}, 2), index.apply(g))),
                                ElementType.INT64,
                                -1))
                    .containsExactly(8, 8, 7, 7)),
        DynamicTest.dynamicTest(
            "double",
            () ->
                assertThat(
                        (double[])
                            run(
                                g ->
                                    g.node(
                                        "Gather",
                                        List.of(
                                            g.doubles(new double[] {7.5, 8}, 2), index.apply(g))),
                                ElementType.DOUBLE,
                                -1))
                    .containsExactly(8, 8, 7.5, 7.5)),
        DynamicTest.dynamicTest(
            "bool",
            () ->
                assertThat(
                        (boolean[])
                            run(
                                g ->
                                    g.node(
                                        "Gather",
                                        List.of(
                                            g.booleans(new boolean[] {false, true}, 2),
                                            index.apply(g))),
                                ElementType.BOOL,
                                -1))
                    .containsExactly(true, true, false, false)));
  }

  @Test
  void countsWordsOfAText() throws OrtException {
    // StringSplit of [N] gives [N, most words], filled up with empty texts.
    assertThat(numbers(run(g -> number(g, words(g)), ElementType.DOUBLE, -1, -1)))
        .containsExactly(0, 0, 0, 0, 0, 0, 1, 2);
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatItLacks() {
    return Stream.of(
        refuses(
            "Imputer in double",
            g ->
                g.mlNode(
                    "Imputer",
                    List.of("x"),
                    Attribute.ofFloats("imputed_value_floats", 1),
                    Attribute.of("replaced_value_float", Float.NaN))),
        refuses(
            "OneHot of int64 to double",
            g ->
                g.node(
                    "OneHot",
                    List.of("k", g.longs(new long[] {3}), g.doubles(new double[] {0, 1}, 2)))),
        refuses(
            "OneHotEncoder (float32 only)",
            g -> g.mlNode("OneHotEncoder", List.of("k"), Attribute.ofLongs("cats_int64s", 0, 1))));
  }

  private static String concat(GraphBuilder g) {
    String one = g.doubles(new double[] {1}, 1, 1);
    String zero = g.node("Mul", List.of("k", g.longs(new long[] {0}, 1, 1)));
    String ones = g.node("Add", List.of(g.cast(zero, ElementType.DOUBLE), one));
    return g.node("Concat", List.of("y", ones), Attribute.of("axis", 1));
  }

  private static String labelEncoder(GraphBuilder g) {
    return g.mlNode(
        "LabelEncoder",
        List.of("t"),
        Attribute.ofTexts("keys_strings", List.of("a", "b", "")),
        Attribute.ofLongs("values_int64s", 10, 11, 99),
        Attribute.of("default_int64", -1));
  }

  private static String words(GraphBuilder g) {
    String flat = g.node("Reshape", List.of("t", g.longs(new long[] {-1}, 1)));
    String split = g.node("StringSplit", List.of(flat), 2, Attribute.of("delimiter", " ")).get(0);
    return g.node(
        "TfIdfVectorizer",
        List.of(split),
        Attribute.of("mode", "TF"),
        Attribute.of("min_gram_length", 1),
        Attribute.of("max_gram_length", 1),
        Attribute.of("max_skip_count", 0),
        Attribute.ofTexts("pool_strings", List.of("blue", "red")),
        Attribute.ofLongs("ngram_counts", 0),
        Attribute.ofLongs("ngram_indexes", 0, 1));
  }

  /** One tree: column 0 < split (NaN too) gives 1, else 2. */
  private static String tree(GraphBuilder g, String value, boolean doubles, double split) {
    return g.mlNode(
        "TreeEnsemble",
        List.of(value),
        Attribute.of("n_targets", 1),
        Attribute.of("aggregate_function", 1),
        Attribute.of("post_transform", 0),
        Attribute.ofLongs("tree_roots", 0),
        Attribute.ofLongs("nodes_featureids", 0),
        Attribute.ofByteTensor("nodes_modes", new byte[] {1}),
        doubles
            ? Attribute.ofDoubleTensor("nodes_splits", new double[] {split})
            : Attribute.ofFloatTensor("nodes_splits", new float[] {(float) split}),
        Attribute.ofLongs("nodes_truenodeids", 0),
        Attribute.ofLongs("nodes_trueleafs", 1),
        Attribute.ofLongs("nodes_falsenodeids", 1),
        Attribute.ofLongs("nodes_falseleafs", 1),
        Attribute.ofLongs("nodes_missing_value_tracks_true", 1),
        Attribute.ofLongs("leaf_targetids", 0, 0),
        doubles
            ? Attribute.ofDoubleTensor("leaf_weights", new double[] {1, 2})
            : Attribute.ofFloatTensor("leaf_weights", new float[] {1, 2}));
  }

  private static String number(GraphBuilder g, String value) {
    return g.cast(value, ElementType.DOUBLE);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static DynamicTest gives(
      String name, Function<GraphBuilder, String> body, double... expected) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          double[] found = numbers(run(body, ElementType.DOUBLE, -1, -1));
          assertThat(found).hasSameSizeAs(expected);
          for (int i = 0; i < found.length; i++) {
            if (Double.isFinite(expected[i])) {
              assertThat(found[i])
                  .isCloseTo(
                      expected[i], Offset.offset(1e-13 * Math.max(1, Math.abs(expected[i]))));
            } else {
              assertThat(Double.valueOf(found[i])).isEqualTo(Double.valueOf(expected[i]));
            }
          }
        });
  }

  private static DynamicTest refuses(String name, Function<GraphBuilder, String> body) {
    return DynamicTest.dynamicTest(
        name,
        () ->
            assertThatThrownBy(() -> run(body, ElementType.DOUBLE, -1, -1))
                .isInstanceOf(OrtException.class));
  }

  private static double[] numbers(Object matrix) {
    return Stream.of((double[][]) matrix).flatMapToDouble(java.util.Arrays::stream).toArray();
  }

  private static Object run(Function<GraphBuilder, String> body, ElementType type, long... shape)
      throws OrtException {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", ElementType.DOUBLE);
    graph.input("y", ElementType.DOUBLE);
    graph.input("k", ElementType.INT64);
    graph.input("t", ElementType.STRING);
    graph.output(body.apply(graph), "out", type, shape);
    OrtEnvironment environment = OnnxRuntime.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(graph.build(), options)) {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        inputs.put("x", OnnxTensor.createTensor(environment, X));
        inputs.put("y", OnnxTensor.createTensor(environment, Y));
        inputs.put("k", OnnxTensor.createTensor(environment, K));
        inputs.put("t", OnnxTensor.createTensor(environment, T));
        try (OrtSession.Result result = session.run(inputs)) {
          return result.get(0).getValue();
        } finally {
          OnnxValue.close(inputs);
        }
      }
    }
  }
}
