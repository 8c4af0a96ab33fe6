package dev.insitu.train;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;

/** Refuses what would not fit into the heap, before it is allocated. */
public final class FreeHeap {
  /** What the database's own threads need: out of memory, they stop the database. */
  private static final long LEAST_RESERVE = 16L << 20;

  private FreeHeap() {}

  /** Returns how much of the heap is left to the database: an eighth, and 16 MiB at least. */
  static long reserve() {
    return Math.max(LEAST_RESERVE, Runtime.getRuntime().maxMemory() / 8);
  }

  /**
   * Checks that so many bytes are free beside the reserve.
   *
   * @throws MlException TOO_LARGE
   */
  public static void require(long bytes) {
    long free = free();
    if (bytes > free) {
      System.gc(); // what looks used may be garbage of the reading
      free = free();
    }
    if (bytes > free) {
      throw MlException.of(ErrorCode.TOO_LARGE, bytes >> 20, free >> 20)
          .withHint("Train on fewer rows or columns, or start Java with a larger -Xmx.");
    }
  }

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    return Math.max(0, free - reserve());
  }
}
