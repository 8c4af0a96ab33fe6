package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.OptionValue;
import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelSummary;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.Task;
import dev.insitu.score.ScorerSource;
import dev.insitu.store.ModelStore;
import dev.insitu.store.StoreSession;
import dev.insitu.train.Progress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be done with models on one connection. Confined to the thread of the caller's
 * session.
 *
 * <p>Whatever a user can get wrong leaves as {@link MlException}; what the database refuses leaves
 * as its own {@link SQLException}.
 */
public final class Models {
  private final Database database;
  private final ModelStore store;
  private final StoreSession session;
  private final ModelCatalog catalog;
  private final ScorerSource scorers;
  private final ModelTraining training;
  private final ModelChanges changes;

  /**
   * Makes the operations of a connection.
   *
   * @param scorers where scorers come from
   */
  public Models(Database database, ModelStore store, StoreSession session, ScorerSource scorers) {
    this.database = database;
    this.store = store;
    this.session = session;
    this.catalog = new ModelCatalog(database, store);
    this.scorers = scorers;
    ModelObjects objects = new ModelObjects(database, this, session);
    this.training = new ModelTraining(database, store, objects);
    this.changes = new ModelChanges(database, store, catalog, objects, scorers);
  }

  /** Returns the models by name. */
  public ModelCatalog catalog() {
    return catalog;
  }

  /**
   * Trains a model and publishes it in the caller's transaction; in auto-commit it is durable when
   * this returns.
   *
   * @return the version, or empty if the model exists and is to be kept
   * @throws MlException ADMIN_REQUIRED, MODEL_EXISTS, and all that training can refuse
   * @throws SQLException the database's own error, of the query, of cancelling and of timeouts
   */
  public Optional<ModelVersion> create(CreateRequest request, Progress progress)
      throws SQLException {
    requireAdministrator(request.statement());
    ModelName name = catalog.target(request.model());
    return isKept(name, request.existing())
        ? Optional.empty()
        : Optional.of(training.train(name, request, progress));
  }

  /**
   * Brings in a graph that somebody else made and publishes it in the caller's transaction; in
   * auto-commit it is durable when this returns.
   *
   * @return the version, or empty if the model exists and is to be kept
   * @throws MlException ADMIN_REQUIRED, MODEL_EXISTS, FILE, NOT_AN_ONNX_MODEL, UNSAFE_MODEL, and
   *     whatever else is wrong with the graph or the options
   * @throws SQLException the database's own error
   */
  public Optional<ModelVersion> bring(ImportRequest request, Progress progress)
      throws SQLException {
    requireAdministrator(request.statement());
    ModelName name = catalog.target(request.model());
    return isKept(name, request.existing())
        ? Optional.empty()
        : Optional.of(training.bring(name, request, progress));
  }

  /** Returns whether a model of the name exists and nothing is to be done. */
  private boolean isKept(ModelName name, CreateRequest.Existing existing) {
    if (store.versions(name).isEmpty()) {
      return false;
    }
    if (existing == CreateRequest.Existing.REFUSE) {
      throw MlException.of(ErrorCode.MODEL_EXISTS, name)
          .withHint("CREATE OR REPLACE MODEL adds a version; the earlier ones stay.");
    }
    return existing == CreateRequest.Existing.KEEP;
  }

  /** Returns {@code TRAIN(…)}, whose rows train a version and tell how good it is. */
  public FunctionTable train(Function<List<@Nullable Object>, CreateRequest> requestOf) {
    return new FunctionTable(
        ModelReports.trainingColumns(),
        (parameters, progress) ->
            create(requestOf.apply(parameters), progress)
                .map(ModelReports::training)
                .orElseThrow(() -> new IllegalStateException("TRAIN always trains")));
  }

