package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Bins.Order;
import dev.insitu.score.kernel.Bins.Source;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leaves of a few trees by the numbers themselves: where there are fewer splits on the
 * way than columns it is dearer to find the columns' bins than to walk. Rows take their first step,
 * then their second: no step waits for another, and none is a branch. Immutable.
 *
 * <p>A split says no where its cut less the number is below zero, which is exact for finite cuts: a
 * difference that is not 0 is not rounded to 0. If the difference is NaN, bit 63 of the node is the
 * answer. A leaf has an infinite cut, and NaN is a yes.
 */
final class DirectWalk {
  /** As many levels as columns are no dearer than their bins. */
  private static final int LEVELS_A_COLUMN = 1;

  private static final int SLOT_SHIFT = 32;
  private static final int SLOT_MASK = Integer.MAX_VALUE;
  private static final long NAN_IS_NO = 1L << 63;
  private static final long INFINITE = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private final TreeTable trees;

  /** For each node of the table 1 bit what NaN is, 31 bits the slot, 32 bits the first child. */
  private final long[] nodes;

  /** For each node up to which number the answer is yes. */
  private final double[] cuts;

  private DirectWalk(TreeTable trees, long[] nodes, double[] cuts) {
    this.trees = trees;
    this.nodes = nodes;
    this.cuts = cuts;
  }

  /**
   * Makes a walk, or null where bins are cheaper or numbers do not say all.
   *
   * @param from the first tree
   * @param to the one behind the last
   * @param columns the column of each source
   */
  static @Nullable DirectWalk of(TreeTable trees, int from, int to, List<Column> columns) {
    long levels = Arrays.stream(trees.depths, from, to).asLongStream().sum();
    if (levels > (long) LEVELS_A_COLUMN * columns.size()
        || columns.stream().anyMatch(column -> column.producer instanceof Producer.IsCode)) {
      return null;
    }
    int[] sources = new int[trees.bins.views().size()];
    for (int i = 0; i < columns.size(); i++) {
      Source source = trees.bins.sources().get(i);
      Arrays.fill(sources, source.first(), source.end(), i);
    }
    int end = to < trees.roots.length ? trees.roots[to] : trees.size;
    long[] nodes = new long[end];
    double[] cuts = new double[end];
    for (int i = from < to ? trees.roots[from] : end; i < end; i++) {
      long node = trees.nodes[i];
      nodes[i] = TreeTable.child(node);
      cuts[i] = Double.POSITIVE_INFINITY;
      if (TreeTable.isLeaf(node)) {
        nodes[i] |= columns.isEmpty() ? 0 : (long) columns.get(0).slot() << SLOT_SHIFT;
        continue;
      }
      int view = TreeTable.view(node);
      int source = sources[view];
      cuts[i] = trees.bins.sources().get(source).cuts().at(TreeTable.bin(node));
      if (!(trees.bins.views().get(view) instanceof Order order)
          || (Double.isInfinite(cuts[i]) && !order.nanLow())) {
        return null;
      }
      nodes[i] |=
          (long) columns.get(source).slot() << SLOT_SHIFT | (order.nanLow() ? 0 : NAN_IS_NO);
    }
    return new DirectWalk(trees, nodes, cuts);
  }

  /**
   * Walks through a tree.
   *
   * @param found takes for each row the node of its leaf
   */
  void run(Frame frame, int tree, int rows, int[] found) {
    int root = trees.roots[tree];
    if (trees.depths[tree] == 0) {
      Arrays.fill(found, 0, rows, root);
      return;
    }
    int slot = slot(nodes[root]);
    begin(nodes[root], cuts[root], frame.columns[slot], frame.offsets[slot], rows, found);
    for (int first = 0; first < rows; first += TreeTable.TOGETHER) {
      int end = Math.min(rows, first + TreeTable.TOGETHER);
      for (int level = 1; level < trees.depths[tree]; level++) {
        step(nodes, cuts, frame.columns, frame.offsets, first, end, found);
      }
    }
  }

  private static void begin(
      long node, double cut, double[] values, int offset, int rows, int[] found) {
    for (int row = 0; row < rows; row++) {
      found[row] = next(node, cut - values[offset + row]);
    }
  }

  private static void step(
      long[] nodes,
      double[] cuts,
      double[][] columns,
      int[] offsets,
      int first,
      int end,
      int[] found) {
    for (int row = first; row < end; row++) {
      int at = found[row];
      long node = nodes[at];
      int slot = slot(node);
      found[row] = next(node, cuts[at] - columns[slot][offsets[slot] + row]);
    }
  }

  private static int slot(long node) {
    return (int) (node >>> SLOT_SHIFT) & SLOT_MASK;
  }

  /** The second child if the answer is no: the sign of a long, without a branch. */
  private static int next(long node, double difference) {
    long below = Double.doubleToRawLongBits(difference);
    long nan = INFINITE - (below & Long.MAX_VALUE);
    return (int) node + (int) ((below ^ (below ^ node) & nan) >>> 63);
  }
}
