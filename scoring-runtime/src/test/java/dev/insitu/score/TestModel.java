package dev.insitu.score;

import dev.insitu.model.Artifact;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.Task;
import dev.insitu.model.TrainedModel;
import dev.insitu.model.TrainingFacts;
import dev.insitu.model.VerificationRow;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model whose every prediction is also computed by plain Java loops.
 *
 * <p>Inputs {@code a}, {@code b} (imputed with an indicator, standardised), {@code big} (as it is),
 * {@code colour} (one-hot over six texts and NULL). The prepared row has 12 numbers.
 */
public record TestModel(
    Task task,
    byte[] graph,
    Function<double[], double[]> head,
    List<VerificationRow> verification) {
  public static final int FEATURES = 12;
  public static final List<String> COLOURS =
      List.of("red", "", "\uD83D\uDE00", "nul\0l", "\u00e9t\u00e9", "x".repeat(1000));

  private static final double[] MEAN = {3.25, -1e3};
  private static final double[] SCALE = {0.7, 250};
  private static final ColumnSpec LABEL = number("label");

  public static ModelSignature signature() {
    return new ModelSignature(
        List.of(
            number("a"),
            number("b"),
            number("big"),
            new ColumnSpec("colour", ColumnType.VARCHAR, "VARCHAR", true)),
        List.of(LABEL));
  }

  /** An ordinary least squares model. */
  public static TestModel linear() {
    double[] weights = new Random(1).doubles(FEATURES, -2, 2).toArray();
    weights[4] = 1e-9;
    GraphBuilder g = new GraphBuilder("linear");
    String product = g.node("MatMul", List.of(prepared(g), g.doubles(weights, FEATURES, 1)));
    String sum = g.node("Add", List.of(product, g.doubles(new double[] {0.5}, 1)));
    g.output(sum, "prediction", ElementType.DOUBLE, -1, 1);
    return new TestModel(
        new Task.Regression(LABEL),
        g.build(),
        row -> new double[] {0.5 + dot(row, weights, 0, 1)},
        List.of());
  }

  /** Two classes by Sigmoid, with labels of text. */
  public static TestModel logistic() {
    double[] weights = new Random(2).doubles(FEATURES, -2, 2).toArray();
    weights[4] = 1e-9;
    GraphBuilder g = new GraphBuilder("logistic");
    String margin = g.node("MatMul", List.of(prepared(g), g.doubles(weights, FEATURES, 1)));
    String positive = g.node("Sigmoid", List.of(margin));
    String negative = g.node("Sigmoid", List.of(g.node("Neg", List.of(margin))));
    String both = g.node("Concat", List.of(negative, positive), Attribute.of("axis", 1));
    classify(g, both, List.of("no", "yes"));
    return new TestModel(
        new Task.Classification(LABEL, List.of("no", "yes")),
        g.build(),
        row -> {
          double z = dot(row, weights, 0, 1);
          return new double[] {1 / (1 + Math.exp(z)), 1 / (1 + Math.exp(-z))};
        },
        List.of());
  }

  /** Three classes by Softmax. */
  public static TestModel multinomial() {
    double[] weights = new Random(3).doubles(FEATURES * 3, -1, 1).toArray();
    Arrays.fill(weights, 12, 15, 1e-10);
    GraphBuilder g = new GraphBuilder("multinomial");
    String margins = g.node("MatMul", List.of(prepared(g), g.doubles(weights, FEATURES, 3)));
    classify(
        g, g.node("Softmax", List.of(margins), Attribute.of("axis", 1)), List.of("p", "q", "r"));
    return new TestModel(
        new Task.Classification(LABEL, List.of("p", "q", "r")),
        g.build(),
        row -> {
          double[] z = new double[3];
          double max = Double.NEGATIVE_INFINITY;
          for (int k = 0; k < 3; k++) {
            z[k] = dot(row, weights, k, 3);
            max = Math.max(max, z[k]);
          }
          double sum = 0;
          for (int k = 0; k < 3; k++) {
            z[k] = Math.exp(z[k] - max);
            sum += z[k];
          }
          for (int k = 0; k < 3; k++) {
            z[k] /= sum;
          }
          return z;
        },
        List.of());
  }

  /** A forest in double; one split is at 1e9 + 0.5. */
  public static TestModel forest() {
    TestTrees trees = TestTrees.random(120, 4, FEATURES, 4);
    GraphBuilder g = new GraphBuilder("forest");
    g.output(trees.inDouble(g, prepared(g)), "prediction", ElementType.DOUBLE, -1, 1);
    return new TestModel(
        new Task.Regression(LABEL), g.build(), row -> new double[] {trees.sum(row)}, List.of());
  }

  /** Boosted trees as XGBoost adds them: float, base score first, trees in order. */
  public static TestModel boosted() {
    TestTrees trees = TestTrees.random(150, 5, FEATURES, 5);
    GraphBuilder g = new GraphBuilder("boosted");
    String margin = trees.inFloat(g, g.cast(prepared(g), ElementType.FLOAT), 0.3f);
    g.output(g.cast(margin, ElementType.DOUBLE), "prediction", ElementType.DOUBLE, -1, 1);
    return new TestModel(
        new Task.Regression(LABEL),
        g.build(),
        row -> new double[] {trees.floatSum(row, 0.3f)},
        List.of());
  }

  /** Squared distances to five centroids. */
  public static TestModel clusters() {
    double[] centroids = new Random(6).doubles(FEATURES * 5, -2, 2).toArray();
    GraphBuilder g = new GraphBuilder("clusters");
    String rows = g.node("Unsqueeze", List.of(prepared(g), g.longs(new long[] {1}, 1)));
    String difference = g.node("Sub", List.of(rows, g.doubles(centroids, 1, 5, FEATURES)));
    String squares = g.node("Mul", List.of(difference, difference));
    String sums =
        g.node(
            "ReduceSum", List.of(squares, g.longs(new long[] {2}, 1)), Attribute.of("keepdims", 0));
    g.output(sums, "distances", ElementType.DOUBLE, -1, 5);
    return new TestModel(
        new Task.Clustering(5),
        g.build(),
        row -> {
          double[] distances = new double[5];
          for (int k = 0; k < 5; k++) {
            for (int i = 0; i < FEATURES; i++) {
              double d = row[i] - centroids[k * FEATURES + i];
              distances[k] += d * d;
            }
          }
          return distances;
        },
        List.of());
  }

  public static List<TestModel> all() {
    return List.of(linear(), logistic(), multinomial(), forest(), boosted(), clusters());
  }

  public TestModel with(List<VerificationRow> rows) {
    return new TestModel(task, graph, head, rows);
  }

  /** Returns this model as the store would hand it out. */
  public ModelVersion version(long id) {
    TrainingFacts facts = new TrainingFacts("SELECT 1", List.of(), 1, 0, 1, 0, 1, "test", Map.of());
    TrainedModel model =
        new TrainedModel(
            "test",
            task,
            signature(),
            Map.of(),
            Artifact.of(Artifact.Format.ONNX, graph),
            List.of(),
            facts,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            verification);
    return new ModelVersion(id, new ModelName("PUBLIC", "M"), 1, model, Instant.EPOCH);
  }

  /** Returns the scores of a row, by plain Java. */
  public double[] expected(double a, double b, double big, @Nullable String colour) {
    double[] row = new double[FEATURES];
    double[] raw = {a, b};
    for (int i = 0; i < 2; i++) {
      boolean missing = Double.isNaN(raw[i]);
      row[i] = ((missing ? MEAN[i] : raw[i]) - MEAN[i]) / SCALE[i];
      row[2 + i] = missing ? 1 : 0;
    }
    row[4] = big;
    if (colour == null) {
      row[11] = 1;
    } else if (COLOURS.contains(colour)) {
      row[5 + COLOURS.indexOf(colour)] = 1;
    }
    return head.apply(row);
  }

  private static String prepared(GraphBuilder g) {
    g.input("a", ElementType.DOUBLE);
    g.input("b", ElementType.DOUBLE);
    g.input("big", ElementType.DOUBLE);
    g.input("colour", ElementType.STRING);
    String numbers = g.node("Concat", List.of("a", "b"), Attribute.of("axis", 1));
    String missing = g.node("IsNaN", List.of(numbers));
    String filled = g.node("Where", List.of(missing, g.doubles(MEAN, 1, 2), numbers));
    String centred = g.node("Sub", List.of(filled, g.doubles(MEAN, 1, 2)));
    String scaled = g.node("Div", List.of(centred, g.doubles(SCALE, 1, 2)));
    String code =
        g.mlNode(
            "LabelEncoder",
            List.of("colour"),
            Attribute.ofTexts("keys_strings", keys()),
            Attribute.ofLongs("values_int64s", 0, 1, 2, 3, 4, 5, 6),
            Attribute.of("default_int64", -1));
    String hot = g.node("Equal", List.of(code, g.longs(new long[] {0, 1, 2, 3, 4, 5, 6}, 1, 7)));
    return g.node(
        "Concat",
        List.of(
            scaled, g.cast(missing, ElementType.DOUBLE), "big", g.cast(hot, ElementType.DOUBLE)),
        Attribute.of("axis", 1));
  }

  private static List<String> keys() {
    List<String> keys = new java.util.ArrayList<>(COLOURS);
    keys.add(GraphBuilder.NULL_TEXT);
    return keys;
  }

  private static void classify(GraphBuilder g, String probabilities, List<String> labels) {
    g.output(probabilities, "probabilities", ElementType.DOUBLE, -1, labels.size());
    String index =
        g.node(
            "ArgMax", List.of(probabilities), Attribute.of("axis", 1), Attribute.of("keepdims", 0));
    String label = g.node("Gather", List.of(g.texts(labels, labels.size()), index));
    g.output(label, "label", ElementType.STRING, -1);
  }

  private static double dot(double[] row, double[] weights, int first, int step) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += row[i] * weights[first + i * step];
    }
    return sum;
  }

  private static ColumnSpec number(String name) {
    return new ColumnSpec(name, ColumnType.DOUBLE, "DOUBLE PRECISION", true);
  }
}
