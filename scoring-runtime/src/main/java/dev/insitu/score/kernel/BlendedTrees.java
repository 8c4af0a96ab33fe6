package dev.insitu.score.kernel;

import dev.insitu.score.kernel.TreeInputs.Flags;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leaves of many rows by {@link Blend blends}, in {@link BlendLoops loops} that the
 * compiler of the JVM makes vector instructions of. Immutable.
 */
final class BlendedTrees {
  private static final int EIGHT = 8;

  /** The leaves of so many trees are added at once. */
  private static final int TOGETHER = 4;

  private static final long EACH = 0x0101010101010101L;

  private final TreeTable trees;
  private final int from;
  private final int to;
  private final Blend blend;
  private final boolean all;

  /** For each leaf of the blended trees its value, and then a 0. */
  private final double[] values;

  /** The same in float32, if the trees are. */
  private final float @Nullable [] singles;

  private final Map<Integer, Flags> flags;
  private final FlagBytes flagBytes;
  private final boolean fillsFlags;

  BlendedTrees(TreeTable trees, int from, int to, TreeInputs inputs) {
    this.trees = trees;
    this.from = from;
    this.to = to;
    this.flags = inputs.flags();
    this.flagBytes = new FlagBytes(flags.values());
    this.blend = Blend.of(trees, from, to);
    this.all = IntStream.range(from, to).allMatch(this::isWhole);
    this.fillsFlags = all && flagBytes.hasAll();
    this.values = new double[blend.leaves.length + 1];
    this.singles = trees.forest.single() ? new float[values.length] : null;
    for (int i = 0; i < blend.leaves.length; i++) {
      values[i] = trees.forest.values()[trees.leaves[blend.leaves[i]]];
      if (singles != null) {
        singles[i] = (float) values[i];
      }
    }
  }

  /** What it writes into. */
  static final class Work {
    private final long[][] views;
    private final long[][] slots;
    private final FlagBytes.Work codes;
    private final long[][] found;
    private final int[] first = new int[TOGETHER];
    private final float[] singles;
    private int group = -1;

    private Work(int views, int slots, int rows, FlagBytes flags) {
      this.found = new long[TOGETHER][rows / EIGHT];
      this.singles = new float[rows];
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
      long packed = blend.blends[i];
      if (Blend.kind(packed) < Blend.QUAD) {
        run(packed, work, eights);
      } else {
        i++;
        run(packed, blend.blends[i], work, eights);
      }
    }
  }

  private static void run(long packed, Work work, int eights) {
    long[] view = work.views[Blend.view(packed)];
    long above = above(Blend.cut(packed));
    int a = Blend.first(packed);
    int b = Blend.second(packed);
    long[][] slots = work.slots;
    switch (Blend.kind(packed)) {
      case Blend.PAIR -> BlendLoops.pair(view, above, a * EACH, slots[b], eights);
      case Blend.LEAF_OR_SLOT -> BlendLoops.leafOrSlot(view, above, a * EACH, slots[b], eights);
      case Blend.SLOT_OR_LEAF -> BlendLoops.slotOrLeaf(view, above, slots[a], b * EACH, eights);
      default -> BlendLoops.slotOrSlot(view, above, slots[a], slots[b], eights);
    }
  }

  private static void run(long packed, long more, Work work, int eights) {
    long[] view = work.views[Blend.view(packed)];
    long above = above(Blend.cut(packed));
    long leaf = Blend.first(packed) * EACH;
    long[] slot = work.slots[Blend.second(packed)];
    long[] pairView = work.views[Blend.pairView(more)];
    long pairAbove = above(Blend.pairCut(more));
    if (Blend.kind(packed) == Blend.QUAD) {
      long[] noView = work.views[Blend.secondPairView(more)];
      long noAbove = above(Blend.secondPairCut(more));
      BlendLoops.quad(view, above, pairView, pairAbove, noView, noAbove, leaf, slot, eights);
      return;
    }
    long further = Blend.pairLeaf(more) * EACH - leaf;
    if (Blend.kind(packed) == Blend.LEAF_OR_PAIR) {
      BlendLoops.leafOrPair(view, above, pairView, pairAbove, leaf, further, slot, eights);
    } else {
      BlendLoops.pairOrLeaf(view, above, pairView, pairAbove, leaf, further, slot, eights);
    }
  }

  /** What is taken from a byte that keeps its highest bit if it is above a cut. */
  private static long above(int cut) {
    return (cut + 1) * EACH;
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

  /**
   * Adds for each row the values of its leaves in all trees, in their order, where {@link #hasAll};
   * four trees at a time, so that sums are read and written less often.
   *
   * @param sums takes the sums, of float32 if the trees are; to be 0 before
   */
  void sum(Work work, int[][] bins, int rows, double[] sums) {
    int eights = (rows + EIGHT - 1) / EIGHT;
    Arrays.fill(work.singles, 0);
    for (int tree = from; tree < to; tree += TOGETHER) {
      for (int k = 0; k < TOGETHER; k++) {
        leaves(work, tree + k, bins, rows, k);
      }
      if (singles == null) {
        BlendLoops.add(work.found, work.first, values, sums, eights);
      } else {
        BlendLoops.add(work.found, work.first, singles, work.singles, eights);
      }
    }
    for (int row = 0; singles != null && row < rows; row++) {
      sums[row] = work.singles[row];
    }
  }

  /** Behind the last tree the only leaf is 0: a sum that began with 0 is never -0. */
  private void leaves(Work work, int tree, int[][] bins, int rows, int k) {
    work.first[k] = tree < to ? blend.firstLeaves[tree] : blend.leaves.length;
    if (tree < to && blend.results[tree] >= 0) {
      run(work, tree, bins, rows);
      long[] result = work.slots[blend.results[tree]];
      System.arraycopy(result, 0, work.found[k], 0, result.length);
    } else {
      Arrays.fill(work.found[k], 0);
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
