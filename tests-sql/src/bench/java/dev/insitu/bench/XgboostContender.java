package dev.insitu.bench;

import dev.insitu.score.FeatureBatch;
import dev.insitu.test.kernel.Contender;
import dev.insitu.test.kernel.RandomForest;
import dev.insitu.test.kernel.RandomForest.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** xgboost4j, in place, over a matrix that was made before the clock starts; one thread. */
final class XgboostContender implements Contender {
  private static final int NO_PARENT = Integer.MAX_VALUE;

  private final Booster booster;
  private final List<float[]> matrices;
  private final int rows;
  private final int columns;
  private float[][] found = new float[0][];

  XgboostContender(RandomForest forest, List<FeatureBatch> batches)
      throws XGBoostError, IOException {
    this.columns = forest.features();
    this.rows = batches.get(0).rows();
    this.matrices = batches.stream().map(b -> BoostingRivals.matrix(b, columns)).toList();
    this.booster = XGBoost.loadModel(json(forest).getBytes(StandardCharsets.UTF_8));
    booster.setParam("nthread", 1);
  }

  private static String json(RandomForest forest) {
    List<Tree> trees = forest.trees();
    String each =
        IntStream.range(0, trees.size())
            .mapToObj(i -> tree(trees.get(i), i, forest.features()))
            .collect(Collectors.joining(","));
    return "{\"learner\":{\"attributes\":{},\"feature_names\":[],\"feature_types\":[],"
        + "\"gradient_booster\":{\"model\":{\"gbtree_model_param\":{\"num_parallel_tree\":\"1\","
        + "\"num_trees\":\""
        + trees.size()
        + "\"},\"iteration_indptr\":"
        + list(trees.size() + 1, Integer::toString)
        + ",\"tree_info\":"
        + list(trees.size(), i -> "0")
        + ",\"trees\":["
        + each
        + "]},\"name\":\"gbtree\"},\"learner_model_param\":{\"base_score\":\"0E0\","
        + "\"boost_from_average\":\"0\",\"num_class\":\"0\",\"num_feature\":\""
        + forest.features()
        + "\",\"num_target\":\"1\"},\"objective\":{\"name\":\"reg:squarederror\","
        + "\"reg_loss_param\":{\"scale_pos_weight\":\"1\"}}},\"version\":[2,1,4]}";
  }

  /** The children of a split stand side by side: XGBoost keeps the place of the left one alone. */
  private static String tree(Tree tree, int number, int features) {
    int all = tree.feature().length + tree.leaf().length;
    int[] nodes = new int[all];
    int[] left = new int[all];
    int[] parents = new int[all];
    Arrays.fill(left, -1);
    parents[0] = NO_PARENT;
    int size = 1;
    for (int i = 0; i < all; i++) {
      if (nodes[i] >= 0) {
        left[i] = size;
        parents[size] = i;
        parents[size + 1] = i;
        nodes[size++] = tree.left()[nodes[i]];
        nodes[size++] = tree.right()[nodes[i]];
      }
    }
    IntFunction<String> zero = i -> "0";
    IntFunction<String> none = i -> "0E0";
    return new StringJoiner(",", "{", "}")
        .add("\"base_weights\":" + list(all, none))
        .add("\"categories\":[],\"categories_nodes\":[],\"categories_segments\":[]")
        .add("\"categories_sizes\":[]")
        .add("\"default_left\":" + list(all, zero))
        .add("\"id\":" + number)
        .add("\"left_children\":" + list(all, i -> Integer.toString(left[i])))
        .add("\"loss_changes\":" + list(all, none))
        .add("\"parents\":" + list(all, i -> Integer.toString(parents[i])))
        .add(
            "\"right_children\":"
                + list(all, i -> Integer.toString(left[i] < 0 ? -1 : left[i] + 1)))
        .add("\"split_conditions\":" + list(all, i -> condition(tree, nodes[i])))
        .add(
            "\"split_indices\":"
                + list(all, i -> nodes[i] < 0 ? "0" : Integer.toString(tree.feature()[nodes[i]])))
        .add("\"split_type\":" + list(all, zero))
        .add("\"sum_hessian\":" + list(all, none))
        .add(
            "\"tree_param\":{\"num_deleted\":\"0\",\"num_feature\":\""
                + features
                + "\",\"num_nodes\":\""
                + all
                + "\",\"size_leaf_vector\":\"1\"}")
        .toString();
  }

  /** A threshold, or the value of a leaf. */
  private static String condition(Tree tree, int node) {
    return Float.toString(node < 0 ? tree.leaf()[-1 - node] : tree.threshold()[node]);
  }

  private static String list(int count, IntFunction<String> value) {
    return IntStream.range(0, count).mapToObj(value).collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public String name() {
    return "xgboost4j 2.1.4, in place, matrix made before";
  }

  @Override
  public void run(int batch) {
    try {
      found = booster.inplace_predict(matrices.get(batch), rows, columns, Float.NaN);
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public double[] scores() {
    return Arrays.stream(found).mapToDouble(row -> row[0]).toArray();
  }

  @Override
  public void close() {
    booster.dispose();
  }
}
