package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.evaluate.EvaluationOptions;
import dev.insitu.evaluate.Evaluator;
import dev.insitu.function.BatchReader;
import dev.insitu.function.Database;
import dev.insitu.function.InputQuery;
import dev.insitu.imported.ImportStop;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.Evaluation;
import dev.insitu.model.Metric;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.Task;
import dev.insitu.onnx.StoredGraph;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.ScorerSource;
import dev.insitu.score.verify.Scorers;
import dev.insitu.train.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a model does on rows of the caller, or on those that were held out in training. */
final class ModelEvaluation {
  private static final int BATCH_ROWS = 1024;

  private final Database database;
  private final ModelVersion version;
  private final @Nullable Rows rows;
  private final OptionalDouble threshold;
  private final ScorerSource scorers;

  /**
   * The caller's rows.
   *
   * @param query as the database runs it
   * @param positions where the inputs, and last the label, stand in it
   * @param wanted how they are read
   */
  private record Rows(String query, List<Integer> positions, List<ColumnSpec> wanted) {}

  private ModelEvaluation(
      Database database,
      ModelVersion version,
      @Nullable Rows rows,
      OptionalDouble threshold,
      ScorerSource scorers) {
    this.database = database;
    this.version = version;
    this.rows = rows;
    this.threshold = threshold;
    this.scorers = scorers;
  }

  /**
   * Binds a model to the rows of a query.
   *
   * @param function the function's name, for messages
   * @param query the rows, or null for the evaluation that is stored with the version
   * @throws MlException ARGUMENT, COLUMN_MISSING, COLUMN_TYPE
   * @throws SQLException the database's own error
   */
  static ModelEvaluation prepare(
      String function,
      Database database,
      ModelVersion version,
      @Nullable String query,
      OptionalDouble threshold,
      ScorerSource scorers)
      throws SQLException {
    if (query == null && threshold.isPresent()) {
      throw MlException.of(
              ErrorCode.ARGUMENT, "a threshold", "needs rows to apply it to, but none were given")
          .withHint("Give a table or a query after the model.");
    }
    if (query == null && version.model().modelType().equals(Scorers.IMPORTED)) {
      throw MlException.of(
              ErrorCode.ARGUMENT,
              function,
              "model \"" + version.name() + "\" was imported, so no rows were held out for it")
          .withHint(
              "Give rows with the true \""
                  + label(version.model().task()).map(ColumnSpec::name).orElse("label")
                  + "\": "
                  + function
                  + "(MODEL m, TABLE t).");
    }
    Rows rows = query == null ? null : bind(database, version, query);
    return new ModelEvaluation(database, version, rows, threshold, scorers);
  }

  ModelVersion version() {
    return version;
  }

  static List<String> metricNames(ModelVersion version) {
    // Which metrics there are does not depend on the rows.
    return Evaluator.of(version.model().task(), EvaluationOptions.DEFAULT)
        .finish()
        .metrics()
        .stream()
        .map(Metric::name)
        .toList();
  }

  FunctionTable table(List<ColumnSpec> columns, Function<Evaluation, ResultTable> report) {
    return new FunctionTable(
        columns,
        (parameters, progress) ->
            report.apply(rows == null ? stored() : evaluate(rows, parameters, progress)));
  }

  private Evaluation stored() {
    return version
        .model()
        .evaluation()
        .orElseThrow(
            () ->
                MlException.of(
                    ErrorCode.STORE_DAMAGED, "model " + version.name() + " has no evaluation"));
  }

  private Evaluation evaluate(Rows bound, List<@Nullable Object> parameters, Progress progress)
      throws SQLException {
    Task task = version.model().task();
    Scorer scorer = scorers.scorer(version);
    Evaluator evaluator = Evaluator.of(task, options());
    ModelSignature wanted = new ModelSignature(bound.wanted(), List.of());
    int capacity = FeatureBatch.rowsAtOnce(wanted, BATCH_ROWS);
    FeatureBatch batch = new FeatureBatch(wanted, capacity);
    PredictionBatch scores = new PredictionBatch(capacity, scorer.width());
    InputQuery query = database.prepare(bound.query());
    int label = bound.wanted().size() - 1;
    long done = 0;
    ImportStop stop = new ImportStop(progress);
    try (BatchReader reader = query.open(parameters, bound.positions(), bound.wanted())) {
      while (reader.read(batch) > 0) {
        batch.setFirstRow(done);
        scorer.score(batch, scores, stop);
        for (int row = 0; row < batch.rows(); row++) {
          double expected = expected(task, batch, label, row);
          evaluator.add(scores, row, expected);
        }
        done += batch.rows();
        database.checkCancelled();
        progress.step("evaluating", done, -1);
      }
    } catch (CancellationException e) {
      throw stop.reason(e);
    }
    return evaluator.finish();
  }

  private EvaluationOptions options() {
    EvaluationOptions options = EvaluationOptions.DEFAULT;
    if (version.model().task() instanceof Task.Clustering) {
      options =
          options.withCentroidDistances(
              StoredGraph.read(version.model().artifact().bytes())
                  .centroidDistances()
                  .orElse(List.of()));
    }
    return threshold.isPresent() ? options.withThreshold(threshold.getAsDouble()) : options;
  }

  /** Returns the number or class index of a row's label; NaN if it is NULL; 0 of a clustering. */
  private static double expected(Task task, FeatureBatch batch, int label, int row) {
    if (task instanceof Task.Regression) {
      return batch.numbers(label)[row];
    } else if (task instanceof Task.Classification classification) {
      String text = batch.texts(label)[row];
      if (text == null) {
        return Double.NaN;
      }
      int index = classification.classes().indexOf(text);
      return index < 0 ? Evaluator.UNKNOWN_CLASS : index;
    }
    return 0;
  }

  private static Rows bind(Database database, ModelVersion version, String query)
      throws SQLException {
    List<ColumnSpec> columns = database.prepare(query).columns();
    List<Integer> positions = new ArrayList<>(Binding.byName(version, columns, false));
    List<ColumnSpec> wanted = new ArrayList<>(version.model().signature().inputs());
    Optional<ColumnSpec> label = label(version.model().task());
    if (label.isPresent()) {
      int position = position(version, columns, label.get());
      positions.add(position);
      wanted.add(asRead(version.model().task(), label.get(), columns.get(position)));
    }
    return new Rows(query, List.copyOf(positions), List.copyOf(wanted));
  }

  private static Optional<ColumnSpec> label(Task task) {
    if (task instanceof Task.Regression regression) {
      return Optional.of(regression.label());
    } else if (task instanceof Task.Classification classification) {
      return Optional.of(classification.label());
    }
    return Optional.empty();
  }

  private static ColumnSpec asRead(Task task, ColumnSpec label, ColumnSpec found) {
    return task instanceof Task.Classification
        ? new ColumnSpec(found.name(), ColumnType.VARCHAR, label.sqlType(), found.nullable())
        : found;
  }

  private static int position(ModelVersion version, List<ColumnSpec> columns, ColumnSpec label) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(label.name())) {
        Binding.check(version.name(), label, columns.get(i).type(), columns.get(i).sqlType());
        return i;
      }
    }
    MlException error =
        MlException.of(ErrorCode.COLUMN_MISSING, version.name(), label.name(), label.sqlType())
            .withHint("An evaluation compares predictions with that column.");
    throw NearestName.of(label.name(), columns.stream().map(ColumnSpec::name).toList())
        .map(
            near ->
                error.withHint(
                    "Did you mean column \"" + near + "\"? Select it AS " + label.name() + "."))
        .orElse(error);
  }
}
