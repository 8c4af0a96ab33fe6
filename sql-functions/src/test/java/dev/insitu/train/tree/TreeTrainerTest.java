package dev.insitu.train.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.Task;
import dev.insitu.onnx.ElementType;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.tree.TreeSettings.Sampling;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeTrainerTest {
  private static final TreeSettings TREE = tree(8, TreeSettings.EXACT);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void theGraphGivesWhatTheTrainerGivesOnEveryRow(int classes) {
    DenseRows rows = DenseRows.random(1500, 9, classes, 1);
    for (TreeSettings settings : new TreeSettings[] {TREE, forest(70, 10)}) {
      FittedModel model = train(settings, rows, classes);
      assertAgrees(model, DenseRows.random(3000, 9, classes, 2), classes);
      assertAgrees(model, rows, classes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void whatIsKnownOfTheTrainingRowsIsWhatIsPredicted(int classes) {
    DenseRows rows = DenseRows.random(1500, 9, classes, 1);
    DenseRows same = DenseRows.random(1500, 9, classes, 1);
    for (TreeSettings settings : new TreeSettings[] {TREE, tree(8, 64), forest(20, 12)}) {
      FittedModel model = train(settings, rows, classes);
      assertThat(model.predict(rows, 0, 1500)).isEqualTo(model.predict(same, 0, 1500));
      assertThat(model.predict(rows, 700, 703)).isEqualTo(model.predict(same, 700, 703));
    }
  }

  @Test
  void aValueEqualToTheThresholdGoesLeft() {
    double[][] rows = {{0, 1e9}, {2, 1e9 + 1}, {0, 1e9}, {2, 1e9 + 1}, {0, 1e9}, {2, 1e9 + 1}};
    DenseRows atAndBeside =
        DenseRows.of(
            new double[][] {
              {1, 1e9 + 0.5},
              {Math.nextUp(1.0), Math.nextUp(1e9 + 0.5)},
              {Math.nextDown(1.0), Math.nextDown(1e9 + 0.5)},
              {-0.0, 0},
              {Double.MAX_VALUE, -Double.MAX_VALUE}
            },
            new double[5]);
    for (int classes : new int[] {1, 2}) {
      FittedModel model = train(TREE, DenseRows.of(rows, 0, 1, 0, 1, 0, 1), classes);
      double[] scores = model.predict(atAndBeside, 0, 5);
      assertThat(IntStream.range(0, 5).mapToDouble(i -> scores[i * classes + classes - 1]))
          .containsExactly(0.0, 1.0, 0.0, 0.0, 1.0);
      assertAgrees(model, atAndBeside, classes);
    }
  }

  @Test
  void valuesThatSinglePrecisionCannotTellApartAreSplit() {
    double[][] rows =
        IntStream.range(0, 64).mapToObj(i -> new double[] {1e9 + i / 2.0}).toArray(double[][]::new);
    double[] labels = IntStream.range(0, 64).mapToDouble(i -> i % 2).toArray();
    DenseRows data = DenseRows.of(rows, labels);
    for (int bins : new int[] {64, TreeSettings.EXACT}) {
      assertThat(train(tree(64, bins), data, 1).predict(data, 0, 64)).isEqualTo(labels);
    }
  }

  @Test
  void neighboursWithoutANumberBetweenThemAreSplit() {
    double next = Math.nextUp(1.0);
    DenseRows data = DenseRows.of(new double[][] {{1}, {next}, {1}, {next}}, 0, 1, 0, 1);
    FittedModel model = train(TREE, data, 2);
    assertThat(model.predict(DenseRows.of(new double[][] {{1}, {next}}, 0, 0), 0, 2))
        .containsExactly(1, 0, 0, 1);
    DenseRows ends = DenseRows.of(new double[][] {{-Double.MAX_VALUE}, {Double.MAX_VALUE}}, 0, 1);
    assertThat(train(TREE, ends, 1).predict(ends, 0, 2)).containsExactly(0, 1);
  }

  @Test
  void aSplitThatGainsNothingIsMadeWhereTheNextOneNeedsIt() {
    DenseRows xor = DenseRows.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, 0, 1, 1, 0);
    for (int classes : new int[] {1, 2}) {
      double[] scores = train(TREE, xor, classes).predict(xor, 0, 4);
      assertThat(IntStream.range(0, 4).mapToDouble(i -> scores[i * classes + classes - 1]))
          .containsExactly(0.0, 1.0, 1.0, 0.0);
    }
  }

  @Test
  void sharesAtTheLeavesAreTheProbabilities() {
    double[][] rows =
        IntStream.range(0, 40).mapToObj(i -> new double[] {i / 20}).toArray(double[][]::new);
    double[] labels =
        IntStream.range(0, 40).mapToDouble(i -> i < 20 ? i % 4 == 0 ? 1 : 0 : 2).toArray();
    DenseRows data = DenseRows.of(rows, labels);
    assertThat(train(TREE, data, 3).predict(data, 19, 21))
        .containsExactly(new double[] {0.75, 0.25, 0, 0, 0, 1}, within(1e-12));
  }

  /** Python's rows: 1,000, five columns of 997 values each. */
  @ParameterizedTest
  @ValueSource(ints = {TreeSettings.EXACT, TreeSettings.SINGLE_TREE_BINS, 256})
  void aTreeIsAsGoodAsThatOfScikitLearn(int bins) throws IOException {
    assertThat(accuracy(tree(6, bins), 2))
        .isGreaterThanOrEqualTo(PythonFixture.numbers("tree_two_accuracy")[0] - 0.02);
    assertThat(accuracy(tree(6, bins), 3))
        .isGreaterThanOrEqualTo(PythonFixture.numbers("tree_three_accuracy")[0] - 0.02);
    PreparedRows held = PythonFixture.rows(800, 1000, 1);
    double[] predictions =
        train(tree(6, bins), PythonFixture.rows(0, 800, 1), 1).predict(held, 0, 200);
    double error =
        IntStream.range(0, 200).mapToDouble(i -> Math.pow(predictions[i] - held.label(i), 2)).sum()
            / 200;
    // The label's variance is 10,600; bins cost something where the label jumps at one value.
    assertThat(error)
        .isLessThan((bins > 256 ? 1.05 : 1.3) * PythonFixture.numbers("tree_regressor_error")[0]);
  }

  @Test
  void aForestIsAsGoodAsThatOfScikitLearn() throws IOException {
    assertThat(accuracy(TreeSettings.forest(), 3))
        .isGreaterThanOrEqualTo(PythonFixture.numbers("forest_three_accuracy")[0] - 0.02);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void flagsOfOneInputShareAColumnAndGiveTheSameTree(int classes) {
    int rows = 900;
    double[][] flags = new double[rows][7];
    double[][] numbers = new double[rows][7];
    double[] labels = new double[rows];
    for (int i = 0; i < rows; i++) {
      flags[i][i * 31 % 6] = 1;
      flags[i][6] = i % 10;
      numbers[i] = flags[i];
      labels[i] = (i * 31 % 6 + (i % 10 > 4 ? 1 : 0) + i % 17 / 16) % (classes == 1 ? 9 : classes);
    }
    DenseRows shared = DenseRows.of(flags, labels).withFlagsOf("TEXT", 0, 6);
    DenseRows apart = DenseRows.of(numbers, labels);
    assertThat(TreeColumns.of(shared, 256, Progress.NONE).columns()).hasSize(2);
    assertThat(TreeColumns.of(apart, 256, Progress.NONE).columns()).hasSize(7);
    assertThat(train(TREE, shared, classes).predict(shared, 0, rows))
        .isEqualTo(train(TREE, apart, classes).predict(apart, 0, rows));
    flags[5][(5 * 31 + 1) % 6] = 1; // a row with two flags: no column can be shared
    assertThat(TreeColumns.of(shared, 256, Progress.NONE).columns()).hasSize(7);
  }

  @Test
  void moreValuesThanCodesArePutTogether() {
    int rows = 150_000;
    double[][] values = new double[rows][1];
    double[] labels = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i][0] = Math.floorMod(i * 7919L, rows) - 70_000.5;
      labels[i] = values[i][0] > 1234 ? 1 : 0;
    }
    DenseRows data = DenseRows.of(values, labels);
    assertThat(TreeColumns.of(data, TreeSettings.EXACT, Progress.NONE).columns().get(0).size())
        .isBetween(60_000, TreeSettings.EXACT);
    double[] predictions = train(tree(1, TreeSettings.EXACT), data, 1).predict(data, 0, rows);
    double wrong =
        IntStream.range(0, rows).mapToDouble(i -> Math.abs(predictions[i] - labels[i])).sum();
    assertThat(wrong).isLessThan(10);
  }

  @Test
  void aLabelFarFromZeroKeepsItsDigits() {
    DenseRows rows =
        DenseRows.of(new double[][] {{0}, {0}, {1}, {1}}, 1e12, 1e12, 1e12 + 1, 1e12 + 1);
    FittedModel model = train(TREE, rows, 1);
    assertThat(model.predict(rows, 0, 4)).containsExactly(1e12, 1e12, 1e12 + 1, 1e12 + 1);
    assertAgrees(model, rows, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void oneRowConstantsAndZerosAreOneLeaf(int classes) {
    FittedModel one = train(TREE, DenseRows.of(new double[][] {{0, 0}}, 1), classes);
    double[] of = one.predict(DenseRows.of(new double[][] {{3, 0}}, 0), 0, 1);
    assertThat(of[classes == 1 ? 0 : 1]).isEqualTo(1);
    DenseRows constant = DenseRows.of(new double[][] {{7, 0}, {7, 0}, {7, 0}, {7, 0}}, 1, 1, 1, 0);
    for (TreeSettings settings : new TreeSettings[] {TREE, forest(3, 4)}) {
      FittedModel model = train(settings, constant, classes);
      assertAgrees(model, constant, classes);
    }
    assertThat(train(TREE, constant, classes).predict(constant, 0, 1)[classes == 1 ? 0 : 1])
        .isEqualTo(0.75);
  }

  @Test
  void aClassThatNoTrainingRowHasGetsNothing() {
    DenseRows rows = DenseRows.of(new double[][] {{1}, {2}, {3}}, 0, 2, 2);
    FittedModel model = train(TREE, rows, 4);
    assertThat(model.predict(rows, 0, 1)).containsExactly(1, 0, 0, 0);
    assertAgrees(model, rows, 4);
  }

  @Test
  void rowsOfWeightZeroTeachNothing() {
    DenseRows rows = DenseRows.of(new double[][] {{1}, {2}, {3}}, 0, 1, 1);
    FittedModel model = train(TREE, rows.withWeights(1, 0, 0), 2);
    assertThat(model.predict(rows, 2, 3)).containsExactly(1, 0);
    assertThatThrownBy(() -> train(TREE, rows.withWeights(0, 0, 0), 2))
        .isInstanceOfSatisfying(
            MlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRAINING_FAILED));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void weightsCountAsRepeatedRows(int classes) {
    DenseRows rows = DenseRows.random(600, 6, classes, 10);
    double[] weights = IntStream.range(0, 600).mapToDouble(i -> 1 + i % 3).toArray();
    int[] repeated =
        IntStream.range(0, 600).flatMap(i -> IntStream.rangeClosed(0, i % 3).map(k -> i)).toArray();
    double[][] values = new double[repeated.length][6];
    for (int i = 0; i < repeated.length; i++) {
      rows.fill(repeated[i], values[i], 0);
    }
    DenseRows plain =
        DenseRows.of(values, IntStream.of(repeated).mapToDouble(rows::label).toArray());
    TreeSettings settings =
        new TreeSettings(1, 5, 8, 0, 0.5, 2, TreeSettings.EXACT, Sampling.NONE, 1);
    double[] weighted = train(settings, rows.withWeights(weights), classes).predict(rows, 0, 600);
    double[] counted = train(settings, plain, classes).predict(rows, 0, 600);
    assertThat(weighted).containsExactly(counted, within(1e-9));
  }

  @Test
  void leavesOfFewRowsAreDrawnToTheMean() {
    DenseRows rows = DenseRows.of(new double[][] {{0}, {0}, {0}, {1}}, 0, 0, 0, 4);
    TreeSettings ridge = new TreeSettings(1, 3, 1, 0, 0, 1, 256, Sampling.NONE, 1);
    assertThat(train(ridge, rows, 1).predict(rows, 2, 4))
        .containsExactly(1 - 3 / 4.0, 1 + 3 / 2.0); // mean + G / (W + l2)
    TreeSettings lasso = new TreeSettings(1, 3, 1, 0, 1, 0, 256, Sampling.NONE, 1);
    assertThat(train(lasso, rows, 1).predict(rows, 2, 4))
        .containsExactly(1 - 2 / 3.0, 1 + 2.0); // G shrunk by 1
    TreeSettings shares = new TreeSettings(1, 3, 1, 0, 0, 4, 256, Sampling.NONE, 1);
    DenseRows classes = DenseRows.of(new double[][] {{0}, {0}, {0}, {1}}, 0, 0, 0, 1);
    assertThat(train(shares, classes, 2).predict(classes, 2, 4))
        .containsExactly(new double[] {6 / 7.0, 1 / 7.0, 3 / 5.0, 2 / 5.0}, within(1e-15));
  }

  @Test
  void childrenWeighEnoughAndSplitsGainEnough() {
    DenseRows rows = DenseRows.of(new double[][] {{0}, {1}, {2}, {3}, {4}}, 0, 0, 0, 0, 10);
    TreeSettings heavy = new TreeSettings(1, 3, 2, 0, 0, 0, 256, Sampling.NONE, 1);
    assertThat(train(heavy, rows, 1).predict(rows, 0, 5)).containsExactly(0, 0, 0, 5, 5);
    TreeSettings costly = new TreeSettings(1, 3, 1, 79.9, 0, 0, 256, Sampling.NONE, 1);
    assertThat(train(costly, rows, 1).predict(rows, 3, 5)).containsExactly(0, 10);
    TreeSettings tooCostly = new TreeSettings(1, 3, 1, 80.1, 0, 0, 256, Sampling.NONE, 1);
    assertThat(train(tooCostly, rows, 1).predict(rows, 3, 5)).containsExactly(2, 2);
  }

  @Test
  void theDepthIsTheNumberOfSplitsOnTheWay() {
    DenseRows rows = DenseRows.random(500, 6, 1, 3);
    FittedModel stump = train(tree(1, 256), rows, 1);
    assertThat(
            IntStream.range(0, 500).mapToDouble(i -> stump.predict(rows, i, i + 1)[0]).distinct())
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theSameRowsGiveTheSameBytes(int classes) {
    DenseRows rows = DenseRows.random(300, 6, classes, 4);
    for (TreeSettings settings : new TreeSettings[] {TREE, forest(5, 8)}) {
      assertThat(bytes(settings, rows, classes)).isEqualTo(bytes(settings, rows, classes));
    }
  }

  @Test
  void anotherSeedGivesAnotherForest() {
    DenseRows rows = DenseRows.random(300, 6, 2, 4);
    TreeSettings one = forest(5, 8);
    TreeSettings two =
        new TreeSettings(
            5, one.maxDepth(), 1, 0, 0, one.l2(), one.maxBins(), one.sampling(), one.seed() + 1);
    assertThat(bytes(one, rows, 2)).isNotEqualTo(bytes(two, rows, 2));
  }

  @Test
  void everySampleOfFeaturesIsKept() {
    DenseRows rows = DenseRows.random(400, 6, 2, 5);
    for (Sampling sampling :
        new Sampling[] {
          new Sampling(1, 0.4, 1, 1), new Sampling(1, 1, 0.4, 1), new Sampling(1, 1, 1, 0.01)
        }) {
      TreeSettings settings = new TreeSettings(4, 4, 1, 0, 0, 0, 256, sampling, 3);
      assertAgrees(train(settings, rows, 2), rows, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void cancelEndsTheTraining(int classes) {
    DenseRows rows = DenseRows.random(2000, 6, classes, 5);
    Progress impatient =
        (phase, done, total) -> {
          if (phase.equals("training") && done >= 2) {
            throw new CancellationException("enough");
          }
        };
    assertThatThrownBy(
            () ->
                new TreeTrainer(forest(1000, 8))
                    .train(task(classes), rows, Optional.empty(), impatient))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void reportsItsLosses() {
    DenseRows rows = DenseRows.of(new double[][] {{0}, {0}, {1}, {1}}, 1, 2, 5, 6);
    DenseRows heldOut = DenseRows.of(new double[][] {{0}}, 3.5);
    FittedModel model =
        new TreeTrainer(TREE).train(task(1), rows, Optional.of(heldOut), Progress.NONE);
    assertThat(model.iterations()).hasSize(1);
    assertThat(model.iterations().get(0).loss()).isEqualTo(0.25);
    assertThat(model.iterations().get(0).evalLoss()).isEqualTo(4.0);
    assertThat(model.trainer()).isEqualTo("CART, exact");
  }

  private static TreeSettings tree(int depth, int bins) {
    return new TreeSettings(1, depth, 1, 0, 0, 0, bins, Sampling.NONE, 1);
  }

  private static TreeSettings forest(int trees, int depth) {
    return new TreeSettings(trees, depth, 1, 0, 0, 1, 256, new Sampling(0.8, 1, 1, 0.5), 1);
  }

  private static double accuracy(TreeSettings settings, int classes) {
    PreparedRows held = PythonFixture.rows(800, 1000, classes);
    double[] scores =
        train(settings, PythonFixture.rows(0, 800, classes), classes).predict(held, 0, 200);
    int right = 0;
    for (int row = 0; row < 200; row++) {
      int best = 0;
      for (int j = 1; j < classes; j++) {
        best = scores[row * classes + j] > scores[row * classes + best] ? j : best;
      }
      right += best == (int) held.label(row) ? 1 : 0;
    }
    return right / 200.0;
  }

  private static byte[] bytes(TreeSettings settings, DenseRows rows, int classes) {
    return GraphRun.graph(6, ElementType.DOUBLE, classes, train(settings, rows, classes)::export);
  }

  private static FittedModel train(TreeSettings settings, PreparedRows rows, int classes) {
    return new TreeTrainer(settings).train(task(classes), rows, Optional.empty(), Progress.NONE);
  }

  private static Task task(int classes) {
    if (classes == 1) {
      return new Task.Regression(new ColumnSpec("Y", ColumnType.DOUBLE, "DOUBLE PRECISION", true));
    }
    return new Task.Classification(
        new ColumnSpec("Y", ColumnType.INTEGER, "INTEGER", true),
        IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  private static void assertAgrees(FittedModel model, PreparedRows rows, int classes) {
    double[] expected = model.predict(rows, 0, rows.rows());
    double[][] found = GraphRun.doubles(rows, classes, model::export);
    for (int row = 0; row < found.length; row++) {
      for (int j = 0; j < classes; j++) {
        assertThat(found[row][j]).isCloseTo(expected[row * classes + j], within(1e-12));
      }
    }
  }
}
