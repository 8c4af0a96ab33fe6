package dev.insitu.operation;

import static dev.insitu.operation.ResultTable.bigint;
import static dev.insitu.operation.ResultTable.integer;
import static dev.insitu.operation.ResultTable.number;
import static dev.insitu.operation.ResultTable.text;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.model.CentroidValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ConfusionCell;
import dev.insitu.model.Evaluation;
import dev.insitu.model.FeatureStatistics;
import dev.insitu.model.Metric;
import dev.insitu.model.ModelAlias;
import dev.insitu.model.ModelSummary;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.RocPoint;
import dev.insitu.model.Task;
import dev.insitu.model.TrainedModel;
import dev.insitu.model.TrainingFacts;
import dev.insitu.model.TrainingIteration;
import dev.insitu.model.Weight;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.NullRule;
import dev.insitu.score.verify.Scorers;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the store knows of models, as results: BigQuery's columns, flat. */
final class ModelReports {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ModelReports() {}

  /** {@code SHOW MODELS}. */
  static ResultTable summaries(List<ModelSummary> models) {
    ResultTable.Builder table =
        ResultTable.of(
            text("SCHEMA_NAME"),
            text("MODEL_NAME"),
            text("MODEL_TYPE"),
            text("TASK"),
            integer("DEFAULT_VERSION"),
            integer("VERSIONS"),
            bigint("ROWS_TRAINED"),
            bigint("SIZE_BYTES"),
            text("CREATED_UTC"),
            text("ALIASES"));
    for (ModelSummary model : models) {
      table.row(
          model.name().schema(),
          model.name().name(),
          model.modelType(),
          model.task(),
          model.defaultVersion(),
          model.versions(),
          model.rowsTrained(),
          model.bytes(),
          TIME.format(model.createdAt()),
          model.aliases().isEmpty()
              ? null
              : model.aliases().stream()
                  .map(ModelAlias::toString)
                  .collect(Collectors.joining(", ")));
    }
    return table.build();
  }

  /**
   * {@code DESCRIBE MODEL}: a section for the model, its aliases, inputs, outputs and options.
   *
   * @param aliases of all its versions
   */
  static ResultTable description(ModelVersion version, String engine, List<ModelAlias> aliases) {
    TrainedModel model = version.model();
    TrainingFacts facts = model.facts();
    ResultTable.Builder table = ResultTable.of(text("SECTION"), text("NAME"), text("VALUE"));
    table.row("model", "name", version.name().toString());
    table.row("model", "version", String.valueOf(version.number()));
    table.row("model", "type", model.modelType());
    table.row("model", "task", model.task().word());
    if (model.task() instanceof Task.Classification classification) {
      table.row("model", "label", classification.label().name());
      table.row("model", "classes", String.join(", ", classification.classes()));
    } else if (model.task() instanceof Task.Regression regression) {
      table.row("model", "label", regression.label().name());
    }
    table.row("model", "engine", engine);
    table.row(
        "model", "artifact", model.artifact().format() + ", " + model.artifact().size() + " bytes");
    table.row("model", "sha256", model.artifact().sha256());
    for (ModelAlias alias : aliases) {
      table.row("alias", alias.name(), "version " + alias.version());
    }
    for (ColumnSpec input : model.signature().inputs()) {
      table.row("input", input.name(), input.sqlType());
    }
    for (ColumnSpec output : model.signature().outputs()) {
      table.row("output", output.name(), output.sqlType());
    }
    model.options().forEach((name, value) -> table.row("option", name, value));
    if (model.modelType().equals(Scorers.IMPORTED)) {
      imported(table, version);
      return table.build();
    }
    table.row("training", "created_utc", TIME.format(version.createdAt()));
    table.row("training", "trainer", facts.trainer());
    table.row("training", "rows_read", String.valueOf(facts.rowsRead()));
    table.row("training", "rows_skipped_for_null_label", String.valueOf(facts.rowsSkipped()));
    table.row("training", "rows_trained", String.valueOf(facts.rowsTrained()));
    table.row("training", "rows_held_out", String.valueOf(facts.rowsHeldOut()));
    table.row("training", "seed", String.valueOf(facts.seed()));
    facts.libraries().forEach((name, value) -> table.row("library", name, value));
    table.row("training", "query", facts.query());
    for (int i = 0; i < facts.parameters().size(); i++) {
      table.row("training", "parameter_" + (i + 1), facts.parameters().get(i));
    }
    return table.build();
  }

