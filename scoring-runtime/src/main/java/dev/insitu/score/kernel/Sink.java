package dev.insitu.score.kernel;

import dev.insitu.score.PredictionBatch;

/** Writes what is no score into the answers: labels, texts, whole numbers. */
interface Sink {
  /**
   * Writes a block.
   *
   * @param first the row of the batch with which the block begins
   */
  void write(Frame frame, int first, int rows, PredictionBatch predictions);
}
