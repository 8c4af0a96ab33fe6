package dev.insitu.store;

import dev.insitu.model.ModelAlias;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelSummary;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.TrainedModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Models as rows.
 *
 * <p>A store that does not exist yet reads as empty; it is made by the first write. Confined to the
 * thread that uses the session it was opened on.
 */
public interface ModelStore {
  /** Returns the models that the caller sees, by schema and name. */
  List<ModelSummary> list();

  /** Returns the numbers of the versions of a model, ascending; empty if there is no such model. */
  List<Integer> versions(ModelName name);

  /** Returns the aliases of a model, by name; empty if there are none, or no such model. */
  List<ModelAlias> aliases(ModelName name);

  /**
   * Returns a version, its artifact's SHA-256 checked; empty if the model does not exist.
   *
   * @throws dev.insitu.error.MlException VERSION_NOT_FOUND, ALIAS_NOT_FOUND, ARTIFACT_CORRUPT,
   *     STORE_TOO_NEW
   */
  Optional<ModelVersion> find(ModelName name, Selector selector);

  /**
   * Returns the key of the version that {@link #find} would return, without reading it: cheap
   * enough for every execution of a prepared statement.
   */
  Optional<Long> findId(ModelName name, Selector selector);

  /**
   * Writes a new version in the caller's transaction and makes it the default. Leaves nothing when
   * it throws. The caller has switched auto-commit off and commits.
   *
   * @param run the run that trained it
   * @param existing what to do where the model is there already
   * @throws dev.insitu.error.MlException CONCURRENT_CREATE if another session has created, is
   *     creating or is changing the model
   */
  ModelVersion publish(ModelName name, TrainedModel model, long run, Existing existing);

  /**
   * Drops one version or the whole model in the caller's transaction (auto-commit is off), leaving
   * a tombstone; returns the versions dropped, 0 if there is no such model. With its last version a
   * model goes, and its aliases with it; if the default version goes, the greatest that is left
   * becomes it. A number is never given again.
   *
   * @param cascade whether the aliases of a version that is named go with it, which else keep it
   * @throws dev.insitu.error.MlException VERSION_NOT_FOUND, IN_USE, CONCURRENT_CHANGE
   */
  int drop(ModelName name, OptionalInt version, boolean cascade);

  /**
   * Changes which version a name of a model leads to, in the caller's transaction (auto-commit is
   * off), and returns whether that is another one than before.
   *
   * @throws dev.insitu.error.MlException MODEL_NOT_FOUND, VERSION_NOT_FOUND, ALIAS_NOT_FOUND,
   *     CONCURRENT_CHANGE
   */
  boolean alter(ModelName name, ModelChange change);

  /**
   * Makes the store if there is none, upgrades an older one, and ends the runs of processes that
   * are gone.
   */
  void prepareForWriting();

  /** Starts a run record on the control session, durably, and returns its id. */
  long beginRun(ModelName name, String modelType, String query);

  /**
   * Notes how far a run is: {@code done} of {@code total}, or of an unknown total if that is
   * negative. Writes at most five times a second and phase, so it may be called often.
   */
  void progress(long run, String phase, long done, long total);

  /**
   * Ends a run as trained, after its version was published and before the transaction is committed;
   * whether it succeeded shows when its version is visible.
   */
  void trained(long run);

  /** Ends a run as failed or cancelled. */
  void ended(long run, Outcome outcome, String message);

  /** What {@link #publish} does with a model that is there already. */
  enum Existing {
    /** CREATE MODEL: the model must be new; CONCURRENT_CREATE if another session was faster. */
    REFUSE,
    /** CREATE OR REPLACE MODEL, TRAIN: adds a version, or makes the model. */
    ADD_VERSION
  }

  /** How a run can end without a version. */
  enum Outcome {
    /** An error. */
    FAILED,
    /** The user stopped it. */
    CANCELLED
  }
}
