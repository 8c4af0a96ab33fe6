package dev.insitu.train.tribuo;

/**
 * How a single decision tree is grown.
 *
 * @param method who grows it
 * @param maxDepth levels of splits, at least 1; Tribuo's CART has 6 by default
 * @param minChildWeight CART: a node of less weight is not split; {@code hist}: no child has less
 * @param minSplitLoss least gain of a split, summed over the rows, as the method measures it
 *     (Gini's impurity or squared error)
 * @param seed seed of ties
 */
public record TreeSettings(
    Method method, int maxDepth, double minChildWeight, double minSplitLoss, long seed) {
  /** Who grows the tree. */
  public enum Method {
    /** {@link #EXACT} up to a limit of rows times features, then {@link #HIST}. */
    AUTO,
    /** Tribuo's CART: looks at every value, float64. */
    EXACT,
    /** One tree of XGBoost: looks at 1024 bins a feature, float32. */
    HIST
  }

  /** Returns the defaults. */
  public static TreeSettings defaults() {
    return new TreeSettings(Method.AUTO, 6, 1, 0, 1);
  }
}
