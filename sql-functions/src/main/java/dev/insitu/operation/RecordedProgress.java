package dev.insitu.operation;

import dev.insitu.function.Database;
import dev.insitu.store.ModelStore;
import dev.insitu.train.Progress;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;

/**
 * Passes progress on, writes it to the run's record at most twice a second, and stops the training
 * when the statement was cancelled.
 */
final class RecordedProgress implements Progress {
  private static final long INTERVAL_NANOS = 500_000_000L;

  private final Database database;
  private final ModelStore store;
  private final long run;
  private final Progress listener;
  private String phase = "";
  private long written = System.nanoTime();

  RecordedProgress(Database database, ModelStore store, long run, Progress listener) {
    this.database = database;
    this.store = store;
    this.run = run;
    this.listener = listener;
  }

  @Override
  public void check() {
    listener.check();
    try {
      database.checkCancelled();
    } catch (SQLException e) {
      CancellationException cancelled = new CancellationException(e.getMessage());
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  @Override
  public synchronized void step(String phase, long done, long total) {
    check();
    listener.step(phase, done, total);
    long now = System.nanoTime();
    if (!phase.equals(this.phase) || now - written >= INTERVAL_NANOS) {
      this.phase = phase;
      written = now;
      store.progress(run, phase, done, total);
    }
  }
}
