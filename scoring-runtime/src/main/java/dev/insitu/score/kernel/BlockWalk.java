package dev.insitu.score.kernel;

/**
 * Finds the leaves of a tree for some rows, eight at a time, which do not wait for each other. A
 * level is a loop without a branch.
 */
final class BlockWalk {
  private static final int LEVELS_BETWEEN_LOOKS = 4;

  private BlockWalk() {}

  /**
   * Walks. Rows up to the next multiple of eight are walked for nothing.
   *
   * @param bins view by view the bins of {@link TreeTable#TOGETHER} rows
   * @param first where those begin
   * @param depth so many levels are below the highest node
   * @param found for each row the node at which it begins, then that of its leaf
   * @param start where in it the rows begin
   */
  static void run(
      long[] nodes, int[] bins, int first, int depth, int count, int[] found, int start) {
    for (int at = start; at < start + count; at += 8) {
      int row = first + at - start;
      int a = found[at];
      int b = found[at + 1];
      int c = found[at + 2];
      int d = found[at + 3];
      int e = found[at + 4];
      int f = found[at + 5];
      int g = found[at + 6];
      int h = found[at + 7];
      for (int level = 0; level < depth; ) {
        for (int end = Math.min(depth, level + LEVELS_BETWEEN_LOOKS); level < end; level++) {
          a = next(nodes[a], bins, row);
          b = next(nodes[b], bins, row + 1);
          c = next(nodes[c], bins, row + 2);
          d = next(nodes[d], bins, row + 3);
          e = next(nodes[e], bins, row + 4);
          f = next(nodes[f], bins, row + 5);
          g = next(nodes[g], bins, row + 6);
          h = next(nodes[h], bins, row + 7);
        }
        long all =
            nodes[a] & nodes[b] & nodes[c] & nodes[d] & nodes[e] & nodes[f] & nodes[g] & nodes[h];
        if (TreeTable.isLeaf(all)) {
          break;
        }
      }
      found[at] = a;
      found[at + 1] = b;
      found[at + 2] = c;
      found[at + 3] = d;
      found[at + 4] = e;
      found[at + 5] = f;
      found[at + 6] = g;
      found[at + 7] = h;
    }
  }

  /** The second child if the row's bin is larger: the sign of the difference, without a branch. */
  private static int next(long node, int[] bins, int row) {
    return TreeTable.child(node)
        + (TreeTable.bin(node) - bins[TreeTable.binsOf(node) + row] >>> 31);
  }
}
