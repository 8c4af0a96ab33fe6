package dev.insitu.score.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.insitu.score.Cancellation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stops runs of ONNX Runtime that were cancelled or take too long. One thread for the process,
 * which ends when it has had nothing to watch for a while.
 */
final class RunWatch {
  private static final long LOOK_MILLIS = 20;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final Set<Run> RUNS = ConcurrentHashMap.newKeySet();
  private static final Object LOCK = new Object();

  private static boolean watching;

  private RunWatch() {}

  /** A run under way; closed when it has ended. */
  static final class Run implements AutoCloseable {
    private final OrtSession.RunOptions options;
    private final Cancellation cancellation;
    private final long deadline;
    private boolean ended;
    private boolean late;
    private boolean cancelled;

    private Run(OrtSession.RunOptions options, Cancellation cancellation, long limitMillis) {
      this.options = options;
      this.cancellation = cancellation;
      this.deadline =
          limitMillis == 0 ? Long.MAX_VALUE : limitMillis + System.nanoTime() / 1_000_000;
    }

    OrtSession.RunOptions options() {
      return options;
    }

    /** Returns whether it was stopped because it took too long. */
    synchronized boolean isLate() {
      return late;
    }

    /** Returns whether it was stopped because nobody wants it any more. */
    synchronized boolean isCancelled() {
      return cancelled;
    }

    private synchronized void look() {
      if (ended || late || cancelled) {
        return;
      }
      cancelled = cancellation.isCancelled();
      late = !cancelled && System.nanoTime() / 1_000_000 > deadline;
      if (cancelled || late) {
        try {
          options.setTerminate(true);
        } catch (OrtException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void close() {
      RUNS.remove(this);
      synchronized (this) {
        ended = true;
        options.close();
      }
    }
  }

  /**
   * Begins to watch a run.
   *
   * @param limitMillis how long it may take; 0 without limit
   */
  static Run begin(Cancellation cancellation, long limitMillis) throws OrtException {
    Run run = new Run(new OrtSession.RunOptions(), cancellation, limitMillis);
    RUNS.add(run);
    synchronized (LOCK) {
      if (!watching) {
        watching = true;
        Thread thread = new Thread(RunWatch::watch, "insitu-run-watch");
        thread.setDaemon(true);
        thread.start();
      }
    }
    return run;
  }

  private static void watch() {
    long lastSeen = System.nanoTime();
    while (true) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        lastSeen = System.nanoTime() - IDLE_NANOS;
      }
      if (!RUNS.isEmpty()) {
        lastSeen = System.nanoTime();
        RUNS.forEach(Run::look);
      } else if (System.nanoTime() - lastSeen > IDLE_NANOS) {
        synchronized (LOCK) {
          if (RUNS.isEmpty()) {
            watching = false;
            return;
          }
        }
      }
    }
  }
}
