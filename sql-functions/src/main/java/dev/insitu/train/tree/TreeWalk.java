package dev.insitu.train.tree;

import dev.insitu.train.PreparedRows;
import java.util.List;

/** Sends rows through trees. */
final class TreeWalk {
  private static final int ROWS_A_BLOCK = 128;

  private TreeWalk() {}

  /** Takes what a tree says. */
  interface Visitor {
    /**
     * Visits.
     *
     * @param number of the tree
     * @param row of the rows
     * @param block has the row's features
     * @param offset where they begin
     */
    void visit(int number, GrownTree tree, int row, double[] block, int offset);
  }

  /** Visits every row of a stretch with every tree; of each row the trees come in their order. */
  static void all(List<GrownTree> trees, PreparedRows rows, int first, int last, Visitor visitor) {
    int features = rows.features().size();
    double[] block = new double[Math.min(ROWS_A_BLOCK, last - first) * features];
    for (int start = first; start < last; start += ROWS_A_BLOCK) {
      int end = Math.min(last, start + ROWS_A_BLOCK);
      for (int row = start; row < end; row++) {
        rows.fill(row, block, (row - start) * features);
      }
      for (int t = 0; t < trees.size(); t++) {
        GrownTree tree = trees.get(t);
        for (int row = start; row < end; row++) {
          visitor.visit(t, tree, row, block, (row - start) * features);
        }
      }
    }
  }
}
