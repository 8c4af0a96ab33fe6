package dev.insitu.score.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.onnx.foreign.ExecutableGraph;
import dev.insitu.score.Cancellation;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stops runs of ONNX Runtime that were cancelled, take too long or fill the memory. One thread for
 * the process, which ends when it has had nothing to watch for a while.
 *
 * <p>ONNX Runtime asks between two operators whether to go on: one operator that alone takes
 * minutes, or more memory than there is, is not stopped by this.
 */
final class RunWatch {
  /** How often it is looked whether something is to be stopped. */
  static final long LOOK_MILLIS = 20;

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final Set<Run> RUNS = ConcurrentHashMap.newKeySet();
  private static final Object LOCK = new Object();

  private static boolean watching;

  private RunWatch() {}

  /** Why something is to be stopped. */
  enum Reason {
    NONE,
    CANCELLED,
    LATE,
    LARGE
  }

  /**
   * What one run, or the opening of a session, may take.
   *
   * @param millis time; 0 without limit
   * @param bytes memory beyond what the process held when it began; 0 without limit
   */
  record Limits(long millis, long bytes) {
    /** Returns the error for an operator that a guard has kept from making too much. */
    Optional<MlException> exceeded(OrtException e) {
      return ExecutableGraph.tooLarge(String.valueOf(e.getMessage()))
          .map(
              operator ->
                  MlException.of(
                          ErrorCode.SCORING_LIMIT,
                          String.format(
                              Locale.ROOT,
                              "operator \"%s\" would take more than %,d bytes",
                              operator,
                              bytes))
                      .withHint("The option max_memory_bytes allows more.")
                      .withCause(e));
    }

    /** Returns the error for what was stopped. */
    RuntimeException error(Reason reason, String what) {
      return switch (reason) {
        case CANCELLED -> new CancellationException();
        case LATE ->
            MlException.of(ErrorCode.SCORING_LIMIT, what + " took more than " + millis + " ms")
                .withHint("The option max_run_seconds allows more.");
        default ->
            MlException.of(
                    ErrorCode.SCORING_LIMIT,
                    String.format(Locale.ROOT, "%s took more than %,d bytes", what, bytes))
                .withHint("The option max_memory_bytes allows more.");
      };
    }
  }

  /** Looks at one thing under way; used by one thread. */
  static final class Look {
    private final Cancellation cancellation;
    private final Limits limits;
    private final long deadline;
    private long held = -1;

    Look(Cancellation cancellation, Limits limits) {
      this.cancellation = cancellation;
      this.limits = limits;
      this.deadline =
          limits.millis() == 0 ? Long.MAX_VALUE : limits.millis() + System.nanoTime() / 1_000_000;
    }

    /**
     * Returns whether it is to be stopped.
     *
     * @param others how many such things are under way together, each of which may grow
     */
    Reason reason(int others) {
      if (cancellation.isCancelled()) {
        return Reason.CANCELLED;
      }
      if (System.nanoTime() / 1_000_000 > deadline) {
        return Reason.LATE;
      }
      long now = limits.bytes() == 0 ? -1 : NativeMemory.held();
      if (now < 0) {
        return Reason.NONE;
      }
      // What a run has taken in its first milliseconds is not seen: it is little.
      held = held < 0 ? now : Math.min(held, now);
      return (now - held) / Math.max(1, others) > limits.bytes() ? Reason.LARGE : Reason.NONE;
    }
  }

  /** A run under way; closed when it has ended. */
  static final class Run implements AutoCloseable {
    private final OrtSession.RunOptions options;
    private final Look look;
    private boolean ended;
    private Reason reason = Reason.NONE;

    private Run(OrtSession.RunOptions options, Look look) {
      this.options = options;
      this.look = look;
    }

    OrtSession.RunOptions options() {
      return options;
    }

    /** Returns why it was stopped. */
    synchronized Reason reason() {
      return reason;
    }

    private synchronized void look() {
      if (ended || reason != Reason.NONE) {
        return;
      }
      reason = look.reason(RUNS.size());
      if (reason != Reason.NONE) {
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

  /** Begins to watch a run. */
  static Run begin(Cancellation cancellation, Limits limits) throws OrtException {
    Run run = new Run(new OrtSession.RunOptions(), new Look(cancellation, limits));
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
