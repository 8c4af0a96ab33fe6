package dev.insitu.train.tree;

import dev.insitu.train.Progress;
import dev.insitu.train.tree.Gradients.Sum;
import dev.insitu.train.tree.NodeRows.Segment;
import dev.insitu.train.tree.PairSearch.Split;
import dev.insitu.train.tree.TreeColumns.Column;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Grows trees from histograms: those of boosting, and those of numbers and of two classes. Confined
 * to one thread.
 */
final class HistogramGrower implements Grower {
  /** Nodes of so many rows ask whether to go on. */
  private static final int LARGE_NODE = 16_384;

  private final TreeSettings settings;
  private final Gradients gradients;
  private final SumCriterion criterion;
  private final Histograms histograms;
  private final PairSearch search;
  private final NodeRows rows;
  private final int width;
  private final Progress progress;
  private double[] sums = new double[0];
  private int grown;

  HistogramGrower(
      TreeSettings settings,
      List<Column> columns,
      Gradients gradients,
      SumCriterion criterion,
      int rows,
      int width,
      Progress progress) {
    this.settings = settings;
    this.gradients = gradients;
    this.criterion = criterion;
    this.histograms = new Histograms(columns, rows, progress);
    this.search = new PairSearch(columns, histograms, criterion);
    this.rows = new NodeRows(rows);
    this.width = width;
    this.progress = progress;
  }

  /**
   * A node.
   *
   * @param number in the tree
   * @param sum over the rows learnt from
   */
  private record Node(int number, int depth, Segment segment, Sum sum) {}

  @Override
  public GrownTree grow(SplittableRandom random, double[] added) {
    sums = added;
    Segment segment = rows.draw(settings.sampling().rows(), random, gradients::weight);
    Features features =
        new Features(width, settings.maxDepth(), settings.sampling(), random.split());
    gradients.pack(histograms.bits());
    GrownTree tree = new GrownTree(1);
    tree.add(1);
    Sum all = gradients.total(rows.inside, segment.first(), segment.last());
    Node root = new Node(0, 0, segment, all);
    grow(tree, features, root, isSmall(root) ? null : statistics(root));
    grown++;
    return tree.trimmed();
  }

  /** Grows what is under a node, and releases its statistics, which small nodes do not have. */
  private void grow(GrownTree tree, Features features, Node node, double @Nullable [] statistics) {
    Segment segment = node.segment;
    if (segment.rows() >= LARGE_NODE) {
      progress.step("training", grown, settings.trees());
    }
    Split split = split(node, features, statistics);
    if (split == null) {
      release(statistics);
      leaf(tree, node);
      return;
    }
    int children = tree.add(2);
    tree.split(node.number, split.feature(), split.cut().threshold(), children);
    int depth = node.depth + 1;
    if (depth == settings.maxDepth()) {
      release(statistics);
      leaves(tree, children, node, split);
      return;
    }
    Segment leftRows = rows.left(segment, split.column(), split.cut().code());
    Node left = new Node(children, depth, leftRows, split.left());
    Segment rightRows = NodeRows.right(segment, leftRows);
    Node right = new Node(children + 1, depth, rightRows, rest(node, split));
    boolean leftIsFewer = leftRows.rows() <= rightRows.rows();
    Node fewer = leftIsFewer ? left : right;
    double @Nullable [] ofFewer = null;
    double @Nullable [] ofMore = null;
    if (statistics != null && isSmall(leftIsFewer ? right : left)) {
      histograms.release(statistics);
    } else if (statistics != null) {
      ofMore = statistics;
      if (isSmall(fewer)) {
        Segment removed = fewer.segment;
        histograms.remove(rows.inside, removed.first(), removed.last(), gradients, ofMore);
      } else {
        ofFewer = statistics(fewer);
        Histograms.subtract(ofMore, ofFewer);
      }
    }
    grow(tree, features, left, leftIsFewer ? ofFewer : ofMore);
    grow(tree, features, right, leftIsFewer ? ofMore : ofFewer);
  }

  private static boolean isSmall(Node node) {
    return node.segment.rows() <= PairSearch.FEW_ROWS;
  }

  private static Sum rest(Node node, Split split) {
    return new Sum(node.sum.weight() - split.left().weight(), node.sum.sum() - split.left().sum());
  }

  private double[] statistics(Node node) {
    return histograms.of(rows.inside, node.segment.first(), node.segment.last(), gradients);
  }

  private void release(double @Nullable [] statistics) {
    if (statistics != null) {
      histograms.release(statistics);
    }
  }

  private @Nullable Split split(Node node, Features features, double @Nullable [] statistics) {
    int first = node.segment.first();
    int last = node.segment.last();
    if (last - first < 2 || criterion.isPure(gradients, rows.inside, first, last)) {
      return null;
    }
    features.draw(node.depth);
    return statistics == null
        ? search.find(node.sum, features, rows.inside, first, last, gradients)
        : search.find(node.sum, features, statistics);
  }

  private void leaf(GrownTree tree, Node node) {
    Segment segment = node.segment;
    Sum sum =
        gradients.unitsWillDo()
            ? node.sum
            : gradients.exact(rows.inside, segment.first(), segment.last());
    double says = criterion.leaf(node.sum.weight(), sum);
    tree.leaf(node.number, new double[] {says});
    if (sums.length > 0) {
      tell(rows.inside, segment.first(), segment.last(), says);
      tell(rows.outside, segment.firstOutside(), segment.lastOutside(), says);
    }
  }

  /** Makes two leaves, whose rows need not be put side by side. */
  private void leaves(GrownTree tree, int left, Node node, Split split) {
    Segment segment = node.segment;
    Sum rest = rest(node, split);
    Sum[] both =
        gradients.unitsWillDo()
            ? new Sum[] {split.left(), rest}
            : gradients.exact(
                rows.inside, segment.first(), segment.last(), split.column(), split.cut().code());
    double saysLeft = criterion.leaf(split.left().weight(), both[0]);
    double saysRight = criterion.leaf(rest.weight(), both[1]);
    tree.leaf(left, new double[] {saysLeft});
    tree.leaf(left + 1, new double[] {saysRight});
    if (sums.length > 0) {
      tell(rows.inside, segment.first(), segment.last(), split, saysLeft, saysRight);
      tell(rows.outside, segment.firstOutside(), segment.lastOutside(), split, saysLeft, saysRight);
    }
  }

  private void tell(
      int[] told, int first, int last, Split split, double saysLeft, double saysRight) {
    char[] codes = split.column().codes;
    int code = split.cut().code();
    if (split.column().flags) {
      boolean flagGoesLeft = split.column().flagGoesLeft(code);
      double saysFlag = flagGoesLeft ? saysLeft : saysRight;
      double saysOther = flagGoesLeft ? saysRight : saysLeft;
      for (int i = first; i < last; i++) {
        sums[told[i]] += codes[told[i]] == code ? saysFlag : saysOther;
      }
    } else {
      for (int i = first; i < last; i++) {
        sums[told[i]] += codes[told[i]] <= code ? saysLeft : saysRight;
      }
    }
  }

  private void tell(int[] told, int first, int last, double says) {
    for (int i = first; i < last; i++) {
      sums[told[i]] += says;
    }
  }
}
