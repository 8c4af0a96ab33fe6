package dev.insitu.train.tree;

import dev.insitu.train.tree.TreeColumns.Column;
import dev.insitu.train.tree.TreeSettings.Sampling;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The features that a tree, a level and a node may split on, drawn without replacement, each draw
 * from the one before it. Confined to one thread.
 */
final class Features {
  private final Sampling sampling;
  private final SplittableRandom random;
  private final int[] ofTree;

  /** Empty where nothing was drawn yet. */
  private final int[][] ofLevel;

  private final boolean[] allowed;
  private final boolean everything;
  private int[] now;

  Features(int width, int maxDepth, Sampling sampling, SplittableRandom random) {
    this.sampling = sampling;
    this.random = random;
    this.everything =
        sampling.columnsByTree() == 1
            && sampling.columnsByLevel() == 1
            && sampling.columnsByNode() == 1;
    int[] all = new int[width];
    Arrays.setAll(all, i -> i);
    this.ofTree = some(all, sampling.columnsByTree());
    this.ofLevel = new int[maxDepth][0];
    this.allowed = new boolean[width];
    this.now = new int[0];
  }

  /** Draws those of the next node. */
  void draw(int level) {
    if (everything) {
      return;
    }
    int[] levels = ofLevel[level];
    if (levels.length == 0) {
      levels = some(ofTree, sampling.columnsByLevel());
      ofLevel[level] = levels;
    }
    for (int feature : now) {
      allowed[feature] = false;
    }
    now = some(levels, sampling.columnsByNode());
    for (int feature : now) {
      allowed[feature] = true;
    }
  }

  boolean contains(int feature) {
    return everything || allowed[feature];
  }

  boolean any(Column column) {
    if (everything) {
      return true;
    }
    for (int feature : column.features) {
      if (feature >= 0 && allowed[feature]) {
        return true;
      }
    }
    return false;
  }

  /** Returns a share of some features, at least one, in a random order. */
  private int[] some(int[] from, double share) {
    if (share == 1) {
      return from;
    }
    int count = Math.max(1, (int) (share * from.length));
    int[] drawn = from.clone();
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(drawn.length - i);
      int taken = drawn[j];
      drawn[j] = drawn[i];
      drawn[i] = taken;
    }
    return Arrays.copyOf(drawn, count);
  }
}
