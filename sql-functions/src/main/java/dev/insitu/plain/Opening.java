package dev.insitu.plain;

import dev.insitu.h2.PlainSession;
import dev.insitu.h2.WatchedDatabase;
import dev.insitu.schedule.Scheduler;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * A trigger that never fires: H2 loads the triggers of a database while it opens it, in whatever
 * process does, and tells them when it closes it. So this is what starts the schedules of a
 * database after it was opened again. Databases refer to this name.
 */
public final class Opening implements Trigger {
  /** The database is still being opened when its triggers are loaded. */
  private static final Duration AFTER = Duration.ofSeconds(1);

  private @Nullable WatchedDatabase database;

  /** Nothing may go wrong here, for the database would not open. */
  @Override
  public void init(
      Connection connection,
      String schemaName,
      String triggerName,
      String tableName,
      boolean before,
      int type) {
    try {
      WatchedDatabase opened = WatchedDatabase.of(connection).orElse(null);
      database = opened;
      if (opened != null) {
        Scheduler.ofProcess().watch(opened, AFTER, JsonOptions::read);
      }
    } catch (SQLException | RuntimeException | LinkageError e) {
      System.getLogger(Opening.class.getName())
          .log(System.Logger.Level.DEBUG, "schedules do not start", e);
    }
  }

  @Override
  public void fire(
      Connection connection,
      @Nullable Object @Nullable [] before,
      @Nullable Object @Nullable [] after) {}

  /** The functions are uninstalled. */
  @Override
  public void remove() {
    close();
  }

  @Override
  public void close() {
    WatchedDatabase opened = database;
    if (opened != null) {
      Scheduler.ofProcess().forget(opened);
    }
    PlainSession.forgetClosed();
  }
}
