package dev.insitu.train.tree;

import java.util.SplittableRandom;

/** Grows trees over the same rows. Confined to one thread. */
interface Grower {
  /**
   * Grows one more tree.
   *
   * @param random decides what the tree sees
   * @param sums what the tree says of each row is added here, row-major; if empty, nowhere
   */
  GrownTree grow(SplittableRandom random, double[] sums);
}
