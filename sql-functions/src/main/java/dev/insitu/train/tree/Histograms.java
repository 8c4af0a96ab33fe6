package dev.insitu.train.tree;

import dev.insitu.train.FreeHeap;
import dev.insitu.train.Progress;
import dev.insitu.train.tree.TreeColumns.Column;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The sums of hessians and gradients of a node by code, of all bundles in one array: hessian,
 * gradient, hessian, gradient, … Confined to one thread.
 *
 * <p>Rows are taken in blocks: their codes and gradients are copied side by side, and added for
 * eight bundles at a time, whose sums are at hand then. Where hessian and gradient of a row share a
 * long, so do their sums, until they could overflow. A large child's sums are its parent's less its
 * sibling's (Ke and others, LightGBM, 2017).
 */
final class Histograms {
  private static final int BLOCK = BundledCodes.BLOCK;
  private static final int CODES = BundledCodes.CODES;
  private static final int MAX_CODES = Bundle.MAX_CODES;

  /** Nodes whose sums are held at a time, as long as trees are not deeper. */
  private static final int HELD = 8;

  /** Units of a row that are told apart at least, and at most, as a power of two. */
  private static final int LEAST_BITS = 18;

  private static final int MOST_BITS = 30;

  /** Of fewer rows, sums in longs would cost more than they save. */
  private static final int FEW_ROWS = 512;

  private final List<Bundle> bundles;
  private final BundledCodes codes;

  /** Where the sums of each bundle begin; of those that only fill a long, too. */
  private final int[] starts;

  /** Of each column: its bundle if it is the only one there, else -1. */
  private final int[] alone;

  /** Where the sums of each column begin. */
  private final int[] offsets;

  private final double[] byColumn;
  private final int bits;

  /** Rows that can be added before a sum in a long could overflow. */
  private final int mostAdded;

  private final Deque<double[]> unused = new ArrayDeque<>();
  private final long[] codeBlock = new long[BundledCodes.WORDS * BLOCK];
  private final long[] unitBlock = new long[BLOCK];
  private final double[] pairBlock = new double[2 * BLOCK];

  /** By eight bundles: their sums, 256 each. */
  private final long[][] units;

  /** Bundles columns. */
  Histograms(List<Column> columns, int rows, Progress progress) {
    progress.step("preparing", 0, 1);
    int width = columns.size();
    FreeHeap.require((long) rows * width * Character.BYTES);
    this.bundles = Bundle.of(columns);
    this.codes = new BundledCodes(bundles, rows);
    this.units = new long[(bundles.size() + CODES - 1) / CODES][CODES * MAX_CODES];
    this.starts = new int[units.length * CODES + 1];
    for (int b = 0; b + 1 < starts.length; b++) {
      int size = b < bundles.size() ? bundles.get(b).size : 1;
      starts[b + 1] = Math.addExact(starts[b], 2 * size);
    }
    this.alone = new int[width];
    this.offsets = new int[width];
    int shared = 0;
    for (int b = 0; b < bundles.size(); b++) {
      int[] members = bundles.get(b).columns;
      for (int c : members) {
        alone[c] = members.length == 1 ? b : -1;
        offsets[c] = members.length == 1 ? starts[b] : shared;
        shared = members.length == 1 ? shared : Math.addExact(shared, 2 * columns.get(c).size());
      }
    }
    this.byColumn = new double[shared];
    int fewEnough = Integer.numberOfLeadingZeros(mostRowsOfCode(bundles)) - 1;
    this.bits = Math.max(LEAST_BITS, Math.min(MOST_BITS, fewEnough));
    this.mostAdded = bits <= fewEnough ? Integer.MAX_VALUE : (1 << (Integer.SIZE - 1 - bits)) - 1;
    FreeHeap.require(HELD * Double.BYTES * (long) starts[starts.length - 1]);
  }

