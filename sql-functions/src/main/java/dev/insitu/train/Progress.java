package dev.insitu.train;

/** Receives how far a long piece of work is, and says when to stop. Thread-safe. */
public interface Progress {
  /** Tells nobody and never stops. */
  Progress NONE = (phase, done, total) -> {};

  /**
   * Notes a step; cheap enough to be called every few milliseconds.
   *
   * @param phase what is being done, for a person: {@code reading}, {@code training}, {@code
   *     evaluating}
   * @param done how far, in steps of the phase
   * @param total out of how many, negative if that is not known
   * @throws java.util.concurrent.CancellationException if the statement was cancelled
   */
  void step(String phase, long done, long total);

  /**
   * Returns at once if the work is to go on; called while no step can be told.
   *
   * @throws java.util.concurrent.CancellationException if the statement was cancelled
   */
  default void check() {}
}
