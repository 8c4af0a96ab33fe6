package dev.insitu.score.kernel;

/**
 * Finds the leaves of a range of trees for one row, level by level: all trees take their first
 * step, then their second. No step waits for another, and no step is a branch. From the level of
 * the highest leaf on, trees that have arrived are left out now and then. Immutable.
 */
final class RowWalk {
  private static final int LEVELS_BETWEEN_LOOKS = 3;

  private final TreeTable trees;
  private final int from;
  private final int count;
  private final int shallowest;
  private final int deepest;

  RowWalk(TreeTable trees, int from, int to) {
    this.trees = trees;
    this.from = from;
    this.count = to - from;
    int first = Integer.MAX_VALUE;
    int last = 0;
    for (int tree = from; tree < to; tree++) {
      first = Math.min(first, trees.shallowest[tree]);
      last = Math.max(last, trees.depths[tree]);
    }
    this.shallowest = Math.min(first, last);
    this.deepest = last;
  }

  /** What it writes into. */
  static final class Work {
    /** For each view the bin of the row, in the place of a node's; as many as a power of two. */
    final long[] bins;

    /** For each tree the node that is its leaf. */
    final int[] leaves;

    private final int[] nodes;
    private final int[] open;

    private Work(int views, int trees) {
      this.bins = new long[Math.max(1, Integer.highestOneBit(Math.max(1, views) * 2 - 1))];
      this.leaves = new int[trees];
      this.nodes = new int[trees];
      this.open = new int[trees];
    }

    /** Writes what a view shows of the row. */
    void put(int view, int bin) {
      bins[view] = (long) bin << TreeTable.BIN_SHIFT;
    }
  }

  Work work() {
    return new Work(trees.bins.views().size(), count);
  }

  /** Finds the leaves of the row of which the bins are there. */
  void run(Work work) {
    int level = 0;
    boolean even = shallowest == deepest;
    int[] nodes = even ? work.leaves : work.nodes;
    System.arraycopy(trees.roots, from, nodes, 0, count);
    for (; level < shallowest; level++) {
      step(trees.nodes, work.bins, nodes, count);
    }
    if (even) {
      return;
    }
    for (int tree = 0; tree < count; tree++) {
      work.open[tree] = tree;
    }
    int left = leaveOut(trees.nodes, nodes, work.open, count, work.leaves);
    while (left > 0) {
      for (int end = level + LEVELS_BETWEEN_LOOKS; level < end; level++) {
        step(trees.nodes, work.bins, nodes, left);
      }
      left = leaveOut(trees.nodes, nodes, work.open, left, work.leaves);
    }
  }

  /** To the second child if the row's bin is larger: if the difference is below zero. */
  private static void step(long[] table, long[] bins, int[] nodes, int count) {
    for (int i = 0; i < count; i++) {
      long node = table[nodes[i]];
      // The length is a power of two, and the mask spares a check.
      long difference = node - bins[TreeTable.viewAndMore(node) & bins.length - 1];
      nodes[i] = TreeTable.child(node) + (int) (difference >>> 63);
    }
  }

  /** Notes where all are, keeps those that are at no leaf, and returns how many these are. */
  private static int leaveOut(long[] table, int[] nodes, int[] open, int count, int[] leaves) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int node = nodes[i];
      int tree = open[i];
      leaves[tree] = node;
      nodes[kept] = node;
      open[kept] = tree;
      kept += 1 - TreeTable.leaf(table[node]);
    }
    return kept;
  }
}
