package dev.insitu.schedule;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import dev.insitu.model.ModelVersion;
import dev.insitu.operation.CreateRequest;
import dev.insitu.store.StoredSchedule;
import dev.insitu.store.StoredSchedules;
import dev.insitu.store.StoredSchedules.Outcome;
import dev.insitu.train.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** One run of a schedule, as the user who made it: the condition, then the training. */
final class ScheduledTraining {
  private final ScheduledDatabase database;
  private final Connection control;
  private final Clock clock;
  private final Function<String, Map<String, OptionValue>> json;
  private final Look look;

  ScheduledTraining(
      ScheduledDatabase database,
      Connection control,
      Clock clock,
      Function<String, Map<String, OptionValue>> json,
      Look look) {
    this.look = look;
    this.database = database;
    this.control = control;
    this.clock = clock;
    this.json = json;
  }

  /** Runs it and writes what came of it into the history; only a broken store throws. */
  void run(StoredSchedule schedule, String incarnation) {
    Instant started = clock.instant();
    long run = StoredSchedules.begin(control, schedule, incarnation, started);
    Instant next = Interval.next(schedule.nextRun(), schedule.everySeconds(), started);
    StoredSchedules.due(control, schedule.id(), Optional.empty(), next);
    try (ScheduledSession session = database.as(schedule.user(), schedule.runSchema())) {
      look.begin(session);
      ScheduleOptions options =
          ScheduleOptions.of(schedule.model(), json.apply(schedule.options()));
      Optional<ModelVersion> version = Schedules.version(session.models(), schedule.model());
      if (options.when().isPresent() && !holds(session, options.when().get(), schedule, version)) {
        end(run, Outcome.NOT_DUE, OptionalInt.empty(), "the condition does not hold");
        return;
      }
      ModelVersion made = train(session, schedule, options.over(version));
      StoredSchedules.due(control, schedule.id(), Optional.of(started), next);
      end(run, Outcome.TRAINED, OptionalInt.of(made.number()), "");
    } catch (SQLException | RuntimeException | OutOfMemoryError e) {
      if (database.isClosed()) {
        return; // whoever opens it next settles the run
      }
      end(run, Outcome.FAILED, OptionalInt.empty(), String.valueOf(e.getMessage()));
    } finally {
      look.end();
    }
  }

  private void end(long run, Outcome outcome, OptionalInt version, String message) {
    StoredSchedules.end(
        control, run, outcome, version, message.isEmpty() ? null : message, clock.instant());
  }

  /** Rows are counted from the last training, of a new schedule from the version that there is. */
  private static boolean holds(
      ScheduledSession session,
      String when,
      StoredSchedule schedule,
      Optional<ModelVersion> version)
      throws SQLException {
    Instant since =
        schedule.lastRun().or(() -> version.map(ModelVersion::createdAt)).orElse(Instant.EPOCH);
    try (PreparedStatement query =
        session.connection().prepareStatement(Schedules.condition(when))) {
      query.setObject(1, since.atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static ModelVersion train(
      ScheduledSession session, StoredSchedule schedule, Map<String, OptionValue> options)
      throws SQLException {
    ModelReference reference =
        new ModelReference(
            Optional.of(schedule.model().schema()),
            schedule.model().name(),
            ModelText.DEFAULT_VERSION);
    CreateRequest request =
        new CreateRequest(
            "SCHEDULE",
            reference,
            CreateRequest.Existing.ADD_VERSION,
            options,
            schedule.query(),
            schedule.query(),
            List.of());
    return session
        .models()
        .create(request, Progress.NONE)
        .orElseThrow(() -> MlException.of(ErrorCode.INTERNAL, "a further version is always made"));
  }
}
