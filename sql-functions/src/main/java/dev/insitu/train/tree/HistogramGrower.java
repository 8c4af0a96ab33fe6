package dev.insitu.train.tree;

import dev.insitu.train.Progress;
import dev.insitu.train.tree.NodeRows.Segment;
import dev.insitu.train.tree.TreeColumns.Column;
import dev.insitu.train.tree.TreeColumns.Cut;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Grows the trees of boosting from histograms. Every candidate is a code that occurs in the node;
 * of equal splits the first is taken: by column, then by value. Confined to one thread.
 */
final class HistogramGrower implements Grower {
  /** Nodes of so many rows ask whether to go on. */
  private static final int LARGE_NODE = 65_536;

  private final TreeSettings settings;
  private final List<Column> columns;
  private final Gradients gradients;
  private final GradientCriterion criterion;
  private final Histograms histograms;
  private final NodeRows rows;
  private final int width;
  private final Progress progress;
  private double[] sums = new double[0];

  HistogramGrower(
      TreeSettings settings,
      List<Column> columns,
      Gradients gradients,
      GradientCriterion criterion,
      int rows,
      int width,
      Progress progress) {
    this.settings = settings;
    this.columns = columns;
    this.gradients = gradients;
    this.criterion = criterion;
    this.histograms = new Histograms(columns, rows, progress);
    this.rows = new NodeRows(rows);
    this.width = width;
    this.progress = progress;
  }

  /**
   * A node.
   *
   * @param number in the tree
   * @param hessian sum over the rows learnt from
   * @param gradient likewise
   */
  private record Node(int number, int depth, Segment segment, double hessian, double gradient) {}

  /**
   * The best split of a node.
   *
   * @param hessian of the left child
   * @param gradient likewise
   */
  private record Split(Column column, Cut cut, double hessian, double gradient) {
    int feature() {
      return column.features[column.flags ? cut.code() : 0];
    }
  }

  @Override
  public GrownTree grow(SplittableRandom random, double[] added) {
    sums = added;
    Segment segment = rows.draw(settings.sampling().rows(), random, gradients::weight);
    Features features =
        new Features(width, settings.maxDepth(), settings.sampling(), random.split());
    double hessian = 0;
    double gradient = 0;
    for (int i = segment.first(); i < segment.last(); i++) {
      hessian += gradients.pairs[2 * rows.inside[i]];
      gradient += gradients.pairs[2 * rows.inside[i] + 1];
    }
    GrownTree tree = new GrownTree(1);
    tree.add(1);
    Node root = new Node(0, 0, segment, hessian, gradient);
    grow(tree, features, root, statistics(root));
    return tree.trimmed();
  }

  /** Grows what is under a node, and releases its statistics. */
  private void grow(GrownTree tree, Features features, Node node, double[] statistics) {
    Segment segment = node.segment;
    if (segment.rows() >= LARGE_NODE) {
      progress.step("training", 0, 1);
    }
    features.draw(node.depth);
    Split split = segment.rows() < 2 ? null : find(node, features, statistics);
    if (split == null) {
      histograms.release(statistics);
      leaf(tree, node);
      return;
    }
    int children = tree.add(2);
    tree.split(node.number, split.feature(), split.cut.threshold(), children);
    double rightHessian = node.hessian - split.hessian;
    double rightGradient = node.gradient - split.gradient;
    int depth = node.depth + 1;
    if (depth == settings.maxDepth()) {
      histograms.release(statistics);
      leaves(tree, children, split, segment, criterion.leaf(rightHessian, rightGradient));
      return;
    }
    Segment leftRows = rows.left(segment, split.column, split.cut.code());
    Node left = new Node(children, depth, leftRows, split.hessian, split.gradient);
    Segment rightRows = NodeRows.right(segment, leftRows);
    Node right = new Node(children + 1, depth, rightRows, rightHessian, rightGradient);
    boolean leftIsSmall = left.segment.rows() <= right.segment.rows();
    double[] ofSmall = statistics(leftIsSmall ? left : right);
    Histograms.subtract(statistics, ofSmall);
    grow(tree, features, left, leftIsSmall ? ofSmall : statistics);
    grow(tree, features, right, leftIsSmall ? statistics : ofSmall);
  }

