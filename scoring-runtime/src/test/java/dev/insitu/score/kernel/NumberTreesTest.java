package dev.insitu.score.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.kernel.Forest.Comparison;
import dev.insitu.score.kernel.PlainTrees.Child;
import dev.insitu.score.kernel.PlainTrees.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that one comparison of numbers does not tell, and which way trees go. */
class NumberTreesTest {
  private static final double[] ENDS = {
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    0,
    Double.NaN
  };

  private int leaves;

  private Child leaf(PlainTrees trees) {
    return trees.leaf(0, Math.scalb(1.0, leaves++ % 20));
  }

  private static Child split(
      PlainTrees trees,
      Comparison comparison,
      int feature,
      double value,
      boolean tracks,
      Child yes,
      Child no) {
    return trees.split(new Split(comparison, feature, value, List.of(), tracks, yes, no));
  }

  private static Pair pair(PlainTrees trees, List<String> inputs) {
    GraphBuilder graph = new GraphBuilder("trees");
    inputs.forEach(name -> graph.input(name, ElementType.DOUBLE));
    String matrix = graph.node("Concat", inputs, Attribute.of("axis", 1));
    String given = trees.isSingle() ? graph.cast(matrix, ElementType.FLOAT) : matrix;
    String sums = graph.cast(trees.write(graph, given), ElementType.DOUBLE);
    graph.output(sums, "prediction", ElementType.DOUBLE, -1, 1);
    return Pair.open(graph.build(), inputs, "prediction", 1, false);
  }

