package dev.insitu.train.xgboost;

/**
 * How XGBoost grows its trees. Defaults are those of BigQuery ML's {@code CREATE MODEL} pages for
 * boosted trees, names and meanings those of XGBoost 2.1's parameter page.
 *
 * @param rounds rounds of boosting at most
 * @param parallelTrees trees grown side by side in each round
 * @param learningRate what each round's trees are multiplied by
 * @param growth the shape of a tree
 * @param sampling what each tree sees
 * @param stopping when to stop before the last round
 * @param seed seed of the sampling
 * @param threads threads of the training. The bytes of a model are the same on every machine only
 *     with 1: the sums of a histogram depend on how rows are shared out (seen with weights over
 *     many orders of magnitude, not with plain ones)
 */
public record BoosterSettings(
    int rounds,
    int parallelTrees,
    double learningRate,
    Growth growth,
    Sampling sampling,
    Stopping stopping,
    long seed,
    int threads) {
  /**
   * The shape of a tree.
   *
   * @param maxDepth levels of splits, at least 1
   * @param minSplitLoss least gain of a split (gamma)
   * @param minChildWeight least sum of hessians in a leaf
   * @param l1 regularisation of leaf weights (alpha)
   * @param l2 regularisation of leaf weights (lambda)
   * @param method how splits are looked for: {@code hist}, {@code approx} or {@code exact}
   * @param maxBins bins per feature of {@code hist} and {@code approx}
   */
  public record Growth(
      int maxDepth,
      double minSplitLoss,
      double minChildWeight,
      double l1,
      double l2,
      String method,
      int maxBins) {}

  /**
   * What each tree sees; each in (0, 1].
   *
   * @param rows share of rows per tree (subsample)
   * @param columnsByTree share of features per tree
   * @param columnsByLevel share of those per level
   * @param columnsByNode share of those per split
   */
  public record Sampling(
      double rows, double columnsByTree, double columnsByLevel, double columnsByNode) {
    /** Everything. */
    public static final Sampling NONE = new Sampling(1, 1, 1, 1);
  }

  /**
   * When to stop before the last round.
   *
   * @param early whether to
   * @param minRelativeProgress stop after the first round in which the loss (on the held-out rows,
   *     or on the training rows where there are none) fell by less than this share of itself
   */
  public record Stopping(boolean early, double minRelativeProgress) {
    /** Never. */
    public static final Stopping NEVER = new Stopping(false, 0);
  }

  /** Checks what would otherwise fail inside XGBoost. */
  public BoosterSettings {
    if (rounds < 1 || parallelTrees < 1 || threads < 1 || growth.maxDepth < 1) {
      throw new IllegalArgumentException("rounds, trees, threads and depth are at least 1");
    }
  }

  /** Returns BigQuery ML's defaults of {@code boosted_tree_*}. */
  public static BoosterSettings boosted() {
    return new BoosterSettings(
        20,
        1,
        0.3,
        new Growth(6, 0, 1, 0, 1, "hist", 256),
        Sampling.NONE,
        new Stopping(true, 0.01),
        0,
        1);
  }
}
