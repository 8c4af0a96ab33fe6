package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Artifact;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.Evaluation;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.Task;
import dev.insitu.model.TrainedModel;
import dev.insitu.model.TrainingFacts;
import dev.insitu.store.Details.RoleColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** Writes a version to its tables, and reads it back equal. */
final class VersionRows {
  static final String RESTORE = "Restore the database from a backup, or train the model again.";

  /** The type of models that others made; no other has attachments. */
  private static final String IMPORTED = "onnx";

  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final String LABEL = "label";

  private static final String INSERT =
      """
      INSERT INTO INSITU.STORED_VERSIONS (
        ID, MODEL_ID, VERSION_NUMBER, RUN_ID, CREATED_AT, MODEL_TYPE, TASK, CLUSTERS,
        ARTIFACT_FORMAT, ARTIFACT_SHA256, ARTIFACT_BYTES, TRAINING_QUERY,
        ROWS_READ, ROWS_SKIPPED, ROWS_TRAINED, ROWS_HELD_OUT, SEED, TRAINER,
        EVALUATED_ROWS, EVALUATION_SKIPPED_ROWS)
      VALUES (
        :id, :model, :number, :run, :created, :type, :task, :clusters,
        :format, :sha256, :bytes, :query,
        :read, :skipped, :trained, :heldOut, :seed, :trainer,
        :evaluated, :evaluationSkipped)""";

  private static final String SELECT =
      """
      SELECT VERSION_NUMBER, CREATED_AT, MODEL_TYPE, TASK, CLUSTERS,
        ARTIFACT_FORMAT, ARTIFACT_SHA256, ARTIFACT_BYTES, TRAINING_QUERY,
        ROWS_READ, ROWS_SKIPPED, ROWS_TRAINED, ROWS_HELD_OUT, SEED, TRAINER,
        EVALUATED_ROWS, EVALUATION_SKIPPED_ROWS
      FROM INSITU.STORED_VERSIONS WHERE ID = ?""";

  private static final String NUMBERS =
      """
      SELECT V.VERSION_NUMBER
      FROM INSITU.STORED_MODELS M JOIN INSITU.STORED_VERSIONS V ON V.MODEL_ID = M.ID
      WHERE M.SCHEMA_NAME = :schema AND M.MODEL_NAME = :name
      ORDER BY V.VERSION_NUMBER""";

  private VersionRows() {}

  /** Returns the numbers of a model's versions, ascending. */
  static List<Integer> numbers(Handle handle, ModelName name) {
    return handle
        .createQuery(NUMBERS)
        .bind("schema", name.schema())
        .bind("name", name.name())
        .mapTo(Integer.class)
        .list();
  }

