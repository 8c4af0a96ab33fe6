package dev.insitu.h2;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The query timeout of a result whose rows are computed while they are read. H2 computes a whole
 * result before its reader gets the first row, so his own time never counts; it does not here
 * either.
 */
final class ComputingTime {
  private final long limit;
  private final Runnable stop;
  private long used;
  private long began;
  private boolean computing;
  private boolean ended;
  private @Nullable CompletableFuture<Void> alarm;

  /**
   * Begins with nothing used.
   *
   * @param stop run when the time has been used up, from another thread
   */
  ComputingTime(int limitMillis, Runnable stop) {
    this.limit = TimeUnit.MILLISECONDS.toNanos(limitMillis);
    this.stop = stop;
  }

  synchronized void begin() {
    computing = true;
    began = System.nanoTime();
    if (alarm == null) {
      setAlarm();
    }
  }

  synchronized void pause() {
    used += System.nanoTime() - began;
    computing = false;
  }

  /** Ends the counting; harmless when it has ended. */
  synchronized void end() {
    ended = true;
    CompletableFuture<Void> waiting = alarm;
    if (waiting != null) {
      waiting.cancel(false); // takes it out of the queue, and all that hangs on it
    }
  }

  private void setAlarm() {
    long now = computing ? System.nanoTime() - began : 0;
    long left = Math.max(TimeUnit.MILLISECONDS.toNanos(1), limit - used - now);
    CompletableFuture<Void> next = Alarm.after(left, TimeUnit.NANOSECONDS);
    alarm = next;
    next.thenRunAsync(this::ring);
  }

  private void ring() {
    synchronized (this) {
      alarm = null;
      long now = computing ? System.nanoTime() - began : 0;
      if (ended) {
        return;
      } else if (used + now < limit) {
        if (computing) {
          setAlarm(); // while the reader does something else nothing can come to its end
        }
        return;
      }
    }
    stop.run();
  }
}
