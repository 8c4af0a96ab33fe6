package dev.insitu.test.kernel;

import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Random trees as trainers with 255 bins leave them, which can be written in the forms of several
 * of them. A number less than its threshold goes to the left. A child that is not below zero is a
 * split of the same tree, else the leaf {@code -1 - child}.
 */
public final class RandomForest {
  /** How many thresholds a feature has at most. */
  private static final int BINS = 255;

  /** What tells a flag from none. */
  private static final float[] HALF = {0.5f};

  /** A tree; arrays by split, but for the leaves. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Tree(
      int[] feature, float[] threshold, int[] left, int[] right, float[] leaf, int depth) {}

  private final int features;
  private final List<Tree> trees;

  private RandomForest(int features, List<Tree> trees) {
    this.features = features;
    this.trees = List.copyOf(trees);
  }

  /** Makes complete trees. */
  static RandomForest complete(int count, int depth, int features, long seed) {
    Random random = new Random(seed);
    return complete(count, depth, features, cuts(random), random);
  }

  /** Makes complete trees that ask flags. */
  static RandomForest completeOfFlags(int count, int depth, int features, long seed) {
    return complete(count, depth, features, HALF, new Random(seed));
  }

  private static RandomForest complete(
      int count, int depth, int features, float[] cuts, Random random) {
    List<Tree> trees = new ArrayList<>();
    int splits = (1 << depth) - 1;
    for (int i = 0; i < count; i++) {
      Tree tree = empty(splits, depth);
      for (int node = 0; node < splits; node++) {
        ask(tree, node, features, cuts, random);
        tree.left[node] = 2 * node + 1 < splits ? 2 * node + 1 : -1 - (2 * node + 1 - splits);
        tree.right[node] = 2 * node + 2 < splits ? 2 * node + 2 : -1 - (2 * node + 2 - splits);
      }
      trees.add(leaves(tree, random));
    }
    return new RandomForest(features, trees);
  }

  /** Makes trees that grow where it happens, of any depth, as those that grow leaf by leaf. */
  static RandomForest byLeaf(int count, int leaves, int features, long seed) {
    Random random = new Random(seed);
    return byLeaf(count, leaves, features, cuts(random), random);
  }

  /** Makes trees that grow where it happens and ask flags. */
  static RandomForest byLeafOfFlags(int count, int leaves, int features, long seed) {
    return byLeaf(count, leaves, features, HALF, new Random(seed));
  }

