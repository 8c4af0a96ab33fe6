package dev.insitu.score.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the leaves of a range of trees, in the order of the trees: in float32 if the trees are,
 * as their trainer and ONNX Runtime do. Many rows find their leaves by {@link BlendedTrees blends},
 * fewer rows by {@link BlockWalk walks}, a single row by a {@link RowWalk walk through all trees},
 * and few trees by {@link DirectWalk walks without bins}.
 */
final class TreeStep implements Step {
  private static final int TOGETHER = TreeTable.TOGETHER;

  /** So few rows of a block are walked one by one. */
  private static final int FEW = 4;

  /** From so many rows on blends are no slower than walks. */
  private static final int MANY = 128;

  private final TreeTable trees;
  private final int from;
  private final int to;
  private final double @Nullable [] table;
  private final int width;
  private final TreeInputs inputs;
  private final int[] outputs;
  private final int scratch;
  private final BlendedTrees blended;
  private final RowWalk rowWalk;

  /** Where the trees are so few that nothing else is needed. */
  private final @Nullable DirectWalk direct;

  /** For each node that is a leaf its weight, if there is one sum and it is of float32. */
  private final float @Nullable [] singles;

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

    Work(int views, int width, int rows, BlendedTrees blended, RowWalk walk) {
      this.bins = new int[views][rows];
      this.blends = rows < MANY ? null : blended.work(rows);
      this.blocks = new int[views * (blended.hasAll() ? Math.min(rows, MANY) : rows)];
      this.sums = new double[width][rows];
      this.nodes = new int[rows];
      this.row = walk.work();
    }
  }

  /**
   * Makes a step.
   *
   * @param from the first tree
   * @param to the one behind the last
   * @param table where the values of leaves are numbers of rows: those rows
   * @param columns the column of each source
   */
  TreeStep(
      TreeTable trees,
      int from,
      int to,
      double @Nullable [] table,
      List<Column> columns,
      List<Column> outputs,
      int scratch) {
    this.trees = trees;
    this.from = from;
    this.to = to;
    this.table = table;
    this.width = outputs.size();
    this.inputs = new TreeInputs(trees.bins, columns);
    this.outputs = outputs.stream().mapToInt(Column::slot).toArray();
    this.scratch = scratch;
    this.blended = new BlendedTrees(trees, from, to, inputs);
    this.rowWalk = new RowWalk(trees, from, to);
    this.direct = DirectWalk.of(trees, from, to, columns);
    this.singles = trees.forest.single() && table == null && width == 1 ? singles() : null;
  }

  private float[] singles() {
    float[] values = new float[trees.size];
    for (int node = 0; node < values.length; node++) {
      values[node] = (float) trees.forest.values()[trees.leaves[node]];
    }
    return values;
  }

  @Override
  public int numbers() {
    return trees.bins.views().size() + width;
  }

  @Override
  public void run(Frame frame, int rows) {
    Work work =
        frame.scratch(
            scratch,
            Work.class,
            () -> new Work(trees.bins.views().size(), width, frame.rows, blended, rowWalk));
    for (double[] sums : work.sums) {
      Arrays.fill(sums, 0, rows, 0);
    }
    if (direct != null) {
      for (int tree = from; tree < to; tree++) {
        direct.run(frame, tree, rows, work.nodes);
        addRows(work, 0, rows);
      }
    } else if (rows < FEW) {
      for (int row = 0; row < rows; row++) {
        inputs.row(frame, row, work.row);
        rowWalk.run(work.row);
        addTrees(work, row);
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
    for (int k = 0; k < width; k++) {
      int slot = outputs[k];
      if (slot >= 0) {
        System.arraycopy(work.sums[k], 0, frame.columns[slot], 0, rows);
      }
    }
  }

  private void blend(Work work, BlendedTrees.Work blends, int rows) {
    boolean sum = table == null && width == 1;
    if (!blended.hasAll()) {
      layOut(work, rows);
    }
    for (int tree = from; tree < to; tree++) {
      blended.run(blends, tree, work.bins, rows);
      if (sum && blended.isWhole(tree)) {
        blended.add(blends, tree, rows, work.sums[0], trees.forest.single());
        continue;
      }
      blended.nodes(blends, tree, rows, work.nodes);
      if (!blended.isWhole(tree)) {
        Arrays.fill(work.nodes, rows, rows + 7 & -8, trees.roots[tree]);
        for (int first = 0; first < rows; first += TOGETHER) {
          int count = Math.min(TOGETHER, rows - first);
          walk(work, first, blended.levelsLeft(tree), count, first);
        }
      }
      addRows(work, 0, rows);
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
    addRows(work, first, count);
  }

  private void walk(Work work, int first, int levels, int count, int start) {
    BlockWalk.run(trees.nodes, work.blocks, blockOf(first), levels, count, work.nodes, start);
  }

  /** Adds the leaves of a tree. */
  private void addRows(Work work, int first, int count) {
    double[] values = trees.forest.values();
    int[] leaves = trees.leaves;
    int[] nodes = work.nodes;
    if (table != null) {
      for (int row = 0; row < count; row++) {
        addRow(work.sums, first + row, (int) values[leaves[nodes[row]]] * width);
      }
    } else if (width > 1) {
      int[] targets = trees.forest.targets();
      for (int row = 0; row < count; row++) {
        int leaf = leaves[nodes[row]];
        double[] sums = work.sums[targets[leaf]];
        sums[first + row] = sum(sums[first + row], values[leaf]);
      }
    } else {
      double[] sums = work.sums[0];
      for (int row = 0; row < count; row++) {
        sums[first + row] = sum(sums[first + row], values[leaves[nodes[row]]]);
      }
    }
  }

  /** Adds the leaves of all trees for one row. */
  private void addTrees(Work work, int row) {
    double[] values = trees.forest.values();
    int[] found = work.row.leaves;
    if (singles != null) {
      work.sums[0][row] = sum(singles, found);
      return;
    } else if (table == null && width == 1) {
      work.sums[0][row] = sum(values, found);
      return;
    }
    int[] targets = trees.forest.targets();
    for (int node : found) {
      int leaf = trees.leaves[node];
      if (table != null) {
        addRow(work.sums, row, (int) values[leaf] * width);
      } else {
        double[] sums = work.sums[targets[leaf]];
        sums[row] = sum(sums[row], values[leaf]);
      }
    }
  }

  private static float sum(float[] values, int[] found) {
    float sum = 0;
    for (int node : found) {
      sum += values[node];
    }
    return sum;
  }

  private double sum(double[] values, int[] found) {
    double sum = 0;
    for (int node : found) {
      sum += values[trees.leaves[node]];
    }
    return sum;
  }

  private void addRow(double[][] sums, int row, int at) {
    double[] rows = Objects.requireNonNull(table);
    for (int k = 0; k < width; k++) {
      sums[k][row] = sum(sums[k][row], rows[at + k]);
    }
  }

  /** Of two float32 the sum in float64, rounded to float32, is their sum in float32. */
  private double sum(double a, double b) {
    return trees.forest.single() ? (float) (a + b) : a + b;
  }
}
