package dev.insitu.schedule;

import org.jspecify.annotations.Nullable;

/** A look at a database that is under way, and the session in which it trains. Thread-safe. */
final class Look {
  private final Thread thread = Thread.currentThread();
  private @Nullable ScheduledSession session;
  private boolean cancelled;

  /** Says in which session a training begins. */
  synchronized void begin(ScheduledSession training) {
    session = training;
    if (cancelled) {
      training.cancel();
    }
  }

  /** Says that the training has ended. */
  synchronized void end() {
    session = null;
  }

  /** Cancels the training, and those that would come after it. */
  synchronized void cancel() {
    cancelled = true;
    if (session != null) {
      session.cancel();
    }
  }

  /** Returns whether the caller is the one who looks. */
  boolean isOwn() {
    return Thread.currentThread() == thread;
  }
}
