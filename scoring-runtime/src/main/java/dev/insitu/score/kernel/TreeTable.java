package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Bins.Question;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * A forest as packed nodes. The children of a split stand side by side, and a leaf is a split that
 * leads to itself, so a walk has no branches.
 *
 * <p>A node is a long: a 0, 19 bits the bin up to which the answer is yes, 16 bits the view, 28
 * bits the position of its first child. So a node less a bin in the place of its own is below zero
 * where that bin is larger.
 */
final class TreeTable {
  /** So many rows walk through all trees before the next do: their bins stay in the cache. */
  static final int TOGETHER = 64;

  /** Where the bin of a node begins. */
  static final int BIN_SHIFT = 44;

  private static final int BIN_BITS = 19;
  private static final int VIEW_BITS = 16;
  private static final int CHILD_BITS = BIN_SHIFT - VIEW_BITS;
  private static final int ROW_BITS = Integer.numberOfTrailingZeros(TOGETHER);
  private static final int MOST_NODES = 1 << CHILD_BITS - 1;
  private static final int CHILD_MASK = (1 << CHILD_BITS) - 1;
  private static final int LEAF = (1 << BIN_BITS) - 1;
  private static final int BINS_MASK = (1 << VIEW_BITS) - 1 << ROW_BITS;
  private static final int MOST_VIEWS = 1 << 14;

  /** A column has fewer cuts: filled up to a power of two less one they have to be bins. */
  static final int MOST_CUTS = LEAF;

  final Forest forest;
  final Bins bins;
  final long[] nodes;

  /** How many nodes there are. */
  final int size;

  /** For each node that is a leaf its number. */
  final int[] leaves;

  final int[] roots;
  final int[] depths;

  /** For each tree the level of its highest leaf. */
  final int[] shallowest;

  private boolean isSumEach;

  /**
   * Packs.
   *
   * @param rounded whether what a column has is to be taken as float32
   * @throws NotCovered if it is too large
   */
  TreeTable(Forest forest, IntPredicate rounded) throws NotCovered {
    this.forest = forest;
    Question[] questions = new Question[forest.splits().size()];
    this.bins = Bins.of(forest, rounded, questions);
    int trees = forest.roots().length;
    this.roots = new int[trees];
    this.depths = new int[trees];
    this.shallowest = new int[trees];
    Arrays.fill(shallowest, Integer.MAX_VALUE);
    long most = 2L * questions.length + trees;
    if (most >= MOST_NODES || bins.views().size() > MOST_VIEWS) {
      throw new NotCovered(
          "trees with " + most + " nodes over " + bins.views().size() + " columns");
    }
    this.nodes = new long[(int) most];
    this.leaves = new int[(int) most];
    this.isSumEach = forest.table() == null && forest.targetCount() == trees;
    int end = 0;
    for (int tree = 0; tree < trees; tree++) {
      end = add(questions, tree, end);
    }
    this.size = end;
  }

  /** Returns whether each tree has a sum of its own, in the order of the trees. */
  boolean isSumEach() {
    return isSumEach;
  }

  static int child(long node) {
    return (int) node & CHILD_MASK;
  }

  /** Returns the view, and above it bits of the bin. */
  static int viewAndMore(long node) {
    return (int) (node >>> CHILD_BITS);
  }

  static int view(long node) {
    return viewAndMore(node) & (1 << VIEW_BITS) - 1;
  }

  /** Returns where the bins of its view begin among those of {@link #TOGETHER} rows. */
  static int binsOf(long node) {
    return (int) (node >>> CHILD_BITS - ROW_BITS) & BINS_MASK;
  }

  static int bin(long node) {
    return (int) (node >>> BIN_SHIFT);
  }

  /** A split's bin is less than all ones; so is what several nodes have in common. */
  static boolean isLeaf(long node) {
    return bin(node) == LEAF;
  }

  /** Returns 1 for a leaf, else 0. */
  static int leaf(long node) {
    return bin(node) + 1 >>> BIN_BITS;
  }

  private static long node(int child, int view, int bin) {
    return (long) bin << BIN_SHIFT | (long) view << CHILD_BITS | child;
  }

  /** Returns the position behind the nodes of a tree. */
  int end(int tree) {
    return tree + 1 < roots.length ? roots[tree + 1] : size;
  }

  /** Lays out a tree level by level from a position and returns the position behind it. */
  private int add(Question[] questions, int tree, int start) throws NotCovered {
    roots[tree] = start;
    int[] source = new int[64];
    int[] level = new int[64];
    source[0] = forest.roots()[tree];
    int count = 1;
    for (int i = 0; i < count; i++) {
      if (count + 2 > source.length) {
        source = Arrays.copyOf(source, source.length * 2);
        level = Arrays.copyOf(level, level.length * 2);
      }
      int from = source[i];
      int here = start + i;
      depths[tree] = Math.max(depths[tree], level[i]);
      if (from < 0) {
        leaves[here] = -1 - from;
        isSumEach = isSumEach && forest.targets()[-1 - from] == tree;
        nodes[here] = node(here, 0, LEAF);
        shallowest[tree] = Math.min(shallowest[tree], level[i]);
        continue;
      }
      if (start + count + 2 > nodes.length) {
        throw new NotCovered("trees that share nodes");
      }
      nodes[here] = node(start + count, questions[from].view(), questions[from].most());
      Forest.Split split = forest.splits().get(from);
      source[count] = split.yes();
      level[count++] = level[i] + 1;
      source[count] = split.no();
      level[count++] = level[i] + 1;
    }
    return start + count;
  }
}
