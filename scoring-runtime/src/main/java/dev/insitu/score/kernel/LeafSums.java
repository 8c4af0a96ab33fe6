package dev.insitu.score.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the leaves that rows found: in float32 if the trees are, as their trainer and ONNX
 * Runtime do. Immutable.
 */
final class LeafSums {
  private final Forest forest;

  /** For each node that is a leaf its number. */
  private final int[] numbers;

  private final double @Nullable [] table;
  private final int width;
  private final int[] outputs;

  /** For each node that is a leaf its weight, if there is one sum and it is of float32. */
  private final float @Nullable [] singles;

  /**
   * Of trees.
   *
   * @param numbers for each node that is a leaf its number
   * @param table where the values of leaves are numbers of rows: those rows
   */
  LeafSums(Forest forest, int[] numbers, double @Nullable [] table, List<Column> outputs) {
    this.forest = forest;
    this.numbers = numbers;
    this.table = table;
    this.width = outputs.size();
    this.outputs = outputs.stream().mapToInt(Column::slot).toArray();
    this.singles = forest.single() && isOne() ? singles() : null;
  }

  private float[] singles() {
    float[] values = new float[numbers.length];
    for (int node = 0; node < values.length; node++) {
      values[node] = (float) forest.values()[numbers[node]];
    }
    return values;
  }

  /** Returns whether there is one sum, of the leaves' own values. */
  boolean isOne() {
    return table == null && width == 1;
  }

  /** Returns how many sums a row has. */
  int width() {
    return width;
  }

  /** Returns for each target the sums of the rows. */
  double[][] work(int rows) {
    return new double[width][rows];
  }

  /** Begins with 0. */
  static void begin(double[][] sums, int rows) {
    for (double[] each : sums) {
      Arrays.fill(each, 0, rows, 0);
    }
  }

  /** Puts the sums where they belong. */
  void end(double[][] sums, Frame frame, int rows) {
    for (int k = 0; k < width; k++) {
      int slot = outputs[k];
      if (slot >= 0) {
        System.arraycopy(sums[k], 0, frame.columns[slot], 0, rows);
      }
    }
  }

  /**
   * Adds the leaves of a tree.
   *
   * @param nodes the nodes of the leaves, from 0 on
   * @param first the row of the first
   * @param count how many rows there are
   */
  void addRows(double[][] sums, int[] nodes, int first, int count) {
    double[] values = forest.values();
    if (table != null) {
      for (int row = 0; row < count; row++) {
        addRow(sums, first + row, (int) values[numbers[nodes[row]]] * width);
      }
    } else if (width > 1) {
      int[] targets = forest.targets();
      for (int row = 0; row < count; row++) {
        int leaf = numbers[nodes[row]];
        double[] target = sums[targets[leaf]];
        target[first + row] = sum(target[first + row], values[leaf]);
      }
    } else if (singles != null) {
      addRows(singles, sums[0], nodes, first, count);
    } else {
      double[] target = sums[0];
      for (int row = 0; row < count; row++) {
        target[first + row] += values[numbers[nodes[row]]];
      }
    }
  }

  private static void addRows(float[] values, double[] sums, int[] nodes, int first, int count) {
    for (int row = 0; row < count; row++) {
      sums[first + row] = (float) sums[first + row] + values[nodes[row]];
    }
  }

  /**
   * Adds the leaves of all trees for one row.
   *
   * @param found the nodes of the leaves
   */
  void addTrees(double[][] sums, int row, int[] found) {
    double[] values = forest.values();
    if (singles != null) {
      sums[0][row] = sum(singles, found);
      return;
    } else if (isOne()) {
      sums[0][row] = sum(values, found);
      return;
    }
    int[] targets = forest.targets();
    for (int node : found) {
      int leaf = numbers[node];
      if (table != null) {
        addRow(sums, row, (int) values[leaf] * width);
      } else {
        double[] target = sums[targets[leaf]];
        target[row] = sum(target[row], values[leaf]);
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
      sum += values[numbers[node]];
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
    return forest.single() ? (float) (a + b) : a + b;
  }
}
