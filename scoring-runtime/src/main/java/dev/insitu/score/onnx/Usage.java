package dev.insitu.score.onnx;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;

/**
 * Counts the batches under way on something native, and frees it once it is closed and none is.
 * Thread-safe.
 */
final class Usage {
  private final Runnable free;
  private int underWay;
  private boolean closed;
  private boolean freed;

  Usage(Runnable free) {
    this.free = free;
  }

  /**
   * Called before a batch; {@link #end} has to follow.
   *
   * @throws MlException ENGINE if it is closed
   */
  synchronized void begin() {
    if (closed) {
      throw MlException.of(ErrorCode.ENGINE, "score a batch", "the scorer is closed");
    }
    underWay++;
  }

  /** Called behind a batch, when nothing of it is used any more. */
  synchronized void end() {
    underWay--;
    freeIfIdle();
  }

  /** No batch begins from now on. */
  synchronized void close() {
    closed = true;
    freeIfIdle();
  }

  private void freeIfIdle() {
    if (closed && !freed && underWay == 0) {
      freed = true;
      free.run();
    }
  }
}
