package dev.insitu.jdbc;

import dev.insitu.h2.Alarm;
import dev.insitu.h2.H2Errors;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * The copying of an open result before something else runs on its connection. Who cancels that
 * stops the copying: the result stays open, unless its next row is too long in coming.
 */
final class Settling {
  private static final long PATIENCE_MILLIS = 200;

  private final OpenStream stream;
  private volatile boolean stopped;
  private volatile boolean done;

  Settling(OpenStream stream) {
    this.stream = stream;
  }

  /**
   * Copies.
   *
   * @return whether all has been copied
   */
  boolean run() {
    try {
      return stream.settle(() -> stopped);
    } finally {
      done = true;
    }
  }

  /** Fails with the database's own error if this was stopped. */
  void check() throws SQLException {
    if (stopped) {
      throw H2Errors.cancelled(new CancellationException("cancelled before it began"));
    }
  }

  /** Stops the copying, from any thread. */
  void stop() {
    stopped = true;
    Alarm.after(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .thenRunAsync(
            () -> {
              if (!done) {
                stream.cancel();
              }
            });
  }
}