  private static int mostRowsOfCode(List<Bundle> bundles) {
    int most = 0;
    for (Bundle bundle : bundles) {
      int[] counts = new int[bundle.size];
      for (char code : bundle.codes) {
        counts[code]++;
      }
      most = Math.max(most, Arrays.stream(counts).max().orElse(0));
    }
    return most;
  }

  /** Returns how many bits the units of a row may have: see {@link Gradients#pack}. */
  int bits() {
    return bits;
  }

  /** Returns where the sums of a column begin in {@link #ofColumn}. */
  int offset(int column) {
    return offsets[column];
  }

  /** Returns the array that has the sums of a column. */
  double[] ofColumn(int column, double[] sums) {
    return alone[column] >= 0 ? sums : byColumn;
  }

  /** Returns the sums of some rows, to be {@linkplain #release released}. */
  double[] of(int[] rows, int first, int last, Gradients gradients) {
    double[] sums = unused.isEmpty() ? new double[starts[starts.length - 1]] : unused.pop();
    if (gradients.narrow() && last - first >= FEW_ROWS) {
      addUnits(rows, first, last, gradients, sums);
    } else {
      addPairs(rows, first, last, gradients, 1, sums);
    }
    return sums;
  }

  private void addUnits(int[] rows, int first, int last, Gradients gradients, double[] sums) {
    int added = 0;
    for (int from = first; from < last; from += BLOCK) {
      int count = Math.min(BLOCK, last - from);
      if (added > mostAdded - count) {
        flush(gradients, sums);
        added = 0;
      }
      added += count;
      gradients.copyPacked(rows, from, count, unitBlock);
      for (int slab = 0; slab < codes.slabs(); slab++) {
        codes.copy(slab, rows, from, count, codeBlock);
        for (int w = 0; w < codes.wordsOf(slab); w++) {
          int word = slab * BundledCodes.WORDS + w;
          if (bundles.size() - word * CODES > CODES / 2) {
            addEight(codeBlock, w * BLOCK, unitBlock, count, units[word]);
          } else {
            addFour(codeBlock, w * BLOCK, unitBlock, count, units[word]);
          }
        }
      }
    }
    flush(gradients, sums);
  }

  private static void addEight(long[] codes, int at, long[] units, int count, long[] sums) {
    for (int i = 0; i < count; i++) {
      long eight = codes[at + i];
      int low = (int) eight;
      int high = (int) (eight >>> Integer.SIZE);
      long unit = units[i];
      sums[low & 0xff] += unit;
      sums[0x100 + (low >>> 8 & 0xff)] += unit;
      sums[0x200 + (low >>> 16 & 0xff)] += unit;
      sums[0x300 + (low >>> 24)] += unit;
      sums[0x400 + (high & 0xff)] += unit;
      sums[0x500 + (high >>> 8 & 0xff)] += unit;
      sums[0x600 + (high >>> 16 & 0xff)] += unit;
      sums[0x700 + (high >>> 24)] += unit;
    }
  }

  private static void addFour(long[] codes, int at, long[] units, int count, long[] sums) {
    for (int i = 0; i < count; i++) {
      int low = (int) codes[at + i];
      long unit = units[i];
      sums[low & 0xff] += unit;
      sums[0x100 + (low >>> 8 & 0xff)] += unit;
      sums[0x200 + (low >>> 16 & 0xff)] += unit;
      sums[0x300 + (low >>> 24)] += unit;
    }
  }

  /** Moves the sums in longs over. */
  private void flush(Gradients gradients, double[] sums) {
    for (int b = 0; b < bundles.size(); b++) {
      long[] from = units[b / CODES];
      int first = b % CODES * MAX_CODES;
      int to = starts[b];
      int last = first + bundles.get(b).size;
      for (int at = first; at < last; at++, to += 2) {
        sums[to] += gradients.hessian(from[at]);
        sums[to + 1] += gradients.gradient(from[at]);
      }
      Arrays.fill(from, first, last, 0);
    }
  }

  /** Takes the sums of some rows from those of more rows. */
  void remove(int[] rows, int first, int last, Gradients gradients, double[] sums) {
    addPairs(rows, first, last, gradients, -1, sums);
  }

