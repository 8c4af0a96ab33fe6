package dev.insitu.shell;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C does: it stops the statement that is running, and nothing else. A database forgets a
 * cancel that comes a moment before the statement begins, so it is repeated until the statement has
 * ended. Thread-safe.
 */
final class Cancellation {
  private static final long REPEAT_MILLIS = 100;

  private @Nullable Statement running;
  private boolean requested;

  /** Forgets an earlier request; the prompt is shown again. */
  synchronized void reset() {
    requested = false;
  }

  /** Says which statement a request stops from now on; null for none. */
  synchronized void running(@Nullable Statement statement) {
    running = statement;
    notifyAll();
    if (requested && statement != null) {
      stop(statement);
    }
  }

  /** Returns whether somebody asked to stop since the last {@link #reset()}. */
  synchronized boolean requested() {
    return requested;
  }

  /** Stops the running statement; called from the thread of the signal. */
  synchronized void request() {
    boolean first = !requested;
    requested = true;
    if (first && running != null) {
      stop(running);
    }
  }

  private void stop(Statement statement) {
    Thread stopping = new Thread(() -> insist(statement), "insitu-cancel");
    stopping.setDaemon(true);
    stopping.start();
  }

  private void insist(Statement statement) {
    try {
      while (isRunning(statement)) {
        // Outside of the lock: a driver may wait here for the statement to end.
        statement.cancel();
        pause(statement);
      }
    } catch (SQLException e) {
      // The statement has just been closed: there is nothing left to stop.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isRunning(Statement statement) {
    return running == statement;
  }

  private synchronized void pause(Statement statement) throws InterruptedException {
    if (running == statement) {
      wait(REPEAT_MILLIS);
    }
  }
}
