package dev.insitu.score.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.MlException;
import dev.insitu.model.Task;
import dev.insitu.model.VerificationRow;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.ScorerCache;
import dev.insitu.score.TestModel;
import dev.insitu.score.TestRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScorersTest {
  static List<TestModel> models() {
    return TestModel.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void opensAVersionThatRepeatsItsRows(TestModel model) {
    try (Scorer scorer = Scorers.open(model.with(stored(model, 0)).version(1))) {
      assertThat(scorer.width()).isEqualTo(Scorers.width(model.task()));
      if (model.task() instanceof Task.Clustering) {
        assertThat(scorer.engine())
            .isEqualTo("ONNX Runtime 1.28.0 (no kernel: a value of 3 dimensions in place of rows)");
      } else {
        assertThat(scorer.engine()).isEqualTo("kernel");
      }
    }
  }

  @Test
  void refusesAVersionThatDoesNot() {
    TestModel model = TestModel.linear();
    double expected = TestRows.expected(model, TestRows.random(20, 5), 0)[0];
    assertThatThrownBy(() -> Scorers.open(model.with(stored(model, 1e-3)).version(1)))
        .isInstanceOf(MlException.class)
        .hasMessageStartingWith(
            "ML054: model \"M\" version 1 does not repeat its stored predictions: row 1, expected ["
                + (expected + 1e-3 * Math.max(1, Math.abs(expected))));
  }

  @Test
  void refusesARowThatDoesNotFitTheSignature() {
    TestModel model = TestModel.linear();
    assertThatThrownBy(() -> open(model, new VerificationRow(List.of(1.0, 2.0, 3.0), List.of(1.0))))
        .hasMessageContaining("expected 4 inputs, got 3");
    assertThatThrownBy(
            () -> open(model, new VerificationRow(List.of(1.0, "2", 3.0, "red"), List.of(1.0))))
        .hasMessageContaining("expected a value for \"b\", got 2");
    assertThatThrownBy(
            () -> open(model, new VerificationRow(List.of(1.0, 2.0, 3.0, "red"), List.of())))
        .hasMessageContaining("expected [], got [");
  }

  @Test
  void comparesByTheToleranceOfTheDesign() {
    assertThat(Verification.agree(0, 1e-6)).isTrue();
    assertThat(Verification.agree(0, 1.1e-6)).isFalse();
    assertThat(Verification.agree(1e9, 1e9 + 999)).isTrue();
    assertThat(Verification.agree(1e9, 1e9 + 1001)).isFalse();
    assertThat(Verification.agree(Double.NaN, Double.NaN)).isTrue();
    assertThat(Verification.agree(1, Double.NaN)).isFalse();
    assertThat(Verification.agree(Double.NaN, 1)).isFalse();
    assertThat(Verification.agree(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)).isTrue();
    assertThat(Verification.agree(Double.POSITIVE_INFINITY, 5)).isFalse();
    assertThat(Verification.agree(5, Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void cachesVerifiedScorers() {
    TestModel model = TestModel.boosted();
    try (ScorerCache cache = Scorers.cache()) {
      Scorer scorer = cache.scorer("db", model.with(stored(model, 0)).version(7));
      FeatureBatch rows = TestRows.random(50, 8);
      PredictionBatch found = new PredictionBatch(50, 1);
      scorer.score(rows, found);
      assertThat(found.score(49, 0)).isEqualTo(TestRows.expected(model, rows, 49)[0]);
    }
  }

  private static void open(TestModel model, VerificationRow row) {
    Scorers.open(model.with(List.of(row)).version(1)).close();
  }

  /** Rows as a trainer would store them, off by a relative error. */
  private static List<VerificationRow> stored(TestModel model, double error) {
    FeatureBatch rows = TestRows.random(20, 5);
    List<VerificationRow> stored = new ArrayList<>();
    for (int row = 0; row < 20; row++) {
      List<Double> expected =
          Arrays.stream(TestRows.expected(model, rows, row))
              .mapToObj(x -> error == 0 ? x : x + error * Math.max(1, Math.abs(x)))
              .toList();
      stored.add(
          new VerificationRow(
              Arrays.asList(
                  rows.numbers(0)[row],
                  rows.numbers(1)[row],
                  rows.numbers(2)[row],
                  rows.texts(3)[row]),
              expected));
    }
    return stored;
  }
}
