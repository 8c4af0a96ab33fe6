package dev.insitu.train.tree;

import dev.insitu.train.FreeHeap;
import dev.insitu.train.Progress;
import dev.insitu.train.tree.TreeColumns.Column;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The sums of hessians and gradients of a node by code, of all columns in one array: hessian,
 * gradient, hessian, gradient, … Confined to one thread.
 *
 * <p>Columns are bundled, and the codes of four bundles share an integer: so the rows of a small
 * node, which lie far apart, are found in little memory. A large child's sums are its parent's less
 * its sibling's (Ke and others, LightGBM, 2017).
 */
final class Histograms {
  private static final int BUNDLES_A_WORD = 4;

  /** A byte, doubled. */
  private static final int MASK = 0x1fe;

  /** Nodes whose sums are held at a time, as long as trees are not deeper. */
  private static final int HELD = 8;

  private final List<Bundle> bundles;

  /** By four bundles, then by row. */
  private final int[][] words;

  /** Where the sums of each bundle begin. */
  private final int[] starts;

  /** Where the sums of each column begin. */
  private final int[] offsets;

  private final double[] byColumn;
  private final Deque<double[]> unused = new ArrayDeque<>();

  /** Bundles columns. */
  Histograms(List<Column> columns, int rows, Progress progress) {
    progress.step("preparing", 0, 1);
    int width = columns.size();
    FreeHeap.require((long) rows * (width + Integer.BYTES));
    this.bundles = Bundle.of(columns);
    this.offsets = new int[width + 1];
    for (int c = 0; c < width; c++) {
      offsets[c + 1] = Math.addExact(offsets[c], 2 * columns.get(c).size());
    }
    this.byColumn = new double[offsets[width]];
    this.words = new int[(bundles.size() + BUNDLES_A_WORD - 1) / BUNDLES_A_WORD][rows];
    // Where a word has no bundle the sums mean nothing.
    this.starts = new int[words.length * BUNDLES_A_WORD + 1];
    for (int b = 0; b < bundles.size(); b++) {
      starts[b + 1] = Math.addExact(starts[b], 2 * bundles.get(b).size);
      int[] word = words[b / BUNDLES_A_WORD];
      char[] codes = bundles.get(b).codes;
      int shift = b % BUNDLES_A_WORD * Byte.SIZE;
      for (int row = 0; row < rows; row++) {
        word[row] |= codes[row] << shift;
      }
    }
    for (int b = bundles.size(); b + 1 < starts.length; b++) {
      starts[b + 1] = starts[b] + 2;
    }
    FreeHeap.require(HELD * Double.BYTES * (long) starts[starts.length - 1]);
  }

  /** Returns where the sums of a column begin in {@link #byColumn}. */
  int offset(int column) {
    return offsets[column];
  }

  /** Returns the sums of some rows, to be {@linkplain #release released}. */
  double[] of(int[] rows, int first, int last, double[] pairs) {
    double[] sums = unused.isEmpty() ? new double[starts[starts.length - 1]] : unused.pop();
    int w = 0;
    for (; w + 1 < words.length; w += 2) {
      addTwo(w, rows, first, last, pairs, sums);
    }
    if (w < words.length) {
      addOne(w, rows, first, last, pairs, sums);
    }
    return sums;
  }

  /** Adds eight sums a row: with fewer, additions to the same sum would wait for one another. */
  private void addTwo(int w, int[] rows, int first, int last, double[] pairs, double[] sums) {
    int[] word = words[w];
    int[] nextWord = words[w + 1];
    int bundle = w * BUNDLES_A_WORD;
    int start0 = starts[bundle];
    int start1 = starts[bundle + 1];
    int start2 = starts[bundle + 2];
    int start3 = starts[bundle + 3];
    int start4 = starts[bundle + 4];
    int start5 = starts[bundle + 5];
    int start6 = starts[bundle + 6];
    int start7 = starts[bundle + 7];
    for (int i = first; i < last; i++) {
      int row = rows[i];
      int codes = word[row];
      int nextCodes = nextWord[row];
      double hessian = pairs[2 * row];
      double gradient = pairs[2 * row + 1];
      add(sums, start0 + ((codes << 1) & MASK), hessian, gradient);
      add(sums, start1 + ((codes >>> 7) & MASK), hessian, gradient);
      add(sums, start2 + ((codes >>> 15) & MASK), hessian, gradient);
      add(sums, start3 + ((codes >>> 23) & MASK), hessian, gradient);
      add(sums, start4 + ((nextCodes << 1) & MASK), hessian, gradient);
      add(sums, start5 + ((nextCodes >>> 7) & MASK), hessian, gradient);
      add(sums, start6 + ((nextCodes >>> 15) & MASK), hessian, gradient);
      add(sums, start7 + ((nextCodes >>> 23) & MASK), hessian, gradient);
    }
  }

  private void addOne(int w, int[] rows, int first, int last, double[] pairs, double[] sums) {
    int[] word = words[w];
    int bundle = w * BUNDLES_A_WORD;
    int start0 = starts[bundle];
    int start1 = starts[bundle + 1];
    int start2 = starts[bundle + 2];
    int start3 = starts[bundle + 3];
    for (int i = first; i < last; i++) {
      int row = rows[i];
      int codes = word[row];
      double hessian = pairs[2 * row];
      double gradient = pairs[2 * row + 1];
      add(sums, start0 + ((codes << 1) & MASK), hessian, gradient);
      add(sums, start1 + ((codes >>> 7) & MASK), hessian, gradient);
      add(sums, start2 + ((codes >>> 15) & MASK), hessian, gradient);
      add(sums, start3 + ((codes >>> 23) & MASK), hessian, gradient);
    }
  }

  private static void add(double[] sums, int at, double hessian, double gradient) {
    sums[at] += hessian;
    sums[at + 1] += gradient;
  }

  /** Returns the sums by column; the array is used again by the next call. */
  double[] byColumn(double[] sums) {
    Arrays.fill(byColumn, 0);
    for (int b = 0; b < bundles.size(); b++) {
      Bundle bundle = bundles.get(b);
      for (int k = 0; k < bundle.columns.length; k++) {
        char[] codes = bundle.codesOf[k];
        int offset = offsets[bundle.columns[k]];
        int from = starts[b];
        for (int code = 0; code < codes.length; code++) {
          int at = offset + 2 * codes[code];
          byColumn[at] += sums[from + 2 * code];
          byColumn[at + 1] += sums[from + 2 * code + 1];
        }
      }
    }
    return byColumn;
  }

  /** Takes the sums of one child from those of its parent; the other child's are left. */
  static void subtract(double[] parent, double[] child) {
    for (int i = 0; i < parent.length; i++) {
      parent[i] -= child[i];
    }
  }

  /** Gives sums back. */
  void release(double[] sums) {
    Arrays.fill(sums, 0);
    unused.push(sums);
  }
}
