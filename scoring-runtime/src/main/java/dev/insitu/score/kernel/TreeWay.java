package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Bins.Source;
import java.util.List;

/**
 * Which way the rows of a block find their leaves: by the numbers themselves ({@link DirectStep}),
 * or by bins ({@link TreeStep}). Bins cost something for each column and spare something in each
 * tree, so few trees over many columns do without.
 *
 * <p>Decided by estimates in nanoseconds a row, from the shape of the trees. A row is taken to go
 * the one way as often as the other at each split. The numbers are measured (decision 29); only
 * their ratios count.
 *
 * @param one whether less than {@link TreeStep#FEW} rows go by numbers
 * @param few whether less than {@link TreeStep#MANY} do
 * @param many whether all others do
 * @param besideVectors whether those do where {@link Vectors} are used
 * @param inPlace whether numbers are read where they are
 */
record TreeWay(boolean one, boolean few, boolean many, boolean besideVectors, boolean inPlace) {
  /** What is wanted of the next steps. */
  enum Wish {
    CHEAPEST,
    BINS,
    NUMBERS_IN_PLACE,
    NUMBERS_COPIED
  }

  private static final TreeWay BY_BINS = new TreeWay(false, false, false, false, false);

  private static volatile Wish wish = Wish.CHEAPEST;

  /** For tests: says which way all steps go that are made from now on. */
  static void wish(Wish wanted) {
    wish = wanted;
  }

  /**
   * Chooses.
   *
   * @param from the first tree
   * @param to the one behind the last
   * @param columns the column of each source
   */
  static TreeWay of(TreeTable trees, int from, int to, List<Column> columns) {
    // A flag of a text is nowhere as a number, and costs less than a bin.
    boolean flags = columns.stream().anyMatch(c -> c.producer instanceof Producer.IsCode);
    boolean mayStay = NumberTable.mayStayInPlace(columns);
    return switch (flags ? Wish.BINS : wish) {
      case BINS -> BY_BINS;
      case NUMBERS_IN_PLACE -> new TreeWay(true, true, true, true, mayStay);
      case NUMBERS_COPIED -> new TreeWay(true, true, true, true, false);
      case CHEAPEST -> new Costs(trees, from, to).way(mayStay);
    };
  }

  /** Returns whether some rows go by numbers. */
  boolean hasNumbers() {
    return one || few || many || besideVectors;
  }

  /** Returns whether some rows go by bins. */
  boolean hasBins() {
    return !(one && few && many && (besideVectors || !Vectors.POSSIBLE));
  }

  /** Returns whether so many rows go by numbers. */
  boolean byNumbers(int rows, boolean vectors) {
    if (rows < TreeStep.FEW) {
      return one;
    } else if (rows < TreeStep.MANY) {
      return few;
    }
    return vectors ? besideVectors : many;
  }

  /** Estimates of some trees. */
  private static final class Costs {
    /** Of the bin of a number, and of its copy in the form that blends want. */
    private static final double BIN = 3.5;

    private static final double BIN_A_COLUMN = 1.0 / 400;

    /** The same of a column with one cut. */
    private static final double BIN_OF_ONE = 1.5;

    private static final double BIN_BY_VECTORS = 0.75;
    private static final double BIN_BY_VECTORS_A_COLUMN = 1.0 / 350;
    private static final double BIN_OF_ONE_ROW = 6;

    /** Of the leaf of a tree that is blended, and of each of its splits. */
    private static final double BLEND = 0.6;

    private static final double BLENDED_SPLIT = 0.028;
    private static final double BLEND_BY_VECTORS = 0.2;
    private static final double BLENDED_SPLIT_BY_VECTORS = 0.01;

    /** Of a level behind those that are blended; the bins of many columns are no longer near. */
    private static final double LEVEL_BEHIND_BLEND = 2.6;

    private static final double LEVEL_BEHIND_BLEND_A_SQUARE = 1.75e-5;

    /** How much of {@link #LEVELS_AFTER_BY_BINS} it is there. */
    private static final double LESS_AFTER = 0.75;

    /** Of a level where no rows are blended. */
    private static final double LEVEL_BY_BINS = 1.7;

    private static final double LEVEL_OF_ONE_ROW = 1.05;

    /** Of the three top levels by numbers, with the leaf. */
    private static final double TOP = 5.2;

    /** What beginning with a tree adds, of {@link TreeTable#TOGETHER} rows. */
    private static final double BEGIN = 2;

    private static final int TOP_LEVELS = 3;
    private static final double LEVEL = 2.1;

    /** Of a level, too: where there are many nodes they are no longer near. */
    private static final double LEVEL_A_NODE = 3e-6;

    /** Levels for nothing, of rows that have arrived where others have not: by numbers. */
    private static final double LEVELS_AFTER = 3;

    /** The same where eight rows walk by bins. */
    private static final double LEVELS_AFTER_BY_BINS = 4.5;

    /** Of a level in place: the more columns there are, the less often it is a near one. */
    private static final double LEVEL_IN_PLACE = 3;

    private static final double LEVEL_IN_PLACE_A_COLUMN = 1.0 / 60;
    private static final double LEVEL_OF_ONE_ROW_IN_PLACE = 2.5;
    private static final double LEVEL_OF_ONE_ROW_IN_PLACE_A_COLUMN = 1.0 / 50;

