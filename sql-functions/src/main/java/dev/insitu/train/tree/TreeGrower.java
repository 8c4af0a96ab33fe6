package dev.insitu.train.tree;

import dev.insitu.train.Progress;
import dev.insitu.train.tree.NodeRows.Segment;
import java.util.SplittableRandom;

/** Grows trees by a criterion. Confined to one thread. */
final class TreeGrower implements Grower {
  /** Nodes of so many rows ask whether to go on. */
  private static final int LARGE_NODE = 4096;

  private final TreeSettings settings;
  private final TreeColumns columns;
  private final Criterion criterion;
  private final SplitSearch search;
  private final Progress progress;
  private final int width;
  private final int leafWidth;
  private final NodeRows rows;
  private final double[] says;
  private double[] sums = new double[0];
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
    this.rows = new NodeRows(rows);
    this.says = new double[leafWidth];
  }

  @Override
  public GrownTree grow(SplittableRandom random, double[] added) {
    sums = added;
    Segment root = rows.draw(settings.sampling().rows(), random, criterion::weight);
    Features features =
        new Features(width, settings.maxDepth(), settings.sampling(), random.split());
    GrownTree tree = new GrownTree(leafWidth);
    tree.add(1);
    grow(tree, features, 0, 0, root);
    grown++;
    return tree.trimmed();
  }

  private void grow(GrownTree tree, Features features, int node, int depth, Segment segment) {
    if (segment.rows() >= LARGE_NODE) {
      progress.step("training", grown, settings.trees());
    }
    criterion.enter(rows.inside, segment.first(), segment.last());
    search.enter(segment.first(), segment.last());
    if (depth == settings.maxDepth()
        || segment.rows() < 2
        || criterion.isPure(segment.first(), segment.last())) {
      leaf(tree, node, segment);
      return;
    }
    features.draw(depth);
    if (!search.find(
        rows.inside, segment.first(), segment.last(), features, settings.minSplitLoss())) {
      leaf(tree, node, segment);
      return;
    }
    int children = tree.add(2);
    tree.split(node, search.feature(), search.threshold(), children);
    Segment left = rows.left(segment, columns.columns().get(search.column()), search.code());
    grow(tree, features, children, depth + 1, left);
    grow(tree, features, children + 1, depth + 1, NodeRows.right(segment, left));
  }

  private void leaf(GrownTree tree, int node, Segment segment) {
    criterion.leaf(search.total(), says);
    tree.leaf(node, says);
    if (sums.length > 0) {
      tell(rows.inside, segment.first(), segment.last());
      tell(rows.outside, segment.firstOutside(), segment.lastOutside());
    }
  }

  private void tell(int[] told, int first, int last) {
    for (int i = first; i < last; i++) {
      for (int k = 0; k < leafWidth; k++) {
        sums[told[i] * leafWidth + k] += says[k];
      }
    }
  }
}
