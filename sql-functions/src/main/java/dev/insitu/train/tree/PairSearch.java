package dev.insitu.train.tree;

import dev.insitu.train.tree.Gradients.Sum;
import dev.insitu.train.tree.TreeColumns.Column;
import dev.insitu.train.tree.TreeColumns.Cut;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The search for the best split of a node: of a large one in its histograms, of a small one among
 * the codes that its rows have. Every candidate is a code that occurs in the node; of equal splits
 * the first is taken: by column, then by value. Confined to one thread.
 */
final class PairSearch {
  /** Of so many rows the codes are looked at that they have, not all there are. */
  static final int FEW_ROWS = BundledCodes.BLOCK;

  private static final int WORD = Long.SIZE;

  private final List<Column> columns;
  private final Histograms histograms;
  private final SumCriterion criterion;

  /** By code: the sums of the rows of a small node. */
  private final double[] sums = new double[2 * Bundle.MAX_CODES];

  /** The codes that occur, a bit each. */
  private final long[] occurring = new long[Bundle.MAX_CODES / WORD];

  private final double[] bundleSums = new double[2 * Bundle.MAX_CODES];
  private final long[] bundleOccurring = new long[Bundle.MAX_CODES / WORD];
  private double weight;
  private double sum;
  private double best;
  private int column;
  private int bestColumn;
  private int bestCode;
  private int nextCode;
  private double bestWeight;
  private double bestSum;

  PairSearch(List<Column> columns, Histograms histograms, SumCriterion criterion) {
    this.columns = columns;
    this.histograms = histograms;
    this.criterion = criterion;
  }

  /**
   * The best split of a node.
   *
   * @param left the sums of the left child
   */
  record Split(Column column, Cut cut, Sum left) {
    int feature() {
      return column.features[column.flags ? cut.code() : 0];
    }
  }

  /** Finds the best split of a node by its histograms. */
  @Nullable Split find(Sum node, Features features, double[] statistics) {
    begin(node);
    histograms.separate(statistics);
    for (int c = 0; c < columns.size(); c++) {
      Column next = columns.get(c);
      if (features.any(next)) {
        column = c;
        double[] of = histograms.ofColumn(c, statistics);
        if (next.flags) {
          lookAtFlags(next, features, of, histograms.offset(c));
        } else {
          lookAtNumbers(next.size(), of, histograms.offset(c));
        }
      }
    }
    return split();
  }

  /** Finds the best split of a node of {@link #FEW_ROWS} at most. */
  @Nullable Split find(
      Sum node, Features features, int[] rows, int first, int last, Gradients gradients) {
    begin(node);
    histograms.holdPairs(rows, first, last, gradients);
    List<Bundle> bundles = histograms.bundles();
    for (int b = 0; b < bundles.size(); b++) {
      Bundle bundle = bundles.get(b);
      if (b % (BundledCodes.CODES * BundledCodes.WORDS) == 0) {
        histograms.holdCodes(b, rows, first, last);
      }
      if (bundle.columns.length == 1) {
        column = bundle.columns[0];
        if (features.any(columns.get(column))) {
          histograms.addHeld(b, last - first, sums, occurring);
          look(features);
        }
      } else {
        histograms.addHeld(b, last - first, bundleSums, bundleOccurring);
        for (int k = 0; k < bundle.columns.length; k++) {
          column = bundle.columns[k];
          if (features.any(columns.get(column))) {
            project(bundle.codesOf[k]);
            look(features);
          }
        }
        clear(bundleSums, bundleOccurring);
      }
    }
    return split();
  }

  private void begin(Sum node) {
    weight = node.weight();
    sum = node.sum();
    best = Double.NEGATIVE_INFINITY;
  }

  /** Takes the sums of a column out of those of its bundle. */
  private void project(char[] codesOf) {
    for (int w = 0; w < bundleOccurring.length; w++) {
      for (long bits = bundleOccurring[w]; bits != 0; bits &= bits - 1) {
        int from = w * WORD + Long.numberOfTrailingZeros(bits);
        int code = codesOf[from];
        occurring[code / WORD] |= 1L << code;
        sums[2 * code] += bundleSums[2 * from];
        sums[2 * code + 1] += bundleSums[2 * from + 1];
      }
    }
  }

  /** Looks at the codes that occur, and clears them. */
  private void look(Features features) {
    Column looked = columns.get(column);
    double left = 0;
    double leftSum = 0;
    int previous = -1;
    for (int w = 0; w < occurring.length; w++) {
      for (long bits = occurring[w]; bits != 0; bits &= bits - 1) {
        int code = w * WORD + Long.numberOfTrailingZeros(bits);
        double here = sums[2 * code];
        double hereSum = sums[2 * code + 1];
        if (looked.flags) {
          if (code > 0 && here < weight && features.contains(looked.features[code])) {
            candidate(here, hereSum, code, code);
          }
        } else {
          if (previous >= 0) {
            candidate(left, leftSum, previous, code);
          }
          left += here;
          leftSum += hereSum;
          previous = code;
        }
        sums[2 * code] = 0;
        sums[2 * code + 1] = 0;
      }
      occurring[w] = 0;
    }
  }

  private static void clear(double[] sums, long[] occurring) {
    Arrays.fill(sums, 0);
    Arrays.fill(occurring, 0);
  }

  private void lookAtNumbers(int size, double[] statistics, int offset) {
    int at = offset;
    double left = 0;
    double leftSum = 0;
    int previous = -1;
    for (int code = 0; code < size; code++, at += 2) {
      double here = statistics[at];
      if (here == 0) {
        continue;
      }
      if (previous >= 0) {
        candidate(left, leftSum, previous, code);
      }
      left += here;
      leftSum += statistics[at + 1];
      previous = code;
    }
  }

  private void lookAtFlags(Column flags, Features features, double[] statistics, int offset) {
    for (int code = 1; code < flags.size(); code++) {
      double here = statistics[offset + 2 * code];
      if (here > 0 && here < weight && features.contains(flags.features[code])) {
        candidate(here, statistics[offset + 2 * code + 1], code, code);
      }
    }
  }

  /** Compares a split with the best one so far. */
  private void candidate(double part, double partSum, int code, int next) {
    double score = criterion.score(part, partSum, weight - part, sum - partSum);
    if (score > best || score == best && column < bestColumn) {
      best = score;
      bestColumn = column;
      bestCode = code;
      nextCode = next;
      bestWeight = part;
      bestSum = partSum;
    }
  }

  private @Nullable Split split() {
    if (best == Double.NEGATIVE_INFINITY
        || !criterion.gains(best, criterion.score(weight, sum), weight)) {
      return null;
    }
    Column of = columns.get(bestColumn);
    if (!of.flags) {
      return new Split(of, of.between(bestCode, nextCode), new Sum(bestWeight, bestSum));
    }
    return new Split(
        of,
        of.flag(bestCode),
        of.flagGoesLeft(bestCode)
            ? new Sum(bestWeight, bestSum)
            : new Sum(weight - bestWeight, sum - bestSum));
  }
}
