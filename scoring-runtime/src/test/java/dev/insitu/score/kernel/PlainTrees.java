package dev.insitu.score.kernel;

import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.kernel.Forest.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Trees as the page of the operator TreeEnsemble 5 describes them, walked node by node: what is
 * right by definition. Confined to one thread.
 */
final class PlainTrees {
  /** A child: the number of a split, or of a leaf. */
  record Child(boolean leaf, int number) {}

  /**
   * A question.
   *
   * @param tracks whether NaN leads to {@code yes} whatever the comparison says
   */
  record Split(
      Comparison comparison,
      int feature,
      double value,
      List<Double> members,
      boolean tracks,
      Child yes,
      Child no) {}

  private record Leaf(int target, double weight) {}

  private final boolean single;
  private final int targets;
  private final List<Split> splits = new ArrayList<>();
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<Integer> roots = new ArrayList<>();

  /** Roots that are there only since a root must be a split. */
  private final BitSet added = new BitSet();

  /**
   * Starts.
   *
   * @param single whether numbers, thresholds and sums are float32
   */
  PlainTrees(boolean single, int targets) {
    this.single = single;
    this.targets = targets;
  }

  int targets() {
    return targets;
  }

  boolean isSingle() {
    return single;
  }

  boolean hasMembers() {
    return splits.stream().anyMatch(split -> split.comparison == Comparison.MEMBER);
  }

  int leafCount() {
    return leaves.size();
  }

  List<Split> splits() {
    return splits;
  }

  int trees() {
    return roots.size();
  }

  Child leaf(int target, double weight) {
    leaves.add(new Leaf(target, narrow(weight)));
    return new Child(true, leaves.size() - 1);
  }

  Child split(Split split) {
    splits.add(split);
    return new Child(false, splits.size() - 1);
  }

  /** Adds a tree; a single leaf has a split above it, since a root must be one. */
  void addRoot(Child child) {
    if (child.leaf) {
      Leaf leaf = leaves.get(child.number);
      Child twin = leaf(leaf.target, leaf.weight);
      roots.add(split(new Split(Comparison.LEQ, 0, 0, List.of(), false, child, twin)).number);
      added.set(roots.get(roots.size() - 1));
    } else {
      roots.add(child.number);
    }
  }

  /** Returns how many trees are a single leaf. */
  int leavesAlone() {
    return added.cardinality();
  }

  /** Returns the most splits between a root and a leaf. */
  int depth() {
    int[] depths = new int[splits.size()];
    for (int i = 0; i < depths.length; i++) { // children come before
      depths[i] = 1 + Math.max(depth(depths, splits.get(i).yes), depth(depths, splits.get(i).no));
    }
    return Arrays.stream(depths).max().orElse(0);
  }

  private static int depth(int[] depths, Child child) {
    return child.leaf ? 0 : depths[child.number];
  }

  /** Returns how many numbers the feature of the most is compared with. */
  long thresholds() {
    return splits.stream()
        .collect(
            Collectors.groupingBy(
                Split::feature,
                Collectors.mapping(split -> narrow(split.value), Collectors.toSet())))
        .values()
        .stream()
        .mapToLong(Set::size)
        .max()
        .orElse(0);
  }

  /** Returns a number as this has it. */
  double narrow(double value) {
    return single ? (float) value : value;
  }

  /** Returns the sums of a row, added in the order of the trees. */
  double[] sums(double[] row) {
    double[] sums = new double[targets];
    for (int root : roots) {
      Leaf leaf = leaves.get(leafOf(root, row));
      sums[leaf.target] = narrow(sums[leaf.target] + leaf.weight);
    }
    return sums;
  }

  /** Returns the sums of the magnitudes of what is added: what a tolerance is relative to. */
  double[] magnitudes(double[] row) {
    double[] sums = new double[targets];
    for (int root : roots) {
      Leaf leaf = leaves.get(leafOf(root, row));
      sums[leaf.target] += Math.abs(leaf.weight);
    }
    return sums;
  }

  private int leafOf(int root, double[] row) {
    int node = root;
    while (true) {
      Split split = splits.get(node);
      Child next = isYes(split, narrow(row[split.feature])) ? split.yes : split.no;
      if (next.leaf) {
        return next.number;
      }
      node = next.number;
    }
  }

  private boolean isYes(Split split, double x) {
    if (Double.isNaN(x) && split.tracks) {
      return true;
    }
    double value = narrow(split.value);
    return switch (split.comparison) {
      case LEQ -> x <= value;
      case LT -> x < value;
      case GTE -> x >= value;
      case GT -> x > value;
      case EQ -> x == value;
      case NEQ -> x != value;
      case MEMBER -> split.members.stream().anyMatch(member -> x == narrow(member));
    };
  }