  /**
   * Drops a version or a whole model in the caller's transaction.
   *
   * @param cascade whether functions, kept columns, the aliases of a version and the schedule of
   *     the model go with it, which commits the transaction, as DDL does
   * @return whether there was something to drop
   * @throws MlException ADMIN_REQUIRED, MODEL_NOT_FOUND, VERSION_NOT_FOUND, IN_USE
   */
  public boolean drop(
      ModelReference reference, OptionalInt version, boolean ifExists, boolean cascade)
      throws SQLException {
    requireAdministrator("DROP MODEL");
    return changes.drop(reference, version, ifExists, cascade);
  }

  /**
   * {@code ALTER MODEL}: changes which version a name leads to, in the caller's transaction.
   *
   * @return whether it is another one than before
   * @throws MlException ADMIN_REQUIRED, MODEL_NOT_FOUND, VERSION_NOT_FOUND, ALIAS_NOT_FOUND,
   *     IN_USE, CONCURRENT_CHANGE
   */
  public boolean alter(ModelReference reference, ModelChange change, boolean ifExists)
      throws SQLException {
    requireAdministrator("ALTER MODEL");
    return changes.alter(reference, change, ifExists);
  }

  /**
   * {@code SHOW MODELS}.
   *
   * @param like a pattern of SQL's LIKE over the names, as the database folds them; null for all
   */
  public ResultTable show(@Nullable String like) {
    List<ModelSummary> models = store.list();
    if (like == null) {
      return ModelReports.summaries(models);
    }
    LikePattern pattern = new LikePattern(like);
    return ModelReports.summaries(
        models.stream().filter(model -> pattern.matches(model.name().name())).toList());
  }

  /** {@code DESCRIBE MODEL}. */
  public ResultTable describe(ModelReference reference) {
    ModelVersion version = catalog.find(reference);
    return ModelReports.description(
        version, scorers.scorer(version).engine(), store.aliases(version.name()));
  }

  /** {@code DESCRIBE} of plain H2, as a table. */
  public FunctionTable description(ModelReference reference) {
    return FunctionTable.of(describe(reference));
  }

  /** {@code SHOW CREATE MODEL}. */
  public ResultTable showCreate(ModelReference reference) {
    return ModelReports.creation(catalog.find(reference));
  }

  /**
   * {@code EXPORT MODEL … TO}: writes the ONNX file, and a model's tokenizer beside it ({@code
   * sentiment.onnx} and {@code sentiment.tokenizer.json}); each whole or not at all, files of these
   * names are replaced.
   *
   * @throws MlException FILE
   */
  public void export(ModelReference reference, Path file) {
    new ExportedModel(catalog.find(reference)).write(file);
  }

  /**
   * {@link #export} to a file of the machine that has the database open.
   *
   * @throws MlException ADMIN_REQUIRED, FILE
   */
  public void exportHere(ModelReference reference, Path file) {
    requireAdministrator("EXPORT_MODEL to a file");
    export(reference, file);
  }

  /**
   * Binds a model to the columns of a query, by name.
   *
   * @param function the function's name, for messages
   * @param arguments the named arguments besides model and data
   * @throws MlException MODEL_NOT_FOUND, COLUMN_MISSING, COLUMN_TYPE, OPTION_NOT_FOUND,
   *     OPTION_VALUE
   */
  public Prediction predict(
      String function,
      ModelReference reference,
      List<ColumnSpec> columns,
      Map<String, OptionValue> arguments) {
    ModelVersion version = catalog.find(reference);
    PredictOptions options = PredictArguments.predict(function, arguments);
    requireBinary(function, version, options.threshold());
    return new Prediction(
        version,
        Binding.byName(version, columns, options.imputeMissing()),
        OutputColumns.of(database, version, columns, options),
        options.threshold(),
        () -> scorers.scorer(version));
  }

  /**
   * Binds a model to the arguments of {@code PREDICTION}, by position.
   *
   * @param names the name of each argument that is a bare column, as the database folds it
   */
  public ScalarPrediction prediction(ModelReference reference, List<Optional<String>> names) {
    ModelVersion version = catalog.find(reference);
    Binding.byPosition(version, names);
    return prediction(version);
  }

  /** Returns what a version predicts as one value. */
  public ScalarPrediction prediction(ModelVersion version) {
    return scalar(version, OutputColumns.scalar(version));
  }

