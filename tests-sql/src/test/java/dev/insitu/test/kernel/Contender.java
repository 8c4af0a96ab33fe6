package dev.insitu.test.kernel;

/** Something that scores batches of rows, all of which it has. Confined to one thread. */
public interface Contender extends AutoCloseable {
  /** Returns its name and version. */
  String name();

  /** Scores a batch. */
  void run(int batch);

  /** Returns the scores of the batch that ran last, row by row. */
  double[] scores();

  @Override
  default void close() {}
}
