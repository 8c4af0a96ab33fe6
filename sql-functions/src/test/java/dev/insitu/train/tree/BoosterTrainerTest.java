package dev.insitu.train.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.Task;
import dev.insitu.model.TrainingIteration;
import dev.insitu.onnx.ElementType;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.tree.BoosterSettings.Stopping;
import dev.insitu.train.tree.TreeSettings.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoosterTrainerTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void scoresOfTheGraphAreThoseOfTheTrainer(int classes) {
    DenseRows rows = DenseRows.random(3000, 9, classes, 1);
    BoostedTrees model = train(boosted(30), rows, classes);
    assertScoresAgree(model, DenseRows.random(5000, 9, classes, 2), classes, 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {TreeSettings.FOREST_BINS, TreeSettings.EXACT})
  void whatATreeSeesIsDrawnAndTheGraphRepeatsIt(int bins) {
    DenseRows rows = DenseRows.random(3000, 6, 2, 5);
    TreeSettings trees = trees(4, bins, new Sampling(0.7, 0.8, 1, 0.8));
    BoostedTrees model = train(settings(5, Stopping.NEVER, trees), rows, 2);
    assertScoresAgree(model, rows, 2, 1e-12);
    BoostedTrees unsampled =
        train(settings(5, Stopping.NEVER, trees(4, bins, Sampling.NONE)), rows, 2);
    assertThat(model.predict(rows, 0, 100)).isNotEqualTo(unsampled.predict(rows, 0, 100));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theSameRowsGiveTheSameBytes(int classes) {
    DenseRows rows = DenseRows.random(2000, 9, classes, 6);
    for (int bins : new int[] {TreeSettings.FOREST_BINS, TreeSettings.EXACT}) {
      BoosterSettings settings = sampled(10, bins);
      assertThat(bytes(train(settings, rows, classes), 9, classes))
          .isEqualTo(bytes(train(settings, rows, classes), 9, classes));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatIsKnownOfTheTrainingRowsIsWhatTheTreesSay(int classes) {
    DenseRows rows = DenseRows.random(2000, 9, classes, 19);
    DenseRows heldOut = DenseRows.random(500, 9, classes, 20);
    for (int bins : new int[] {TreeSettings.FOREST_BINS, TreeSettings.EXACT}) {
      BoostedTrees model =
          (BoostedTrees)
              new BoosterTrainer(sampled(10, bins))
                  .train(task(classes), rows, Optional.of(heldOut), Progress.NONE);
      for (DenseRows known : List.of(rows, heldOut)) {
        DenseRows same = known.withFlagsOf("flags", 0, 0);
        assertEqual(
            model.predict(known, 0, known.rows()), model.predict(same, 0, known.rows()), 1e-12);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void histogramsFindTheSplitsThatLookingAtEveryValueFinds(int classes) {
    DenseRows random = DenseRows.random(2000, 9, classes, 21);
    double[][] few = new double[2000][];
    for (int i = 0; i < few.length; i++) {
      few[i] = row(random, i);
      for (int j = 0; j < 9; j++) {
        few[i][j] = Math.rint(few[i][j]);
      }
    }
    double[] labels = IntStream.range(0, 2000).mapToDouble(random::label).toArray();
    // Weights, because of equal gradients there are splits that gain the same.
    double[] weights = new SplittableRandom(23).doubles(2000, 0.5, 2).toArray();
    DenseRows rows =
        DenseRows.of(few, labels)
            .withWeights(weights)
            .withFlagsOf("a", 2, 3)
            .withFlagsOf("b", 5, 6);
    double[] exact =
        train(
                settings(8, Stopping.NEVER, trees(1, TreeSettings.EXACT, Sampling.NONE)),
                rows,
                classes)
            .predict(rows, 0, 2000);
    assertEqual(train(boosted(8), rows, classes).predict(rows, 0, 2000), exact, 1e-9);
  }

  @Test
  void textsInOneColumnTeachWhatFlagsTeach() {
    double[][] flags = new double[4000][9];
    double[] labels = new double[4000];
    SplittableRandom random = new SplittableRandom(22);
    for (int i = 0; i < flags.length; i++) {
      int text = random.nextInt(9);
      flags[i][0] = random.nextInt(40);
      if (text > 0) {
        flags[i][text] = 1;
      }
      labels[i] = random.nextDouble() + text % 3 + (text == 4 ? flags[i][0] / 10 : 0);
    }
    DenseRows apart = DenseRows.of(flags, labels);
    assertEqual(
        train(boosted(20), apart.withFlagsOf("text", 1, 9), 1).predict(apart, 0, 4000),
        train(boosted(20), apart, 1).predict(apart, 0, 4000),
        1e-9);
  }

  @Test
  void aLabelFarFromZeroKeepsItsDigits() {
    DenseRows near = DenseRows.random(2000, 6, 1, 7);
    double[] labels = IntStream.range(0, 2000).mapToDouble(i -> near.label(i) + 1e12).toArray();
    DenseRows far = relabel(near, labels);
    double[] predictions = train(boosted(50), far, 1).predict(far, 0, 2000);
    double error =
        IntStream.range(0, 2000).mapToDouble(i -> Math.abs(predictions[i] - labels[i])).sum()
            / 2000;
    assertThat(error).isLessThan(0.3);
    assertScoresAgree(train(boosted(50), far, 1), far, 1, 1e-12);
  }

  @Test
  void valuesOfEverySizeGoTheSameWay() {
    double[][] rows = new double[400][2];
    double[] labels = new double[400];
    double[] extremes = {-1e300, -3.4028236e38, -1e-300, 0, 1e-320, 16777217, 3.5e38, 1e308};
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = extremes[i % 8];
      rows[i][1] = 1;
      labels[i] = i % 8;
    }
    DenseRows data = DenseRows.of(rows, labels);
    BoostedTrees model = train(boosted(50), data, 1);
    assertScoresAgree(model, data, 1, 1e-12);
    double[] predictions = model.predict(data, 0, 8);
    assertEqual(predictions, new double[] {0, 1, 2, 3, 4, 5, 6, 7}, 0.1);
  }

  @Test
  void oneRowAndConstantFeaturesGiveTheMean() {
    DenseRows one = DenseRows.of(new double[][] {{5, 5}}, 42.5);
    assertThat(train(boosted(3), one, 1).predict(one, 0, 1)).containsExactly(42.5);
    DenseRows constant = DenseRows.of(new double[][] {{5}, {5}, {5}, {5}}, 0, 1, 1, 1);
    BoosterSettings settings = boosted(3);
    BoostedTrees model = train(settings, constant, 2);
    assertThat(model.predict(constant, 0, 1)[1]).isCloseTo(0.75, within(0.1));
    assertScoresAgree(model, constant, 2, 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aClassThatNoTrainingRowHasGetsLittle(int classes) {
    DenseRows random = DenseRows.random(500, 6, 1, 8);
    DenseRows rows =
        relabel(random, IntStream.range(0, 500).mapToDouble(i -> i % (classes - 1)).toArray());
    BoosterSettings settings = boosted(20);
    BoostedTrees model = train(settings, rows, classes);
    double[] scores = model.predict(rows, 0, 500);
    for (int row = 0; row < 500; row++) {
      assertThat(scores[row * classes + classes - 1]).isBetween(0.0, 0.1);
    }
    assertScoresAgree(model, rows, classes, 1e-6);
  }

  @Test
  void rowsOfWeightZeroTeachNothing() {
    DenseRows rows = DenseRows.random(1000, 6, 2, 9);
    double[] weights =
        IntStream.range(0, 1000).mapToDouble(i -> rows.label(i) == 1 ? 0 : 1).toArray();
    BoosterSettings settings = boosted(10);
    BoostedTrees model = train(settings, rows.withWeights(weights), 2);
    double[] scores = model.predict(rows, 0, 1000);
    assertThat(IntStream.range(0, 1000).mapToDouble(i -> scores[2 * i + 1]).max().getAsDouble())
        .isLessThan(0.01);
    BoostedTrees untaught = train(boosted(2), rows.withWeights(new double[1000]), 2);
    assertThat(untaught.predict(rows, 0, 1)[0]).isBetween(0.0, 1.0);
  }

  @Test
  void weightsCountAsRepeatedRows() {
    DenseRows rows = DenseRows.random(600, 6, 2, 10);
    double[] weights = IntStream.range(0, 600).mapToDouble(i -> 1 + i % 3).toArray();
    double[][] repeated =
        IntStream.range(0, 600)
            .boxed()
            .flatMap(i -> IntStream.rangeClosed(0, i % 3).mapToObj(k -> row(rows, i)))
            .toArray(double[][]::new);
    double[] labels =
        IntStream.range(0, 600)
            .flatMap(i -> IntStream.rangeClosed(0, i % 3).map(k -> i))
            .mapToDouble(rows::label)
            .toArray();
    BoosterSettings exact =
        settings(5, Stopping.NEVER, trees(1, TreeSettings.EXACT, Sampling.NONE));
    double[] weighted = train(exact, rows.withWeights(weights), 2).predict(rows, 0, 600);
    double[] plain = train(exact, DenseRows.of(repeated, labels), 2).predict(rows, 0, 600);
    assertEqual(weighted, plain, 1e-9);
  }

  @Test
  void everyRoundReportsItsLosses() {
    DenseRows rows = DenseRows.random(3000, 9, 2, 11);
    DenseRows heldOut = DenseRows.random(1000, 9, 2, 12);
    BoostedTrees model =
        (BoostedTrees)
            new BoosterTrainer(boosted(15))
                .train(task(2), rows, Optional.of(heldOut), Progress.NONE);
    List<TrainingIteration> iterations = model.iterations();
    assertThat(iterations).hasSize(15);
    assertThat(iterations.get(14).iteration()).isEqualTo(14);
    assertThat(iterations.get(14).learningRate()).isEqualTo(0.3);
    assertThat(iterations.get(14).loss()).isLessThan(iterations.get(0).loss());
    double[] scores = model.predict(heldOut, 0, 1000);
    double loss =
        IntStream.range(0, 1000)
                .mapToDouble(i -> -Math.log(scores[2 * i + (int) heldOut.label(i)]))
                .sum()
            / 1000;
    assertThat(iterations.get(14).evalLoss()).isCloseTo(loss, within(1e-5));
  }

  @Test
  void theLossOfARegressionIsTheMeanSquaredError() {
    DenseRows rows = DenseRows.random(500, 6, 1, 13);
    BoosterSettings settings = boosted(5);
    BoostedTrees model = train(settings, rows, 1);
    double[] predictions = model.predict(rows, 0, 500);
    double loss =
        IntStream.range(0, 500).mapToDouble(i -> Math.pow(predictions[i] - rows.label(i), 2)).sum()
            / 500;
    List<TrainingIteration> iterations = model.iterations();
    assertThat(iterations.get(iterations.size() - 1).loss()).isCloseTo(loss, within(1e-6));
  }

  @Test
  void stopsWhenTheHeldOutLossNoLongerFalls() {
    DenseRows rows = DenseRows.random(300, 6, 1, 14);
    double[] noise = IntStream.range(0, 300).mapToDouble(i -> (i * 7919 % 13) / 13.0).toArray();
    BoosterSettings settings =
        settings(200, new Stopping(true, 0.01), trees(1, TreeSettings.FOREST_BINS, Sampling.NONE));
    BoostedTrees model =
        (BoostedTrees)
            new BoosterTrainer(settings)
                .train(
                    task(1),
                    relabel(rows, noise),
                    Optional.of(relabel(DenseRows.random(300, 6, 1, 15), noise)),
                    Progress.NONE);
    List<TrainingIteration> iterations = model.iterations();
    assertThat(iterations.size()).isBetween(2, 50);
    double last = evalLoss(iterations, iterations.size() - 1);
    double before = evalLoss(iterations, iterations.size() - 2);
    assertThat(before - last).isLessThan(0.01 * before);
  }

  @Test
  void cancelEndsTheTrainingBetweenTrees() {
    DenseRows rows = DenseRows.random(500, 6, 2, 16);
    BoosterSettings settings = boosted(50);
    List<Long> steps = new ArrayList<>();
    Progress impatient =
        (phase, done, total) -> {
          if (phase.equals("training")) {
            steps.add(done);
            if (done == 3) {
              throw new CancellationException("enough");
            }
          }
        };
    assertThatThrownBy(
            () -> new BoosterTrainer(settings).train(task(2), rows, Optional.empty(), impatient))
        .isInstanceOf(CancellationException.class);
    assertThat(steps).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void predictsAnyStretchOfRows() {
    DenseRows rows = DenseRows.random(40_000, 6, 4, 17);
    BoostedTrees model = train(boosted(3), rows, 4);
    double[] all = model.predict(rows, 0, 40_000);
    assertThat(model.predict(rows, 16_380, 16_390))
        .isEqualTo(Arrays.copyOfRange(all, 4 * 16_380, 4 * 16_390));
    assertThat(model.predict(rows, 5, 5)).isEmpty();
  }

  static BoosterSettings boosted(int rounds) {
    return settings(rounds, Stopping.NEVER, trees(1, TreeSettings.FOREST_BINS, Sampling.NONE));
  }

  private static BoosterSettings settings(int rounds, Stopping stopping, TreeSettings trees) {
    return new BoosterSettings(rounds, 0.3, stopping, trees);
  }

  private static TreeSettings trees(int parallel, int bins, Sampling sampling) {
    return new TreeSettings(parallel, 6, 1, 0, 0, 1, bins, sampling, 1);
  }

  private static BoosterSettings sampled(int rounds, int bins) {
    return settings(rounds, Stopping.NEVER, trees(1, bins, new Sampling(0.7, 0.8, 0.8, 0.8)));
  }

  static Task task(int classes) {
    if (classes == 1) {
      return new Task.Regression(new ColumnSpec("Y", ColumnType.DOUBLE, "DOUBLE PRECISION", true));
    }
    return new Task.Classification(
        new ColumnSpec("Y", ColumnType.INTEGER, "INTEGER", true),
        IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  static BoostedTrees train(BoosterSettings settings, PreparedRows rows, int classes) {
    return (BoostedTrees)
        new BoosterTrainer(settings).train(task(classes), rows, Optional.empty(), Progress.NONE);
  }

  static void assertEqual(double[] found, double[] wanted, double tolerance) {
    assertThat(found).hasSameSizeAs(wanted);
    double largest = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - wanted[i]));
    }
    assertThat(largest).isLessThanOrEqualTo(tolerance);
  }

  static void assertScoresAgree(
      BoostedTrees model, PreparedRows rows, int classes, double tolerance) {
    double[] expected = model.predict(rows, 0, rows.rows());
    double[][] found = GraphRun.doubles(rows, classes, model::export);
    assertThat(found).hasDimensions(rows.rows(), classes);
    for (int row = 0; row < found.length; row++) {
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        double wanted = expected[row * classes + j];
        assertThat(found[row][j])
            .isCloseTo(wanted, within(tolerance * Math.max(1, Math.abs(wanted))));
        sum += found[row][j];
      }
      if (classes > 1) {
        assertThat(sum).isCloseTo(1, within(1e-12));
      }
    }
  }

  private static byte[] bytes(BoostedTrees model, int features, int classes) {
    return GraphRun.graph(features, ElementType.DOUBLE, classes, model::export);
  }

  private static DenseRows relabel(DenseRows rows, double[] labels) {
    return DenseRows.of(
        IntStream.range(0, rows.rows()).mapToObj(i -> row(rows, i)).toArray(double[][]::new),
        labels);
  }

  private static double[] row(DenseRows rows, int row) {
    double[] values = new double[rows.features().size()];
    rows.fill(row, values, 0);
    return values;
  }

  private static double evalLoss(List<TrainingIteration> iterations, int index) {
    return Objects.requireNonNull(iterations.get(index).evalLoss());
  }
}