  /**
   * Binds a model to the arguments of {@code PREDICTION_PROBABILITY}.
   *
   * @param classText the class as the statement writes it
   * @throws MlException CLASS_NOT_FOUND, WRONG_TASK
   */
  public ScalarPrediction probability(
      ModelReference reference, String classText, List<Optional<String>> names) {
    ModelVersion version = catalog.find(reference);
    classification("PREDICTION_PROBABILITY", version);
    Binding.byPosition(version, names);
    return probability(version, classText);
  }

  /**
   * Returns the probability of a class as one value.
   *
   * @throws MlException CLASS_NOT_FOUND, WRONG_TASK
   */
  public ScalarPrediction probability(ModelVersion version, String classText) {
    Task.Classification task = classification("PREDICTION_PROBABILITY", version);
    ColumnSpec column = new ColumnSpec("probability", ColumnType.DOUBLE, "DOUBLE PRECISION", false);
    return scalar(
        version,
        new OutputColumn(
            column, OutputColumn.Kind.CLASS_PROBABILITY, classIndex(version, task, classText)));
  }

  /**
   * {@code ML.EVALUATE}: of the given rows, or of those that were held out in training.
   *
   * @param query the rows, or null
   */
  public FunctionTable evaluate(
      ModelReference reference, @Nullable String query, Map<String, OptionValue> arguments)
      throws SQLException {
    ModelEvaluation evaluation = evaluation("ML.EVALUATE", reference, query, arguments);
    return evaluation.table(
        ModelReports.metricColumns(ModelEvaluation.metricNames(evaluation.version())),
        result -> ModelReports.metrics(result, ModelEvaluation.metricNames(evaluation.version())));
  }

  /** Returns the columns of {@code ML.EVALUATE}, whatever the rows. */
  public FunctionTable evaluationColumns(ModelReference reference) {
    List<String> names = ModelEvaluation.metricNames(catalog.find(reference));
    return FunctionTable.of(new ResultTable(ModelReports.metricColumns(names), List.of()));
  }

  /** Returns the columns of {@code ML.CONFUSION_MATRIX}, whatever the rows. */
  public FunctionTable confusionColumns(ModelReference reference) {
    Task.Classification task = classification("ML.CONFUSION_MATRIX", catalog.find(reference));
    return FunctionTable.of(
        new ResultTable(ModelReports.confusionColumns(database, task), List.of()));
  }

  /** {@code ML.CONFUSION_MATRIX} of a classifier. */
  public FunctionTable confusionMatrix(
      ModelReference reference, @Nullable String query, Map<String, OptionValue> arguments)
      throws SQLException {
    ModelEvaluation evaluation = evaluation("ML.CONFUSION_MATRIX", reference, query, arguments);
    Task.Classification task = classification("ML.CONFUSION_MATRIX", evaluation.version());
    return evaluation.table(
        ModelReports.confusionColumns(database, task),
        result -> ModelReports.confusion(database, task, result));
  }

  /** {@code ML.ROC_CURVE} of a classifier of two classes. */
  public FunctionTable rocCurve(
      ModelReference reference, @Nullable String query, Map<String, OptionValue> arguments)
      throws SQLException {
    ModelEvaluation evaluation = evaluation("ML.ROC_CURVE", reference, query, arguments);
    requireBinary("ML.ROC_CURVE", evaluation.version(), OptionalDouble.of(0.5));
    return evaluation.table(ModelReports.rocColumns(), ModelReports::roc);
  }

  /** {@code ML.FEATURE_INFO}. */
  public FunctionTable featureInfo(ModelReference reference, Map<String, OptionValue> arguments) {
    return report("ML.FEATURE_INFO", reference, arguments, ModelReports::features);
  }

  /** {@code ML.TRAINING_INFO}. */
  public FunctionTable trainingInfo(ModelReference reference, Map<String, OptionValue> arguments) {
    return report("ML.TRAINING_INFO", reference, arguments, ModelReports::iterations);
  }

