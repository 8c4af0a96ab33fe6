package dev.insitu.train.tribuo;

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
import dev.insitu.train.tree.DenseRows;
import dev.insitu.train.tree.GraphRun;
import dev.insitu.train.tribuo.TreeSettings.Method;
import dev.insitu.train.xgboost.BoosterTrainer;
import dev.insitu.train.xgboost.RequiresXGBoost;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTreeTrainerTest {
  private static final TreeSettings EXACT = new TreeSettings(Method.EXACT, 8, 1, 0, 1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void theGraphGivesWhatTribuoGivesOnEveryRow(int classes) {
    FittedModel model = train(EXACT, DenseRows.random(1500, 9, classes, 1), classes);
    assertAgrees(model, DenseRows.random(3000, 9, classes, 2), classes);
  }

  @Test
  void aValueEqualToTheThresholdGoesWhereTribuoSendsIt() {
    double[][] rows = {{0, 1e9}, {2, 1e9 + 1}, {0, 1e9}, {2, 1e9 + 1}, {0, 1e9}, {2, 1e9 + 1}};
    DenseRows training = DenseRows.of(rows, 0, 1, 0, 1, 0, 1);
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
      FittedModel model = train(EXACT, training, classes);
      double[] scores = model.predict(atAndBeside, 0, 5);
      assertThat(IntStream.range(0, 5).mapToDouble(i -> scores[i * classes + classes - 1]))
          .containsExactly(0.0, 1.0, 0.0, 0.0, 1.0);
      assertAgrees(model, atAndBeside, classes);
    }
  }

  @Test
  void sharesAtTheLeavesAreTheProbabilities() {
    double[][] rows =
        IntStream.range(0, 40).mapToObj(i -> new double[] {i / 20}).toArray(double[][]::new);
    double[] labels =
        IntStream.range(0, 40).mapToDouble(i -> i < 20 ? i % 4 == 0 ? 1 : 0 : 2).toArray();
    DenseRows data = DenseRows.of(rows, labels);
    assertThat(train(EXACT, data, 3).predict(data, 19, 21))
        .containsExactly(new double[] {0.75, 0.25, 0, 0, 0, 1}, within(1e-12));
  }

  @RequiresXGBoost
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void histogramsFindTheTreeThatCartFinds(int classes) {
    DenseRows rows = gridRows(classes);
    double[] exact =
        train(new TreeSettings(Method.EXACT, 3, 1, 0, 1), rows, classes).predict(rows, 0, 800);
    FittedModel hist = train(new TreeSettings(Method.HIST, 3, 1, 0, 1), rows, classes);
    assertThat(hist.predict(rows, 0, 800)).containsExactly(exact, within(1e-5));
    assertThat(hist.trainer()).isEqualTo("XGBoost 2.1.4 hist");
  }

  @Test
  void autoIsExactUntilItWouldTakeLong() {
    DecisionTreeTrainer auto = new DecisionTreeTrainer(TreeSettings.defaults());
    assertThat(auto.delegate(task(2), 30_000, 10)).isInstanceOf(CartTrainer.class);
    assertThat(auto.delegate(task(1), 2000, 100)).isInstanceOf(CartTrainer.class);
  }

  @RequiresXGBoost
  @Test
  void autoUsesHistogramsForMany() {
    DecisionTreeTrainer auto = new DecisionTreeTrainer(TreeSettings.defaults());
    assertThat(auto.delegate(task(2), 30_001, 10)).isInstanceOf(BoosterTrainer.class);
    assertThat(auto.delegate(task(1), 2001, 100)).isInstanceOf(BoosterTrainer.class);
  }

  @Test
  void aLabelFarFromZeroKeepsItsDigits() {
    DenseRows rows =
        DenseRows.of(new double[][] {{0}, {0}, {1}, {1}}, 1e12, 1e12, 1e12 + 1, 1e12 + 1);
    FittedModel model = train(EXACT, rows, 1);
    assertThat(model.predict(rows, 0, 4)).containsExactly(1e12, 1e12, 1e12 + 1, 1e12 + 1);
    assertAgrees(model, rows, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void oneRowConstantsAndZerosAreOneLeaf(int classes) {
    FittedModel one = train(EXACT, DenseRows.of(new double[][] {{0, 0}}, 1), classes);
    assertThat(one.predict(DenseRows.of(new double[][] {{3, 0}}, 0), 0, 1)).endsWith(1);
    DenseRows constant = DenseRows.of(new double[][] {{7, 0}, {7, 0}, {7, 0}, {7, 0}}, 1, 1, 1, 0);
    FittedModel model = train(EXACT, constant, classes);
    assertThat(model.predict(constant, 0, 1)).endsWith(0.75);
    assertAgrees(model, constant, classes);
  }

  @Test
  void aClassThatNoTrainingRowHasGetsNothing() {
    DenseRows rows = DenseRows.of(new double[][] {{1}, {2}, {3}}, 0, 2, 2);
    FittedModel model = train(EXACT, rows, 4);
    assertThat(model.predict(rows, 0, 1)).containsExactly(1, 0, 0, 0);
    assertAgrees(model, rows, 4);
  }

  @Test
  void rowsOfWeightZeroTeachNothing() {
    DenseRows rows = DenseRows.of(new double[][] {{1}, {2}, {3}}, 0, 1, 1);
    FittedModel model = train(EXACT, rows.withWeights(1, 0, 0), 2);
    assertThat(model.predict(rows, 2, 3)).containsExactly(1, 0);
    assertThatThrownBy(() -> train(EXACT, rows.withWeights(0, 0, 0), 2))
        .isInstanceOfSatisfying(
            MlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRAINING_FAILED));
  }

  @Test
  void theDepthIsTheNumberOfSplitsOnTheWay() {
    DenseRows rows = DenseRows.random(500, 6, 1, 3);
    FittedModel stump = train(new TreeSettings(Method.EXACT, 1, 1, 0, 1), rows, 1);
    assertThat(
            IntStream.range(0, 500).mapToDouble(i -> stump.predict(rows, i, i + 1)[0]).distinct())
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theSameRowsGiveTheSameBytes(int classes) {
    DenseRows rows = DenseRows.random(300, 6, classes, 4);
    assertThat(GraphRun.graph(6, ElementType.DOUBLE, classes, train(EXACT, rows, classes)::export))
        .isEqualTo(
            GraphRun.graph(6, ElementType.DOUBLE, classes, train(EXACT, rows, classes)::export));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void cancelEndsTheTraining(int classes) {
    DenseRows rows = DenseRows.random(2000, 6, classes, 5);
    Progress impatient =
        (phase, done, total) -> {
          if (done >= 2) {
            throw new CancellationException("enough");
          }
        };
    assertThatThrownBy(
            () ->
                new DecisionTreeTrainer(EXACT)
                    .train(task(classes), rows, Optional.empty(), impatient))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void reportsItsLosses() {
    DenseRows rows = DenseRows.of(new double[][] {{0}, {0}, {1}, {1}}, 1, 2, 5, 6);
    DenseRows heldOut = DenseRows.of(new double[][] {{0}}, 3.5);
    FittedModel model =
        new DecisionTreeTrainer(EXACT).train(task(1), rows, Optional.of(heldOut), Progress.NONE);
    assertThat(model.iterations()).hasSize(1);
    assertThat(model.iterations().get(0).loss()).isEqualTo(0.25);
    assertThat(model.iterations().get(0).evalLoss()).isEqualTo(4.0);
  }

  private static DenseRows gridRows(int classes) {
    DenseRows random = DenseRows.random(800, 9, classes, 6);
    double[][] rows = new double[800][9];
    for (int i = 0; i < 800; i++) {
      random.fill(i, rows[i], 0);
      for (int j = 0; j < 9; j++) {
        rows[i][j] = Math.floor(rows[i][j]);
      }
    }
    return DenseRows.of(rows, IntStream.range(0, 800).mapToDouble(random::label).toArray());
  }

  private static FittedModel train(TreeSettings settings, PreparedRows rows, int classes) {
    return new DecisionTreeTrainer(settings)
        .train(task(classes), rows, Optional.empty(), Progress.NONE);
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
        assertThat(found[row][j]).isEqualTo(expected[row * classes + j]);
      }
    }
  }
}
