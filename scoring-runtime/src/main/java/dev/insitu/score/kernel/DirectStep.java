package dev.insitu.score.kernel;

import java.util.Arrays;

/**
 * Adds up the leaves of trees, found by the numbers themselves ({@link NumberTable}): where finding
 * the bins of all columns costs more than the walk. Numbers are read where they are or, where many
 * are asked for often, copied block by block, so that what rows ask is near.
 */
final class DirectStep implements Step {
  /** So few rows of a block walk one by one, through all trees at once. */
  private static final int FEW = 4;

  private static final int LEVELS_BETWEEN_LOOKS = 4;

  /** The splits of the levels that are compared all together. */
  private static final int TOP_SPLITS = 7;

  private static final int TOP_LEVELS = 3;

  private final NumberTable table;
  private final LeafSums leaves;
  private final int scratch;
  private final int shallowest;
  private final int deepest;

  /** What the step writes into. */
  private static final class Work {
    /** For each target the sums of the rows. */
    final double[][] sums;

    /** For each row the node of its leaf in a tree. */
    final int[] found;

    /** The rows, or trees, that are on their way. */
    final int[] who;

    /** For each of them its node. */
    final int[] at;

    /** All rows. */
    final int[] all;

    /** For each tree the node of a row's leaf. */
    final int[] foundOfRow;

    /** The numbers of {@link NumberTable#BLOCK} rows, place by place. */
    final double[] block;

    final double[][] x = new double[TOP_SPLITS][];
    final int[] first = new int[TOP_SPLITS];
    final double[] cuts = new double[TOP_SPLITS];
    final int[] ends = new int[TOP_LEVELS + 1];

    /** Whether a number was met that is not finite. */
    boolean special;

    Work(double[][] sums, int rows, int trees, int block) {
      this.sums = sums;
      this.found = new int[rows];
      this.who = new int[Math.max(rows, trees)];
      this.at = new int[Math.max(rows, trees)];
      this.all = new int[rows];
      this.foundOfRow = new int[trees];
      this.block = new double[block];
      Arrays.setAll(all, row -> row);
    }
  }

  /** Makes a step; the leaves are those of the table. */
  DirectStep(NumberTable table, LeafSums leaves, int scratch) {
    this.table = table;
    this.leaves = leaves;
    this.scratch = scratch;
    this.shallowest = Arrays.stream(table.shallowest).min().orElse(0);
    this.deepest = Arrays.stream(table.depths).max().orElse(0);
  }

  @Override
  public int numbers() {
    int copied = table.inPlace ? 0 : table.slots.length * NumberTable.BLOCK;
    return leaves.width() + (copied + Program.LARGE - 1) / Program.LARGE;
  }

  private Work work(int rows) {
    int block = table.inPlace ? 0 : table.slots.length * NumberTable.BLOCK;
    return new Work(
        leaves.work(rows), rows, table.roots.length, Integer.highestOneBit(block + 1) * 2);
  }

  @Override
  public void run(Frame frame, int rows) {
    Work work = frame.scratch(scratch, Work.class, () -> work(frame.rows));
    LeafSums.begin(work.sums, rows);
    work.special = false;
    if (rows < FEW) {
      for (int row = 0; row < rows; row++) {
        walkOne(work, frame, row);
        leaves.addTrees(work.sums, row, work.foundOfRow);
      }
    } else if (table.inPlace) {
      walkAll(work, frame, 0, rows);
    } else {
      for (int first = 0; first < rows; first += NumberTable.BLOCK) {
        int count = Math.min(NumberTable.BLOCK, rows - first);
        copy(work.block, frame, first, count);
        walkAll(work, frame, first, count);
      }
    }
    leaves.end(work.sums, frame, rows);
  }

