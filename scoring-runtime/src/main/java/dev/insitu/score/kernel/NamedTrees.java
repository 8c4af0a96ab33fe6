package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Forest.Comparison;
import dev.insitu.score.kernel.Forest.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The trees of TreeEnsembleRegressor and TreeEnsembleClassifier, {@code ai.onnx.ml} 1 and 3, whose
 * nodes have ids within their tree.
 *
 * @param always for each sum whether in every row a leaf has a weight for it
 * @param ever for each sum whether any leaf has a weight for it
 * @param weightedClasses how many sums any weight is for
 * @param isPositive whether no weight is below zero
 */
@SuppressWarnings("ArrayRecordComponent") // read while compiling; compared by nobody
record NamedTrees(
    Forest forest, boolean[] always, boolean[] ever, int weightedClasses, boolean isPositive) {
  private static final double[] NONE = {};

  /**
   * Reads.
   *
   * @param prefix of the attributes of the weights: {@code target} or {@code class}
   * @param sums how many sums there are
   * @param single whether the trees are float32: thresholds and weights of others are float64
   */
  static NamedTrees read(Operator operator, String prefix, int sums, boolean single)
      throws NotCovered {
    if (sums < 1) {
      throw new NotCovered("trees without a sum");
    }
    return new Reading(operator, prefix, sums, single).trees();
  }

  /** Returns an attribute of floats, or the tensor that may stand in its place. */
  static double[] numbers(Operator operator, String attribute) {
    double[] floats = operator.floats(attribute);
    return floats.length > 0 ? floats : operator.tensor(attribute + "_as_tensor");
  }

  private static final class Reading {
    private final int sums;
    private final boolean single;
    private final long[] treeIds;
    private final long[] ids;
    private final long[] features;
    private final List<String> modes;
    private final double[] cuts;
    private final long[] tracks;
    private final long[] yes;
    private final long[] no;
    private final long[] weightTrees;
    private final long[] weightNodes;
    private final long[] weightSums;
    private final double[] weights;

    /** For each node its child as {@link Forest} counts: a split, or a leaf. */
    private final int[] children;

    private final List<Integer> trees = new ArrayList<>();
    private NodePlaces places = new NodePlaces(List.of(), new long[0], new long[0]);
    private int leaves;
    private int splits;

    /** The places of the weights of each leaf, one leaf after the other, and where each begins. */
    private int[] order = {};

    private int[] begins = {};

    Reading(Operator operator, String prefix, int sums, boolean single) throws NotCovered {
      this.sums = sums;
      this.single = single;
      this.treeIds = operator.longs("nodes_treeids");
      this.ids = operator.longs("nodes_nodeids");
      this.features = operator.longs("nodes_featureids");
      this.modes = operator.texts("nodes_modes");
      this.cuts = numbers(operator, "nodes_values");
      this.tracks = operator.longs("nodes_missing_value_tracks_true");
      this.yes = operator.longs("nodes_truenodeids");
      this.no = operator.longs("nodes_falsenodeids");
      this.weightTrees = operator.longs(prefix + "_treeids");
      this.weightNodes = operator.longs(prefix + "_nodeids");
      this.weightSums = operator.longs(prefix + "_ids");
      this.weights = numbers(operator, prefix + "_weights");
      this.children = new int[ids.length];
      if (cuts.length != ids.length
          || weights.length != weightSums.length
          || weightNodes.length != weightSums.length
          || weightTrees.length != weightSums.length) {
        throw new NotCovered("tree tables of several lengths");
      }
    }

    NamedTrees trees() throws NotCovered {
      number();
      sortWeights();
      List<Split> all = new ArrayList<>(splits);
      for (int i = 0; i < ids.length; i++) {
        if (children[i] >= 0) {
          all.add(
              Split.of(
                  comparison(modes.get(i)),
                  Math.toIntExact(features[i]),
                  cuts[i],
                  NONE,
                  single,
                  i < tracks.length && tracks[i] == 1,
                  children[places.of(treeIds[i], yes[i])],
                  children[places.of(treeIds[i], no[i])]));
        }
      }
      int[] roots = trees.stream().mapToInt(first -> children[first]).toArray();
      boolean positive = true;
      for (double weight : weights) {
        positive &= !(weight < 0);
      }
      int classes = (int) Arrays.stream(weightSums).distinct().count();
      boolean[] always = new boolean[sums];
      boolean[] ever = new boolean[sums];
      findScores(always, ever);
      return new NamedTrees(forest(all, roots), always, ever, classes, positive);
    }

    /** Numbers splits and leaves; a tree begins where the id changes. */
    private void number() throws NotCovered {
      Map<Long, Integer> begun = new HashMap<>();
      for (int i = 0; i < ids.length; i++) {
        if (i == 0 || treeIds[i] != treeIds[i - 1]) {
          trees.add(i);
          if (begun.put(treeIds[i], i) != null) {
            throw new NotCovered("a tree whose nodes do not stand together");
          }
        }
        children[i] = modes.get(i).equals("LEAF") ? -1 - leaves++ : splits++;
      }
      boolean[] isChild = new boolean[ids.length];
      places = new NodePlaces(trees, treeIds, ids);
      for (int i = 0; i < ids.length; i++) {
        if (children[i] >= 0) {
          isChild[places.of(treeIds[i], yes[i])] = true;
          isChild[places.of(treeIds[i], no[i])] = true;
        }
      }
      for (int first : trees) {
        if (isChild[first]) {
          throw new NotCovered("a tree that does not begin with its root");
        }
      }
    }

    private int sum(int weight) throws NotCovered {
      // With one sum ONNX Runtime does not ask for which a weight is.
      long sum = sums == 1 ? 0 : weightSums[weight];
      if (sum < 0 || sum >= sums) {
        throw new NotCovered("a weight for sum " + sum + " of " + sums);
      }
      return (int) sum;
    }

    private void sortWeights() throws NotCovered {
      int[] leafOf = new int[weights.length];
      begins = new int[leaves + 1];
      for (int i = 0; i < weights.length; i++) {
        leafOf[i] = -1 - children[places.of(weightTrees[i], weightNodes[i])];
        if (leafOf[i] >= 0) { // weights of splits count for nothing
          begins[leafOf[i] + 1]++;
        }
      }
      Arrays.parallelPrefix(begins, Integer::sum);
      int[] next = begins.clone();
      order = new int[begins[leaves]];
      for (int i = 0; i < weights.length; i++) {
        if (leafOf[i] >= 0) {
          order[next[leafOf[i]]++] = i;
        }
      }
    }

    /** Leaves are numbered tree by tree. */
    private void findScores(boolean[] always, boolean[] ever) throws NotCovered {
      int[] tree = new int[sums];
      int[] count = new int[sums];
      int first = 0;
      for (int t = 0; t < trees.size(); t++) {
        int end = t + 1 < trees.size() ? trees.get(t + 1) : ids.length;
        int inTree = 0;
        for (int i = trees.get(t); i < end; i++) {
          inTree += children[i] < 0 ? 1 : 0;
        }
        for (int leaf = first; leaf < first + inTree; leaf++) {
          requireDistinct(leaf);
          for (int at = begins[leaf]; at < begins[leaf + 1]; at++) {
            int sum = sum(order[at]);
            count[sum] = tree[sum] == t + 1 ? count[sum] + 1 : 1;
            tree[sum] = t + 1;
            ever[sum] = true;
            always[sum] |= count[sum] == inTree;
          }
        }
        first += inTree;
      }
    }

    private void requireDistinct(int leaf) throws NotCovered {
      if (sums > 1 && begins[leaf + 1] - begins[leaf] > 1) {
        long distinct =
            Arrays.stream(order, begins[leaf], begins[leaf + 1])
                .mapToLong(i -> weightSums[i])
                .distinct()
                .count();
        if (distinct < begins[leaf + 1] - begins[leaf]) {
          throw new NotCovered("a leaf with two weights for a sum");
        }
      }
    }

    private Forest forest(List<Split> all, int[] roots) throws NotCovered {
      double[] values = new double[leaves];
      int[] targets = new int[leaves];
      boolean simple = true;
      int leaf = 0;
      for (int i = 0; i < ids.length; i++) {
        if (children[i] < 0) {
          int own = begins[leaf + 1] - begins[leaf];
          simple &= sums == 1 || own == 1;
          // Of one sum ONNX Runtime takes the first weight, or what stands for a threshold.
          values[leaf] = own > 0 ? weights[order[begins[leaf]]] : sums == 1 ? cuts[i] : 0;
          targets[leaf] = own > 0 ? sum(order[begins[leaf]]) : 0;
          leaf++;
        }
      }
      if (simple) {
        return new Forest(single, all, roots, values, targets, sums, null);
      }
      if ((long) leaves * sums > Values.MOST_NUMBERS) {
        throw new NotCovered(leaves + " leaves with a weight for each of " + sums + " sums");
      }
      double[] table = new double[leaves * sums];
      for (int i = 0; i < leaves; i++) {
        values[i] = i;
        for (int at = begins[i]; at < begins[i + 1]; at++) {
          table[i * sums + sum(order[at])] = weights[order[at]];
        }
      }
      return new Forest(single, all, roots, values, targets, sums, table);
    }

    private static Comparison comparison(String mode) throws NotCovered {
      return switch (mode) {
        case "BRANCH_LEQ" -> Comparison.LEQ;
        case "BRANCH_LT" -> Comparison.LT;
        case "BRANCH_GTE" -> Comparison.GTE;
        case "BRANCH_GT" -> Comparison.GT;
        case "BRANCH_EQ" -> Comparison.EQ;
        case "BRANCH_NEQ" -> Comparison.NEQ;
        default -> throw new NotCovered("splits of mode " + mode);
      };
    }
  }
}
