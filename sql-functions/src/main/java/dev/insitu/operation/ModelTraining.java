package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.imported.ImportSource;
import dev.insitu.imported.ModelImport;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelText;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.TrainedModel;
import dev.insitu.score.verify.Scorers;
import dev.insitu.store.ModelStore;
import dev.insitu.train.Progress;
import dev.insitu.train.option.TrainingOptions;
import dev.insitu.train.run.TrainingRequest;
import dev.insitu.train.run.TrainingRun;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;

/**
 * Trains, or brings in what others trained, and publishes: the run is recorded on the control
 * session, the version is written in the caller's transaction (design, hard place 4 and invariant
 * 7).
 */
final class ModelTraining {
  private static final String CANCELLED = "57014";

  private final Database database;
  private final ModelStore store;
  private final ModelObjects objects;

  ModelTraining(Database database, ModelStore store, ModelObjects objects) {
    this.database = database;
    this.store = store;
    this.objects = objects;
  }

  ModelVersion train(ModelName name, CreateRequest request, Progress progress) throws SQLException {
    TrainingOptions options = TrainingOptions.of(request.options());
    // A query that the database refuses fails before anything is recorded.
    database.prepare(request.query());
    TrainingRequest training =
        new TrainingRequest(
            name, options, request.query(), request.written(), request.parameters());
    return record(
        name,
        options.modelType().word(),
        request.written(),
        request.existing(),
        progress,
        watched -> new TrainingRun(database, training, watched).train());
  }

  ModelVersion bring(ModelName name, ImportRequest request, Progress progress) throws SQLException {
    ImportSource source = new ImportedFile(database).read(request);
    return record(
        name,
        Scorers.IMPORTED,
        source.clause(),
        request.existing(),
        progress,
        watched -> {
          watched.step("trying the graph", 0, 1);
          return ModelImport.of(database, source, request.options(), watched);
        });
  }

  /** Makes a model. */
  private interface Work {
    TrainedModel make(Progress progress) throws SQLException;
  }

  private ModelVersion record(
      ModelName name,
      String modelType,
      String text,
      CreateRequest.Existing existing,
      Progress progress,
      Work work)
      throws SQLException {
    store.prepareForWriting();
    long run = store.beginRun(name, modelType, text);
    try {
      Progress watched = new RecordedProgress(database, store, run, progress);
      TrainedModel model = work.make(watched);
      watched.step("publishing", 0, 1);
      ModelVersion version =
          database.atomically(
              () -> {
                ModelVersion published =
                    store.publish(
                        name,
                        model,
                        run,
                        existing == CreateRequest.Existing.ADD_VERSION
                            ? ModelStore.Existing.ADD_VERSION
                            : ModelStore.Existing.REFUSE);
                objects.switched(name, ModelText.DEFAULT_VERSION);
                store.trained(run);
                return published;
              });
      progress.step("publishing", 1, 1);
      return version;
    } catch (CancellationException e) {
      store.ended(run, ModelStore.Outcome.CANCELLED, "cancelled");
      database.checkCancelled();
      throw e;
    } catch (SQLException e) {
      boolean cancelled = CANCELLED.equals(e.getSQLState());
      end(run, cancelled ? ModelStore.Outcome.CANCELLED : ModelStore.Outcome.FAILED, e);
      throw e;
    } catch (OutOfMemoryError e) {
      MlException error = outOfMemory();
      end(run, ModelStore.Outcome.FAILED, error);
      throw error;
    } catch (RuntimeException e) {
      end(run, ModelStore.Outcome.FAILED, e);
      throw e;
    }
  }

  /**
   * Ends the record of a run; what ended the run is what the user must see, even if the record
   * cannot be written.
   */
  private void end(long run, ModelStore.Outcome outcome, Exception reason) {
    try {
      store.ended(run, outcome, String.valueOf(reason.getMessage()));
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private static MlException outOfMemory() {
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    return MlException.of(ErrorCode.TOO_LARGE, "more than " + megabytes, megabytes)
        .withHint("Start Java with a larger -Xmx, or train on a sample of the rows.");
  }
}