  /** What there is to say of a graph that somebody else made. */
  private static void imported(ResultTable.Builder table, ModelVersion version) {
    TrainingFacts facts = version.model().facts();
    GraphBinding binding = GraphBinding.of(version);
    table.row("import", "created_utc", TIME.format(version.createdAt()));
    table.row("import", "source", facts.query());
    table.row("import", "producer", facts.trainer());
    table.row(
        "import",
        "rows_per_run",
        binding.rowsPerRun() == 0 ? "any number" : String.valueOf(binding.rowsPerRun()));
    table.row("import", "threads", String.valueOf(binding.threads()));
    List<ColumnSpec> inputs = version.model().signature().inputs();
    ImportSteps.of(version, binding).forEach((name, value) -> table.row("step", name, value));
    for (int i = 0; i < inputs.size(); i++) {
      NullRule rule = binding.nulls().get(i);
      table.row(
          "missing",
          inputs.get(i).name(),
          switch (rule.kind()) {
            case REFUSED -> "error";
            case NAN -> "NaN";
            case NUMBER -> String.valueOf(rule.number());
            case TEXT -> "'" + rule.text() + "'";
          });
    }
    facts.libraries().forEach((name, value) -> table.row("library", name, value));
  }

  /** {@code SHOW CREATE MODEL}: the statement that would make it again. */
  static ResultTable creation(ModelVersion version) {
    TrainedModel model = version.model();
    String options =
        model.options().entrySet().stream()
            .map(
                (Map.Entry<String, String> option) ->
                    "  " + option.getKey() + " = " + option.getValue())
            .collect(Collectors.joining(",\n"));
    if (model.modelType().equals(Scorers.IMPORTED)) {
      return ResultTable.of(text("MODEL"), text("CREATE_STATEMENT"))
          .row(
              version.name().toString(),
              "CREATE MODEL "
                  + quoted(version.name().schema())
                  + "."
                  + quoted(version.name().name())
                  + "\n"
                  + model.facts().query()
                  + (options.isEmpty() ? "" : "\nOPTIONS (\n" + options + "\n)"))
          .build();
    }
    String statement =
        "CREATE MODEL "
            + quoted(version.name().schema())
            + "."
            + quoted(version.name().name())
            + "\nOPTIONS (\n"
            + options
            + "\n)\nAS\n"
            + model.facts().query();
    return ResultTable.of(text("MODEL"), text("CREATE_STATEMENT"))
        .row(version.name().toString(), statement)
        .build();
  }

  /** {@code ML.FEATURE_INFO}. */
  static List<ColumnSpec> featureColumns() {
    return List.of(
        text("INPUT"),
        number("MIN"),
        number("MAX"),
        number("MEAN"),
        number("MEDIAN"),
        number("STDDEV"),
        bigint("CATEGORY_COUNT"),
        bigint("NULL_COUNT"),
        bigint("DIMENSION"),
        text("PREPARATION"));
  }

  static ResultTable features(ModelVersion version) {
    ResultTable.Builder table = new ResultTable.Builder(featureColumns());
    for (FeatureStatistics feature : version.model().features()) {
      table.row(
          feature.input(),
          feature.min(),
          feature.max(),
          feature.mean(),
          feature.median(),
          feature.stddev(),
          feature.categoryCount(),
          feature.nullCount(),
          null,
          feature.preparation());
    }
    return table.build();
  }

  /** {@code ML.TRAINING_INFO}. */
  static List<ColumnSpec> iterationColumns() {
    return List.of(
        bigint("TRAINING_RUN"),
        bigint("ITERATION"),
        number("LOSS"),
        number("EVAL_LOSS"),
        number("LEARNING_RATE"),
        bigint("DURATION_MS"));
  }

  static ResultTable iterations(ModelVersion version) {
    ResultTable.Builder table = new ResultTable.Builder(iterationColumns());
    for (TrainingIteration step : version.model().iterations()) {
      table.row(
          0L,
          (long) step.iteration(),
          step.loss(),
          step.evalLoss(),
          step.learningRate(),
          step.durationMillis());
    }
    return table.build();
  }

  /** {@code ML.WEIGHTS}: BigQuery's columns, its nested categories flat. */
  static List<ColumnSpec> weightColumns() {
    return List.of(
        text("PROCESSED_INPUT"), number("WEIGHT"), text("CATEGORY"), text("CLASS_LABEL"));
  }

  static ResultTable weights(ModelVersion version) {
    if (version.model().weights().isEmpty()) {
      throw MlException.of(
          ErrorCode.WRONG_TASK,
          "ML.WEIGHTS",
          "a linear model",
          version.name(),
          version.model().modelType());
    }
    ResultTable.Builder table = new ResultTable.Builder(weightColumns());
    for (Weight weight : version.model().weights()) {
      table.row(weight.processedInput(), weight.weight(), weight.category(), weight.classLabel());
    }
    return table.build();
  }

  /** {@code ML.CENTROIDS}: BigQuery's columns, its nested categories flat. */
  static List<ColumnSpec> centroidColumns() {
    return List.of(
        bigint("CENTROID_ID"),
        text("FEATURE"),
        number("NUMERICAL_VALUE"),
        text("CATEGORY"),
        number("CATEGORICAL_VALUE"));
  }

