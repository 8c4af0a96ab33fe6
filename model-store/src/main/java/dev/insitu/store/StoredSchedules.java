package dev.insitu.store;

import dev.insitu.model.ModelName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The rows of STORED_SCHEDULES and their history in STORED_SCHEDULE_RUNS. Every method works on the
 * connection that it is given, which is the control session.
 */
public final class StoredSchedules {
  private static final String COLUMNS =
      """
      SELECT ID, MODEL_SCHEMA, MODEL_NAME, QUERY, OPTIONS, EVERY_TEXT, EVERY_SECONDS, WHEN_QUERY,
        USER_NAME, RUN_SCHEMA, CREATED_AT, NEXT_RUN, LAST_RUN
      FROM INSITU.STORED_SCHEDULES\
      """;

  private StoredSchedules() {}

  /** How a run ended. */
  public enum Outcome {
    /** It has not ended. */
    RUNNING("running"),
    /** It made a version. */
    TRAINED("trained"),
    /** Its condition did not hold. */
    NOT_DUE("not due"),
    /** An error. */
    FAILED("failed"),
    /** Its process is gone, or the database was closed. */
    INTERRUPTED("interrupted");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }
  }

  /** Returns an id for a new schedule. */
  public static long nextId(Connection control) {
    return StoredRows.nextId(control);
  }

  /** Returns all schedules, the one that is due first at the beginning. */
  public static List<StoredSchedule> all(Connection control) {
    return StoredRows.readIfThere(
        control, COLUMNS + " ORDER BY NEXT_RUN, ID", StoredSchedules::schedule);
  }

  /** Returns the schedule of a model. */
  public static Optional<StoredSchedule> of(Connection control, ModelName model) {
    return StoredRows.readIfThere(
            control,
            COLUMNS + " WHERE MODEL_SCHEMA = ? AND MODEL_NAME = ?",
            StoredSchedules::schedule,
            model.schema(),
            model.name())
        .stream()
        .findFirst();
  }

  /** Adds a schedule. */
  public static void add(Connection control, StoredSchedule schedule) {
    StoredRows.write(
        control,
        """
        INSERT INTO INSITU.STORED_SCHEDULES (
          ID, MODEL_SCHEMA, MODEL_NAME, QUERY, OPTIONS, EVERY_TEXT, EVERY_SECONDS, WHEN_QUERY,
          USER_NAME, RUN_SCHEMA, CREATED_AT, NEXT_RUN, LAST_RUN)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        schedule.id(),
        schedule.model().schema(),
        schedule.model().name(),
        schedule.query(),
        schedule.options(),
        schedule.every(),
        schedule.everySeconds(),
        schedule.when().orElse(null),
        schedule.user(),
        schedule.runSchema(),
        StoredRows.moment(schedule.createdAt()),
        StoredRows.moment(schedule.nextRun()),
        schedule.lastRun().map(StoredRows::moment).orElse(null));
  }

  /** Removes a schedule; its history stays. Returns whether there was one of that id. */
  public static boolean remove(Connection control, long id) {
    return StoredRows.write(control, "DELETE FROM INSITU.STORED_SCHEDULES WHERE ID = ?", id) > 0;
  }

  /** Starts a run of a schedule and returns its id. */
  public static long begin(
      Connection control, StoredSchedule schedule, String incarnation, Instant now) {
    // Of the times when it was looked at and not due, the last is kept.
    StoredRows.write(
        control,
        "DELETE FROM INSITU.STORED_SCHEDULE_RUNS WHERE SCHEDULE_ID = ? AND OUTCOME = ?",
        schedule.id(),
        Outcome.NOT_DUE.word);
    long id = StoredRows.nextId(control);
    StoredRows.write(
        control,
        """
        INSERT INTO INSITU.STORED_SCHEDULE_RUNS (
          ID, SCHEDULE_ID, MODEL_SCHEMA, MODEL_NAME, INCARNATION, STARTED_AT, OUTCOME)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        id,
        schedule.id(),
        schedule.model().schema(),
        schedule.model().name(),
        incarnation,
        StoredRows.moment(now),
        Outcome.RUNNING.word);
    return id;
  }

  /** Ends a run. */
  public static void end(
      Connection control,
      long run,
      Outcome outcome,
      OptionalInt version,
      @Nullable String message,
      Instant now) {
    StoredRows.write(
        control,
        """
        UPDATE INSITU.STORED_SCHEDULE_RUNS
        SET OUTCOME = ?, VERSION_NUMBER = ?, MESSAGE = ?, ENDED_AT = ? WHERE ID = ?""",
        outcome.word,
        version.isPresent() ? version.getAsInt() : null,
        message,
        StoredRows.moment(now),
        run);
  }

  /**
   * Says when a schedule is due again.
   *
   * @param lastRun when the training began that has just ended well; empty: as before
   */
  public static void due(Connection control, long id, Optional<Instant> lastRun, Instant nextRun) {
    StoredRows.write(
        control,
        """
        UPDATE INSITU.STORED_SCHEDULES
        SET LAST_RUN = COALESCE(CAST(? AS TIMESTAMP(9) WITH TIME ZONE), LAST_RUN), NEXT_RUN = ?
        WHERE ID = ?""",
        lastRun.map(StoredRows::moment).orElse(null),
        StoredRows.moment(nextRun),
        id);
  }

  /** Ends the runs that former processes left; returns how many. */
  public static int settle(Connection control, String incarnation, Instant now) {
    return StoredRows.write(
        control,
        """
        UPDATE INSITU.STORED_SCHEDULE_RUNS
        SET OUTCOME = ?, MESSAGE = 'the process of this run is gone', ENDED_AT = ?
        WHERE OUTCOME = ? AND INCARNATION <> ?""",
        Outcome.INTERRUPTED.word,
        StoredRows.moment(now),
        Outcome.RUNNING.word,
        incarnation);
  }

  private static StoredSchedule schedule(ResultSet row) throws SQLException {
    return new StoredSchedule(
        row.getLong(1),
        new ModelName(row.getString(2), row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getLong(7),
        Optional.ofNullable(row.getString(8)),
        row.getString(9),
        row.getString(10),
        row.getObject(11, OffsetDateTime.class).toInstant(),
        row.getObject(12, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(StoredRows.moment(row, 13)));
  }
}
