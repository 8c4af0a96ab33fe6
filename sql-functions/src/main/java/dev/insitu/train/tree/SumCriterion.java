package dev.insitu.train.tree;

/**
 * What splits are judged by and what a leaf says where two numbers of a set of rows tell all: its
 * weight, and a sum.
 */
interface SumCriterion {
  /** Returns the score of a set. */
  double score(double weight, double sum);

  /** Returns the scores of two sets, or minus infinity if one weighs too little. */
  double score(double weight, double sum, double otherWeight, double otherSum);

  /**
   * Returns whether a split is worth it.
   *
   * @param best the scores of its two sets
   * @param before the score of both together
   * @param weight of both together
   */
  boolean gains(double best, double before, double weight);

  /** Returns whether some rows are so much alike that no split is looked for. */
  boolean isPure(Gradients gradients, int[] rows, int first, int last);

  /**
   * Returns what a leaf says.
   *
   * @param weight as histograms know it
   */
  double leaf(double weight, Gradients.Sum exact);
}
