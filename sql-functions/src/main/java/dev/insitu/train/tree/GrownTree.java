package dev.insitu.train.tree;

import java.util.Arrays;

/**
 * A tree: a row goes left if its feature is less than or equal to the threshold. The right child's
 * number is the left one's and 1. A leaf's weight is the number it says or, where leaves say more
 * than one number, the position of its first one in {@link #leaves()} divided by their width.
 * Written by one thread, then immutable.
 */
final class GrownTree implements DecisionTree {
  private final int leafWidth;
  private int[] features = new int[16];
  private double[] thresholds = new double[16];
  private int[] left = new int[16];
  private double[] leaves = new double[16];
  private int nodes;
  private int leafCount;

  GrownTree(int leafWidth) {
    this.leafWidth = leafWidth;
  }

  /** Adds nodes side by side, leaves as yet; returns the number of the first. */
  int add(int count) {
    if (nodes + count > features.length) {
      int capacity = features.length * 2;
      features = Arrays.copyOf(features, capacity);
      thresholds = Arrays.copyOf(thresholds, capacity);
      left = Arrays.copyOf(left, capacity);
    }
    nodes += count;
    return nodes - count;
  }

  void split(int node, int feature, double threshold, int leftChild) {
    features[node] = feature;
    thresholds[node] = threshold;
    left[node] = leftChild;
  }

  void leaf(int node, double[] says) {
    features[node] = -1;
    if (leafWidth == 1) {
      thresholds[node] = says[0];
      return;
    }
    if ((leafCount + 1) * leafWidth > leaves.length) {
      leaves = Arrays.copyOf(leaves, (leafCount + 1) * leafWidth * 2);
    }
    System.arraycopy(says, 0, leaves, leafCount * leafWidth, leafWidth);
    thresholds[node] = leafCount++;
  }

  /** Gives back what is not needed. */
  GrownTree trimmed() {
    features = Arrays.copyOf(features, nodes);
    thresholds = Arrays.copyOf(thresholds, nodes);
    left = Arrays.copyOf(left, nodes);
    leaves = Arrays.copyOf(leaves, leafCount * leafWidth);
    return this;
  }

  /** Adds what a row gets to a sum. */
  void addTo(double[] sums, int at, double[] row, int offset) {
    int node = 0;
    int feature = features[0];
    while (feature >= 0) {
      node = left[node] + (row[offset + feature] <= thresholds[node] ? 0 : 1);
      feature = features[node];
    }
    if (leafWidth == 1) {
      sums[at] += thresholds[node];
    } else {
      int leaf = (int) thresholds[node] * leafWidth;
      for (int k = 0; k < leafWidth; k++) {
        sums[at + k] += leaves[leaf + k];
      }
    }
  }

  /** Returns what the leaves say, row-major, where they say more than one number. */
  double[] leaves() {
    return leaves;
  }

  int leafCount() {
    return leafCount;
  }

  @Override
  public boolean isLeaf(int node) {
    return features[node] < 0;
  }

  @Override
  public int feature(int node) {
    return features[node];
  }

  @Override
  public double threshold(int node) {
    return thresholds[node];
  }

  @Override
  public int whenTrue(int node) {
    return left[node];
  }

  @Override
  public int whenFalse(int node) {
    return left[node] + 1;
  }

  @Override
  public double weight(int node) {
    return thresholds[node];
  }
}