  private static RandomForest byLeaf(
      int count, int leaves, int features, float[] cuts, Random random) {
    List<Tree> trees = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Tree tree = empty(leaves - 1, 0);
      int[] depth = new int[leaves];
      int[] parent = new int[leaves];
      boolean[] isLeft = new boolean[leaves];
      ask(tree, 0, features, cuts, random);
      tree.left[0] = -1;
      tree.right[0] = -2;
      depth[0] = 1;
      depth[1] = 1;
      isLeft[0] = true;
      for (int split = 1; split < leaves - 1; split++) {
        int grown = random.nextInt(split + 1);
        ask(tree, split, features, cuts, random);
        (isLeft[grown] ? tree.left : tree.right)[parent[grown]] = split;
        tree.left[split] = -1 - grown;
        tree.right[split] = -1 - (split + 1);
        depth[grown]++;
        depth[split + 1] = depth[grown];
        parent[grown] = split;
        parent[split + 1] = split;
        isLeft[grown] = true;
      }
      int deepest = Arrays.stream(depth).max().orElseThrow();
      trees.add(
          leaves(
              new Tree(tree.feature, tree.threshold, tree.left, tree.right, tree.leaf, deepest),
              random));
    }
    return new RandomForest(features, trees);
  }

  private static Tree empty(int splits, int depth) {
    return new Tree(
        new int[splits],
        new float[splits],
        new int[splits],
        new int[splits],
        new float[splits + 1],
        depth);
  }

  private static void ask(Tree tree, int node, int features, float[] cuts, Random random) {
    tree.feature[node] = random.nextInt(features);
    tree.threshold[node] = cuts[random.nextInt(cuts.length)];
  }

  private static Tree leaves(Tree tree, Random random) {
    for (int i = 0; i < tree.leaf.length; i++) {
      tree.leaf[i] = (float) random.nextGaussian();
    }
    return tree;
  }

  /** Quantiles of the rows' distribution, so that splits are not all at the edges. */
  private static float[] cuts(Random random) {
    double[] sample = random.doubles(BINS * 16L).map(u -> random.nextGaussian()).sorted().toArray();
    float[] cuts = new float[BINS];
    for (int i = 0; i < BINS; i++) {
      cuts[i] = (float) sample[i * 16 + 8];
    }
    return cuts;
  }

  /** Returns how many columns the trees ask. */
  public int features() {
    return features;
  }

  /** Returns the trees. */
  public List<Tree> trees() {
    return trees;
  }

  /** Returns how many splits and leaves there are. */
  public int nodes() {
    return trees.stream().mapToInt(tree -> tree.feature.length + tree.leaf.length).sum();
  }

  /** Returns the depth of the deepest. */
  int depth() {
    return trees.stream().mapToInt(Tree::depth).max().orElseThrow();
  }

  /**
   * Writes the operator.
   *
   * @param single whether in float32 and with less-than, as XGBoost; else in float64 and with
   *     less-or-equal, as LightGBM
   */
  String write(GraphBuilder graph, String matrix, boolean single) {
    int all = trees.stream().mapToInt(tree -> tree.feature.length).sum();
    long[] features = new long[all];
    float[] cuts = new float[all];
    long[][] child = new long[2][all];
    long[][] isLeaf = new long[2][all];
    float[] weights = new float[all + trees.size()];
    long[] roots = new long[trees.size()];
    int split = 0;
    int leaf = 0;
    for (int t = 0; t < trees.size(); t++) {
      Tree tree = trees.get(t);
      roots[t] = split;
      for (int node = 0; node < tree.feature.length; node++) {
        int here = split + node;
        features[here] = tree.feature[node];
        cuts[here] = tree.threshold[node];
        for (int side = 0; side < 2; side++) {
          int next = (side == 0 ? tree.left : tree.right)[node];
          isLeaf[side][here] = next < 0 ? 1 : 0;
          child[side][here] = next < 0 ? leaf - 1 - next : split + next;
        }
      }
      System.arraycopy(tree.leaf, 0, weights, leaf, tree.leaf.length);
      split += tree.feature.length;
      leaf += tree.leaf.length;
    }
    byte[] modes = new byte[all];
    Arrays.fill(modes, (byte) (single ? 1 : 0));
    return graph.mlNode(
        "TreeEnsemble",
        List.of(matrix),
        Attribute.of("n_targets", 1L),
        Attribute.of("aggregate_function", 1L),
        Attribute.of("post_transform", 0L),
        Attribute.ofLongs("tree_roots", roots),
        Attribute.ofLongs("nodes_featureids", features),
        Attribute.ofByteTensor("nodes_modes", modes),
        tensor("nodes_splits", cuts, single),
        Attribute.ofLongs("nodes_truenodeids", child[0]),
        Attribute.ofLongs("nodes_trueleafs", isLeaf[0]),
        Attribute.ofLongs("nodes_falsenodeids", child[1]),
        Attribute.ofLongs("nodes_falseleafs", isLeaf[1]),
        Attribute.ofLongs("leaf_targetids", new long[weights.length]),
        tensor("leaf_weights", weights, single));
  }

  private static Attribute tensor(String name, float[] values, boolean single) {
    if (single) {
      return Attribute.ofFloatTensor(name, values);
    }
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return Attribute.ofDoubleTensor(name, wide);
  }
}