  /** Among the rows are all awkward numbers together, and one kind of them at a time. */
  private static void agree(PlainTrees trees, int features) {
    try (Pair pair = pair(trees, Pair.numbers(features))) {
      for (double[] numbers : List.of(AwkwardNumbers.all(), AwkwardNumbers.finite())) {
        FeatureBatch rows = new FeatureBatch(pair.signature, numbers.length);
        for (int turn = 0; turn < numbers.length; turn++) {
          for (int feature = 0; feature < features; feature++) {
            for (int row = 0; row < numbers.length; row++) {
              rows.numbers(feature)[row] = numbers[(row + feature * turn) % numbers.length];
            }
          }
          rows.setRows(numbers.length);
          PredictionBatch found = pair.byKernel(rows);
          TreeDifferentialTest.check(trees, rows, features, found, null, sum -> sum);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Comparison.class,
      names = {"MEMBER"},
      mode = EnumSource.Mode.EXCLUDE)
  void thresholdsMayBeTheEndsOfAllNumbers(Comparison comparison) {
    for (boolean single : new boolean[] {true, false}) {
      PlainTrees trees = new PlainTrees(single, 1);
      for (boolean tracks : new boolean[] {true, false}) {
        for (double end : ENDS) {
          trees.addRoot(split(trees, comparison, 0, end, tracks, leaf(trees), leaf(trees)));
          Child below = split(trees, comparison, 1, end, tracks, leaf(trees), leaf(trees));
          trees.addRoot(split(trees, Comparison.LEQ, 0, 1, tracks, below, leaf(trees)));
        }
      }
      agree(trees, 2);
    }
  }

  /** The answers of a set lead to the same nodes by ways of several lengths. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 13})
  void whatSetsLeadToIsThereOnce(int members) {
    PlainTrees trees = new PlainTrees(false, 1);
    for (boolean tracks : new boolean[] {true, false}) {
      trees.addRoot(sets(trees, members, tracks, 1));
      trees.addRoot(sets(trees, members, tracks, 4));
    }
    agree(trees, 3);
  }

  private Child sets(PlainTrees trees, int members, boolean tracks, int depth) {
    if (depth == 0) {
      Child yes = split(trees, Comparison.LEQ, 1, 0.1, tracks, leaf(trees), leaf(trees));
      return split(trees, Comparison.GT, 2, 1e9, tracks, yes, leaf(trees));
    }
    Double[] set = new Double[members];
    for (int i = 0; i < members; i++) {
      set[i] = AwkwardNumbers.finite()[(3 * depth + 2 * i) % AwkwardNumbers.finite().length];
    }
    Child yes = sets(trees, members, tracks, depth - 1);
    Child no = sets(trees, members, tracks, depth - 1);
    return trees.split(new Split(Comparison.MEMBER, depth % 3, 0, List.of(set), tracks, yes, no));
  }

  @Test
  void rowsBehindTheFirstBlockAgree() {
    Cases.each(
        4,
        random -> {
          PlainTrees trees = RandomTrees.of(random, 3, Comparison.LEQ, random.nextBoolean());
          List<String> inputs = Pair.numbers(3);
          try (Pair pair = pair(trees, inputs)) {
            FeatureBatch rows = new FeatureBatch(pair.signature, 2 * Program.LARGE + 100);
            for (int row = 0; row < rows.capacity(); row++) {
              for (int feature = 0; feature < 3; feature++) {
                rows.numbers(feature)[row] = random.nextGaussian();
              }
            }
            rows.setRows(rows.capacity());
            PredictionBatch found = pair.byKernel(rows);
            TreeDifferentialTest.check(trees, rows, 3, found, null, sum -> sum);
          }
        });
  }

  /** Complete trees, each split with another column and cut. */
  private static TreeTable complete(int trees, int depth, int features, double @Nullable [] set)
      throws NotCovered {
    int splits = (1 << depth) - 1;
    List<Forest.Split> all = new ArrayList<>();
    int[] roots = new int[trees];
    for (int tree = 0; tree < trees; tree++) {
      roots[tree] = tree * splits;
      for (int i = 0; i < splits; i++) {
        int below = 2 * i + 1;
        int yes = below < splits ? roots[tree] + below : -1 - (below - splits);
        int no = below < splits ? yes + 1 : yes - 1;
        int number = all.size();
        all.add(new Forest.Split(number % features, number, set, false, yes, no));
      }
    }
    int leaves = splits + 1;
    Forest forest = new Forest(false, all, roots, new double[leaves], new int[leaves], 1, null);
    return new TreeTable(forest, column -> false);
  }

  private static List<Column> inputs(TreeTable trees) {
    return trees.bins.sources().stream().map(source -> Column.input(source.column())).toList();
  }

  private static TreeWay way(TreeTable trees) {
    return TreeWay.of(trees, 0, trees.roots.length, inputs(trees));
  }

  @Test
  void fewTreesOverManyColumnsGoByNumbers() throws NotCovered {
    for (TreeTable trees :
        List.of(
            complete(1, 3, 28, null),
            complete(1, 10, 28, null),
            complete(1, 10, 500, null),
            complete(10, 6, 100, null),
            complete(10, 10, 500, null))) {
      TreeWay way = way(trees);
      assertThat(List.of(way.one(), way.few(), way.many())).containsOnly(true);
    }
    assertThat(way(complete(100, 6, 500, null)).many()).isTrue();
  }

  @Test
  void manyTreesOverFewColumnsGoByBins() throws NotCovered {
    for (TreeTable trees :
        List.of(
            complete(100, 6, 12, null), complete(100, 6, 28, null), complete(500, 6, 100, null))) {
      assertThat(way(trees).hasNumbers()).isFalse();
      assertThat(way(trees).hasBins()).isTrue();
    }
  }

  @Test
  void wayDependsOnTheRows() {
    TreeWay way = new TreeWay(true, false, true, false, false);
    assertThat(way.byNumbers(1, false)).isTrue();
    assertThat(way.byNumbers(TreeStep.FEW - 1, true)).isTrue();
    assertThat(way.byNumbers(TreeStep.FEW, false)).isFalse();
    assertThat(way.byNumbers(TreeStep.MANY - 1, false)).isFalse();
    assertThat(way.byNumbers(TreeStep.MANY, false)).isTrue();
    assertThat(way.byNumbers(TreeStep.MANY, true)).isFalse();
    assertThat(way.hasNumbers()).isTrue();
    assertThat(way.hasBins()).isTrue();
  }

  @Test
  void numbersThatAreAskedOftenAreCopied() throws NotCovered {
    assertThat(way(complete(1, 10, 100, null)).inPlace()).isTrue();
    assertThat(way(complete(10, 10, 100, null)).inPlace()).isFalse();
  }

  @Test
  void flagsOfTextsGoByBins() throws NotCovered {
    TreeTable trees = complete(1, 3, 28, null);
    Column flag = new Column(new Producer.IsCode(0, 1));
    List<Column> columns = new ArrayList<>(inputs(trees));
    columns.set(1, flag);
    assertThat(TreeWay.of(trees, 0, 1, columns).hasNumbers()).isFalse();
  }

  /** Inputs begin where the block does, what was computed at 0. */
  @Test
  void inputsBesideComputedColumnsAreCopied() throws NotCovered {
    TreeTable trees = complete(1, 10, 100, null);
    List<Column> columns = new ArrayList<>(inputs(trees));
    assertThat(NumberTable.mayStayInPlace(columns)).isTrue();
    columns.replaceAll(column -> new Column(new Producer.Rounded(column)));
    assertThat(NumberTable.mayStayInPlace(columns)).isTrue();
    columns.set(0, Column.input(0));
    assertThat(NumberTable.mayStayInPlace(columns)).isFalse();
    assertThat(TreeWay.of(trees, 0, 1, columns).inPlace()).isFalse();
  }

  @Test
  void tablesOfSetsGrowWithTheirMembersAlone() throws NotCovered {
    for (int depth : new int[] {4, 8, 12}) {
      TreeTable trees = complete(1, depth, 3, new double[] {1, 2, 3, 5, 8});
      NumberTable numbers =
          Objects.requireNonNull(NumberTable.of(trees, 0, 1, inputs(trees), false));
      assertThat(numbers.leaves).hasSizeLessThan(64 * trees.size);
    }
  }

  /** Of many rows some blocks have a prepared column as it is, and others not. */
  @Test
  void preparedColumnsAreReadWhereTheyAre() {
    int features = 3;
    PlainTrees trees = new PlainTrees(false, 1);
    for (int feature = 0; feature < features; feature++) {
      Child below =
          split(
              trees, Comparison.LEQ, (feature + 1) % features, 0, false, leaf(trees), leaf(trees));
      trees.addRoot(split(trees, Comparison.LEQ, feature, 0.5, false, below, leaf(trees)));
    }
    GraphBuilder graph = new GraphBuilder("trees");
    List<String> inputs = Pair.numbers(features);
    inputs.forEach(name -> graph.input(name, ElementType.DOUBLE));
    String matrix = graph.node("Concat", inputs, Attribute.of("axis", 1));
    String missing = graph.node("IsNaN", List.of(matrix));
    String means = graph.doubles(new double[] {-1, 1, 2}, 1, features);
    String prepared = graph.node("Where", List.of(missing, means, matrix));
    graph.output(trees.write(graph, prepared), "prediction", ElementType.DOUBLE, -1, 1);
    try (Pair pair = Pair.open(graph.build(), inputs, "prediction", 1, true)) {
      Random random = new Random(17);
      for (int missingIn = -1; missingIn < features; missingIn++) {
        FeatureBatch rows = new FeatureBatch(pair.signature, 5 * Program.LARGE / 2);
        for (int feature = 0; feature < features; feature++) {
          for (int row = 0; row < rows.capacity(); row++) {
            rows.numbers(feature)[row] = random.nextGaussian();
          }
        }
        rows.setRows(rows.capacity());
        if (missingIn >= 0) {
          rows.numbers(missingIn)[3 * Program.LARGE / 2] = Double.NaN;
        }
        PredictionBatch found = pair.byKernel(rows);
        PredictionBatch expected = Objects.requireNonNull(pair.byOnnx(rows));
        for (int row = 0; row < rows.rows(); row++) {
          assertThat(found.score(row, 0)).as("row %d", row).isEqualTo(expected.score(row, 0));
        }
      }
    }
  }
}
