package dev.insitu.store;

import dev.insitu.model.ModelName;
import dev.insitu.store.ModelStore.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The rows of STORED_RUNS, on the control session. Confined to one thread.
 *
 * <p>A run that nobody can end any more is settled in two looks: first whose session or process is
 * gone, then whether its version is visible. In this order a commit between the two looks is seen.
 */
final class RunRecords {
  /** Between two notes of progress in the same phase. */
  private static final long MIN_MILLIS_BETWEEN_NOTES = 200;

  /** What the record of a run keeps of a long query or message. */
  private static final int MAX_TEXT = 1_000_000;

  private static final String WITHOUT_VERSION =
      """
      NOT EXISTS (SELECT 1 FROM INSITU.STORED_VERSIONS V WHERE V.RUN_ID = STORED_RUNS.ID)
      AND NOT EXISTS (SELECT 1 FROM INSITU.STORED_TOMBSTONES T WHERE T.RUN_ID = STORED_RUNS.ID)""";

  /** The session of the run lives, in whatever process. */
  private static final String SESSION_LIVES =
      """
      EXISTS (
        SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS S
        WHERE S.SESSION_ID = STORED_RUNS.SESSION_ID
          AND S.SESSION_START = STORED_RUNS.SESSION_START""";

  private final StoreDatabase database;
  private final Clock clock;
  private final Map<Long, Note> notes = new HashMap<>();

  RunRecords(StoreDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  private record Note(String phase, long millis) {}

  private record Run(long id, String state) {}

  long begin(ModelName name, String modelType, String query) {
    StoreSession session = database.session();
    long run =
        database.onControl(
            "start a run in",
            handle -> {
              long id =
                  handle
                      .createQuery("SELECT NEXT VALUE FOR INSITU.RUN_IDS")
                      .mapTo(Long.class)
                      .one();
              handle
                  .createUpdate(
                      """
                      INSERT INTO INSITU.STORED_RUNS (
                        ID, SCHEMA_NAME, MODEL_NAME, MODEL_TYPE, TRAINING_QUERY, USER_NAME,
                        INCARNATION, SESSION_ID, SESSION_START, STARTED_AT, STATE)
                      VALUES (:id, :schema, :name, :type, :query, :user, :incarnation, :session,
                        (SELECT S.SESSION_START FROM INFORMATION_SCHEMA.SESSIONS S
                         WHERE S.SESSION_ID = :session),
                        :now, 'running')""")
                  .bind("id", id)
                  .bind("schema", name.schema())
                  .bind("name", name.name())
                  .bind("type", modelType)
                  .bind("query", shortened(query))
                  .bind("user", session.userName())
                  .bind("incarnation", session.incarnation())
                  .bind("session", session.sessionId())
                  .bind("now", VersionRows.instant(clock.instant()))
                  .execute();
              return id;
            });
    session.sync();
    return run;
  }

  void progress(long run, String phase, long done, long total) {
    long now = clock.millis();
    Note last = notes.get(run);
    if (last != null
        && last.phase().equals(phase)
        && done != total
        && now - last.millis() < MIN_MILLIS_BETWEEN_NOTES) {
      return;
    }
    notes.put(run, new Note(phase, now));
    database.onControl(
        "note the progress of a run in",
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE INSITU.STORED_RUNS
                    SET PHASE = :phase, STEPS_DONE = :done, STEPS_TOTAL = :total
                    WHERE ID = :id""")
                .bind("phase", phase)
                .bind("done", done)
                .bind("total", total < 0 ? null : total)
                .bind("id", run)
                .execute());
  }

  void trained(long run) {
    end(run, "trained", null);
  }

  void ended(long run, Outcome outcome, String message) {
    end(run, outcome.name().toLowerCase(Locale.ROOT), message);
    database.session().sync();
  }

  private void end(long run, String state, @Nullable String message) {
    notes.remove(run);
    database.onControl(
        "end a run in",
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE INSITU.STORED_RUNS
                    SET STATE = :state, ENDED_AT = :now, MESSAGE = :message WHERE ID = :id""")
                .bind("state", state)
                .bind("now", VersionRows.instant(clock.instant()))
                .bind("message", message == null ? null : shortened(message))
                .bind("id", run)
                .execute());
  }

