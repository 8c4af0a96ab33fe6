package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Forest.Comparison;
import dev.insitu.score.kernel.Forest.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the operator TreeEnsemble of {@code ai.onnx.ml} 5. */
final class TreeOperator {
  private static final long SUM = 1;
  private static final double[] NONE = {};

  private TreeOperator() {}

  /**
   * Reads.
   *
   * @throws NotCovered if it does something else than adding up leaves
   */
  static Forest read(Operator operator) throws NotCovered {
    if (operator.number("aggregate_function", SUM) != SUM
        || operator.number("post_transform", 0) != 0) {
      throw new NotCovered("trees whose leaves are not simply added up");
    }
    boolean single = operator.isSingle("nodes_splits");
    long[] features = operator.longs("nodes_featureids");
    double[] cuts = operator.tensor("nodes_splits");
    double[] modes = operator.tensor("nodes_modes");
    long[] tracks = operator.longs("nodes_missing_value_tracks_true");
    long[] yes = operator.longs("nodes_truenodeids");
    long[] yesLeafs = operator.longs("nodes_trueleafs");
    long[] no = operator.longs("nodes_falsenodeids");
    long[] noLeafs = operator.longs("nodes_falseleafs");
    double[] members = operator.tensor("membership_values");
    List<Split> splits = new ArrayList<>(features.length);
    int member = 0;
    for (int i = 0; i < features.length; i++) {
      Comparison comparison = Comparison.values()[(int) modes[i]];
      double[] of = NONE;
      if (comparison == Comparison.MEMBER) {
        int end = member;
        while (end < members.length && !Double.isNaN(members[end])) {
          end++;
        }
        of = Arrays.copyOfRange(members, member, end);
        member = end + 1;
      }
      splits.add(
          Split.of(
              comparison,
              Math.toIntExact(features[i]),
              cuts[i],
              of,
              single,
              tracks.length > 0 && tracks[i] != 0,
              child(yes[i], yesLeafs[i]),
              child(no[i], noLeafs[i])));
    }
    return new Forest(
        single,
        splits,
        ints(operator.longs("tree_roots")),
        operator.tensor("leaf_weights"),
        ints(operator.longs("leaf_targetids")),
        Math.toIntExact(operator.number("n_targets", 1)),
        null);
  }

  private static int child(long id, long leaf) {
    return Math.toIntExact(leaf != 0 ? -1 - id : id);
  }

  private static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }
}
