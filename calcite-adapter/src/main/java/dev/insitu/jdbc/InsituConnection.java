package dev.insitu.jdbc;

import dev.insitu.train.Progress;
import java.sql.Connection;

/**
 * What a connection of ours has beyond {@link Connection}: {@code
 * connection.unwrap(InsituConnection.class)}.
 */
public interface InsituConnection extends Connection {
  /**
   * Sets who is told how far a training of this connection is; {@link Progress#NONE} for nobody. It
   * is called on the thread that runs the statement, every few milliseconds at most, and may throw
   * {@link java.util.concurrent.CancellationException} to stop the training.
   */
  void setProgress(Progress progress);

  /**
   * Sets whether statements of ours read and score no more than they need, which is so from the
   * beginning. Without it every PREDICT reads and scores all of its input, with the same results:
   * for comparing.
   */
  void setOptimizing(boolean optimizing);

  /**
   * Returns how many rows the statements of this connection have scored so far; rows of a table's
   * unchanged pages, whose scores are known, are not scored again.
   */
  long rowsScored();
}
