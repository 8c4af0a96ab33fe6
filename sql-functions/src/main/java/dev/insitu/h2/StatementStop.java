package dev.insitu.h2;

import dev.insitu.score.Cancellation;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the statement that wants a prediction has been cancelled; asked by another thread while
 * an engine is busy. H2 tells of a cancel once, so the answer is kept.
 */
final class StatementStop implements Cancellation {
  private final Runnable check;
  private volatile @Nullable DbException reason;

  /**
   * Makes one.
   *
   * @param check throws H2's error if the statement has been cancelled or has timed out
   */
  StatementStop(Runnable check) {
    this.check = check;
  }

  @Override
  public boolean isCancelled() {
    if (reason == null) {
      try {
        check.run();
      } catch (DbException e) {
        reason = e;
      }
    }
    return reason != null;
  }

  /** Returns H2's own error for what stopped the engine. */
  RuntimeException reason(RuntimeException otherwise) {
    DbException known = reason;
    return known == null ? otherwise : known;
  }
}
