package dev.insitu.train.run;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.evaluate.EvaluationOptions;
import dev.insitu.evaluate.Evaluator;
import dev.insitu.function.Database;
import dev.insitu.function.InputQuery;
import dev.insitu.model.Artifact;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.Evaluation;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.Task;
import dev.insitu.model.TrainedModel;
import dev.insitu.model.TrainingFacts;
import dev.insitu.onnx.StoredGraph;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Split;
import dev.insitu.train.TrainingColumns;
import dev.insitu.train.TrainingReader;
import dev.insitu.train.TrainingSet;
import dev.insitu.train.option.ModelType;
import dev.insitu.train.option.TrainingOption;
import dev.insitu.train.option.TrainingOptions;
import dev.insitu.train.prepare.Preparation;
import dev.insitu.train.prepare.RowLabels;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Trains one model: reads the rows, splits them, fits the preparation, learns, writes the graph,
 * evaluates.
 */
public final class TrainingRun {
  private static final int BLOCK_ROWS = 4096;

  private final Database database;
  private final TrainingRequest request;
  private final Progress progress;

  /** Makes a run over the caller's database. */
  public TrainingRun(Database database, TrainingRequest request, Progress progress) {
    this.database = database;
    this.request = request;
    this.progress = progress;
  }

  /**
   * Trains.
   *
   * @throws MlException whatever of the rows or options cannot be learnt from
   * @throws SQLException the database's own error
   * @throws java.util.concurrent.CancellationException if the progress says so
   */
  public TrainedModel train() throws SQLException {
    TrainingOptions options = request.options();
    PreparedTraining prepared = prepare();
    TrainingSet set = prepared.set();
    Preparation preparation = prepared.preparation();
    try (FittedModel model = fit(prepared)) {
      Task task = prepared.task();
      byte[] graph = ModelGraph.write(options.modelType().word(), task, preparation, model);
      return new TrainedModel(
          options.modelType().word(),
          task,
          new ModelSignature(preparation.inputs(), outputs(task)),
          options.written(),
          Artifact.of(Artifact.Format.ONNX, graph),
          List.of(),
          facts(set, prepared.split(), model),
          preparation.statistics(),
          model.weights(),
          model.centroids(),
          model.iterations(),
          evaluate(task, model, graph, prepared.heldOut().orElse(prepared.training())),
          VerificationRows.of(set, preparation, model));
    }
  }

  /**
   * Reads and prepares the rows: all that comes before a trainer.
   *
   * @throws MlException whatever of the rows cannot be learnt from
   * @throws SQLException the database's own error
   */
  public PreparedTraining prepare() throws SQLException {
    TrainingOptions options = request.options();
    InputQuery query = database.prepare(request.query());
    TrainingColumns columns =
        TrainingColumns.of(query.columns(), options, request.name().toString());
    TrainingSet set =
        new TrainingReader(options.modelType(), columns, TrainingReader.usableHeap())
            .read(query, request.parameters(), progress);
    Split split = Split.of(set, options);
    progress.step("preparing", 0, 1);
    Preparation preparation = Preparation.fit(set, split.training(), standardizes(options));
    if (preparation.features().isEmpty()) {
      throw MlException.of(
              ErrorCode.NO_FEATURES,
              request.name(),
              ": every column has the same value in all rows")
          .withHint("Add a column whose values differ.");
    }
    progress.step("preparing", 1, 1);
    Labelled labelled = labelled(set, split, columns);
    PreparedRows training = preparation.rows(set, split.training(), labelled.labels());
    Optional<PreparedRows> heldOut =
        split.heldOutRows() == 0
            ? Optional.empty()
            : Optional.of(preparation.rows(set, split.heldOut(), labelled.labels()));
    return new PreparedTraining(set, split, preparation, labelled.task(), training, heldOut);
  }

  private record Labelled(Task task, RowLabels labels) {}

