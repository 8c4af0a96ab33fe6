package dev.insitu.h2;

import dev.insitu.function.OutputColumn;
import dev.insitu.function.OutputColumn.Kind;
import dev.insitu.function.Prediction;
import dev.insitu.model.Artifact;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.Task;
import dev.insitu.model.TrainedModel;
import dev.insitu.model.TrainingFacts;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A classifier of one number {@code x} that SQL can repeat: the probability of 'yes' is the
 * fraction of x / 8, and 0.25 for NULL.
 */
final class FakeModel {
  static final ColumnSpec X = new ColumnSpec("X", ColumnType.DOUBLE, "DOUBLE PRECISION", true);
  static final ColumnSpec LABEL =
      new ColumnSpec("LATE", ColumnType.VARCHAR, "CHARACTER VARYING(3)", true);

  /** The class column as SQL over a column x. */
  static final String SQL_CLASS =
      "CAST(CASE WHEN x IS NULL THEN 'no' WHEN MOD(x, 8) / 8.0 > 0.5 THEN 'yes' ELSE 'no' END"
          + " AS VARCHAR(3)) AS predicted_late";

  /** The probability column as SQL over a column x. */
  static final String SQL_PROBABILITY =
      "CAST(CASE WHEN x IS NULL THEN 0.75 WHEN MOD(x, 8) / 8.0 > 0.5 THEN MOD(x, 8) / 8.0"
          + " ELSE 1 - MOD(x, 8) / 8.0 END AS DOUBLE PRECISION) AS predicted_late_probability";

  private FakeModel() {}

  static Prediction prediction(int column, Scorer scorer) {
    return prediction(column, () -> scorer, X);
  }

  static Prediction prediction(int column, Supplier<Scorer> scorer, ColumnSpec input) {
    List<OutputColumn> outputs =
        List.of(
            new OutputColumn(
                new ColumnSpec("PREDICTED_LATE", ColumnType.VARCHAR, "CHARACTER VARYING(3)", false),
                Kind.PREDICTED_CLASS,
                0),
            new OutputColumn(
                new ColumnSpec(
                    "PREDICTED_LATE_PROBABILITY", ColumnType.DOUBLE, "DOUBLE PRECISION", false),
                Kind.PREDICTED_PROBABILITY,
                0));
    return new Prediction(version(input), List.of(column), outputs, OptionalDouble.empty(), scorer);
  }

  static OutputColumn predictedClass() {
    return prediction(0, new Scores()).outputs().get(0);
  }

  static OutputColumn predictedProbability() {
    return prediction(0, new Scores()).outputs().get(1);
  }

  private static ModelVersion version(ColumnSpec input) {
    TrainedModel model =
        new TrainedModel(
            "logistic_reg",
            new Task.Classification(LABEL, List.of("no", "yes")),
            new ModelSignature(List.of(input), List.of()),
            Map.of(),
            Artifact.of(Artifact.Format.ONNX, new byte[] {1}),
            List.of(),
            new TrainingFacts("", List.of(), 0, 0, 0, 0, 0, "none", Map.of()),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of());
    return new ModelVersion(1, new ModelName("PUBLIC", "FAKE"), 1, model, Instant.EPOCH);
  }

  /** The scorer, which counts its calls. */
  static final class Scores implements Scorer {
    final AtomicInteger rows = new AtomicInteger();

    @Override
    public int width() {
      return 2;
    }

    @Override
    public String engine() {
      return "fake";
    }

    @Override
    public void score(FeatureBatch features, PredictionBatch predictions) {
      for (int row = 0; row < features.rows(); row++) {
        double x = features.numbers(0)[row];
        double yes = Double.isNaN(x) ? 0.25 : x % 8 / 8;
        predictions.scores()[2 * row] = 1 - yes;
        predictions.scores()[2 * row + 1] = yes;
      }
      predictions.setRows(features.rows());
      rows.addAndGet(features.rows());
    }

    @Override
    public void close() {}
  }

  /** A scorer that needs 20 ms for a block, supplied anew for every block. */
  static final class SlowScores implements Supplier<Scorer> {
    private final Scores scores = new Scores();

    @Override
    public Scorer get() {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return scores;
    }
  }
}
