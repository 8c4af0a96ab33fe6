package dev.insitu.h2;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Waits on the timer thread of the JVM, which lives as long as the JVM: whoever starts it must not
 * leave his class loader in it.
 */
public final class Alarm {
  private Alarm() {}

  /** Returns what completes after a time; cancelling it takes it out of the queue. */
  public static CompletableFuture<Void> after(long time, TimeUnit unit) {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      return new CompletableFuture<Void>().completeOnTimeout(null, time, unit);
    } finally {
      thread.setContextClassLoader(context);
    }
  }
}
