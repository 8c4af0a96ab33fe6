package dev.insitu.score.kernel;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the leaves of a range of trees, in the order of the trees. Many rows find their leaves by
 * {@link BlendedTrees blends}, fewer rows by {@link BlockWalk walks}, and a single row by a {@link
 * RowWalk walk through all trees}.
 */
final class TreeStep implements Step {
  private static final int TOGETHER = TreeTable.TOGETHER;

  /** So few rows of a block are walked one by one. */
  static final int FEW = 4;

  /** From so many rows on blends are no slower than walks. */
  static final int MANY = 128;

  private final TreeTable trees;
  private final int from;
  private final int to;
  private final LeafSums leaves;
  private final TreeInputs inputs;
  private final int scratch;
  private final BlendedTrees blended;
  private final RowWalk rowWalk;

  /** What the step writes into. */
  private static final class Work {
    /** For each view the bins of the rows. */
    final int[][] bins;

    /** The same for walks: block by block of rows that walk together, in it view by view. */
    final int[] blocks;

    /** For each target the sums of the rows. */
    final double[][] sums;

    /** For each row the node of a tree. */
    final int[] nodes;

    final BlendedTrees.@Nullable Work blends;
    final RowWalk.Work row;

    Work(int views, double[][] sums, int rows, BlendedTrees blended, RowWalk walk) {
      this.bins = new int[views][rows];
      this.blends = rows < MANY ? null : blended.work(rows);
      this.blocks = new int[views * (blended.hasAll() ? Math.min(rows, MANY) : rows)];
      this.sums = sums;
      this.nodes = new int[rows];
      this.row = walk.work();
    }
  }

  private TreeStep(
      TreeTable trees, int from, int to, LeafSums leaves, List<Column> columns, int scratch) {
    this.trees = trees;
    this.from = from;
    this.to = to;
    this.leaves = leaves;
    this.inputs = new TreeInputs(trees.bins, columns);
    this.scratch = scratch;
    this.blended = new BlendedTrees(trees, from, to, inputs);
    this.rowWalk = new RowWalk(trees, from, to);
  }

  /**
   * Makes a step: by bins, by the numbers themselves, or by what is cheaper for the rows that come.
   *
   * @param from the first tree
   * @param to the one behind the last
   * @param table where the values of leaves are numbers of rows: those rows
   * @param columns the column of each source
   * @param scratch the first of two numbers under which it may keep something in a frame
   */
  static Step of(
      TreeTable trees,
      int from,
      int to,
      double @Nullable [] table,
      List<Column> columns,
      List<Column> outputs,
      int scratch) {
    TreeWay way = TreeWay.of(trees, from, to, columns);
    Step direct = null;
    if (way.hasNumbers()) {
      NumberTable numbers = NumberTable.of(trees, from, to, columns, way.inPlace());
      if (numbers != null) {
        LeafSums leaves = new LeafSums(trees.forest, numbers.leaves, table, outputs);
        direct = new DirectStep(numbers, leaves, scratch);
      }
    }
    if (direct != null && !way.hasBins()) {
      return direct;
    }
    LeafSums leaves = new LeafSums(trees.forest, trees.leaves, table, outputs);
    Step binned = new TreeStep(trees, from, to, leaves, columns, scratch + 1);
    return direct == null ? binned : new EitherStep(way, direct, binned);
  }

  @Override
  public int numbers() {
    return trees.bins.views().size() + leaves.width();
  }

  @Override
  public void run(Frame frame, int rows) {
    Work work =
        frame.scratch(
            scratch,
            Work.class,
            () ->
                new Work(
                    trees.bins.views().size(),
                    leaves.work(frame.rows),
                    frame.rows,
                    blended,
                    rowWalk));
    LeafSums.begin(work.sums, rows);
    if (rows < FEW) {
      for (int row = 0; row < rows; row++) {
        inputs.row(frame, row, work.row);
        rowWalk.run(work.row);
        leaves.addTrees(work.sums, row, work.row.leaves);
      }
    } else {
      BlendedTrees.Work blends = rows >= MANY ? work.blends : null;
      inputs.rows(frame, rows, work.bins, blends == null || !blended.fillsFlags());
      if (blends == null) {
        walk(work, rows);
      } else {
        blended.begin(blends, frame.codes, rows);
        blend(work, blends, rows);
      }
    }
    leaves.end(work.sums, frame, rows);
  }

  private void blend(Work work, BlendedTrees.Work blends, int rows) {
    if (blended.hasAll() && leaves.isOne()) {
      blended.sum(blends, work.bins, rows, work.sums[0]);
      return;
    }
    if (!blended.hasAll()) {
      layOut(work, rows);
    }
    for (int tree = from; tree < to; tree++) {
      blended.run(blends, tree, work.bins, rows);
      blended.nodes(blends, tree, rows, work.nodes);
      if (!blended.isWhole(tree)) {
        Arrays.fill(work.nodes, rows, rows + 7 & -8, trees.roots[tree]);
        for (int first = 0; first < rows; first += TOGETHER) {
          int count = Math.min(TOGETHER, rows - first);
          walk(work, first, blended.levelsLeft(tree), count, first);
        }
      }
      leaves.addRows(work.sums, work.nodes, 0, rows);
    }
  }

  private void walk(Work work, int rows) {
    layOut(work, rows);
    for (int first = 0; first < rows; first += TOGETHER) {
      for (int tree = from; tree < to; tree++) {
        walk(work, tree, first, Math.min(TOGETHER, rows - first));
      }
    }
  }

  private int blockOf(int row) {
    return row * trees.bins.views().size();
  }

  private void layOut(Work work, int rows) {
    for (int first = 0; first < rows; first += TOGETHER) {
      int at = blockOf(first);
      int eights = Math.min(TOGETHER, rows - first + 7 & -8);
      for (int[] bins : work.bins) {
        System.arraycopy(bins, first, work.blocks, at, eights);
        at += TOGETHER;
      }
    }
  }

  private void walk(Work work, int tree, int first, int count) {
    Arrays.fill(work.nodes, 0, count + 7 & -8, trees.roots[tree]);
    walk(work, first, trees.depths[tree], count, 0);
    leaves.addRows(work.sums, work.nodes, first, count);
  }

  private void walk(Work work, int first, int levels, int count, int start) {
    BlockWalk.run(trees.nodes, work.blocks, blockOf(first), levels, count, work.nodes, start);
  }
}
