package dev.insitu.score.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks a range of trees with eight rows at a time, whose walks do not wait for each other, or with
 * a single row eight trees at a time, and adds up their leaves in the order of the trees: in
 * float32 if the trees are, as their trainer and ONNX Runtime do.
 */
final class TreeStep implements Step {
  private static final int ROWS = TreeTable.ROWS;
  private static final int LEVELS_BETWEEN_LOOKS = 4;

  /** So few rows of a block are walked one by one. */
  private static final int FEW = 4;

  private static final Bins.View PLAIN = new Bins.Order(false);

  private final TreeTable trees;
  private final int from;
  private final int to;
  private final double @Nullable [] table;
  private final int width;
  private final Input[] inputs;
  private final int[] outputs;
  private final int scratch;

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
    final int[] bins;
    final double[] sums;
    final int[] leaves;

    Work(int views, int width, int trees) {
      this.bins = new int[Math.multiplyExact(views, ROWS)];
      this.sums = new double[Math.multiplyExact(width, ROWS)];
      this.leaves = new int[Math.max(ROWS, trees + 7)];
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
  }

  private int[] views(Bins.Source source, double value) {
    int bin = source.bin(value);
    return trees.bins.views().subList(source.first(), source.end()).stream()
        .mapToInt(view -> view.of(value, bin))
        .toArray();
  }

  @Override
  public void run(Frame frame, int rows) {
    Work work =
        frame.scratch(
            scratch, Work.class, () -> new Work(trees.bins.views().size(), width, to - from));
    for (int first = 0; first < rows; first += ROWS) {
      int count = Math.min(ROWS, rows - first);
      for (int i = 0; i < inputs.length; i++) {
        fill(frame, i, first, count, work.bins);
      }
      Arrays.fill(work.sums, 0);
      if (count < FEW) {
        for (int row = 0; row < count; row++) {
          walkTrees(work.bins, row, work.leaves);
          addTrees(work, row);
        }
      } else {
        for (int tree = from; tree < to; tree++) {
          walk(trees.nodes, work.bins, trees.roots[tree], trees.depths[tree], count, work.leaves);
          addRows(work, count);
        }
      }
      for (int k = 0; k < width; k++) {
        int slot = outputs[k];
        if (slot >= 0) {
          System.arraycopy(work.sums, k * ROWS, frame.columns[slot], first, count);
        }
      }
    }
  }

  private void fill(Frame frame, int i, int first, int count, int[] bins) {
    Bins.Source source = trees.bins.sources().get(i);
    if (inputs[i] instanceof Flags flags) {
      int[] codes = frame.codes[flags.text];
      for (int view = source.first(); view < source.end(); view++) {
        int no = flags.no[view - source.first()];
        int yes = flags.yes[view - source.first()];
        for (int row = 0; row < count; row++) {
          bins[view * ROWS + row] = codes[first + row] == flags.code ? yes : no;
        }
      }
      return;
    }
    int slot = ((Numbers) inputs[i]).slot;
    double[] values = frame.columns[slot];
    int offset = frame.offsets[slot] + first;
    int at = source.first() * ROWS;
    fill(values, offset, count, source.cuts(), bins, at);
    for (int view = source.end() - 1; view >= source.first(); view--) {
      Bins.View shown = trees.bins.views().get(view);
      if (view == source.first() && shown.equals(PLAIN)) {
        continue;
      }
      for (int row = 0; row < count; row++) {
        bins[view * ROWS + row] = shown.of(values[offset + row], bins[at + row]);
      }
    }
  }

  private static void fill(
      double[] values, int offset, int count, double[] cuts, int[] bins, int at) {
    if (cuts.length == 1) {
      double only = cuts[0];
      for (int row = 0; row < count; row++) {
        bins[at + row] = values[offset + row] <= only ? 0 : 1;
      }
      return;
    }
    for (int row = 0; row < count; row++) {
      double value = values[offset + row];
      int bin = 0;
      for (int half = cuts.length + 1 >> 1; half > 0; half >>= 1) {
        bin += value <= cuts[bin + half - 1] ? 0 : half;
      }
      bins[at + row] = bin;
    }
  }

  /** Adds the leaves of a tree. */
  private void addRows(Work work, int count) {
    double[] sums = work.sums;
    double[] values = trees.forest.values();
    int[] numbers = trees.leaves;
    if (table != null) {
      for (int row = 0; row < count; row++) {
        addRow(sums, row, (int) values[numbers[work.leaves[row]]] * width);
      }
    } else if (width > 1) {
      int[] targets = trees.forest.targets();
      for (int row = 0; row < count; row++) {
        int leaf = numbers[work.leaves[row]];
        int at = targets[leaf] * ROWS + row;
        sums[at] = sum(sums[at], values[leaf]);
      }
    } else if (trees.forest.single()) {
      for (int row = 0; row < count; row++) {
        sums[row] = (float) (sums[row] + values[numbers[work.leaves[row]]]);
      }
    } else {
      for (int row = 0; row < count; row++) {
        sums[row] += values[numbers[work.leaves[row]]];
      }
    }
  }

  /** Adds the leaves of all trees for one row. */
  private void addTrees(Work work, int row) {
    double[] sums = work.sums;
    double[] values = trees.forest.values();
    int[] targets = trees.forest.targets();
    for (int tree = 0; tree < to - from; tree++) {
      int leaf = trees.leaves[work.leaves[tree]];
      if (table != null) {
        addRow(sums, row, (int) values[leaf] * width);
      } else {
        int at = targets[leaf] * ROWS + row;
        sums[at] = sum(sums[at], values[leaf]);
      }
    }
  }

  private void addRow(double[] sums, int row, int at) {
    double[] rows = Objects.requireNonNull(table);
    for (int k = 0; k < width; k++) {
      sums[k * ROWS + row] = sum(sums[k * ROWS + row], rows[at + k]);
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
      long all;
      do {
        for (int level = 0; level < LEVELS_BETWEEN_LOOKS; level++) {
          a = next(nodes[a], bins, row);
          b = next(nodes[b], bins, row);
          c = next(nodes[c], bins, row);
          d = next(nodes[d], bins, row);
          e = next(nodes[e], bins, row);
          f = next(nodes[f], bins, row);
          g = next(nodes[g], bins, row);
          h = next(nodes[h], bins, row);
        }
        all = nodes[a] & nodes[b] & nodes[c] & nodes[d] & nodes[e] & nodes[f] & nodes[g] & nodes[h];
      } while (!TreeTable.isLeaf(all));
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
  private static void walk(long[] nodes, int[] bins, int root, int depth, int count, int[] leaves) {
    for (int row = 0; row < count; row += 8) {
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
      leaves[row] = a;
      leaves[row + 1] = b;
      leaves[row + 2] = c;
      leaves[row + 3] = d;
      leaves[row + 4] = e;
      leaves[row + 5] = f;
      leaves[row + 6] = g;
      leaves[row + 7] = h;
    }
  }

  /** The second child if the row's bin is larger: the sign of the difference, without a branch. */
  private static int next(long node, int[] bins, int row) {
    return TreeTable.child(node)
        + (TreeTable.bin(node) - bins[TreeTable.binsOf(node) + row] >>> 31);
  }
}