  /** {@code ML.WEIGHTS} of a linear model. */
  public FunctionTable weights(ModelReference reference, Map<String, OptionValue> arguments) {
    return report("ML.WEIGHTS", reference, arguments, ModelReports::weights);
  }

  /** {@code ML.CENTROIDS} of a k-means model. */
  public FunctionTable centroids(ModelReference reference, Map<String, OptionValue> arguments) {
    return report("ML.CENTROIDS", reference, arguments, ModelReports::centroids);
  }

  private FunctionTable report(
      String function,
      ModelReference reference,
      Map<String, OptionValue> arguments,
      Function<ModelVersion, ResultTable> report) {
    PredictArguments.none(function, arguments);
    ResultTable now = report.apply(catalog.find(reference));
    return new FunctionTable(
        now.columns(), (parameters, progress) -> report.apply(catalog.find(reference)));
  }

  private ModelEvaluation evaluation(
      String function,
      ModelReference reference,
      @Nullable String query,
      Map<String, OptionValue> arguments)
      throws SQLException {
    ModelVersion version = catalog.find(reference);
    OptionalDouble threshold = PredictArguments.evaluate(function, arguments);
    requireBinary(function, version, threshold);
    if (version.model().task() instanceof Task.Inference) {
      throw MlException.of(
              ErrorCode.WRONG_TASK,
              function,
              "a regression or a classification",
              version.name(),
              "an " + version.model().task().word())
          .withHint("Import it with OPTIONS (task = 'regression'), or with its labels.");
    }
    return ModelEvaluation.prepare(function, database, version, query, threshold, scorers);
  }

  private ScalarPrediction scalar(ModelVersion version, OutputColumn output) {
    List<Integer> positions =
        IntStream.range(0, version.model().signature().inputs().size()).boxed().toList();
    Prediction prediction =
        new Prediction(
            version,
            new ArrayList<>(positions),
            List.of(output),
            OptionalDouble.empty(),
            () -> scorers.scorer(version));
    return new ScalarPrediction(prediction, output);
  }

  /** Makes the store if there is none, upgrades an older one. */
  public void prepareForWriting() {
    store.prepareForWriting();
  }

  /**
   * Refuses what only administrators may do.
   *
   * @throws MlException ADMIN_REQUIRED
   */
  public void requireAdministrator(String statement) {
    if (!session.administrator()) {
      throw MlException.of(ErrorCode.ADMIN_REQUIRED, statement, session.userName())
          .withHint("Ask an administrator to run it; PREDICT needs no rights on the store.");
    }
  }

  private static Task.Classification classification(String function, ModelVersion version) {
    if (version.model().task() instanceof Task.Classification task) {
      return task;
    }
    throw MlException.of(
        ErrorCode.WRONG_TASK,
        function,
        "a classification",
        version.name(),
        "a " + version.model().task().word());
  }

  private static void requireBinary(
      String function, ModelVersion version, OptionalDouble threshold) {
    if (threshold.isEmpty()) {
      return;
    }
    Task.Classification task = classification(function, version);
    if (task.classes().size() != 2) {
      throw MlException.of(
          ErrorCode.WRONG_TASK,
          function + (function.equals("ML.ROC_CURVE") ? "" : " with a threshold"),
          "a classification of two classes",
          version.name(),
          "one of " + task.classes().size());
    }
  }

  private static int classIndex(ModelVersion version, Task.Classification task, String text) {
    List<String> classes = task.classes();
    int exact = classes.indexOf(text);
    if (exact >= 0) {
      return exact;
    }
    List<Integer> alike =
        IntStream.range(0, classes.size())
            .filter(i -> classes.get(i).equalsIgnoreCase(text))
            .boxed()
            .toList();
    if (task.label().type().form() != ColumnType.Form.TEXT && alike.size() == 1) {
      return alike.get(0); // TRUE and true are one boolean
    }
    throw MlException.of(
        ErrorCode.CLASS_NOT_FOUND, version.name(), "'" + text + "'", String.join(", ", classes));
  }
}
