package dev.insitu.store;

import dev.insitu.model.Artifact;
import dev.insitu.model.Attachment;
import dev.insitu.model.CentroidValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ConfusionCell;
import dev.insitu.model.Evaluation;
import dev.insitu.model.FeatureStatistics;
import dev.insitu.model.Metric;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.RocPoint;
import dev.insitu.model.Task;
import dev.insitu.model.TrainedModel;
import dev.insitu.model.TrainingFacts;
import dev.insitu.model.TrainingIteration;
import dev.insitu.model.VerificationRow;
import dev.insitu.model.Weight;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models for tests. */
final class Samples {
  static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.123456789Z"), ZoneOffset.UTC);
  static final ModelName CHURN = new ModelName("PUBLIC", "CHURN");
  static final Selector DEFAULT = new Selector.Default();

  /** NUL, a character beyond the basic plane, a lone surrogate, quotes, an accent, a line end. */
  static final String ODD = "a\u0000b\uD83D\uDE00c\uD800d'\"é\n:x <y> ?";

  static final String LONG = "\u0000\uD83D\uDE00ab".repeat(20_000);

  private Samples() {}

  static TrainedModel regression(String seedText) {
    ColumnSpec label = new ColumnSpec("Y", ColumnType.INTEGER, "INTEGER", false);
    return new TrainedModel(
        "linear_reg",
        new Task.Regression(label),
        new ModelSignature(
            List.of(new ColumnSpec("X", ColumnType.DOUBLE, "DOUBLE PRECISION", true)),
            List.of(new ColumnSpec("PREDICTED_Y", ColumnType.DOUBLE, "DOUBLE PRECISION", true))),
        Map.of(),
        Artifact.of(Artifact.Format.ONNX, seedText.getBytes(StandardCharsets.UTF_8)),
        List.of(),
        new TrainingFacts("SELECT * FROM t", List.of(), 3, 0, 3, 0, 7, "Tribuo", Map.of()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  static TrainedModel withArtifact(TrainedModel model, byte[] bytes) {
    return new TrainedModel(
        model.modelType(),
        model.task(),
        model.signature(),
        model.options(),
        Artifact.of(Artifact.Format.ONNX, bytes),
        List.of(),
        model.facts(),
        model.features(),
        model.weights(),
        model.centroids(),
        model.iterations(),
        model.evaluation(),
        model.verification());
  }

  static TrainedModel withQuery(TrainedModel model, String query) {
    TrainingFacts facts = model.facts();
    return new TrainedModel(
        model.modelType(),
        model.task(),
        model.signature(),
        model.options(),
        model.artifact(),
        model.attachments(),
        new TrainingFacts(
            query,
            facts.parameters(),
            facts.rowsRead(),
            facts.rowsSkipped(),
            facts.rowsTrained(),
            facts.rowsHeldOut(),
            facts.seed(),
            facts.trainer(),
            facts.libraries()),
        model.features(),
        model.weights(),
        model.centroids(),
        model.iterations(),
        model.evaluation(),
        model.verification());
  }

  /** A classifier with something in every table, and the hardest value of each type in it. */
  static TrainedModel classification() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("model_type", "'logistic_reg'");
    options.put("input_label_cols", "['churned']");
    options.put("a_later_one", ODD);
    Map<String, String> libraries = new LinkedHashMap<>();
    libraries.put("Tribuo", "4.3.2");
    libraries.put("H2", "2.5.252");
    return new TrainedModel(
        "logistic_reg",
        new Task.Classification(
            new ColumnSpec("churned", ColumnType.VARCHAR, "CHARACTER VARYING(10)", true),
            List.of("", "no", ODD, LONG)),
        new ModelSignature(
            List.of(
                new ColumnSpec("Age ü", ColumnType.DECIMAL, "DECIMAL(10, 2)", true),
                new ColumnSpec(ODD, ColumnType.VARCHAR, "CHARACTER VARYING", false)),
            List.of(
                new ColumnSpec("predicted_churned", ColumnType.VARCHAR, "VARCHAR(10)", true),
                new ColumnSpec("p", ColumnType.DOUBLE, "DOUBLE PRECISION", true))),
        options,
        Artifact.of(Artifact.Format.TRIBUO_PROTOBUF, new byte[] {0, 1, -1, 127, -128}),
        List.of(),
        new TrainingFacts(
            "SELECT '" + LONG + "' FROM t WHERE x = ?",
            List.of("1", ODD, ""),
            Long.MAX_VALUE,
            1,
            2,
            3,
            Long.MIN_VALUE,
            "Tribuo 4.3.2 " + ODD,
            libraries),
        List.of(
            new FeatureStatistics(
                "Age ü",
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                -0.0,
                Double.MIN_VALUE,
                null,
                0,
                ""),
            new FeatureStatistics(ODD, null, null, null, null, null, 17L, 4, "one-hot")),
        List.of(
            new Weight(null, "__INTERCEPT__", null, -0.0),
            new Weight("", ODD, "", Double.NaN),
            new Weight(LONG, "x", LONG, 0.1 + 0.2)),
        List.of(new CentroidValue(1, "x", null, -0.0), new CentroidValue(2, "x", "", 1e308)),
        List.of(
            new TrainingIteration(0, Double.POSITIVE_INFINITY, null, null, 3),
            new TrainingIteration(1, 0.5, Double.NaN, -0.0, 4)),
        Optional.of(
            new Evaluation(
                100,
                2,
                List.of(new Metric("precision", Double.NaN), new Metric("accuracy", 1.0 / 3)),
                List.of(new ConfusionCell(0, 1, 5), new ConfusionCell(2, 2, 6)),
                List.of(
                    new RocPoint(Double.POSITIVE_INFINITY, 0, -0.0, 0, 0, 9, 9),
                    new RocPoint(0.5, 1, 0.25, 1, 2, 3, 4)))),
        List.of(
            new VerificationRow(Arrays.asList(-0.0, null), List.of(0.25, -0.0, 0.0, Double.NaN)),
            new VerificationRow(Arrays.asList(Double.NaN, ""), List.of(1e-320)),
            new VerificationRow(
                Arrays.asList(Double.NEGATIVE_INFINITY, LONG.repeat(8)), List.of(1.0)),
            new VerificationRow(Arrays.asList(null, ODD), List.of(1.0))));
  }

  /** A model that somebody else made. */
  static TrainedModel imported() {
    TrainedModel model = regression("imported");
    return new TrainedModel(
        "onnx",
        new Task.Inference(),
        model.signature(),
        model.options(),
        model.artifact(),
        List.of(
            Attachment.of("binding.json", new byte[] {0, -1}),
            Attachment.of("tokenizer.json", LONG.getBytes(StandardCharsets.UTF_8))),
        model.facts(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  static TrainedModel clustering() {
    TrainedModel model = regression("kmeans");
    return new TrainedModel(
        "kmeans",
        new Task.Clustering(5),
        model.signature(),
        model.options(),
        model.artifact(),
        model.attachments(),
        model.facts(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(new Evaluation(0, 0, List.of(), List.of(), List.of())),
        List.of());
  }
}
