package dev.insitu.train.tree;

import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.GraphBuilder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Collects trees and writes them as one node TreeEnsemble of {@code ai.onnx.ml} 5, which adds up
 * per target the leaf that a row reaches in each tree, in the order in which the trees were added.
 *
 * <p>The layout is that of the operator's page (onnx.ai, TreeEnsemble 5): splits and leaves are two
 * lists; a child is an index into one of them, and {@code nodes_trueleafs}, {@code
 * nodes_falseleafs} say into which. A root must be a split, so a tree of one leaf is a split on
 * feature 0 whose two children are two equal leaves. They are two, not one leaf named twice as the
 * page allows, because ONNX Runtime (up to 1.29, {@code tree_ensemble_attribute.h}) then takes the
 * number of the split for the number of the leaf. Confined to one thread.
 */
public final class TreeEnsembleWriter {
  private static final long AGGREGATE_SUM = 1;
  private static final long POST_TRANSFORM_NONE = 0;

  /** How a split compares; the numbers are those of {@code nodes_modes}. */
  public enum Comparison {
    /** The feature is less than or equal to the threshold. */
    LESS_OR_EQUAL(0),
    /** The feature is less than the threshold. */
    LESS(1);

    private final byte mode;

    Comparison(int mode) {
      this.mode = (byte) mode;
    }
  }

  private final Comparison comparison;
  private final int targets;
  private final GrowingLongs features = new GrowingLongs();
  private final GrowingLongs trueIds = new GrowingLongs();
  private final GrowingLongs trueLeafs = new GrowingLongs();
  private final GrowingLongs falseIds = new GrowingLongs();
  private final GrowingLongs falseLeafs = new GrowingLongs();
  private final GrowingDoubles thresholds = new GrowingDoubles();
  private final GrowingLongs leafTargets = new GrowingLongs();
  private final GrowingDoubles leafWeights = new GrowingDoubles();
  private final GrowingLongs roots = new GrowingLongs();

  /**
   * Starts an ensemble.
   *
   * @param comparison how every split compares
   * @param targets how many sums there are
   */
  public TreeEnsembleWriter(Comparison comparison, int targets) {
    this.comparison = comparison;
    this.targets = targets;
  }

  /** Adds a tree of one leaf: every row gets {@code weight}. */
  public void addConstant(int target, double weight) {
    roots.add(features.size());
    int node = addSplit(0, 0);
    setChild(node, true, true, addLeaf(target, weight));
    setChild(node, false, true, addLeaf(target, weight));
  }

  /** Adds a tree. */
  public void add(DecisionTree tree, int target) {
    if (tree.isLeaf(0)) {
      addConstant(target, tree.weight(0));
      return;
    }
    roots.add(features.size());
    Deque<Pending> pending = new ArrayDeque<>();
    pending.push(new Pending(0, addSplit(tree.feature(0), tree.threshold(0))));
    while (!pending.isEmpty()) {
      Pending next = pending.pop();
      addChild(tree, target, next.written, true, tree.whenTrue(next.node), pending);
      addChild(tree, target, next.written, false, tree.whenFalse(next.node), pending);
    }
  }

  /**
   * Writes the node.
   *
   * @param matrix the value that holds the features, [N, features], float64
   * @return the value that holds the sums, [N, targets], float64
   */
  public String write(GraphBuilder graph, String matrix) {
    if (roots.size() == 0) {
      throw new IllegalStateException("an ensemble needs a tree");
    }
    byte[] modes = new byte[features.size()];
    Arrays.fill(modes, comparison.mode);
    return graph.mlNode(
        "TreeEnsemble",
        List.of(matrix),
        Attribute.of("aggregate_function", AGGREGATE_SUM),
        Attribute.ofLongs("leaf_targetids", leafTargets.toArray()),
        Attribute.ofDoubleTensor("leaf_weights", leafWeights.toArray()),
        Attribute.of("n_targets", (long) targets),
        Attribute.ofLongs("nodes_falseleafs", falseLeafs.toArray()),
        Attribute.ofLongs("nodes_falsenodeids", falseIds.toArray()),
        Attribute.ofLongs("nodes_featureids", features.toArray()),
        Attribute.ofByteTensor("nodes_modes", modes),
        Attribute.ofDoubleTensor("nodes_splits", thresholds.toArray()),
        Attribute.ofLongs("nodes_trueleafs", trueLeafs.toArray()),
        Attribute.ofLongs("nodes_truenodeids", trueIds.toArray()),
        Attribute.of("post_transform", POST_TRANSFORM_NONE),
        Attribute.ofLongs("tree_roots", roots.toArray()));
  }

  private void addChild(
      DecisionTree tree, int target, int parent, boolean side, int child, Deque<Pending> pending) {
    if (tree.isLeaf(child)) {
      setChild(parent, side, true, addLeaf(target, tree.weight(child)));
    } else {
      int written = addSplit(tree.feature(child), tree.threshold(child));
      setChild(parent, side, false, written);
      pending.push(new Pending(child, written));
    }
  }

  private int addSplit(int feature, double threshold) {
    trueIds.add(0);
    trueLeafs.add(0);
    falseIds.add(0);
    falseLeafs.add(0);
    thresholds.add(threshold);
    return features.add(feature);
  }

  private int addLeaf(int target, double weight) {
    leafTargets.add(target);
    return leafWeights.add(weight);
  }

  private void setChild(int node, boolean side, boolean leaf, int child) {
    (side ? trueIds : falseIds).set(node, child);
    (side ? trueLeafs : falseLeafs).set(node, leaf ? 1 : 0);
  }

  private record Pending(int node, int written) {}

  private static final class GrowingLongs {
    private long[] values = new long[64];
    private int size;

    int add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
      }
      values[size] = value;
      return size++;
    }

    void set(int index, long value) {
      values[index] = value;
    }

    int size() {
      return size;
    }

    long[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }

  private static final class GrowingDoubles {
    private double[] values = new double[64];
    private int size;

    int add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
      }
      values[size] = value;
      return size++;
    }

    double[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