  /** Writes the operator and returns the name of the sums. */
  String write(GraphBuilder graph, String matrix) {
    int count = splits.size();
    byte[] modes = new byte[count];
    List<Double> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      modes[i] = (byte) splits.get(i).comparison.ordinal();
      if (splits.get(i).comparison == Comparison.MEMBER) {
        members.addAll(splits.get(i).members);
        members.add(Double.NaN);
      }
    }
    List<Attribute> attributes =
        new ArrayList<>(
            List.of(
                Attribute.of("n_targets", (long) targets),
                Attribute.of("aggregate_function", 1L),
                Attribute.of("post_transform", 0L),
                Attribute.ofLongs("tree_roots", longs(roots)),
                longs("nodes_featureids", s -> s.feature),
                Attribute.ofByteTensor("nodes_modes", modes),
                tensor("nodes_splits", splits.stream().mapToDouble(s -> s.value).toArray()),
                longs("nodes_missing_value_tracks_true", s -> s.tracks ? 1 : 0),
                longs("nodes_truenodeids", s -> s.yes.number),
                longs("nodes_trueleafs", s -> s.yes.leaf ? 1 : 0),
                longs("nodes_falsenodeids", s -> s.no.number),
                longs("nodes_falseleafs", s -> s.no.leaf ? 1 : 0),
                Attribute.ofLongs(
                    "leaf_targetids", longs(leaves.stream().map(Leaf::target).toList())),
                tensor("leaf_weights", leaves.stream().mapToDouble(Leaf::weight).toArray())));
    if (!members.isEmpty()) {
      attributes.add(
          tensor("membership_values", members.stream().mapToDouble(Double::doubleValue).toArray()));
    }
    return graph.mlNode("TreeEnsemble", List.of(matrix), attributes.toArray(new Attribute[0]));
  }

  /**
   * Writes an operator whose nodes have numbers within their tree and returns the name of its first
   * output.
   *
   * @param classifier whether the sums are the scores of classes, its second output
   */
  String writeNamed(GraphBuilder graph, String matrix, boolean classifier) {
    Named named = new Named(classifier ? "class" : "target");
    for (int tree = 0; tree < roots.size(); tree++) {
      int root = roots.get(tree);
      named.add(tree, added.get(root) ? splits.get(root).yes : new Child(false, root));
    }
    List<Attribute> attributes = named.attributes();
    attributes.add(
        classifier
            ? Attribute.ofLongs("classlabels_int64s", LongStream.range(0, targets).toArray())
            : Attribute.of("n_targets", (long) targets));
    return graph.mlNode(
        classifier ? "TreeEnsembleClassifier" : "TreeEnsembleRegressor",
        List.of(matrix),
        attributes.toArray(new Attribute[0]));
  }

  /** The tables of the older operators, node by node. */
  private final class Named {
    private final String prefix;
    private final List<String> modes = new ArrayList<>();
    private final List<long[]> nodes = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    private final List<long[]> places = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private int tree;
    private int next;

    Named(String prefix) {
      this.prefix = prefix;
    }

    void add(int number, Child root) {
      tree = number;
      next = 0;
      add(root);
    }

    /** Adds a node and those below it; returns its name. */
    private int add(Child child) {
      int id = next++;
      long[] node = {tree, id, 0, 0, 0, 0};
      nodes.add(node);
      if (child.leaf) {
        modes.add("LEAF");
        values.add(0.0);
        places.add(new long[] {tree, id, leaves.get(child.number).target});
        weights.add(leaves.get(child.number).weight);
      } else {
        Split split = splits.get(child.number);
        modes.add("BRANCH_" + split.comparison);
        values.add(split.value);
        node[2] = split.feature;
        node[3] = split.tracks ? 1 : 0;
        node[4] = add(split.yes);
        node[5] = add(split.no);
      }
      return id;
    }

    List<Attribute> attributes() {
      String[] ofNodes = {
        "nodes_treeids",
        "nodes_nodeids",
        "nodes_featureids",
        "nodes_missing_value_tracks_true",
        "nodes_truenodeids",
        "nodes_falsenodeids"
      };
      String[] ofWeights = {prefix + "_treeids", prefix + "_nodeids", prefix + "_ids"};
      List<Attribute> all = new ArrayList<>();
      for (int i = 0; i < ofNodes.length; i++) {
        int column = i;
        all.add(Attribute.ofLongs(ofNodes[i], nodes.stream().mapToLong(n -> n[column]).toArray()));
      }
      for (int i = 0; i < ofWeights.length; i++) {
        int column = i;
        all.add(
            Attribute.ofLongs(ofWeights[i], places.stream().mapToLong(p -> p[column]).toArray()));
      }
      all.add(Attribute.ofTexts("nodes_modes", modes));
      all.add(numbers("nodes_values", values));
      all.add(numbers(prefix + "_weights", weights));
      return all;
    }

    private Attribute numbers(String name, List<Double> numbers) {
      double[] all = numbers.stream().mapToDouble(Double::doubleValue).toArray();
      return tensor(name + "_as_tensor", all);
    }
  }

  private Attribute longs(String name, java.util.function.ToLongFunction<Split> of) {
    return Attribute.ofLongs(name, splits.stream().mapToLong(of).toArray());
  }

  private static long[] longs(List<Integer> values) {
    return values.stream().mapToLong(Integer::longValue).toArray();
  }

  private Attribute tensor(String name, double[] values) {
    if (!single) {
      return Attribute.ofDoubleTensor(name, values);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Attribute.ofFloatTensor(name, floats);
  }

  @Override
  public String toString() {
    return (single ? "float32 " : "float64 ")
        + roots.size()
        + " trees, "
        + splits.size()
        + " splits, "
        + targets
        + " targets, "
        + Arrays.toString(splits.stream().map(Split::comparison).distinct().toArray());
  }
}
