package dev.insitu.train.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.Task;
import dev.insitu.model.TrainingIteration;
import dev.insitu.onnx.ElementType;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.tree.DenseRows;
import dev.insitu.train.tree.GraphRun;
import dev.insitu.train.xgboost.BoosterSettings.Growth;
import dev.insitu.train.xgboost.BoosterSettings.Sampling;
import dev.insitu.train.xgboost.BoosterSettings.Stopping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresXGBoost
class BoosterTrainerTest {
  static final Growth GROWTH = new Growth(6, 0, 1, 0, 1, "hist", 256);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void boostedMarginsOfTheGraphAreThoseOfXGBoostBitForBit(int classes) {
    DenseRows rows = DenseRows.random(5000, 9, classes, 1);
    BoosterModel model = train(boosted(30), rows, classes);
    DenseRows others = DenseRows.random(20_000, 9, classes, 2);
    assertThat(graphMargins(model, others, classes)).isEqualTo(model.margins(others));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void boostedScoresOfTheGraphAreThoseOfXGBoost(int classes) {
    DenseRows rows = DenseRows.random(3000, 9, classes, 1);
    BoosterModel model = train(boosted(30), rows, classes);
    assertScoresAgree(model, DenseRows.random(5000, 9, classes, 2), classes, 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "approx", "hist"})
  void everyWayOfFindingSplitsIsExportedBitForBit(String method) {
    DenseRows rows = DenseRows.random(2000, 9, 2, 18);
    BoosterSettings settings =
        new BoosterSettings(
            10,
            1,
            0.3,
            new Growth(64, 0.5, 0.1, 0.1, 2, method, 64),
            Sampling.NONE,
            Stopping.NEVER,
            1,
            1);
    BoosterModel model = train(settings, rows, 2);
    assertThat(graphMargins(model, rows, 2)).isEqualTo(model.margins(rows));
    assertThat(model.trainer()).isEqualTo("XGBoost 2.1.4 " + method);
  }

  @Test
  void anErrorOfXGBoostIsToldWithoutItsPlace() {
    XGBoostError error =
        new XGBoostError("[12:00:00] /w/src/data.cc:42: Check failed: x: y\nStack");
    assertThat(BoosterModel.failed(error))
        .hasMessage("ML048: XGBoost could not train: Check failed: x: y")
        .hasCause(error);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aClosedModelHasFreedItsTrees(int classes) {
    DenseRows rows = DenseRows.random(200, 3, classes, 1);
    BoosterSettings settings = boosted(2);
    BoosterModel model = train(settings, rows, classes);
    model.close();
    model.close();
    assertThatThrownBy(() -> model.predict(rows, 0, 1))
        .isInstanceOf(MlException.class)
        .hasMessageContaining("disposed");
    assertThat(model.iterations()).isNotEmpty();
  }

  @Test
  void treesInParallelWithinARoundAreAddedAsXGBoostDoes() {
    DenseRows rows = DenseRows.random(3000, 6, 2, 5);
    BoosterSettings settings =
        new BoosterSettings(
            5, 4, 0.3, GROWTH, new Sampling(0.7, 0.8, 1, 0.8), Stopping.NEVER, 1, 1);
    BoosterModel model = train(settings, rows, 2);
    assertThat(graphMargins(model, rows, 2)).isEqualTo(model.margins(rows));
    assertScoresAgree(model, rows, 2, 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theSameRowsGiveTheSameBytes(int classes) {
    DenseRows rows = DenseRows.random(2000, 9, classes, 6);
    BoosterSettings settings = sampled(boosted(10));
    assertThat(bytes(train(settings, rows, classes), 9, classes))
        .isEqualTo(bytes(train(settings, rows, classes), 9, classes));
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
  void valuesBeyondSinglePrecisionGoTheSameWay() {
    double[][] rows = new double[400][2];
    double[] labels = new double[400];
    double[] extremes = {-1e300, -3.4028236e38, -1e-300, 0, 1e-320, 16777217, 3.5e38, 1e308};
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = extremes[i % 8];
      rows[i][1] = 1;
      labels[i] = i % 8;
    }
    DenseRows data = DenseRows.of(rows, labels);
    BoosterModel model = train(boosted(50), data, 1);
    assertThat(graphMargins(model, data, 1)).isEqualTo(model.margins(data));
    double[] predictions = model.predict(data, 0, 8);
    assertThat(predictions[0]).isCloseTo(0.5, within(0.2));
    assertThat(predictions[7]).isCloseTo(6.5, within(0.2));
  }

  @Test
  void labelsBeyondSinglePrecisionAreRefused() {
    DenseRows rows = DenseRows.of(new double[][] {{1}, {2}, {3}}, 0, 0, 1e300);
    assertThatThrownBy(() -> train(boosted(1), rows, 1))
        .isInstanceOfSatisfying(
            MlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRAINING_FAILED));
  }

  @Test
  void oneRowAndConstantFeaturesGiveTheMean() {
    DenseRows one = DenseRows.of(new double[][] {{5, 5}}, 42.5);
    assertThat(train(boosted(3), one, 1).predict(one, 0, 1)).containsExactly(42.5);
    DenseRows constant = DenseRows.of(new double[][] {{5}, {5}, {5}, {5}}, 0, 1, 1, 1);
    BoosterSettings settings = boosted(3);
    BoosterModel model = train(settings, constant, 2);
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
    BoosterModel model = train(settings, rows, classes);
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
    BoosterModel model = train(settings, rows.withWeights(weights), 2);
    double[] scores = model.predict(rows, 0, 1000);
    assertThat(IntStream.range(0, 1000).mapToDouble(i -> scores[2 * i + 1]).max().getAsDouble())
        .isLessThan(0.01);
    BoosterModel untaught = train(boosted(2), rows.withWeights(new double[1000]), 2);
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
    double[] weighted = train(boosted(5), rows.withWeights(weights), 2).predict(rows, 0, 600);
    double[] plain = train(boosted(5), DenseRows.of(repeated, labels), 2).predict(rows, 0, 600);
    double difference =
        IntStream.range(0, 1200).mapToDouble(i -> Math.abs(weighted[i] - plain[i])).sum() / 1200;
    assertThat(difference).isLessThan(0.02);
  }

  @Test
  void everyRoundReportsItsLosses() {
    DenseRows rows = DenseRows.random(3000, 9, 2, 11);
    DenseRows heldOut = DenseRows.random(1000, 9, 2, 12);
    BoosterModel model =
        (BoosterModel)
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
    BoosterModel model = train(settings, rows, 1);
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
        new BoosterSettings(200, 1, 0.3, GROWTH, Sampling.NONE, new Stopping(true, 0.01), 1, 1);
    BoosterModel model =
        (BoosterModel)
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
  void aMatrixThatDoesNotFitIsRefusedBeforeItIsMade() {
    assertThatThrownBy(() -> DenseMatrix.requireMemory(1L << 40))
        .isInstanceOfSatisfying(
            MlException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE);
              assertThat(e.hint().orElseThrow()).contains("-Xmx").endsWith("columns.");
            });
  }

  @Test
  void predictsAnyStretchOfRows() {
    DenseRows rows = DenseRows.random(40_000, 6, 4, 17);
    BoosterModel model = train(boosted(3), rows, 4);
    double[] all = model.predict(rows, 0, 40_000);
    assertThat(model.predict(rows, 16_380, 16_390))
        .isEqualTo(Arrays.copyOfRange(all, 4 * 16_380, 4 * 16_390));
    assertThat(model.predict(rows, 5, 5)).isEmpty();
  }

  static BoosterSettings boosted(int rounds) {
    return new BoosterSettings(rounds, 1, 0.3, GROWTH, Sampling.NONE, Stopping.NEVER, 1, 1);
  }

  private static BoosterSettings sampled(BoosterSettings settings) {
    return new BoosterSettings(
        settings.rounds(),
        settings.parallelTrees(),
        settings.learningRate(),
        settings.growth(),
        new Sampling(0.7, 0.8, 0.8, 0.8),
        settings.stopping(),
        settings.seed(),
        settings.threads());
  }

  static Task task(int classes) {
    if (classes == 1) {
      return new Task.Regression(new ColumnSpec("Y", ColumnType.DOUBLE, "DOUBLE PRECISION", true));
    }
    return new Task.Classification(
        new ColumnSpec("Y", ColumnType.INTEGER, "INTEGER", true),
        IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  static BoosterModel train(BoosterSettings settings, PreparedRows rows, int classes) {
    return (BoosterModel)
        new BoosterTrainer(settings).train(task(classes), rows, Optional.empty(), Progress.NONE);
  }

  static float[] graphMargins(BoosterModel model, PreparedRows rows, int classes) {
    int groups = classes == 2 ? 1 : classes;
    float[][] margins = GraphRun.floats(rows, groups, model::exportMargins);
    float[] flat = new float[rows.rows() * groups];
    for (int row = 0; row < margins.length; row++) {
      System.arraycopy(margins[row], 0, flat, row * groups, groups);
    }
    return flat;
  }

  static void assertScoresAgree(
      BoosterModel model, PreparedRows rows, int classes, double tolerance) {
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

  private static byte[] bytes(BoosterModel model, int features, int classes) {
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
