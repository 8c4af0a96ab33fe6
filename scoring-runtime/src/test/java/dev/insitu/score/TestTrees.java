package dev.insitu.score;

import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.GraphBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Complete binary trees over all features, evaluated by plain Java and written as TreeEnsemble. */
final class TestTrees {
  private final int count;
  private final int depth;
  private final int[] feature;
  private final double[] split;
  private final boolean[] missingLeft;
  private final double[] leaf;

  private TestTrees(int count, int depth) {
    this.count = count;
    this.depth = depth;
    int nodes = (1 << depth) - 1;
    this.feature = new int[count * nodes];
    this.split = new double[count * nodes];
    this.missingLeft = new boolean[count * nodes];
    this.leaf = new double[count * (nodes + 1)];
  }

  /** Random trees; {@code big} is the feature that splits around 1e9 + 0.5. */
  static TestTrees random(int count, int depth, int features, int big) {
    Random random = new Random(17);
    TestTrees trees = new TestTrees(count, depth);
    for (int i = 0; i < trees.feature.length; i++) {
      trees.feature[i] = random.nextInt(features);
      trees.split[i] =
          trees.feature[i] == big ? 1e9 + 0.5 * random.nextInt(3) : random.nextGaussian();
      trees.missingLeft[i] = random.nextBoolean();
    }
    trees.feature[0] = big;
    trees.split[0] = 1e9 + 0.5;
    Arrays.setAll(trees.leaf, i -> random.nextGaussian() * 10);
    return trees;
  }

  double sum(double[] row) {
    double sum = 0;
    for (int tree = 0; tree < count; tree++) {
      sum += leaf[leafOf(tree, row, false)];
    }
    return sum;
  }

  double floatSum(double[] row, float base) {
    float sum = base;
    for (int tree = 0; tree < count; tree++) {
      sum += (float) leaf[leafOf(tree, row, true)];
    }
    return sum;
  }

  private int leafOf(int tree, double[] row, boolean floats) {
    int nodes = (1 << depth) - 1;
    int node = 0;
    while (node < nodes) {
      int i = tree * nodes + node;
      double value = row[feature[i]];
      boolean left;
      if (Double.isNaN(value)) {
        left = missingLeft[i];
      } else {
        left = floats ? (float) value < (float) split[i] : value < split[i];
      }
      node = 2 * node + (left ? 1 : 2);
    }
    return tree * (nodes + 1) + node - nodes;
  }

  String inDouble(GraphBuilder g, String matrix) {
    return ensemble(g, matrix, false, 0);
  }

  String inFloat(GraphBuilder g, String matrix, float base) {
    return ensemble(g, matrix, true, base);
  }

  /** In float the base score stands first, as a tree whose both branches are one leaf. */
  private String ensemble(GraphBuilder g, String matrix, boolean floats, float base) {
    int first = floats ? 1 : 0;
    int nodes = (1 << depth) - 1;
    int all = first + feature.length;
    long[] features = new long[all];
    double[] splits = new double[all];
    long[] missing = new long[all];
    long[][] child = new long[2][all];
    long[][] isLeaf = new long[2][all];
    double[] weights = new double[first + leaf.length];
    long[] roots = new long[first + count];
    if (floats) {
      weights[0] = base;
      isLeaf[0][0] = 1;
      isLeaf[1][0] = 1;
    }
    System.arraycopy(leaf, 0, weights, first, leaf.length);
    for (int tree = 0; tree < count; tree++) {
      roots[first + tree] = first + (long) tree * nodes;
      for (int node = 0; node < nodes; node++) {
        int i = tree * nodes + node;
        features[first + i] = feature[i];
        splits[first + i] = split[i];
        missing[first + i] = missingLeft[i] ? 1 : 0;
        for (int side = 0; side < 2; side++) {
          int next = 2 * node + 1 + side;
          isLeaf[side][first + i] = next >= nodes ? 1 : 0;
          child[side][first + i] =
              next >= nodes
                  ? first + (long) tree * (nodes + 1) + next - nodes
                  : first + (long) tree * nodes + next;
        }
      }
    }
    byte[] modes = new byte[all];
    Arrays.fill(modes, (byte) 1);
    return g.mlNode(
        "TreeEnsemble",
        List.of(matrix),
        Attribute.of("n_targets", 1),
        Attribute.of("aggregate_function", 1),
        Attribute.of("post_transform", 0),
        Attribute.ofLongs("tree_roots", roots),
        Attribute.ofLongs("nodes_featureids", features),
        Attribute.ofByteTensor("nodes_modes", modes),
        tensor("nodes_splits", splits, floats),
        Attribute.ofLongs("nodes_missing_value_tracks_true", missing),
        Attribute.ofLongs("nodes_truenodeids", child[0]),
        Attribute.ofLongs("nodes_trueleafs", isLeaf[0]),
        Attribute.ofLongs("nodes_falsenodeids", child[1]),
        Attribute.ofLongs("nodes_falseleafs", isLeaf[1]),
        Attribute.ofLongs("leaf_targetids", new long[weights.length]),
        tensor("leaf_weights", weights, floats));
  }

  private static Attribute tensor(String name, double[] values, boolean floats) {
    if (!floats) {
      return Attribute.ofDoubleTensor(name, values);
    }
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return Attribute.ofFloatTensor(name, narrow);
  }
}