    /** Of a level of one row, however many trees there are. */
    private static final double STEP_OF_ONE_ROW = 8;

    private static final double COPY = 0.3;
    private static final double COPY_A_COLUMN = 1e-3;

    /** What is gained has to be worth having both. */
    private static final double WORTH = 0.93;

    private double binsOfOne;
    private double bins;
    private double binsByVectors;
    private double blends;
    private double blendsByVectors;
    private double levelsByBins;
    private double levels;
    private double levelsBehindTop;
    private final int columns;
    private final double levelBehindBlend;
    private int deepest;
    private long nodes;
    private final int count;

    /** For each view how many splits by numbers are one of it. */
    private final int[] splitsOf;

    Costs(TreeTable trees, int from, int to) {
      this.count = to - from;
      this.columns = trees.bins.sources().size();
      this.levelBehindBlend = LEVEL_BEHIND_BLEND + LEVEL_BEHIND_BLEND_A_SQUARE * columns * columns;
      this.splitsOf = new int[trees.bins.views().size()];
      for (Source source : trees.bins.sources()) {
        int halvings = Integer.SIZE - Integer.numberOfLeadingZeros(source.cuts().count());
        for (int view = source.first(); view < source.end(); view++) {
          splitsOf[view] = trees.bins.views().get(view) instanceof Bins.Order ? 1 : halvings;
        }
        boolean single = source.cuts().count() <= 1;
        bins += single ? BIN_OF_ONE : BIN + columns * BIN_A_COLUMN;
        binsByVectors += BIN_BY_VECTORS + columns * BIN_BY_VECTORS_A_COLUMN;
        binsOfOne += BIN_OF_ONE_ROW;
      }
      for (int tree = from; tree < to; tree++) {
        add(trees, tree);
      }
    }

    private void add(TreeTable trees, int tree) {
      int root = trees.roots[tree];
      int end = trees.end(tree);
      int splits = (end - root) / 2;
      double mean = mean(trees, root, end, false);
      double after = Math.min(LEVELS_AFTER_BY_BINS, trees.depths[tree] - mean);
      boolean whole = splits <= Blend.MOST_SPLITS;
      int blended = whole ? splits : (1 << Blend.MOST_LEVELS) - 1;
      double behind = whole ? 0 : Math.max(0, mean - Blend.MOST_LEVELS) + LESS_AFTER * after;
      blends += BLEND + BLENDED_SPLIT * blended + levelBehindBlend * behind;
      blendsByVectors +=
          BLEND_BY_VECTORS + BLENDED_SPLIT_BY_VECTORS * blended + levelBehindBlend * behind;
      deepest = Math.max(deepest, trees.depths[tree]);
      levelsByBins += Math.min(trees.depths[tree], mean + after);
      double walked = mean(trees, root, end, true) + Math.min(LEVELS_AFTER, after);
      nodes += end - root;
      levels += walked;
      levelsBehindTop += Math.max(0, walked - TOP_LEVELS);
    }

    /**
     * Returns how many splits a row meets that goes either way as often as the other.
     *
     * @param byNumbers whether a set is as many splits as it takes to halve its cuts
     */
    private double mean(TreeTable trees, int root, int end, boolean byNumbers) {
      double mean = 0;
      double share = 1;
      for (int first = root, last = root + 1; first < last; share /= 2) {
        int next = last;
        for (int node = first; node < last; node++) {
          if (!TreeTable.isLeaf(trees.nodes[node])) {
            mean += byNumbers ? share * splitsOf[TreeTable.view(trees.nodes[node])] : share;
            next = TreeTable.child(trees.nodes[node]) + 2;
          }
        }
        first = last;
        last = Math.min(next, end);
      }
      return mean;
    }

    TreeWay way(boolean mayStay) {
      double far = nodes * LEVEL_A_NODE;
      double there = levelsBehindTop * (LEVEL_IN_PLACE + columns * LEVEL_IN_PLACE_A_COLUMN + far);
      double copied = columns * (COPY + columns * COPY_A_COLUMN) + levelsBehindTop * (LEVEL + far);
      boolean mayCopy = columns <= NumberTable.MOST_COPIED;
      boolean inPlace = mayStay && (there <= copied || !mayCopy);
      if (!mayStay && !mayCopy) {
        return BY_BINS;
      }
      double numbers = count * TOP + (inPlace ? there : copied);
      double levelOfOneRow =
          LEVEL_OF_ONE_ROW_IN_PLACE + columns * LEVEL_OF_ONE_ROW_IN_PLACE_A_COLUMN;
      double one = levels * levelOfOneRow + deepest * STEP_OF_ONE_ROW;
      return new TreeWay(
          one < WORTH * (binsOfOne + levelsByBins * LEVEL_OF_ONE_ROW + deepest * STEP_OF_ONE_ROW),
          numbers + count * BEGIN < WORTH * (bins + levelsByBins * LEVEL_BY_BINS),
          numbers < WORTH * (bins + blends),
          numbers < WORTH * (binsByVectors + blendsByVectors),
          inPlace);
    }
  }
}
