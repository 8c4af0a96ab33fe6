package dev.insitu.shell;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What Ctrl-C does: it stops the statement that is running, and nothing else. Thread-safe. */
final class Cancellation {
  private @Nullable Statement running;
  private boolean requested;

  /** Forgets an earlier request; the prompt is shown again. */
  synchronized void reset() {
    requested = false;
  }

  /** Says which statement a request stops from now on; null for none. */
  synchronized void running(@Nullable Statement statement) throws SQLException {
    running = statement;
    if (requested && statement != null) {
      statement.cancel();
    }
  }

  /** Returns whether somebody asked to stop since the last {@link #reset()}. */
  synchronized boolean requested() {
    return requested;
  }

  /** Stops the running statement; called from the thread of the signal. */
  void request() {
    Statement statement;
    synchronized (this) {
      requested = true;
      statement = running;
    }
    if (statement == null) {
      return;
    }
    try {
      // Outside of the lock: a driver may wait here for the statement to end.
      statement.cancel();
    } catch (SQLException e) {
      // The statement has just ended: there is nothing left to stop.
      return;
    }
  }
}
