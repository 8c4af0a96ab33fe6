package dev.insitu.train.tree;

import dev.insitu.train.tree.TreeColumns.Column;
import dev.insitu.train.tree.TreeColumns.Cut;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for the best split of a node: of each column the statistics of the node's rows by code, in
 * an array over all codes, or, where the column has many more codes than the node rows, over those
 * that occur. Of equal splits the first is taken: by column, then by value. Confined to one thread.
 */
final class SplitSearch {
  /** Comparing a row while sorting costs about as much as looking at so many numbers. */
  private static final long SORT_COST = 4;

  private final List<Column> columns;
  private final Criterion criterion;
  private final int stride;
  private final double[] statistics;
  private final double[] part;
  private final double[] total;
  private long[] keys = new long[64];
  private int[] codesFound = new int[64];

  private double best;
  private int bestColumn;
  private int bestCode;
  private int nextCode;
  private Cut cut = new Cut(0, 0);

  SplitSearch(TreeColumns columns, Criterion criterion) {
    this.columns = columns.columns();
    this.criterion = criterion;
    this.stride = criterion.stride();
    int largest = this.columns.stream().mapToInt(Column::size).max().orElse(1);
    this.statistics = new double[largest * stride];
    this.part = new double[stride];
    this.total = new double[stride];
  }

  /** Returns the statistics of the node that was searched last. */
  double[] total() {
    return total;
  }

  /** Adds up the rows of a node, which the criterion has entered. */
  void enter(int first, int last) {
    Arrays.fill(total, 0);
    for (int i = first; i < last; i++) {
      criterion.add(total, 0, i);
    }
  }

  /**
   * Finds the best split of the node that was entered.
   *
   * @return whether there is one that gains {@code minGain}
   */
  boolean find(int[] rows, int first, int last, Features allowed, double minGain) {
    best = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      if (allowed.any(column)) {
        look(c, column, rows, first, last, allowed);
      }
    }
    double before = criterion.score(total);
    boolean found =
        best > Double.NEGATIVE_INFINITY
            && best - before >= criterion.leastGain(minGain, best, total);
    if (found) {
      Column column = columns.get(bestColumn);
      cut = column.flags ? column.flag(bestCode) : column.between(bestCode, nextCode);
    }
    return found;
  }

  /** Returns the column of the best split. */
  int column() {
    return bestColumn;
  }

  /** Returns the last code on the left of the best split; of flags, the flag. */
  int code() {
    return cut.code();
  }

  /** Returns the feature of the best split. */
  int feature() {
    Column column = columns.get(bestColumn);
    return column.features[column.flags ? cut.code() : 0];
  }

  /** Returns the threshold of the best split. */
  double threshold() {
    return cut.threshold();
  }

  private void look(int c, Column column, int[] rows, int first, int last, Features allowed) {
    int size = column.size();
    long count = last - first;
    long sorting = SORT_COST * count * (64 - Long.numberOfLeadingZeros(count));
    boolean sorted = sorting < (long) size * stride;
    int slots = size;
    if (sorted) {
      slots = sortedStatistics(column.codes, rows, first, last);
    } else {
      criterion.addAll(statistics, column.codes, rows, first, last);
    }
    if (column.flags) {
      lookAtFlags(c, column, slots, sorted, allowed);
    } else {
      lookAtNumbers(c, slots, sorted);
    }
    Arrays.fill(statistics, 0, slots * stride, 0);
  }

  /** Adds up by code, the codes that occur side by side; returns how many they are. */
  private int sortedStatistics(char[] codes, int[] rows, int first, int last) {
    int count = last - first;
    if (keys.length < count) {
      keys = new long[count * 2];
      codesFound = new int[count * 2];
    }
    for (int i = 0; i < count; i++) {
      keys[i] = (long) codes[rows[first + i]] << 32 | i;
    }
    Arrays.sort(keys, 0, count);
    int slots = 0;
    for (int i = 0; i < count; i++) {
      int code = (int) (keys[i] >>> 32);
      if (slots == 0 || codesFound[slots - 1] != code) {
        codesFound[slots++] = code;
      }
      criterion.add(statistics, (slots - 1) * stride, first + (int) keys[i]);
    }
    return slots;
  }

  private void lookAtNumbers(int c, int slots, boolean sorted) {
    Arrays.fill(part, 0);
    int previous = -1;
    for (int slot = 0; slot < slots; slot++) {
      int at = slot * stride;
      if (!sorted && criterion.weight(statistics, at) == 0) {
        continue;
      }
      int code = sorted ? codesFound[slot] : slot;
      if (previous >= 0) {
        double score = criterion.score(part, total);
        if (score > best) {
          best = score;
          bestColumn = c;
          bestCode = previous;
          nextCode = code;
        }
      }
      for (int k = 0; k < stride; k++) {
        part[k] += statistics[at + k];
      }
      previous = code;
    }
  }

  private void lookAtFlags(int c, Column column, int slots, boolean sorted, Features allowed) {
    if (sorted && slots == 1) {
      return;
    }
    for (int slot = 0; slot < slots; slot++) {
      int code = sorted ? codesFound[slot] : slot;
      int at = slot * stride;
      if (code == 0
          || !allowed.contains(column.features[code])
          || !sorted && criterion.weight(statistics, at) == 0) {
        continue;
      }
      System.arraycopy(statistics, at, part, 0, stride);
      double score = criterion.score(part, total);
      if (score > best && criterion.weight(part, 0) < criterion.weight(total, 0)) {
        best = score;
        bestColumn = c;
        bestCode = code;
      }
    }
  }
}
