package dev.insitu.score.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the leaves of a range of trees, in the order of the trees: in float32 if the trees are,
 * as their trainer and ONNX Runtime do. Many rows find their leaves by {@link BlendedTrees blends};
 * few rows and large trees by walks, eight rows at a time, which do not wait for each other, or
 * with a single row eight trees at a time.
 */
final class TreeStep implements Step {
  private static final int TOGETHER = TreeTable.TOGETHER;
  private static final int LEVELS_BETWEEN_LOOKS = 4;

  /** So few rows of a block are walked one by one. */
  private static final int FEW = 4;

  /** From so many rows on blends are no slower than walks. */
  private static final int MANY = 128;

  private static final Bins.View PLAIN = new Bins.Order(false);

  private final TreeTable trees;
  private final int from;
  private final int to;
  private final double @Nullable [] table;
  private final int width;
  private final Input[] inputs;
  private final int[] outputs;
  private final int scratch;
  private final BlendedTrees blended;

  /** The largest depth of each eight trees. */
  private final int[] groupDepths;

  /** Where the numbers of a source are. */
  private sealed interface Input {}

  /** In a slot. */
  private record Numbers(int slot) implements Input {}

  /**
   * Nowhere: they are 1 where a text has a code, else 0.
   *
   * @param text the text
   * @param no what each view shows of 0
   * @param yes what each view shows of 1
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Flags(int text, int code, int[] no, int[] yes) implements Input {}

  /** What the step writes into. */
  private static final class Work {
    /** For each view the bins of the rows. */
    final int[][] bins;

    /** The same for walks: block by block of rows that walk together, in it view by view. */
    final int[] blocks;

    /** For each target the sums of the rows. */
    final double[][] sums;

    final int[] leaves;
    final BlendedTrees.@Nullable Work blends;

    Work(int views, int width, int trees, int rows, BlendedTrees blended) {
      this.bins = new int[views][rows];
      this.blends = rows < MANY ? null : blended.work(rows);
      this.blocks = new int[views * (blended.hasAll() ? Math.min(rows, MANY) : rows)];
      this.sums = new double[width][rows];
      this.leaves = new int[Math.max(rows, trees + 7)];
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
    this.inputs = new Input[columns.size()];
    for (int i = 0; i < inputs.length; i++) {
      Bins.Source source = trees.bins.sources().get(i);
      inputs[i] =
          columns.get(i).producer instanceof Producer.IsCode flag
              ? new Flags(flag.input(), flag.code(), views(source, 0), views(source, 1))
              : new Numbers(columns.get(i).slot());
    }
    this.outputs = outputs.stream().mapToInt(Column::slot).toArray();
    this.scratch = scratch;
    this.blended = new BlendedTrees(trees, from, to);
    this.groupDepths = new int[(to - from + 7) / 8];
    for (int tree = from; tree < to; tree++) {
      int group = (tree - from) / 8;
      groupDepths[group] = Math.max(groupDepths[group], trees.depths[tree]);
    }
  }

  @Override
  public int numbers() {
    return trees.bins.views().size() + width;
  }

  private int[] views(Bins.Source source, double value) {
    int bin = source.cuts().bin(value);
    return trees.bins.views().subList(source.first(), source.end()).stream()
        .mapToInt(view -> view.of(value, bin))
        .toArray();
  }

