package dev.insitu.jdbc;

import dev.insitu.h2.ResultStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The result of an execution of ours that may still be computed while its reader reads it. At most
 * one is open on a connection: whatever runs next on it has the rest copied first, so that the
 * reader sees what he would see of a result that was complete from the start.
 */
final class OpenStream {
  private final ResultStream stream;
  private @Nullable ResultSet result;

  OpenStream(ResultStream stream) {
    this.stream = stream;
  }

  /** Takes the result of the execution; see {@link ResultStream#executed}. */
  @Nullable ResultSet executed(
      @Nullable ResultSet given, String text, boolean nestedOnce, Runnable whenRead)
      throws SQLException {
    result = stream.executed(given, text, nestedOnce, whenRead);
    return result;
  }

  @Nullable ResultSet result() {
    return result;
  }

  /** Copies what is left; see {@link ResultStream#settle}. */
  boolean settle(BooleanSupplier stopped) {
    return stream.settle(stopped);
  }

  /** Stops the reading, from any thread; returns whether there was one. */
  boolean cancel() {
    return stream.cancel();
  }

  void close() throws SQLException {
    ResultSet open = result;
    result = null;
    try {
      if (open != null) {
        open.close();
      }
    } finally {
      stream.close();
    }
  }
}
