package dev.insitu.score.kernel;

/** A loop over the rows of a block. Immutable: what changes is in the frame. */
interface Step {
  /** How many things a step may keep in a frame. */
  int SCRATCHES = 2;

  /**
   * Runs.
   *
   * @param rows how many rows of the block there are, at most {@link Frame#rows}
   */
  void run(Frame frame, int rows);

  /** Returns how many numbers a row it keeps beside the slots. */
  default int numbers() {
    return 0;
  }
}
