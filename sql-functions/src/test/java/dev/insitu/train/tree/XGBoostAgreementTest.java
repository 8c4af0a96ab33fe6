package dev.insitu.train.tree;

import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.tree.BoosterSettings.Stopping;
import dev.insitu.train.tree.TreeSettings.Sampling;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our boosted trees say what XGBoost's say, where both look at every value: make_fixtures.py wrote
 * down what Python's XGBoost 2.1.4 predicts. What differs is its float32.
 */
class XGBoostAgreementTest {
  private static final int TRAINING = 800;
  private static final int TOLD = 200;

  @ParameterizedTest
  @CsvSource({"exact_regressor,1", "exact_two,2", "exact_three,3"})
  void everyValueIsACandidate(String name, int classes) throws IOException {
    check(
        name,
        classes,
        settings(TreeSettings.EXACT, 1, 1, 0, 0, 1),
        PythonFixture.rows(0, TRAINING, classes),
        PythonFixture.rows(0, TOLD, classes));
  }

  @ParameterizedTest
  @CsvSource({"hist_regressor,1,1", "hist_two,2,1", "hist_three,3,1", "parallel_two,2,3"})
  void histogramsOfFewValues(String name, int classes, int parallel) throws IOException {
    check(
        name,
        classes,
        settings(TreeSettings.FOREST_BINS, parallel, 1, 0, 0, 1),
        PythonFixture.few(0, TRAINING, classes),
        PythonFixture.few(0, TOLD, classes));
  }

  @ParameterizedTest
  @CsvSource({"hist_regressor,1", "hist_two,2", "hist_three,3"})
  void histogramsOfFewValuesAreExact(String name, int classes) throws IOException {
    check(
        name,
        classes,
        settings(TreeSettings.EXACT, 1, 1, 0, 0, 1),
        PythonFixture.few(0, TRAINING, classes),
        PythonFixture.few(0, TOLD, classes));
  }

  @ParameterizedTest
  @CsvSource({"regularised_regressor,1,500", "regularised_two,2,0.2", "regularised_three,3,0.2"})
  void alphaLambdaGammaAndLeastChildMeanTheSame(String name, int classes, double gamma)
      throws IOException {
    check(
        name,
        classes,
        settings(TreeSettings.FOREST_BINS, 1, 5, gamma, 0.5, 3),
        PythonFixture.few(0, TRAINING, classes),
        PythonFixture.few(0, TOLD, classes));
  }

  private static void check(
      String name, int classes, BoosterSettings settings, DenseRows rows, PreparedRows others)
      throws IOException {
    double[] weights =
        IntStream.range(0, TRAINING).mapToDouble(i -> 1 + i * 61 % 127 / 128.0).toArray();
    try (FittedModel model =
        new BoosterTrainer(settings)
            .train(
                BoosterTrainerTest.task(classes),
                rows.withWeights(weights),
                Optional.empty(),
                Progress.NONE)) {
      double[] scores = model.predict(others, 0, others.rows());
      double[] told =
          classes == 2
              ? IntStream.range(0, scores.length / 2).mapToDouble(i -> scores[2 * i + 1]).toArray()
              : scores;
      BoosterTrainerTest.assertEqual(told, PythonFixture.numbers(name), classes == 1 ? 1e-3 : 2e-6);
    }
  }

  private static BoosterSettings settings(
      int bins, int parallel, double leastChild, double gamma, double alpha, double lambda) {
    return new BoosterSettings(
        12,
        0.3,
        Stopping.NEVER,
        new TreeSettings(parallel, 4, leastChild, gamma, alpha, lambda, bins, Sampling.NONE, 1));
  }
}
