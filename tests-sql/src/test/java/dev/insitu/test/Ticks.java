package dev.insitu.test;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the rows of an input that are really read, or slows them down: {@code CREATE ALIAS tick
 * FOR 'dev.insitu.test.Ticks.tick'}, then {@code SELECT tick(x) …}.
 */
public final class Ticks {
  private static final AtomicLong COUNT = new AtomicLong();

  private static volatile long pauseNanos;

  private Ticks() {}

  /** Counts and returns its argument; called by H2. */
  public static double tick(double value) {
    COUNT.incrementAndGet();
    return value;
  }

  /** Returns its argument, slowly; called by H2. */
  public static long slow(long id) {
    long pause = pauseNanos;
    if (pause > 0 && id % 50 == 0) {
      try {
        TimeUnit.NANOSECONDS.sleep(50 * pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return id;
  }

  /** Says how long each row of {@link #slow} takes. */
  static void pause(long nanos) {
    pauseNanos = nanos;
  }

  static void reset() {
    COUNT.set(0);
  }

  static long count() {
    return COUNT.get();
  }

  /** Waits until so many rows have been read. */
  static void await(long rows) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (COUNT.get() < rows) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("only " + COUNT.get() + " rows were read in a minute");
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
