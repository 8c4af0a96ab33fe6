package dev.insitu.train.tree;

import dev.insitu.train.Progress;
import dev.insitu.train.tree.TreeColumns.Column;
import java.util.SplittableRandom;

/** Grows trees over the same rows, and adds up what they say of them. Confined to one thread. */
final class TreeGrower {
  /** Nodes of so many rows ask whether to go on. */
  private static final int LARGE_NODE = 4096;

  /** So many sums are kept; of more classes times rows none are. */
  private static final long MAX_SUMS = 1 << 23;

  private final TreeSettings settings;
  private final TreeColumns columns;
  private final Criterion criterion;
  private final SplitSearch search;
  private final Progress progress;
  private final int width;
  private final int leafWidth;
  private final double[] sums;
  private final int[] inside;
  private final int[] outside;
  private final int[] moved;
  private final double[] says;
  private int grown;

  TreeGrower(
      TreeSettings settings,
      TreeColumns columns,
      Criterion criterion,
      int rows,
      int width,
      Progress progress) {
    this.settings = settings;
    this.columns = columns;
    this.criterion = criterion;
    this.search = new SplitSearch(columns, criterion);
    this.progress = progress;
    this.width = width;
    this.leafWidth = criterion.leafWidth();
    this.sums = new double[(long) rows * leafWidth <= MAX_SUMS ? rows * leafWidth : 0];
    this.inside = new int[rows];
    this.outside = new int[rows];
    this.moved = new int[rows];
    this.says = new double[leafWidth];
  }

  /** Returns the sums over the trees of what they say of each row, row-major; empty if too many. */
  double[] sums() {
    return sums;
  }

  /** Grows one more tree. */
  GrownTree grow(SplittableRandom random) {
    double share = settings.sampling().rows();
    int in = 0;
    int out = 0;
    for (int row = 0; row < inside.length; row++) {
      boolean drawn = share == 1 || random.nextDouble() < share;
      if (drawn && criterion.weight(row) > 0) {
        inside[in++] = row;
      } else {
        outside[out++] = row;
      }
    }
    Features features =
        new Features(width, settings.maxDepth(), settings.sampling(), random.split());
    GrownTree tree = new GrownTree(leafWidth);
    tree.add(1);
    grow(tree, features, 0, 0, new Segment(0, in, 0, out));
    grown++;
    return tree.trimmed();
  }

  /** Rows of a node: learnt from, and only told. */
  private record Segment(int first, int last, int firstOutside, int lastOutside) {
    int rows() {
      return last - first;
    }
  }

  private void grow(GrownTree tree, Features features, int node, int depth, Segment segment) {
    if (segment.rows() >= LARGE_NODE || node == 0) {
      progress.step("training", grown, settings.trees());
    }
    criterion.enter(inside, segment.first, segment.last);
    search.enter(segment.first, segment.last);
    if (depth == settings.maxDepth()
        || segment.rows() < 2
        || criterion.isPure(segment.first, segment.last)) {
      leaf(tree, node, segment);
      return;
    }
    features.draw(depth);
    if (!search.find(inside, segment.first, segment.last, features, settings.minSplitLoss())) {
      leaf(tree, node, segment);
      return;
    }
    Column column = columns.columns().get(search.column());
    int code = search.code();
    int children = tree.add(2);
    tree.split(node, search.feature(), search.threshold(), children);
    int middle = partition(inside, segment.first, segment.last, column, code);
    int outsideMiddle = partition(outside, segment.firstOutside, segment.lastOutside, column, code);
    grow(
        tree,
        features,
        children,
        depth + 1,
        new Segment(segment.first, middle, segment.firstOutside, outsideMiddle));
    grow(
        tree,
        features,
        children + 1,
        depth + 1,
        new Segment(middle, segment.last, outsideMiddle, segment.lastOutside));
  }

  private void leaf(GrownTree tree, int node, Segment segment) {
    criterion.leaf(search.total(), says);
    tree.leaf(node, says);
    if (sums.length > 0) {
      tell(inside, segment.first, segment.last);
      tell(outside, segment.firstOutside, segment.lastOutside);
    }
  }

  private void tell(int[] rows, int first, int last) {
    for (int i = first; i < last; i++) {
      for (int k = 0; k < leafWidth; k++) {
        sums[rows[i] * leafWidth + k] += says[k];
      }
    }
  }

  /**
   * Puts the rows that go left first, both sides in their order; returns where the right begins.
   */
  private int partition(int[] rows, int first, int last, Column column, int code) {
    char[] codes = column.codes;
    boolean flags = column.flags;
    boolean flagGoesLeft = flags && column.lows[code] < 0;
    int left = first;
    int right = 0;
    for (int i = first; i < last; i++) {
      int row = rows[i];
      boolean goesLeft = flags ? (codes[row] == code) == flagGoesLeft : codes[row] <= code;
      if (goesLeft) {
        rows[left++] = row;
      } else {
        moved[right++] = row;
      }
    }
    System.arraycopy(moved, 0, rows, left, right);
    return left;
  }
}