  /**
   * Locks a version's row; false if there is none, or none any more for a transaction that still
   * sees it.
   */
  static boolean lock(Handle handle, long model, int number) {
    return handle
        .createQuery(
            """
            SELECT 1 FROM INSITU.STORED_VERSIONS
            WHERE MODEL_ID = :model AND VERSION_NUMBER = :number FOR UPDATE""")
        .bind("model", model)
        .bind("number", number)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** The row of STORED_VERSIONS. */
  record Head(
      int number,
      Instant createdAt,
      String modelType,
      String task,
      int clusters,
      Artifact.Format format,
      String sha256,
      long bytes,
      String query,
      long rowsRead,
      long rowsSkipped,
      long rowsTrained,
      long rowsHeldOut,
      long seed,
      String trainer,
      @Nullable Long evaluatedRows,
      long evaluationSkippedRows) {}

  /** Returns an argument that keeps nanoseconds and the zone, as Jdbi's own does not. */
  static Argument instant(Instant instant) {
    OffsetDateTime value = instant.atOffset(ZoneOffset.UTC);
    return (position, statement, context) -> statement.setObject(position, value);
  }

  static void insert(Handle handle, ModelVersion version, long modelId, long run) {
    long id = version.id();
    TrainedModel model = version.model();
    insertHead(handle, version, modelId, run);
    ModelSignature signature = model.signature();
    List<RoleColumn> columns = new ArrayList<>();
    signature.inputs().forEach(column -> columns.add(new RoleColumn(INPUT, column)));
    signature.outputs().forEach(column -> columns.add(new RoleColumn(OUTPUT, column)));
    if (model.task() instanceof Task.Regression regression) {
      columns.add(new RoleColumn(LABEL, regression.label()));
    } else if (model.task() instanceof Task.Classification classification) {
      columns.add(new RoleColumn(LABEL, classification.label()));
      Details.CLASSES.insert(handle, id, classification.classes());
    }
    Details.COLUMNS.insert(handle, id, columns);
    Details.OPTIONS.insert(handle, id, model.options().entrySet());
    Details.PARAMETERS.insert(handle, id, model.facts().parameters());
    Details.LIBRARIES.insert(handle, id, model.facts().libraries().entrySet());
    Details.FEATURES.insert(handle, id, model.features());
    Details.WEIGHTS.insert(handle, id, model.weights());
    Details.CENTROIDS.insert(handle, id, model.centroids());
    Details.ITERATIONS.insert(handle, id, model.iterations());
    model
        .evaluation()
        .ifPresent(
            evaluation -> {
              Details.METRICS.insert(handle, id, evaluation.metrics());
              Details.CONFUSION.insert(handle, id, evaluation.confusion());
              Details.ROC.insert(handle, id, evaluation.roc());
            });
    Details.VERIFICATION.insert(handle, id, VerificationCells.of(model.verification()));
    ArtifactBytes.insert(handle, id, model.artifact());
    Attachments.insert(handle, id, model.attachments());
  }

  private static void insertHead(Handle handle, ModelVersion version, long modelId, long run) {
    TrainedModel model = version.model();
    TrainingFacts facts = model.facts();
    Integer clusters = model.task() instanceof Task.Clustering c ? c.clusters() : null;
    handle
        .createUpdate(INSERT)
        .bind("id", version.id())
        .bind("model", modelId)
        .bind("number", version.number())
        .bind("run", run)
        .bind("created", instant(version.createdAt()))
        .bind("type", model.modelType())
        .bind("task", model.task().word())
        .bind("clusters", clusters)
        .bind("format", model.artifact().format().name().toLowerCase(Locale.ROOT))
        .bind("sha256", model.artifact().sha256())
        .bind("bytes", (long) model.artifact().size())
        .bind("query", facts.query())
        .bind("read", facts.rowsRead())
        .bind("skipped", facts.rowsSkipped())
        .bind("trained", facts.rowsTrained())
        .bind("heldOut", facts.rowsHeldOut())
        .bind("seed", facts.seed())
        .bind("trainer", facts.trainer())
        .bind("evaluated", model.evaluation().map(Evaluation::rows).orElse(null))
        .bind("evaluationSkipped", model.evaluation().map(Evaluation::skippedRows).orElse(null))
        .execute();
  }

  /**
   * Reads a version.
   *
   * @param whole with its graph and attachments, large objects; else all but these
   * @throws MlException STORE_DAMAGED, ARTIFACT_CORRUPT
   */
  static ModelVersion read(Connection connection, ModelName name, long id, boolean whole)
      throws SQLException {
    Head head =
        StoredRows.read(connection, SELECT, VersionRows::head, id).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    MlException.of(
                        ErrorCode.STORE_DAMAGED,
                        String.format(
                            Locale.ROOT,
                            "STORED_VERSIONS lacks version id %d of model \"%s\"",
                            id,
                            name)));
    List<RoleColumn> columns = Details.COLUMNS.read(connection, id);
    ModelSignature signature =
        new ModelSignature(withRole(columns, INPUT), withRole(columns, OUTPUT));
    if (signature.inputs().isEmpty() || signature.outputs().isEmpty()) {
      throw damaged(name, head, "its signature in STORED_COLUMNS");
    }
    Optional<Evaluation> evaluation = Optional.empty();
    if (head.evaluatedRows() != null) {
      evaluation =
          Optional.of(
              new Evaluation(
                  head.evaluatedRows(),
                  head.evaluationSkippedRows(),
                  Details.METRICS.read(connection, id),
                  Details.CONFUSION.read(connection, id),
                  Details.ROC.read(connection, id)));
    }
    TrainingFacts facts =
        new TrainingFacts(
            head.query(),
            Details.PARAMETERS.read(connection, id),
            head.rowsRead(),
            head.rowsSkipped(),
            head.rowsTrained(),
            head.rowsHeldOut(),
            head.seed(),
            head.trainer(),
            map(Details.LIBRARIES.read(connection, id)));
    TrainedModel model =
        new TrainedModel(
            head.modelType(),
            task(connection, name, id, head, withRole(columns, LABEL)),
            signature,
            map(Details.OPTIONS.read(connection, id)),
            whole
                ? ArtifactBytes.read(connection, name, id, head)
                : Artifact.of(head.format(), new byte[0]),
            whole && head.modelType().equals(IMPORTED)
                ? Attachments.read(connection, name, id, head)
                : List.of(),
            facts,
            Details.FEATURES.read(connection, id),
            Details.WEIGHTS.read(connection, id),
            Details.CENTROIDS.read(connection, id),
            Details.ITERATIONS.read(connection, id),
            evaluation,
            VerificationCells.rows(
                Details.VERIFICATION.read(connection, id), signature.inputs().size()));
    return new ModelVersion(id, name, head.number(), model, head.createdAt());
  }

