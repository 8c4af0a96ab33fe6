package dev.insitu.schedule;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import dev.insitu.model.ModelVersion;
import dev.insitu.operation.Models;
import dev.insitu.store.StoreSession;
import dev.insitu.store.StoredSchedule;
import dev.insitu.store.StoredSchedules;
import dev.insitu.train.option.TrainingOptions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code SCHEDULE} and {@code UNSCHEDULE}: rows of the store on the control session, so a schedule
 * is there at once, whatever becomes of the caller's transaction. Confined to the thread of the
 * caller's session.
 */
public final class Schedules {
  private final Database database;
  private final Models models;
  private final StoreSession sessions;
  private final Clock clock;

  /** Makes the schedules of a database. */
  public Schedules(Database database, Models models, StoreSession sessions, Clock clock) {
    this.database = database;
    this.models = models;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Has a model trained again and again; a former schedule of it ends.
   *
   * @param model {@code [schema.]name}
   * @param query the training query
   * @param json the options as they were given
   * @param options {@code every}, {@code when} and options of the training, of which the model's
   *     default version gives those that are not said
   * @return what was done
   * @throws MlException ADMIN_REQUIRED, SCHEDULE, and all that options of a training can be refused
   *     for
   * @throws SQLException the database's own error of a query that it refuses
   */
  public String schedule(
      ModelText model, String query, String json, Map<String, OptionValue> options)
      throws SQLException {
    models.requireAdministrator("SCHEDULE");
    ModelName name = name(model);
    ScheduleOptions schedule = ScheduleOptions.of(name, options);
    TrainingOptions.of(schedule.over(version(models, name)));
    if (database.prepare(query).parameterCount() > 0) {
      throw MlException.of(ErrorCode.SCHEDULE, name, "the query has parameters");
    }
    if (schedule.when().isPresent()) {
      check(name, schedule.when().get());
    }
    models.prepareForWriting();
    Optional<StoredSchedule> former = StoredSchedules.of(sessions.control(), name);
    former.ifPresent(old -> StoredSchedules.remove(sessions.control(), old.id()));
    Instant now = clock.instant();
    Instant first = now.plus(schedule.every().duration());
    StoredSchedules.add(
        sessions.control(),
        new StoredSchedule(
            StoredSchedules.nextId(sessions.control()),
            name,
            query,
            json,
            schedule.every().text(),
            schedule.every().duration().toSeconds(),
            schedule.when(),
            sessions.userName(),
            database.currentSchema(),
            now,
            first,
            former.flatMap(StoredSchedule::lastRun)));
    sessions.sync();
    return name
        + " every "
        + schedule.every().text()
        + schedule.when().map(when -> " when (" + when + ")").orElse("")
        + (former.isPresent() ? ", in place of every " + former.get().every() : "");
  }

  private ModelName name(ModelText model) {
    if (!model.selector().equals(ModelText.DEFAULT_VERSION)) {
      throw MlException.of(
              ErrorCode.MODEL_NAME, "'" + model + "'", "a version gets its number by itself")
          .withHint("Write [schema.]name.");
    }
    ModelReference reference = model.resolve(database::fold);
    return models.catalog().lookUp(reference).orElseGet(() -> models.catalog().target(reference));
  }

  static Optional<ModelVersion> version(Models models, ModelName name) {
    ModelReference reference =
        new ModelReference(Optional.of(name.schema()), name.name(), ModelText.DEFAULT_VERSION);
    return models.catalog().lookUp(reference).map(found -> models.catalog().find(reference));
  }

  private void check(ModelName model, String when) throws SQLException {
    List<ColumnSpec> columns = database.prepare(condition(when)).columns();
    if (columns.get(0).type() != ColumnType.BOOLEAN) {
      throw MlException.of(
              ErrorCode.SCHEDULE,
              model,
              "\"when\" answers " + columns.get(0).sqlType() + ", but BOOLEAN was expected")
          .withHint("Write a comparison: SELECT COUNT(*) > 1000 FROM … WHERE created > last_run.");
    }
  }

  /** The last run is a column of the query around, so nothing is replaced in a text. */
  static String condition(String when) {
    return "SELECT ("
        + when
        + ") FROM (VALUES (CAST(? AS TIMESTAMP(9) WITH TIME ZONE))) S(last_run)";
  }

  /**
   * Ends a schedule; a run that is under way goes on.
   *
   * @return what was done
   * @throws MlException ADMIN_REQUIRED, SCHEDULE
   */
  public String unschedule(ModelText model) throws SQLException {
    models.requireAdministrator("UNSCHEDULE");
    ModelName name = name(model);
    StoredSchedule schedule =
        StoredSchedules.of(sessions.control(), name)
            .orElseThrow(
                () ->
                    MlException.of(ErrorCode.SCHEDULE, name, "it has no schedule that could end")
                        .withHint("INSITU.SCHEDULES lists those that there are."));
    StoredSchedules.remove(sessions.control(), schedule.id());
    sessions.sync();
    return name + " is not trained every " + schedule.every() + " any more";
  }
}
