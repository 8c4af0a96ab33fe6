package dev.insitu.train.tree;

/**
 * How trees are grown. Here it is told for averaged ones; for boosted ones see {@link
 * BoosterSettings}.
 *
 * @param trees how many; one sees every row unless {@code sampling} says otherwise
 * @param maxDepth levels of splits, at least 1
 * @param minChildWeight least sum of row weights in a child
 * @param minSplitLoss least gain of a split: by how much Gini's impurity or the squared error,
 *     summed over the rows, falls
 * @param l1 regularisation of leaves: what is taken from the sum of the differences to the mean
 * @param l2 regularisation of leaves: as if so many rows at the mean were in each
 * @param maxBins values of a feature that are told apart, at most {@link #EXACT}; with more, values
 *     beside one another are put together so that each bin has about as many rows
 * @param sampling what each tree sees
 * @param seed seed of the sampling
 */
public record TreeSettings(
    int trees,
    int maxDepth,
    double minChildWeight,
    double minSplitLoss,
    double l1,
    double l2,
    int maxBins,
    Sampling sampling,
    long seed) {
  /** Every value is a candidate, as far as 16 bits count them. */
  public static final int EXACT = 1 << Character.SIZE;

  /** A single tree cannot make good in a later one what a coarse bin lost. */
  public static final int SINGLE_TREE_BINS = 1024;

  /** The mean of many trees can. XGBoost's default. */
  public static final int FOREST_BINS = 256;

  /**
   * What each tree sees; each in (0, 1].
   *
   * @param rows share of rows per tree
   * @param columnsByTree share of features per tree
   * @param columnsByLevel share of those per level
   * @param columnsByNode share of those per split
   */
  public record Sampling(
      double rows, double columnsByTree, double columnsByLevel, double columnsByNode) {
    /** Everything. */
    public static final Sampling NONE = new Sampling(1, 1, 1, 1);
  }

  /** Checks what is used as a size. */
  public TreeSettings {
    if (trees < 1 || maxDepth < 1 || maxBins < 2 || maxBins > EXACT) {
      throw new IllegalArgumentException("trees and depth are at least 1, bins 2 to " + EXACT);
    }
  }

  /** Returns the defaults of {@code decision_tree_*}; depth 6 was Tribuo's. */
  public static TreeSettings single() {
    return new TreeSettings(1, 6, 1, 0, 0, 0, EXACT, Sampling.NONE, 1);
  }

  /** Returns BigQuery ML's defaults of {@code random_forest_*}. */
  public static TreeSettings forest() {
    return new TreeSettings(100, 15, 1, 0, 0, 1, FOREST_BINS, new Sampling(0.8, 1, 1, 0.8), 1);
  }
}