  private Labelled labelled(TrainingSet set, Split split, TrainingColumns columns) {
    TrainingOptions options = request.options();
    ColumnSpec label = columns.label();
    if (label == null) {
      int clusters = (int) options.whole(TrainingOption.NUM_CLUSTERS);
      return new Labelled(new Task.Clustering(clusters), RowLabels.NONE);
    }
    if (options.modelType().goal() == ModelType.Goal.REGRESSION) {
      return new Labelled(new Task.Regression(label), new NumberLabels(set.label()));
    }
    ClassLabels labels = ClassLabels.of(database, set, split.training(), label, options);
    return new Labelled(new Task.Classification(label, labels.classes()), labels);
  }

  private record NumberLabels(TrainingSet.Column column) implements RowLabels {
    @Override
    public double label(int row) {
      return column.number(row);
    }

    @Override
    public double weight(int row) {
      return 1;
    }
  }

  private FittedModel fit(PreparedTraining prepared) {
    try {
      return Trainers.of(request.options())
          .train(prepared.task(), prepared.training(), prepared.heldOut(), progress);
    } catch (ArithmeticException e) {
      throw MlException.of(
              ErrorCode.TRAINING_FAILED, request.name(), String.valueOf(e.getMessage()))
          .withHint("Look for huge values in the training query, or raise l2_reg.")
          .withCause(e);
    }
  }

  private Optional<Evaluation> evaluate(
      Task task, FittedModel model, byte[] graph, PreparedRows rows) {
    Evaluator evaluator = Evaluator.of(task, options(task, graph));
    for (int first = 0; first < rows.rows(); first += BLOCK_ROWS) {
      int last = Math.min(rows.rows(), first + BLOCK_ROWS);
      double[] scores = model.predict(rows, first, last);
      int width = scores.length / (last - first);
      for (int row = first; row < last; row++) {
        evaluator.add(scores, (row - first) * width, rows.label(row));
      }
      progress.step("evaluating", last, rows.rows());
    }
    return Optional.of(evaluator.finish());
  }

  private static EvaluationOptions options(Task task, byte[] graph) {
    return task instanceof Task.Clustering
        ? EvaluationOptions.DEFAULT.withCentroidDistances(
            StoredGraph.read(graph).centroidDistances().orElse(List.of()))
        : EvaluationOptions.DEFAULT;
  }

  private List<ColumnSpec> outputs(Task task) {
    if (task instanceof Task.Regression regression) {
      return List.of(number("predicted_" + regression.label().name()));
    } else if (task instanceof Task.Classification classification) {
      ColumnSpec label = classification.label();
      String name = database.fold("predicted_" + label.name());
      return List.of(
          new ColumnSpec(name, label.type(), label.sqlType(), false),
          number("predicted_" + label.name() + "_probability"));
    } else {
      return List.of(
          new ColumnSpec(database.fold("centroid_id"), ColumnType.INTEGER, "INTEGER", false),
          number("centroid_distance"));
    }
  }

  private ColumnSpec number(String name) {
    return new ColumnSpec(database.fold(name), ColumnType.DOUBLE, "DOUBLE PRECISION", false);
  }

  private TrainingFacts facts(TrainingSet set, Split split, FittedModel model) {
    Map<String, String> libraries = new TreeMap<>();
    libraries.put("database", database.product());
    libraries.put("java", Runtime.version().toString());
    libraries.put("trainer", model.trainer());
    return new TrainingFacts(
        request.written(),
        request.parameters().stream().map(String::valueOf).toList(),
        set.rowsRead(),
        set.rowsSkipped(),
        split.trainingRows(),
        split.heldOutRows(),
        request.options().whole(TrainingOption.SEED),
        model.trainer(),
        libraries);
  }

  private static boolean standardizes(TrainingOptions options) {
    return options.modelType().standardizes() && options.flag(TrainingOption.STANDARDIZE_FEATURES);
  }
}