  @Override
  public void run(Frame frame, int rows) {
    Work work =
        frame.scratch(
            scratch,
            Work.class,
            () -> new Work(trees.bins.views().size(), width, to - from, frame.rows, blended));
    for (double[] sums : work.sums) {
      Arrays.fill(sums, 0, rows, 0);
    }
    if (rows < FEW) {
      for (int row = 0; row < rows; row++) {
        walk(frame, work, row);
      }
    } else {
      for (int i = 0; i < inputs.length; i++) {
        fill(frame, i, rows, work.bins);
      }
      if (work.blends != null && rows >= MANY) {
        blend(work, work.blends, rows);
      } else {
        walk(work, rows);
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
    blended.begin(blends);
    for (int tree = from; tree < to; tree++) {
      boolean done = blended.run(blends, tree, work.bins, rows);
      if (done && sum) {
        blended.add(blends, tree, rows, work.sums[0], trees.forest.single());
      } else if (done) {
        blended.leaves(blends, tree, rows, work.leaves);
        addRows(work, 0, rows);
      } else {
        for (int first = 0; first < rows; first += TOGETHER) {
          walk(work, tree, first, Math.min(TOGETHER, rows - first));
        }
      }
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

  /** Walks with one row; its bins are in the first place of each view's. */
  private void walk(Frame frame, Work work, int row) {
    List<Bins.Source> sources = trees.bins.sources();
    for (int i = 0; i < inputs.length; i++) {
      Bins.Source source = sources.get(i);
      if (inputs[i] instanceof Flags flags) {
        int[] shown = frame.codes[flags.text][row] == flags.code ? flags.yes : flags.no;
        for (int view = source.first(); view < source.end(); view++) {
          work.blocks[view * TOGETHER] = shown[view - source.first()];
        }
      } else {
        int slot = ((Numbers) inputs[i]).slot;
        double value = frame.columns[slot][frame.offsets[slot] + row];
        int bin = source.cuts().bin(value);
        for (int view = source.first(); view < source.end(); view++) {
          work.blocks[view * TOGETHER] = trees.bins.views().get(view).of(value, bin);
        }
      }
    }
    walkTrees(work.blocks, 0, work.leaves);
    addTrees(work, row);
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
    walk(
        trees.nodes,
        work.blocks,
        blockOf(first),
        trees.roots[tree],
        trees.depths[tree],
        count,
        work.leaves);
    for (int row = 0; row < count; row++) {
      work.leaves[row] = trees.leaves[work.leaves[row]];
    }
    addRows(work, first, count);
  }

  private void fill(Frame frame, int i, int rows, int[][] bins) {
    Bins.Source source = trees.bins.sources().get(i);
    if (inputs[i] instanceof Flags flags) {
      int[] codes = frame.codes[flags.text];
      for (int view = source.first(); view < source.end(); view++) {
        int no = flags.no[view - source.first()];
        int yes = flags.yes[view - source.first()];
        int[] target = bins[view];
        for (int row = 0; row < rows; row++) {
          target[row] = codes[row] == flags.code ? yes : no;
        }
      }
      return;
    }
    int slot = ((Numbers) inputs[i]).slot;
    double[] values = frame.columns[slot];
    int offset = frame.offsets[slot];
    int[] found = bins[source.first()];
    source.cuts().bins(values, offset, rows, found);
    for (int view = source.end() - 1; view >= source.first(); view--) {
      Bins.View shown = trees.bins.views().get(view);
      if (view == source.first() && shown.equals(PLAIN)) {
        continue;
      }
      int[] target = bins[view];
      for (int row = 0; row < rows; row++) {
        target[row] = shown.of(values[offset + row], found[row]);
      }
    }
  }

  /** Adds the leaves of a tree. */
  private void addRows(Work work, int first, int count) {
    double[] values = trees.forest.values();
    int[] leaves = work.leaves;
    if (table != null) {
      for (int row = 0; row < count; row++) {
        addRow(work.sums, first + row, (int) values[leaves[row]] * width);
      }
    } else if (width > 1) {
      int[] targets = trees.forest.targets();
      for (int row = 0; row < count; row++) {
        double[] sums = work.sums[targets[leaves[row]]];
        sums[first + row] = sum(sums[first + row], values[leaves[row]]);
      }
    } else {
      double[] sums = work.sums[0];
      for (int row = 0; row < count; row++) {
        sums[first + row] = sum(sums[first + row], values[leaves[row]]);
      }
    }
  }

  /** Adds the leaves of all trees for one row. */
  private void addTrees(Work work, int row) {
    double[] values = trees.forest.values();
    int[] targets = trees.forest.targets();
    for (int tree = 0; tree < to - from; tree++) {
      int leaf = trees.leaves[work.leaves[tree]];
      if (table != null) {
        addRow(work.sums, row, (int) values[leaf] * width);
      } else {
        double[] sums = work.sums[targets[leaf]];
        sums[row] = sum(sums[row], values[leaf]);
      }
    }
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

  /** Finds the leaves of a row. */
  private void walkTrees(int[] bins, int row, int[] leaves) {
    long[] nodes = trees.nodes;
    int[] roots = trees.roots;
    int last = to - 1;
    for (int tree = from; tree < to; tree += 8) {
      int a = roots[tree];
      int b = roots[Math.min(tree + 1, last)];
      int c = roots[Math.min(tree + 2, last)];
      int d = roots[Math.min(tree + 3, last)];
      int e = roots[Math.min(tree + 4, last)];
      int f = roots[Math.min(tree + 5, last)];
      int g = roots[Math.min(tree + 6, last)];
      int h = roots[Math.min(tree + 7, last)];
      int depth = groupDepths[(tree - from) / 8];
      for (int level = 0; level < depth; ) {
        for (int end = Math.min(depth, level + LEVELS_BETWEEN_LOOKS); level < end; level++) {
          a = next(nodes[a], bins, row);
          b = next(nodes[b], bins, row);
          c = next(nodes[c], bins, row);
          d = next(nodes[d], bins, row);
          e = next(nodes[e], bins, row);
          f = next(nodes[f], bins, row);
          g = next(nodes[g], bins, row);
          h = next(nodes[h], bins, row);
        }
        if (level < depth
            && TreeTable.isLeaf(
                nodes[a] & nodes[b] & nodes[c] & nodes[d] & nodes[e] & nodes[f] & nodes[g]
                    & nodes[h])) {
          break;
        }
      }
      int at = tree - from;
      leaves[at] = a;
      leaves[at + 1] = b;
      leaves[at + 2] = c;
      leaves[at + 3] = d;
      leaves[at + 4] = e;
      leaves[at + 5] = f;
      leaves[at + 6] = g;
      leaves[at + 7] = h;
    }
  }

  /** Finds the leaf of each row. Rows up to the next multiple of eight are walked for nothing. */
  private static void walk(
      long[] nodes, int[] bins, int first, int root, int depth, int count, int[] leaves) {
    for (int at = 0; at < count; at += 8) {
      int row = first + at;
      int a = root;
      int b = root;
      int c = root;
      int d = root;
      int e = root;
      int f = root;
      int g = root;
      int h = root;
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
      leaves[at] = a;
      leaves[at + 1] = b;
      leaves[at + 2] = c;
      leaves[at + 3] = d;
      leaves[at + 4] = e;
      leaves[at + 5] = f;
      leaves[at + 6] = g;
      leaves[at + 7] = h;
    }
  }

  /** The second child if the row's bin is larger: the sign of the difference, without a branch. */
  private static int next(long node, int[] bins, int row) {
    return TreeTable.child(node)
        + (TreeTable.bin(node) - bins[TreeTable.binsOf(node) + row] >>> 31);
  }
}
