package dev.insitu.score.onnx;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.model.Task;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.TestModel;
import dev.insitu.score.TestRows;
import dev.insitu.score.verify.Scorers;
import dev.insitu.score.verify.Verification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file of a model, given whole to ONNX Runtime, predicts what our scorer predicts. */
class ExportedFileTest {
  static List<TestModel> models() {
    return TestModel.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void givesTheSamePredictionsInOnnxRuntimeAlone(TestModel model) throws Exception {
    FeatureBatch rows = TestRows.random(500, 21);
    String[] texts = new String[500];
    for (int row = 0; row < 500; row++) {
      // ONNX Runtime's Java side cannot take NUL or what lies outside the basic plane.
      String text = rows.texts(3)[row];
      if (text != null && (text.indexOf(0) >= 0 || text.codePoints().anyMatch(c -> c > 0xFFFF))) {
        rows.texts(3)[row] = "red";
      } else if (GraphBuilder.NULL_TEXT.equals(text)) {
        rows.texts(3)[row] = null;
      }
      String given = rows.texts(3)[row];
      texts[row] = given == null ? GraphBuilder.NULL_TEXT : given;
    }
    Map<String, Object> columns =
        Map.of(
            "a", Arrays.copyOf(rows.numbers(0), 500),
            "b", Arrays.copyOf(rows.numbers(1), 500),
            "big", Arrays.copyOf(rows.numbers(2), 500),
            "colour", texts);

    Map<String, Object> whole = RawOnnx.run(Scorers.file(model.version(1)), columns);

    PredictionBatch ours;
    try (Scorer scorer = Scorers.open(model.version(1))) {
      ours = new PredictionBatch(500, scorer.width());
      scorer.score(rows, ours);
    }
    double[][] scores = (double[][]) requireNonNull(whole.get(Scorers.scoreOutput(model.task())));
    for (int row = 0; row < 500; row++) {
      for (int k = 0; k < ours.width(); k++) {
        assertThat(Verification.agree(ours.score(row, k), scores[row][k])).isTrue();
      }
    }
    if (model.task() instanceof Task.Classification task) {
      String[] labels = (String[]) requireNonNull(whole.get("label"));
      for (int row = 0; row < 500; row++) {
        if (!Double.isNaN(ours.score(row, 0))) {
          assertThat(labels[row]).isEqualTo(task.classes().get(ours.indexOfMax(row)));
        }
      }
    }
  }
}