  /** Adds rows one by one, multiplied by a sign. */
  private void addPairs(
      int[] rows, int first, int last, Gradients gradients, int sign, double[] sums) {
    for (int from = first; from < last; from += BLOCK) {
      int count = Math.min(BLOCK, last - from);
      gradients.copyPairs(rows, from, count, sign, pairBlock);
      for (int slab = 0; slab < codes.slabs(); slab++) {
        codes.copy(slab, rows, from, count, codeBlock);
        for (int w = 0; w < codes.wordsOf(slab); w++) {
          int bundle = (slab * BundledCodes.WORDS + w) * CODES;
          addFour(w * BLOCK, 0, bundle, count, sums);
          if (bundles.size() - bundle > CODES / 2) {
            addFour(w * BLOCK, Integer.SIZE, bundle + CODES / 2, count, sums);
          }
        }
      }
    }
  }

  /** Adds eight sums a row: with fewer, additions to the same sum would wait for one another. */
  private void addFour(int at, int shift, int bundle, int count, double[] sums) {
    int start0 = starts[bundle];
    int start1 = starts[bundle + 1];
    int start2 = starts[bundle + 2];
    int start3 = starts[bundle + 3];
    for (int i = 0; i < count; i++) {
      int four = (int) (codeBlock[at + i] >>> shift);
      double hessian = pairBlock[2 * i];
      double gradient = pairBlock[2 * i + 1];
      add(sums, start0 + 2 * (four & 0xff), hessian, gradient);
      add(sums, start1 + 2 * (four >>> 8 & 0xff), hessian, gradient);
      add(sums, start2 + 2 * (four >>> 16 & 0xff), hessian, gradient);
      add(sums, start3 + 2 * (four >>> 24), hessian, gradient);
    }
  }

  private static void add(double[] sums, int at, double hessian, double gradient) {
    sums[at] += hessian;
    sums[at + 1] += gradient;
  }

  /** Returns the bundles. */
  List<Bundle> bundles() {
    return bundles;
  }

  /** Copies what sums are taken of, for the rows of a small node. */
  void holdPairs(int[] rows, int first, int last, Gradients gradients) {
    gradients.copyPairs(rows, first, last - first, 1, pairBlock);
  }

  /** Copies the codes of the rows of a small node, of a bundle and those beside it. */
  void holdCodes(int bundle, int[] rows, int first, int last) {
    codes.copy(bundle / (CODES * BundledCodes.WORDS), rows, first, last - first, codeBlock);
  }

  /** Adds what is held, by code of a bundle, and marks the codes that occur. */
  void addHeld(int bundle, int count, double[] sums, long[] occurring) {
    int at = bundle / CODES % BundledCodes.WORDS * BLOCK;
    int shift = bundle % CODES * Byte.SIZE;
    for (int i = 0; i < count; i++) {
      int code = (int) (codeBlock[at + i] >>> shift) & 0xff;
      occurring[code / Long.SIZE] |= 1L << code;
      add(sums, 2 * code, pairBlock[2 * i], pairBlock[2 * i + 1]);
    }
  }

  /** Separates the sums of columns that share a bundle, until the next call. */
  void separate(double[] sums) {
    if (byColumn.length == 0) {
      return;
    }
    Arrays.fill(byColumn, 0);
    for (int b = 0; b < bundles.size(); b++) {
      Bundle bundle = bundles.get(b);
      if (bundle.columns.length == 1) {
        continue;
      }
      for (int k = 0; k < bundle.columns.length; k++) {
        char[] codesOf = bundle.codesOf[k];
        int offset = offsets[bundle.columns[k]];
        int from = starts[b];
        for (int code = 0; code < codesOf.length; code++) {
          int at = offset + 2 * codesOf[code];
          byColumn[at] += sums[from + 2 * code];
          byColumn[at + 1] += sums[from + 2 * code + 1];
        }
      }
    }
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
