package dev.insitu.train.tree;

import dev.insitu.train.tree.TreeSettings.Sampling;

/**
 * How trees are boosted. Defaults are those of BigQuery ML's {@code CREATE MODEL} pages for boosted
 * trees, meanings those of XGBoost's parameter page.
 *
 * @param rounds rounds of boosting at most
 * @param learningRate what each round's trees are multiplied by (eta)
 * @param stopping when to stop before the last round
 * @param trees how a tree is grown: {@code trees} side by side in each round, {@code minSplitLoss}
 *     gamma, {@code minChildWeight} the least sum of hessians in a child, {@code l1} alpha, {@code
 *     l2} lambda; with more bins than {@link TreeSettings#FOREST_BINS} every value is a candidate
 */
public record BoosterSettings(
    int rounds, double learningRate, Stopping stopping, TreeSettings trees) {
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

  /** Checks what is used as a size. */
  public BoosterSettings {
    if (rounds < 1) {
      throw new IllegalArgumentException("there is at least 1 round");
    }
  }

  /** Returns BigQuery ML's defaults of {@code boosted_tree_*}. */
  public static BoosterSettings boosted() {
    return new BoosterSettings(
        20,
        0.3,
        new Stopping(true, 0.01),
        new TreeSettings(1, 6, 1, 0, 0, 1, TreeSettings.FOREST_BINS, Sampling.NONE, 1));
  }
}
