package dev.insitu.score.kernel;

/** A loop over the rows of a block. Immutable: what changes is in the frame. */
interface Step {
  /**
   * Runs.
   *
   * @param rows how many rows of the block there are, at most {@link Frame#ROWS}
   */
  void run(Frame frame, int rows);

  /** Returns whether it uses the Vector API. */
  default boolean isVectorised() {
    return false;
  }
}
