package dev.insitu.train.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.model.Task;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Trainer;
import dev.insitu.train.tree.DenseRows;
import dev.insitu.train.tribuo.DecisionTreeTrainer;
import dev.insitu.train.tribuo.TreeSettings;
import dev.insitu.train.xgboost.BoosterSettings.Family;
import dev.insitu.train.xgboost.BoosterSettings.Growth;
import dev.insitu.train.xgboost.BoosterSettings.Sampling;
import dev.insitu.train.xgboost.BoosterSettings.Stopping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares with what Python's XGBoost and scikit-learn gave; make_fixtures.py wrote it down. */
@RequiresXGBoost
class PythonFixtureTest {
  private static final int ROWS = 1000;
  private static final int TRAINING = 800;
  private static final BoosterSettings BOOSTED =
      new BoosterSettings(
          Family.BOOSTED,
          12,
          1,
          0.3,
          new Growth(4, 0, 1, 0, 1, "hist", 256),
          Sampling.NONE,
          Stopping.NEVER,
          1,
          1);

  @Test
  void boostedTreesPredictAsThoseOfPython() throws IOException {
    assertThat(predict(new BoosterTrainer(BOOSTED), 1))
        .containsExactly(fixture("boosted_regressor"), within(1e-4));
    double[] two = predict(new BoosterTrainer(BOOSTED), 2);
    assertThat(IntStream.range(0, ROWS - TRAINING).mapToDouble(i -> two[2 * i + 1]).toArray())
        .containsExactly(fixture("boosted_two"), within(1e-6));
    assertThat(predict(new BoosterTrainer(BOOSTED), 3))
        .containsExactly(fixture("boosted_three"), within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(
      value = TreeSettings.Method.class,
      names = {"EXACT", "HIST"})
  void aTreeIsAsGoodAsThatOfScikitLearn(TreeSettings.Method method) throws IOException {
    Trainer trainer = new DecisionTreeTrainer(new TreeSettings(method, 6, 1, 0, 1));
    assertThat(accuracy(trainer, 2)).isGreaterThanOrEqualTo(fixture("tree_two_accuracy")[0] - 0.02);
    assertThat(accuracy(trainer, 3))
        .isGreaterThanOrEqualTo(fixture("tree_three_accuracy")[0] - 0.02);
    double[] predictions = predict(trainer, 1);
    PreparedRows rows = rows(TRAINING, ROWS, 1);
    double error =
        IntStream.range(0, rows.rows())
                .mapToDouble(i -> Math.pow(predictions[i] - rows.label(i), 2))
                .sum()
            / rows.rows();
    // The label's variance is 10,600; bins cost something where the label jumps at one value.
    double allowed = method == TreeSettings.Method.EXACT ? 1.05 : 1.3;
    assertThat(error).isLessThan(allowed * fixture("tree_regressor_error")[0]);
  }

  @Test
  void aForestIsAsGoodAsThatOfScikitLearn() throws IOException {
    assertThat(accuracy(new BoosterTrainer(BoosterSettings.randomForest()), 3))
        .isGreaterThanOrEqualTo(fixture("forest_three_accuracy")[0] - 0.02);
  }

  private static double accuracy(Trainer trainer, int classes) {
    double[] scores = predict(trainer, classes);
    PreparedRows rows = rows(TRAINING, ROWS, classes);
    int right = 0;
    for (int row = 0; row < rows.rows(); row++) {
      int best = 0;
      for (int j = 1; j < classes; j++) {
        best = scores[row * classes + j] > scores[row * classes + best] ? j : best;
      }
      right += best == (int) rows.label(row) ? 1 : 0;
    }
    return (double) right / rows.rows();
  }

  private static double[] predict(Trainer trainer, int classes) {
    Task task = BoosterTrainerTest.task(classes);
    FittedModel model =
        trainer.train(task, rows(0, TRAINING, classes), Optional.empty(), Progress.NONE);
    return model.predict(rows(TRAINING, ROWS, classes), 0, ROWS - TRAINING);
  }

  private static DenseRows rows(int first, int last, int classes) {
    double[][] rows = new double[last - first][5];
    double[] labels = new double[last - first];
    for (int i = first; i < last; i++) {
      double[] x = rows[i - first];
      for (int j = 0; j < 5; j++) {
        x[j] = (i * 37 + j * 101 + i * j * 7) % 997 / 7.0;
      }
      double raw = x[0] + 2 * (x[1] > 70 ? 1 : 0) * x[2] - x[3] / 2;
      labels[i - first] =
          switch (classes) {
            case 1 -> raw;
            case 2 -> raw > 60 ? 1 : 0;
            default -> (raw > 20 ? 1 : 0) + (raw > 150 ? 1 : 0);
          };
    }
    return DenseRows.of(rows, labels);
  }

  private static double[] fixture(String name) throws IOException {
    try (InputStream stream = PythonFixtureTest.class.getResourceAsStream("fixtures.txt")) {
      String text =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.US_ASCII);
      String line = text.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElseThrow();
      return Arrays.stream(line.split(" ")).skip(1).mapToDouble(Double::parseDouble).toArray();
    }
  }
}
