package dev.insitu.test.kernel;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.FeatureBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A model to measure, as the trainers write it, and rows for it.
 *
 * @param name what it is
 * @param numbers how many inputs are numbers; they come first
 * @param categories for each input of text how many it has
 * @param graph the bytes of its graph
 * @param width how many scores a row has
 * @param forest its trees, if it is nothing else and has numbers alone
 * @param single whether the trees are in float32
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record BenchModel(
    String name,
    int numbers,
    int[] categories,
    byte[] graph,
    int width,
    @Nullable RandomForest forest,
    boolean single) {
  private static final String OUTPUT = "probabilities";

  /** Trees over numbers. */
  static BenchModel trees(String name, RandomForest forest, boolean single) {
    GraphBuilder graph = new GraphBuilder("trees");
    String matrix = matrix(graph, forest.features());
    String sums =
        forest.write(graph, single ? graph.cast(matrix, ElementType.FLOAT) : matrix, single);
    graph.output(
        single ? graph.cast(sums, ElementType.DOUBLE) : sums, OUTPUT, ElementType.DOUBLE, -1, 1);
    return new BenchModel(name, forest.features(), new int[0], graph.build(), 1, forest, single);
  }

  /** Trees over the flags of texts. */
  static BenchModel flagTrees(String name, int texts, int each, RandomForest forest) {
    GraphBuilder graph = new GraphBuilder("flags");
    int[] categories = new int[texts];
    Arrays.fill(categories, each);
    String flags = graph.cast(flags(graph, categories), ElementType.DOUBLE);
    graph.output(forest.write(graph, flags, false), OUTPUT, ElementType.DOUBLE, -1, 1);
    return new BenchModel(name, 0, categories, graph.build(), 1, null, false);
  }

  /** A logistic regression over prepared numbers and texts. */
  static BenchModel logistic(String name, int numbers, int... categories) {
    GraphBuilder graph = new GraphBuilder("logistic");
    Random random = new Random(4);
    String prepared = prepared(graph, matrix(graph, numbers), numbers, random);
    String all =
        graph.node(
            "Concat",
            List.of(prepared, graph.cast(flags(graph, categories), ElementType.DOUBLE)),
            Attribute.of("axis", 1L));
    int features = numbers + Arrays.stream(categories).sum();
    String weights = graph.doubles(random.doubles(features, -1, 1).toArray(), features, 1);
    String product = graph.node("MatMul", List.of(all, weights));
    String sum = graph.node("Add", List.of(product, graph.doubles(new double[] {0.5}, 1, 1)));
    String last = graph.node("Sigmoid", List.of(sum));
    String first = graph.node("Sigmoid", List.of(graph.node("Neg", List.of(sum))));
    String both = graph.node("Concat", List.of(first, last), Attribute.of("axis", 1L));
    graph.output(both, OUTPUT, ElementType.DOUBLE, -1, 2);
    return new BenchModel(name, numbers, categories, graph.build(), 2, null, false);
  }

  /** Distances to centroids over prepared numbers. */
  static BenchModel clusters(String name, int numbers, int clusters) {
    GraphBuilder graph = new GraphBuilder("clusters");
    Random random = new Random(5);
    String prepared = prepared(graph, matrix(graph, numbers), numbers, random);
    List<String> distances = new ArrayList<>();
    String axis = graph.longs(new long[] {1}, 1);
    for (int k = 0; k < clusters; k++) {
      String centroid = graph.doubles(random.doubles(numbers, -2, 2).toArray(), 1, numbers);
      String difference = graph.node("Sub", List.of(prepared, centroid));
      distances.add(graph.node("ReduceSumSquare", List.of(difference, axis)));
    }
    String all = graph.node("Concat", distances, Attribute.of("axis", 1L));
    graph.output(all, OUTPUT, ElementType.DOUBLE, -1, clusters);
    return new BenchModel(name, numbers, new int[0], graph.build(), clusters, null, false);
  }

  private static String matrix(GraphBuilder graph, int numbers) {
    List<String> inputs =
        IntStream.range(0, numbers)
            .mapToObj(i -> graph.input("x" + i, ElementType.DOUBLE))
            .toList();
    return graph.node("Concat", inputs, Attribute.of("axis", 1L));
  }

  /** Impute, replace what is infinite, standardise. */
  private static String prepared(GraphBuilder graph, String matrix, int numbers, Random random) {
    String mean = graph.doubles(random.doubles(numbers, -1, 1).toArray(), 1, numbers);
    String scale = graph.doubles(random.doubles(numbers, 1, 3).toArray(), 1, numbers);
    String filled =
        graph.node("Where", List.of(graph.node("IsNaN", List.of(matrix)), mean, matrix));
    for (double sign : new double[] {1, -1}) {
      String infinity = graph.doubles(new double[] {sign / 0});
      String found = graph.node("Equal", List.of(filled, infinity));
      filled = graph.node("Where", List.of(found, mean, filled));
    }
    return graph.node("Div", List.of(graph.node("Sub", List.of(filled, mean)), scale));
  }

  private static String flags(GraphBuilder graph, int[] categories) {
    List<String> flags = new ArrayList<>();
    for (int i = 0; i < categories.length; i++) {
      String input = graph.input("t" + i, ElementType.STRING);
      long[] places = LongStream.range(0, categories[i]).toArray();
      String code =
          graph.mlNode(
              "LabelEncoder",
              List.of(input),
              Attribute.ofTexts("keys_strings", texts(categories[i])),
              Attribute.ofLongs("values_int64s", places),
              Attribute.of("default_int64", -1L));
      flags.add(graph.node("Equal", List.of(code, graph.longs(places, 1, categories[i]))));
    }
    return graph.node("Concat", flags, Attribute.of("axis", 1L));
  }

  private static List<String> texts(int categories) {
    return IntStream.range(0, categories).mapToObj(i -> "category " + i).toList();
  }

  String output() {
    return OUTPUT;
  }

  ModelSignature signature() {
    List<ColumnSpec> inputs = new ArrayList<>();
    for (int i = 0; i < numbers; i++) {
      inputs.add(new ColumnSpec("x" + i, ColumnType.DOUBLE, "DOUBLE PRECISION", true));
    }
    for (int i = 0; i < categories.length; i++) {
      inputs.add(new ColumnSpec("t" + i, ColumnType.VARCHAR, "VARCHAR", true));
    }
    return new ModelSignature(
        inputs, List.of(new ColumnSpec("y", ColumnType.DOUBLE, "DOUBLE PRECISION", true)));
  }

  /** Makes rows in batches: numbers that float32 has, normally distributed, and any category. */
  List<FeatureBatch> rows(int batches, int rows) {
    Random random = new Random(99);
    List<FeatureBatch> all = new ArrayList<>();
    List<List<String>> texts = Arrays.stream(categories).mapToObj(BenchModel::texts).toList();
    for (int b = 0; b < batches; b++) {
      FeatureBatch batch = new FeatureBatch(signature(), rows);
      for (int i = 0; i < numbers; i++) {
        for (int row = 0; row < rows; row++) {
          batch.numbers(i)[row] = (float) random.nextGaussian();
        }
      }
      for (int i = 0; i < categories.length; i++) {
        for (int row = 0; row < rows; row++) {
          batch.texts(numbers + i)[row] = texts.get(i).get(random.nextInt(categories[i]));
        }
      }
      batch.setRows(rows);
      all.add(batch);
    }
    return all;
  }
}
