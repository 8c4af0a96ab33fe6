package dev.insitu.score.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Whether this process uses {@link VectorLoops}: where Java was started with the Vector API ({@code
 * --add-modules=jdk.incubator.vector}), the processor has vectors of 64 bytes, and a trial has
 * shown that they give the same bits in less time.
 *
 * <p>The trial is held once, in a thread of its own, as soon as trees have been blended for about
 * half a second: before they are compiled these loops are a hundred times slower than others, and
 * on a processor that lacks an instruction they stay so. The system property {@code insitu.vector}
 * can be {@code never}, or {@code always}, which is without a trial.
 */
final class Vectors {
  private static final System.Logger LOG = System.getLogger(Vectors.class.getName());
  private static final String WISH = System.getProperty("insitu.vector", "try");

  /** Trees times rows; a tree of depth 6 takes some two nanoseconds a row. */
  private static final long ROWS_BEFORE = 200_000_000;

  /** So much of its thread's CPU time a trial takes at most; one to two seconds are usual. */
  private static final long TRIAL_NANOS = 5_000_000_000L;

  private static final int HEATS_WON = 2;
  private static final int ROUNDS = 20;

  /**
   * Whether there is the Vector API. How wide vectors are is asked when the trial begins: the first
   * question loads two hundred classes.
   */
  static final boolean POSSIBLE =
      !WISH.equals("never") && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private static final LongAdder BLENDED = new LongAdder();
  private static final AtomicBoolean TRIED = new AtomicBoolean();
  private static volatile boolean used = POSSIBLE && WISH.equals("always");

  private Vectors() {}

  /** The same sums by two ways, over the same made-up rows. */
  interface Trial {
    double[] withoutVectors();

    double[] withVectors();
  }

  /** Returns whether they are used. */
  static boolean used() {
    return used;
  }

  /** For tests: uses them or not, from now on. */
  static void use(boolean wanted) {
    used = wanted && POSSIBLE;
  }

  /**
   * Counts what was done without them and could be done with them; after a while the trial begins.
   *
   * @param work trees times rows
   */
  static void count(long work, Supplier<Trial> trial) {
    if (TRIED.get() || WISH.equals("always")) {
      return;
    }
    BLENDED.add(work);
    if (BLENDED.sum() >= ROWS_BEFORE && TRIED.compareAndSet(false, true)) {
      Thread thread = new Thread(() -> hold(trial.get()), "insitu-vector-trial");
      thread.setDaemon(true);
      thread.setPriority(Thread.MIN_PRIORITY);
      thread.start();
    }
  }

  private static void hold(Trial trial) {
    try {
      used = VectorLoops.isWide() && wins(trial, TRIAL_NANOS);
      LOG.log(
          System.Logger.Level.DEBUG,
          used ? "trees are scored by the Vector API" : "the Vector API is not used");
    } catch (RuntimeException | Error e) { // nobody waits for it, and nothing depends on it
      LOG.log(System.Logger.Level.WARNING, "the Vector API is not used", e);
    }
  }

  /**
   * Returns whether vectors give the same bits in less time. Other work interrupts now and then, so
   * of some rounds the fastest counts.
   *
   * @param nanos how much of this thread's CPU time may be spent before the answer is no
   */
  static boolean wins(Trial trial, long nanos) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    int won = 0;
    while (won < HEATS_WON && threads.getCurrentThreadCpuTime() - begin < nanos) {
      long without = Long.MAX_VALUE;
      long with = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        double[] expected = trial.withoutVectors();
        long middle = System.nanoTime();
        double[] found = trial.withVectors();
        long end = System.nanoTime();
        without = Math.min(without, middle - start);
        with = Math.min(with, end - middle);
        if (!Arrays.equals(expected, found)) {
          LOG.log(
              System.Logger.Level.WARNING,
              "the Vector API adds trees up to other sums, so it is not used");
          return false;
        }
      }
      won = with < without ? won + 1 : 0;
    }
    return won == HEATS_WON;
  }
}
