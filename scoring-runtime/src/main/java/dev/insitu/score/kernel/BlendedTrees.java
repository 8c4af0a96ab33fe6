package dev.insitu.score.kernel;

import dev.insitu.score.kernel.TreeInputs.Flags;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

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

  private final Map<Integer, Flags> flags;
  private final FlagBytes flagBytes;
  private final boolean fillsFlags;

  BlendedTrees(TreeTable trees, int from, int to, TreeInputs inputs) {
    this.trees = trees;
    this.flags = inputs.flags();
    this.flagBytes = new FlagBytes(flags.values());
    this.blend = Blend.of(trees, from, to);
    this.all = IntStream.range(from, to).allMatch(this::isWhole);
    this.fillsFlags = all && flagBytes.hasAll();
    this.values =
        Arrays.stream(blend.leaves)
            .mapToDouble(node -> trees.forest.values()[trees.leaves[node]])
            .toArray();
  }

  /** What it writes into. */
  static final class Work {
    private final long[][] views;
    private final long[][] slots;
    private final FlagBytes.Work codes;
    private int group = -1;

    private Work(int views, int slots, int rows, FlagBytes flags) {
      this.codes = flags.work(rows);
      this.views = new long[views][rows / EIGHT];
      this.slots = new long[slots][rows / EIGHT];
    }
  }

  /** Makes what it writes into, for so many rows at most. */
  Work work(int rows) {
    return new Work(trees.bins.views().size(), blend.slots, rows, flagBytes);
  }

  /** Returns whether it leaves nothing of any tree to be walked. */
  boolean hasAll() {
    return all;
  }

  /** Returns whether it leaves nothing of a tree to be walked. */
  boolean isWhole(int tree) {
    return blend.levels[tree] == trees.depths[tree];
  }

  /** Returns how many levels of a tree are left. */
  int levelsLeft(int tree) {
    return trees.depths[tree] - blend.levels[tree];
  }

  /** Returns whether it wants no bins of flags. */
  boolean fillsFlags() {
    return fillsFlags;
  }

  /**
   * Called when there are new bins.
   *
   * @param codes the codes of texts
   */
  void begin(Work work, int[][] codes, int rows) {
    work.group = -1;
    if (fillsFlags) {
      flagBytes.load(codes, (rows + EIGHT - 1) / EIGHT, work.codes);
    }
  }

  /**
   * Finds the leaves of a tree, or the nodes behind its first levels.
   *
   * @param bins for each view the bins of the rows
   * @param rows how many there are
   */
  void run(Work work, int tree, int[][] bins, int rows) {
    int eights = (rows + EIGHT - 1) / EIGHT;
    if (work.group < 0 || tree >= blend.groups.get(work.group).to()) {
      do {
        work.group++;
      } while (tree >= blend.groups.get(work.group).to());
      fill(blend.groups.get(work.group), bins, eights, work);
    }
    for (int i = blend.starts[tree]; i < blend.starts[tree + 1]; i++) {
      run(blend.blends[i], work, eights);
    }
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

  private void fill(Blend.Group group, int[][] bins, int eights, Work work) {
    for (int i = 0; i < group.views().length; i++) {
      int view = group.views()[i];
      byte[] bytes = group.bytes()[i];
      Flags flag = fillsFlags ? flags.get(view) : null;
      if (flag == null) {
        fill(bytes, bins[view], eights, work.views[view]);
      } else {
        byte yes = bytes[flag.yes()[view - flag.first()]];
        byte no = bytes[flag.no()[view - flag.first()]];
        flagBytes.fill(flag, yes, no, eights, work.codes, work.views[view]);
      }
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

  /** Returns the nodes that were found. */
  void nodes(Work work, int tree, int rows, int[] nodes) {
    int first = blend.firstLeaves[tree];
    if (blend.results[tree] < 0) {
      Arrays.fill(nodes, 0, rows, blend.leaves[first]);
      return;
    }
    long[] found = work.slots[blend.results[tree]];
    int[] leaves = blend.leaves;
    for (int row = 0; row < rows; row++) {
      nodes[row] = leaves[first + leaf(found, row)];
    }
  }

  private static int leaf(long[] found, int row) {
    return (int) (found[row >>> 3] >>> ((row & 7) << 3)) & 0xFF;
  }
}