  /** All trees take their first step, then their second. */
  private void walkOne(Work work, Frame frame, int row) {
    int left = table.roots.length;
    int[] at = shallowest == deepest ? work.foundOfRow : work.at;
    System.arraycopy(table.roots, 0, at, 0, left);
    stepsOfRow(frame, shallowest, row, left, at);
    if (shallowest == deepest) {
      return;
    }
    for (int tree = 0; tree < left; tree++) {
      work.who[tree] = tree;
    }
    while (left > 0) {
      stepsOfRow(frame, LEVELS_BETWEEN_LOOKS, row, left, at);
      left = NumberLoops.leaveOut(table.packed, work.who, at, left, work.foundOfRow);
    }
  }

  private void stepsOfRow(Frame frame, int levels, int row, int count, int[] at) {
    NumberLoops.stepsOfRow(
        table.packed, frame.columns, frame.offsets, table.slots, row, levels, count, at);
  }

  private void copy(double[] block, Frame frame, int first, int count) {
    for (int place = 0; place < table.slots.length; place++) {
      int slot = table.slots[place];
      int from = frame.offsets[slot] + first;
      System.arraycopy(frame.columns[slot], from, block, place * NumberTable.BLOCK, count);
    }
  }

  /** Walks through all trees: rows of the block that was copied, or of the frame. */
  private void walkAll(Work work, Frame frame, int first, int count) {
    for (int tree = 0; tree < table.roots.length; tree++) {
      walk(work, frame, tree, count);
      leaves.addRows(work.sums, work.found, first, count);
    }
  }

  private void walk(Work work, Frame frame, int tree, int count) {
    int depth = table.depths[tree];
    boolean even = table.even[tree];
    int[] at = even ? work.found : work.at;
    int level = 0;
    if (depth > 0 && !work.special) {
      work.special = !top(work, frame, table.roots[tree], count, at);
      level = work.special ? 0 : TOP_LEVELS;
    }
    if (level == 0) {
      Arrays.fill(at, 0, count, table.roots[tree]);
    }
    int last = even ? depth : table.shallowest[tree];
    for (; level < last; level++) {
      step(work, frame, work.all, count, at);
    }
    if (even) {
      return;
    }
    System.arraycopy(work.all, 0, work.who, 0, count);
    for (int left = count; left > 0; ) {
      for (int k = 0; k < LEVELS_BETWEEN_LOOKS; k++) {
        step(work, frame, work.who, left, at);
      }
      left = NumberLoops.leaveOut(table.packed, work.who, at, left, work.found);
    }
  }

  private void step(Work work, Frame frame, int[] rows, int count, int[] at) {
    if (table.inPlace) {
      NumberLoops.step(table.packed, frame.columns, offset(frame), rows, count, at);
    } else {
      NumberLoops.step(table.packed, work.block, rows, count, at);
    }
  }

  /** Returns where the rows begin in all columns. */
  private int offset(Frame frame) {
    return frame.offsets[NumberTable.place(table.packed[table.roots[0]])];
  }

  private boolean top(Work work, Frame frame, int root, int count, int[] found) {
    long[] packed = table.packed;
    int yes = NumberTable.child(packed[root]);
    int no = yes + NumberTable.NODE;
    put(work, frame, 0, root);
    put(work, frame, 1, yes);
    put(work, frame, 2, no);
    for (int side = 0; side < 2; side++) {
      int child = NumberTable.child(packed[side == 0 ? yes : no]);
      for (int k = 0; k < 2; k++) {
        put(work, frame, 3 + 2 * side + k, child + k * NumberTable.NODE);
        work.ends[2 * side + k] = NumberTable.child(packed[child + k * NumberTable.NODE]);
      }
    }
    return NumberLoops.top(work.x, work.first, work.cuts, work.ends, count, found);
  }

  /** Finite numbers are not above the largest of them, so it does for infinity. */
  private void put(Work work, Frame frame, int split, int at) {
    long node = table.packed[at];
    int place = NumberTable.place(node);
    work.x[split] = table.inPlace ? frame.columns[place] : work.block;
    work.first[split] = table.inPlace ? frame.offsets[place] : place * NumberTable.BLOCK;
    double cut = Double.longBitsToDouble(table.packed[at + 1]);
    work.cuts[split] = Math.min(cut, Double.MAX_VALUE);
  }
}
