package dev.insitu.score.kernel;

import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.score.kernel.Forest.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    } else {
      roots.add(child.number);
    }
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
