package dev.insitu.train.tree;

/**
 * A binary tree whose nodes are numbered; node 0 is the root.
 *
 * <p>At a split a row goes to {@link #whenTrue} if its feature compares to {@link #threshold} as
 * the ensemble's {@link TreeEnsembleWriter.Comparison} says, else to {@link #whenFalse}. Immutable.
 */
public interface DecisionTree {
  /** Returns whether the node is a leaf. */
  boolean isLeaf(int node);

  /** Returns the index of the feature that a split looks at. */
  int feature(int node);

  /** Returns the number that a split compares with. */
  double threshold(int node);

  /** Returns the child of a split for rows that meet the comparison. */
  int whenTrue(int node);

  /** Returns the child of a split for all other rows. */
  int whenFalse(int node);

  /** Returns what a leaf adds to its target. */
  double weight(int node);
}