  static ResultTable centroids(ModelVersion version) {
    if (version.model().centroids().isEmpty()) {
      throw MlException.of(
          ErrorCode.WRONG_TASK,
          "ML.CENTROIDS",
          "a k-means model",
          version.name(),
          version.model().modelType());
    }
    ResultTable.Builder table = new ResultTable.Builder(centroidColumns());
    for (CentroidValue value : version.model().centroids()) {
      boolean numeric = value.category() == null;
      table.row(
          (long) value.centroidId(),
          value.feature(),
          numeric ? (Double) value.value() : null,
          value.category(),
          numeric ? null : (Double) value.value());
    }
    return table.build();
  }

  /** {@code ML.EVALUATE}: one column per metric of the task, in BigQuery's order. */
  static List<ColumnSpec> metricColumns(List<String> names) {
    return names.stream().map(name -> number(name.toUpperCase(Locale.ROOT))).toList();
  }

  static ResultTable metrics(Evaluation evaluation, List<String> names) {
    ResultTable.Builder table = new ResultTable.Builder(metricColumns(names));
    @Nullable Object[] row = new Object[names.size()];
    for (Metric metric : evaluation.metrics()) {
      int position = names.indexOf(metric.name());
      if (position >= 0) {
        row[position] = metric.value();
      }
    }
    return table.row(row).build();
  }

  /** {@code ML.CONFUSION_MATRIX}: the expected label, then a column per predicted class. */
  static List<ColumnSpec> confusionColumns(Database database, Task.Classification task) {
    List<ColumnSpec> columns = new ArrayList<>();
    columns.add(
        new ColumnSpec("EXPECTED_LABEL", task.label().type(), task.label().sqlType(), false));
    Set<String> taken = new HashSet<>(Set.of(database.fold("EXPECTED_LABEL")));
    for (String name : task.classes()) {
      String folded = database.fold(name);
      String free = folded;
      for (int i = 1; !taken.add(free); i++) {
        free = folded + "_" + i;
      }
      columns.add(bigint(free));
    }
    return columns;
  }

  static ResultTable confusion(Database database, Task.Classification task, Evaluation evaluation) {
    int classes = task.classes().size();
    long[][] counts = new long[classes][classes];
    for (ConfusionCell cell : evaluation.confusion()) {
      if (cell.expected() < 0) {
        continue; // a label that the model has never seen has no row here; ML.EVALUATE counts it as
        // wrong
      }
      counts[cell.expected()][cell.predicted()] = cell.rows();
    }
    ResultTable.Builder table = new ResultTable.Builder(confusionColumns(database, task));
    for (int expected = 0; expected < classes; expected++) {
      @Nullable Object[] row = new Object[classes + 1];
      row[0] = task.classes().get(expected);
      for (int predicted = 0; predicted < classes; predicted++) {
        row[predicted + 1] = counts[expected][predicted];
      }
      table.row(row);
    }
    return table.build();
  }

  /** {@code ML.ROC_CURVE}. */
  static List<ColumnSpec> rocColumns() {
    return List.of(
        number("THRESHOLD"),
        number("RECALL"),
        number("FALSE_POSITIVE_RATE"),
        bigint("TRUE_POSITIVES"),
        bigint("FALSE_POSITIVES"),
        bigint("TRUE_NEGATIVES"),
        bigint("FALSE_NEGATIVES"));
  }

  static ResultTable roc(Evaluation evaluation) {
    ResultTable.Builder table = new ResultTable.Builder(rocColumns());
    for (RocPoint point : evaluation.roc()) {
      table.row(
          point.threshold(),
          point.recall(),
          point.falsePositiveRate(),
          point.truePositives(),
          point.falsePositives(),
          point.trueNegatives(),
          point.falseNegatives());
    }
    return table.build();
  }

  /** The rows of {@code TRAIN}: what was made and how good it is. */
  static List<ColumnSpec> trainingColumns() {
    return List.of(
        text("MODEL_NAME"), integer("VERSION_NUMBER"), text("METRIC_NAME"), number("METRIC_VALUE"));
  }

  static ResultTable training(ModelVersion version) {
    ResultTable.Builder table = new ResultTable.Builder(trainingColumns());
    String name = version.name().toString();
    TrainingFacts facts = version.model().facts();
    table.row(name, version.number(), "rows_trained", (double) facts.rowsTrained());
    table.row(name, version.number(), "rows_held_out", (double) facts.rowsHeldOut());
    table.row(name, version.number(), "rows_skipped", (double) facts.rowsSkipped());
    version
        .model()
        .evaluation()
        .ifPresent(
            evaluation ->
                evaluation
                    .metrics()
                    .forEach(
                        metric ->
                            table.row(name, version.number(), metric.name(), metric.value())));
    return table.build();
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
