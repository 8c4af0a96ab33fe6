package dev.insitu.score;

/** Whether what is under way is still wanted. Asked by other threads. */
@FunctionalInterface
public interface Cancellation {
  /** Never cancelled. */
  Cancellation NEVER = () -> false;

  /** Returns whether the statement was cancelled or has timed out. */
  boolean isCancelled();
}