  /**
   * Settles the runs of processes that are gone, once for each time that the database was opened.
   */
  void settleFormerIncarnations() {
    String token = database.session().incarnation();
    try {
      if (isSettled(token)) {
        return;
      }
    } catch (SQLException e) {
      throw StoreDatabase.accessError("settle former runs in", e);
    }
    database.onControl(
        "settle former runs in",
        handle -> {
          // A session that came over a wire may not know the token of this opening.
          List<Run> open =
              open(
                  handle,
                  "INCARNATION <> :incarnation AND NOT " + SESSION_LIVES + ")",
                  Map.of("incarnation", token));
          open.forEach(
              run -> settle(handle, run, "interrupted", "the process of this run is gone"));
          handle
              .createUpdate(
                  """
                  MERGE INTO INSITU.STORED_INCARNATION (ID, TOKEN) KEY (ID) VALUES (1, :token)""")
              .bind("token", token)
              .execute();
          return true;
        });
  }

  /** Looks, and notes the token where there is nothing to settle, by plain JDBC. */
  private boolean isSettled(String token) throws SQLException {
    Connection control = database.session().control();
    boolean known =
        StoredRows.read(
                control,
                "SELECT TOKEN FROM INSITU.STORED_INCARNATION WHERE ID = 1",
                row -> row.getString(1))
            .contains(token);
    if (known
        || !StoredRows.read(
                control,
                "SELECT 1 FROM INSITU.STORED_RUNS WHERE STATE IN ('running', 'trained')"
                    + " AND INCARNATION <> ? AND "
                    + WITHOUT_VERSION
                    + " FETCH FIRST ROW ONLY",
                row -> true,
                token)
            .isEmpty()) {
      return known;
    }
    try (PreparedStatement note =
        control.prepareStatement(
            "MERGE INTO INSITU.STORED_INCARNATION (ID, TOKEN) KEY (ID) VALUES (1, ?)")) {
      note.setString(1, token);
      note.executeUpdate();
    }
    return true;
  }

  /** Settles the runs whose session is gone or whose transaction has ended. */
  void settleVanishedSessions() {
    database.onControl(
        "settle runs in",
        handle -> {
          List<Run> open =
              open(
                  handle,
                  "NOT "
                      + SESSION_LIVES
                      + " AND (STORED_RUNS.STATE = 'running' OR S.CONTAINS_UNCOMMITTED))",
                  Map.of());
          for (Run run : open) {
            if (run.state().equals("trained")) {
              settle(handle, run, "rolled_back", "the transaction of this run was rolled back");
            } else {
              settle(handle, run, "interrupted", "the session of this run is gone");
            }
          }
          return open.size();
        });
  }

  private static List<Run> open(Handle handle, String condition, Map<String, ?> values) {
    return handle
        .createQuery(
            "SELECT ID, STATE FROM INSITU.STORED_RUNS WHERE STATE IN ('running', 'trained') AND "
                + condition)
        .bindMap(values)
        .map((row, context) -> new Run(row.getLong(1), row.getString(2)))
        .list();
  }

  private void settle(Handle handle, Run run, String state, String message) {
    handle
        .createUpdate(
            """
            UPDATE INSITU.STORED_RUNS
            SET STATE = :state, ENDED_AT = COALESCE(ENDED_AT, :now), MESSAGE = :message
            WHERE ID = :id AND STATE = :former AND\s"""
                + WITHOUT_VERSION)
        .bind("state", state)
        .bind("now", VersionRows.instant(clock.instant()))
        .bind("message", message)
        .bind("id", run.id())
        .bind("former", run.state())
        .execute();
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + " …";
  }
}