  private double[] statistics(Node node) {
    return histograms.of(rows.inside, node.segment.first(), node.segment.last(), gradients.pairs);
  }

  private @Nullable Split find(Node node, Features features, double[] statistics) {
    Search search = new Search(node, histograms.byColumn(statistics));
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      if (features.any(column)) {
        if (column.flags) {
          search.lookAtFlags(c, column, features);
        } else {
          search.lookAtNumbers(c, column.size());
        }
      }
    }
    return search.best();
  }

  private void leaf(GrownTree tree, Node node) {
    double says = criterion.leaf(node.hessian, node.gradient);
    tree.leaf(node.number, new double[] {says});
    Segment segment = node.segment;
    tell(rows.inside, segment.first(), segment.last(), says);
    tell(rows.outside, segment.firstOutside(), segment.lastOutside(), says);
  }

  /** Makes two leaves, whose rows need not be put side by side. */
  private void leaves(GrownTree tree, int left, Split split, Segment segment, double saysRight) {
    double saysLeft = criterion.leaf(split.hessian, split.gradient);
    tree.leaf(left, new double[] {saysLeft});
    tree.leaf(left + 1, new double[] {saysRight});
    tell(rows.inside, segment.first(), segment.last(), split, saysLeft, saysRight);
    tell(rows.outside, segment.firstOutside(), segment.lastOutside(), split, saysLeft, saysRight);
  }

  private void tell(
      int[] told, int first, int last, Split split, double saysLeft, double saysRight) {
    char[] codes = split.column.codes;
    int code = split.cut.code();
    if (split.column.flags) {
      boolean flagGoesLeft = split.column.flagGoesLeft(code);
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

  /** The search for the best split of one node. */
  private final class Search {
    private final double hessian;
    private final double gradient;
    private final double[] statistics;
    private double best = Double.NEGATIVE_INFINITY;
    private int bestColumn;
    private int bestCode;
    private int nextCode;
    private double bestHessian;
    private double bestGradient;

    Search(Node node, double[] statistics) {
      this.hessian = node.hessian;
      this.gradient = node.gradient;
      this.statistics = statistics;
    }

    void lookAtNumbers(int c, int size) {
      int at = histograms.offset(c);
      double left = 0;
      double leftGradient = 0;
      int previous = -1;
      for (int code = 0; code < size; code++, at += 2) {
        double here = statistics[at];
        if (here == 0) {
          continue;
        }
        if (previous >= 0 && score(left, leftGradient)) {
          bestColumn = c;
          bestCode = previous;
          nextCode = code;
        }
        left += here;
        leftGradient += statistics[at + 1];
        previous = code;
      }
    }

    void lookAtFlags(int c, Column column, Features features) {
      for (int code = 1; code < column.size(); code++) {
        int at = histograms.offset(c) + 2 * code;
        double here = statistics[at];
        if (here > 0
            && here < hessian
            && features.contains(column.features[code])
            && score(here, statistics[at + 1])) {
          bestColumn = c;
          bestCode = code;
        }
      }
    }

    /** Compares a split with the best one so far. */
    private boolean score(double part, double partGradient) {
      double score = criterion.score(part, partGradient, hessian - part, gradient - partGradient);
      if (score > best) {
        best = score;
        bestHessian = part;
        bestGradient = partGradient;
        return true;
      }
      return false;
    }

    @Nullable Split best() {
      double gain = best - criterion.score(hessian, gradient);
      if (!(gain > GradientCriterion.rounding(best) && gain >= settings.minSplitLoss())) {
        return null;
      }
      Column column = columns.get(bestColumn);
      if (!column.flags) {
        return new Split(column, column.between(bestCode, nextCode), bestHessian, bestGradient);
      }
      boolean left = column.flagGoesLeft(bestCode);
      return new Split(
          column,
          column.flag(bestCode),
          left ? bestHessian : hessian - bestHessian,
          left ? bestGradient : gradient - bestGradient);
    }
  }
}
