package dev.insitu.jdbc;

import dev.insitu.train.Progress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Tells the connection's listener how far the work of a statement is, and stops it when the
 * statement is cancelled or its query timeout has passed. {@link #cancel} may come from any thread.
 */
final class StatementProgress implements Progress {
  private final Progress listener;
  private final long started = System.nanoTime();
  private final long timeoutNanos;
  private volatile boolean cancelled;

  /**
   * Begins to measure.
   *
   * @param timeoutSeconds after how long to stop, 0 for never
   */
  StatementProgress(Progress listener, int timeoutSeconds) {
    this.listener = listener;
    this.timeoutNanos = TimeUnit.SECONDS.toNanos(timeoutSeconds);
  }

  void cancel() {
    cancelled = true;
  }

  @Override
  public void step(String phase, long done, long total) {
    check();
    listener.step(phase, done, total);
  }

  @Override
  public void check() {
    if (cancelled) {
      throw new CancellationException("the statement was cancelled");
    }
    if (timeoutNanos > 0 && System.nanoTime() - started > timeoutNanos) {
      throw new CancellationException("the query timeout has passed");
    }
  }
}
