package dev.insitu.score.kernel;

import java.util.Arrays;

/**
 * Finds the leaves of many rows by {@link Blend blends}: the bytes of eight rows are one long, and
 * a blend is a subtraction, a mask and an exclusive or. The loops are so plain that the compiler of
 * the JVM makes vector instructions of them, 32 or 64 rows at once. Immutable.
 */
final class BlendedTrees {
  private static final int EIGHT = 8;
  private static final long EACH = 0x0101010101010101L;
  private static final long SIGNS = 0x8080808080808080L;

  private final TreeTable trees;
  private final Blend blend;
  private final boolean all;

  /** For each leaf of the blended trees its value. */
  private final double[] values;

  BlendedTrees(TreeTable trees, int from, int to) {
    this.trees = trees;
    this.blend = Blend.of(trees, from, to);
    this.all = blend.hasAll();
    this.values =
        Arrays.stream(blend.leaves).mapToDouble(leaf -> trees.forest.values()[leaf]).toArray();
  }

  /** What it writes into. */
  static final class Work {
    private final long[][] views;
    private final long[][] slots;
    private int group = -1;

    private Work(int views, int slots, int rows) {
      this.views = new long[views][rows / EIGHT];
      this.slots = new long[slots][rows / EIGHT];
    }
  }

  /** Makes what it writes into, for so many rows at most. */
  Work work(int rows) {
    return new Work(trees.bins.views().size(), blend.slots, rows);
  }

  /** Returns whether it takes all trees. */
  boolean hasAll() {
    return all;
  }

  /** Called when there are new bins. */
  void begin(Work work) {
    work.group = -1;
  }

  /**
   * Finds the leaves of a tree.
   *
   * @param bins for each view the bins of the rows
   * @param rows how many there are
   * @return whether it did; if not, the tree has to be walked
   */
  boolean run(Work work, int tree, int[][] bins, int rows) {
    if (!blend.has(tree)) {
      return false;
    }
    int eights = (rows + EIGHT - 1) / EIGHT;
    if (work.group < 0 || tree >= blend.groups.get(work.group).to()) {
      do {
        work.group++;
      } while (tree >= blend.groups.get(work.group).to());
      fill(blend.groups.get(work.group), bins, eights, work.views);
    }
    for (int i = blend.starts[tree]; i < blend.starts[tree + 1]; i++) {
      run(blend.blends[i], work, eights);
    }
    return true;
  }

  private static void run(long packed, Work work, int eights) {
    long[] view = work.views[Blend.view(packed)];
    long above = (Blend.cut(packed) + 1) * EACH;
    int a = Blend.first(packed);
    int b = Blend.second(packed);
    switch (Blend.kind(packed)) {
      case Blend.PAIR -> pair(view, above, a * EACH, work.slots[b], eights);
      case Blend.LEAF_OR_SLOT -> leafOrSlot(view, above, a * EACH, work.slots[b], eights);
      case Blend.SLOT_OR_LEAF -> slotOrLeaf(view, above, work.slots[a], b * EACH, eights);
      default -> slotOrSlot(view, above, work.slots[a], work.slots[b], eights);
    }
  }

  /** A byte of a view has its highest bit; it keeps it if what it is above of is taken away. */
  private static void pair(long[] view, long above, long leaf, long[] slot, int eights) {
    for (int i = 0; i < eights; i++) {
      slot[i] = leaf + ((view[i] - above & SIGNS) >>> 7);
    }
  }

  private static void leafOrSlot(long[] view, long above, long leaf, long[] slot, int eights) {
    for (int i = 0; i < eights; i++) {
      long sign = view[i] - above & SIGNS;
      long no = sign - (sign >>> 7) | sign;
      slot[i] = leaf ^ (leaf ^ slot[i]) & no;
    }
  }

  private static void slotOrLeaf(long[] view, long above, long[] slot, long leaf, int eights) {
    for (int i = 0; i < eights; i++) {
      long sign = view[i] - above & SIGNS;
      long no = sign - (sign >>> 7) | sign;
      slot[i] = slot[i] ^ (slot[i] ^ leaf) & no;
    }
  }

  private static void slotOrSlot(long[] view, long above, long[] yes, long[] other, int eights) {
    for (int i = 0; i < eights; i++) {
      long sign = view[i] - above & SIGNS;
      long no = sign - (sign >>> 7) | sign;
      yes[i] = yes[i] ^ (yes[i] ^ other[i]) & no;
    }
  }

  private static void fill(Blend.Group group, int[][] bins, int eights, long[][] views) {
    for (int i = 0; i < group.views().length; i++) {
      int view = group.views()[i];
      fill(group.bytes()[i], bins[view], eights, views[view]);
    }
  }

  private static void fill(byte[] bytes, int[] bins, int eights, long[] view) {
    for (int i = 0, row = 0; i < eights; i++, row += EIGHT) {
      int low =
          bytes[bins[row]] & 0xFF
              | (bytes[bins[row + 1]] & 0xFF) << 8
              | (bytes[bins[row + 2]] & 0xFF) << 16
              | bytes[bins[row + 3]] << 24;
      int high =
          bytes[bins[row + 4]] & 0xFF
              | (bytes[bins[row + 5]] & 0xFF) << 8
              | (bytes[bins[row + 6]] & 0xFF) << 16
              | bytes[bins[row + 7]] << 24;
      view[i] = (long) high << 32 | low & 0xFFFFFFFFL;
    }
  }

  /** Adds the values of the leaves that were found. */
  void add(Work work, int tree, int rows, double[] sums, boolean single) {
    int first = blend.firstLeaves[tree];
    double[] weights = values;
    if (blend.results[tree] < 0) {
      for (int row = 0; row < rows; row++) {
        sums[row] = single ? (float) (sums[row] + weights[first]) : sums[row] + weights[first];
      }
      return;
    }
    long[] found = work.slots[blend.results[tree]];
    int row = 0;
    if (single) {
      for (int i = 0; row + EIGHT <= rows; i++) {
        long eight = found[i];
        for (int end = row + EIGHT; row < end; row++) {
          sums[row] = (float) (sums[row] + weights[first + ((int) eight & 0xFF)]);
          eight >>>= 8;
        }
      }
    } else {
      for (int i = 0; row + EIGHT <= rows; i++) {
        long eight = found[i];
        for (int end = row + EIGHT; row < end; row++) {
          sums[row] += weights[first + ((int) eight & 0xFF)];
          eight >>>= 8;
        }
      }
    }
    for (; row < rows; row++) {
      double sum = sums[row] + weights[first + leaf(found, row)];
      sums[row] = single ? (float) sum : sum;
    }
  }

  /** Returns the numbers of the leaves that were found. */
  void leaves(Work work, int tree, int rows, int[] leaves) {
    int first = blend.firstLeaves[tree];
    int result = blend.results[tree];
    for (int row = 0; row < rows; row++) {
      leaves[row] = blend.leaves[result < 0 ? first : first + leaf(work.slots[result], row)];
    }
  }

  private static int leaf(long[] found, int row) {
    return (int) (found[row >>> 3] >>> ((row & 7) << 3)) & 0xFF;
  }
}