  private static Head head(ResultSet row) throws SQLException {
    String query = row.getString(9);
    String trainer = row.getString(15);
    return new Head(
        row.getInt(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getString(3),
        row.getString(4),
        row.getInt(5),
        Details.word(Artifact.Format.class, row.getString(6)),
        row.getString(7),
        row.getLong(8),
        query == null ? "" : query,
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        row.getLong(13),
        row.getLong(14),
        trainer == null ? "" : trainer,
        row.getObject(16, Long.class),
        row.getLong(17));
  }

  private static Task task(
      Connection connection, ModelName name, long id, Head head, List<ColumnSpec> labels)
      throws SQLException {
    if (head.task().equals("clustering")) {
      if (head.clusters() < 1) {
        throw damaged(name, head, "its number of clusters in STORED_VERSIONS");
      }
      return new Task.Clustering(head.clusters());
    }
    if (head.task().equals("inference")) {
      return new Task.Inference();
    }
    if (labels.size() != 1) {
      throw damaged(name, head, "its label column in STORED_COLUMNS");
    }
    return switch (head.task()) {
      case "regression" -> new Task.Regression(labels.get(0));
      case "classification" -> {
        List<String> classes = Details.CLASSES.read(connection, id);
        if (classes.size() < 2) {
          throw damaged(name, head, "its classes in STORED_CLASSES");
        }
        yield new Task.Classification(labels.get(0), classes);
      }
      default ->
          throw MlException.of(
              ErrorCode.STORE_DAMAGED,
              String.format(Locale.ROOT, "\"%s\" is no task that this version knows", head.task()));
    };
  }

  private static MlException damaged(ModelName name, Head head, String what) {
    return MlException.of(
            ErrorCode.STORE_DAMAGED,
            String.format(
                Locale.ROOT, "model \"%s\" version %d lacks %s", name, head.number(), what))
        .withHint(RESTORE);
  }

  private static List<ColumnSpec> withRole(List<RoleColumn> columns, String role) {
    return columns.stream().filter(c -> c.role().equals(role)).map(RoleColumn::column).toList();
  }

  private static Map<String, String> map(List<Map.Entry<String, String>> entries) {
    Map<String, String> map = new LinkedHashMap<>();
    entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }
}
