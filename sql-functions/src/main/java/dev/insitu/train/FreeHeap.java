package dev.insitu.train;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;

/** Refuses what would not fit into the heap, before it is allocated. */
public final class FreeHeap {
  private FreeHeap() {}

  /**
   * Checks that so many bytes are free.
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
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }
}
