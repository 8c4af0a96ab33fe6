package dev.insitu.train.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.train.MixedRows;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The same data and penalties as {@code make_fixtures.py}: the same optimum. */
class ScikitLearnTest {
  private static final Map<String, double[]> EXPECTED = MixedRows.expected();

  private static void agrees(String name, Training training, double tolerance) {
    double[] expected = Objects.requireNonNull(EXPECTED.get(name), name);
    double[] predictions = Arrays.copyOfRange(expected, 1, expected.length);
    double[] found = training.predictions(predictions.length / training.width());
    assertThat(training.loss()).as(name).isCloseTo(expected[0], within(tolerance));
    assertThat(found).as(name).containsExactly(predictions, within(tolerance));
  }

  @Test
  void linearRegressionIsLeastSquares() {
    agrees("linear_reg", Training.of(MixedRows.with("Y"), "linear_reg"), 1e-8);
    agrees("linear_reg l2=5", Training.of(MixedRows.with("Y"), "linear_reg", "l2_reg", 5), 1e-8);
    agrees("linear_reg l1=40", Training.of(MixedRows.with("Y"), "linear_reg", "l1_reg", 40), 1e-6);
  }

  @Test
  void lassoAndElasticNetHaveItsPenalties() {
    agrees("lasso alpha=0.1", Training.of(MixedRows.with("Y"), "lasso", "alpha", 0.1), 1e-6);
    agrees(
        "elastic_net alpha=0.1",
        Training.of(MixedRows.with("Y"), "elastic_net", "alpha", 0.1),
        1e-6);
  }

  @Test
  void logisticRegressionOfTwoClassesIsAtItsOptimum() {
    agrees("logistic_reg", Training.of(MixedRows.with("C2"), "logistic_reg"), 1e-6);
    agrees(
        "logistic_reg l2=0.1",
        Training.of(MixedRows.with("C2"), "logistic_reg", "l2_reg", 0.1),
        1e-6);
    agrees(
        "logistic_reg balanced",
        Training.of(MixedRows.with("C2"), "logistic_reg", "auto_class_weights", true),
        1e-6);
    agrees(
        "logistic_reg l1=5 l2=0",
        Training.of(MixedRows.with("C2"), "logistic_reg", "l1_reg", 5, "l2_reg", 0),
        1e-5);
  }

  @Test
  void logisticRegressionOfThreeClassesIsAtItsOptimum() {
    agrees("logistic_reg three", Training.of(MixedRows.with("C3"), "logistic_reg"), 1e-5);
    agrees(
        "logistic_reg three l1=2 l2=0",
        Training.of(MixedRows.with("C3"), "logistic_reg", "l1_reg", 2, "l2_reg", 0),
        1e-4);
  }

  @Test
  void kMeansFindsClustersAsTight() {
    Training training = Training.of(MixedRows.with(""), "kmeans", "num_clusters", 4);
    double best = Objects.requireNonNull(EXPECTED.get("kmeans"))[0];
    assertThat(training.loss()).isLessThan(best * 1.02);
  }
}
