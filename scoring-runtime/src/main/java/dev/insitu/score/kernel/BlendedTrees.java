package dev.insitu.score.kernel;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leaves of many rows by {@link Blend blends} of vectors, where this Java has the Vector
 * API and it answers as the walk does. Immutable.
 */
final class BlendedTrees {
  private static final int ROWS = TreeTable.ROWS;
  private static final boolean VECTORS =
      Boolean.parseBoolean(System.getProperty("insitu.vector", "true"))
          && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
          && VectorBlend.isWide();

  private final TreeTable trees;
  private final Blend blend;

  /** For each leaf of the blended trees its value. */
  private final double[] values;

  private BlendedTrees(TreeTable trees, Blend blend) {
    this.trees = trees;
    this.blend = blend;
    this.values =
        Arrays.stream(blend.leaves).mapToDouble(leaf -> trees.forest.values()[leaf]).toArray();
  }

  /** What it writes into. */
  static final class Work {
    private final byte[] bytes;
    private final byte[] slots;
    private int group = -1;

    private Work(int views, int slots) {
      this.bytes = new byte[views * ROWS];
      this.slots = new byte[slots * ROWS];
    }
  }

  /** Returns blended trees, or null if this Java or one of the trees does not allow it. */
  static @Nullable BlendedTrees of(TreeTable trees, int from, int to) {
    if (!VECTORS) {
      return null;
    }
    BlendedTrees blended = new BlendedTrees(trees, Blend.of(trees, from, to));
    return blended.answersAsTheWalk(from, to) ? blended : null;
  }

  Work work() {
    return new Work(trees.bins.views().size(), blend.slots);
  }

  /** Called when there are new bins. */
  void begin(Work work) {
    work.group = -1;
  }

  /**
   * Finds the leaves of a tree.
   *
   * @param bins the bins of the rows
   * @param rows how many there are
   * @return whether it did; if not, the tree has to be walked
   */
  boolean run(Work work, int tree, int[] bins, int rows) {
    if (!blend.has(tree)) {
      return false;
    }
    if (work.group < 0 || tree >= blend.groups.get(work.group).to()) {
      do {
        work.group++;
      } while (tree >= blend.groups.get(work.group).to());
      fill(blend.groups.get(work.group), bins, rows, work.bytes);
    }
    VectorBlend.run(
        blend.blends, blend.starts[tree], blend.starts[tree + 1], work.bytes, work.slots, rows);
    return true;
  }

  private static void fill(Blend.Group group, int[] bins, int rows, byte[] bytes) {
    for (int i = 0; i < group.views().length; i++) {
      int at = group.views()[i] * ROWS;
      byte[] table = group.bytes()[i];
      for (int row = at; row < at + rows; row++) {
        bytes[row] = table[bins[row]];
      }
    }
  }

  /** Adds the values of the leaves that were found. */
  void add(Work work, int tree, int rows, double[] sums, boolean single) {
    int first = blend.firstLeaves[tree];
    int slot = blend.results[tree] * ROWS;
    double[] weights = values;
    byte[] found = work.slots;
    if (slot < 0) {
      for (int row = 0; row < rows; row++) {
        sums[row] = single ? (float) (sums[row] + weights[first]) : sums[row] + weights[first];
      }
    } else if (single) {
      for (int row = 0; row < rows; row++) {
        sums[row] = (float) (sums[row] + weights[first + (found[slot + row] & 0xFF)]);
      }
    } else {
      for (int row = 0; row < rows; row++) {
        sums[row] += weights[first + (found[slot + row] & 0xFF)];
      }
    }
  }

  /** Returns the numbers of the leaves that were found. */
  void leaves(Work work, int tree, int rows, int[] leaves) {
    int first = blend.firstLeaves[tree];
    int slot = blend.results[tree] * ROWS;
    for (int row = 0; row < rows; row++) {
      leaves[row] = blend.leaves[slot < 0 ? first : first + (work.slots[slot + row] & 0xFF)];
    }
  }

  private boolean answersAsTheWalk(int from, int to) {
    Random random = new Random(1);
    int[] bins = new int[trees.bins.views().size() * ROWS];
    for (int view = 0; view < trees.bins.views().size(); view++) {
      int top = trees.bins.top(view);
      for (int row = 0; row < ROWS; row++) {
        bins[view * ROWS + row] = random.nextInt(top + 1);
      }
    }
    Work work = work();
    int[] leaves = new int[ROWS];
    for (int tree = from; tree < to; tree++) {
      if (run(work, tree, bins, ROWS)) {
        leaves(work, tree, ROWS, leaves);
        for (int row = 0; row < ROWS; row++) {
          if (leaves[row] != trees.leafOf(tree, bins, row)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
