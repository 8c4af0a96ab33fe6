package dev.insitu.score.kernel;

import dev.insitu.score.kernel.TreeInputs.Flags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
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

  /** Bins that are bytes have so many in a table at most. */
  private static final int MOST_BYTES = 256;

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

  private final TreeInputs inputs;
  private final Map<Integer, Flags> flags;
  private final FlagBytes flagBytes;
  private final boolean fillsFlags;

  /** Those that can do with vectors, if any can. */
  private final @Nullable PermutedTrees permuted;

  /** For each of their places its value. */
  private final double[] permutedValues;

  private final float @Nullable [] permutedSingles;

  BlendedTrees(TreeTable trees, int from, int to, TreeInputs inputs) {
    this.trees = trees;
    this.from = from;
    this.to = to;
    this.inputs = inputs;
    this.flags = inputs.flags();
    this.flagBytes = new FlagBytes(flags.values());
    this.blend = Blend.of(trees, from, to);
    this.all = IntStream.range(from, to).allMatch(this::isWhole);
    this.fillsFlags = all && flagBytes.hasAll();
    this.values = values(blend.leaves);
    this.singles = singles(values);
    this.permuted = Vectors.POSSIBLE ? PermutedTrees.of(trees, from, to, blend) : null;
    this.permutedValues = permuted == null ? new double[0] : values(permuted.leaves());
    this.permutedSingles = singles(permutedValues);
  }

  /** Returns the values of nodes, of those that are leaves, and a 0 behind them. */
  private double[] values(int[] nodes) {
    double[] found = new double[nodes.length + 1];
    for (int i = 0; i < nodes.length; i++) {
      if (TreeTable.isLeaf(trees.nodes[nodes[i]])) {
        found[i] = trees.forest.values()[trees.leaves[nodes[i]]];
      }
    }
    return found;
  }

  private float @Nullable [] singles(double[] doubles) {
    if (!trees.forest.single()) {
      return null;
    }
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /** What it writes into. */
  static final class Work {
    private final long[][] views;
    private final long[][] slots;
    private final FlagBytes.Work codes;
    private final long[][] found;
    private final int[] first = new int[TOGETHER];
    private final float[] singles;
    private final int[] map;
    private final byte[] narrow;
    private int group = -1;
    private boolean vectors;

    private Work(int views, int slots, int rows, FlagBytes flags) {
      this.found = new long[TOGETHER][rows / EIGHT];
      this.singles = new float[rows];
      this.map = new int[rows];
      this.narrow = new byte[rows];
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
    begin(work, codes, rows, Vectors.used());
  }

  private void begin(Work work, int[][] codes, int rows, boolean vectors) {
    work.group = -1;
    work.vectors = vectors && permuted != null;
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
    fillFor(work, tree, bins, eights);
    PermutedTrees fast = permuted(work, tree);
    if (fast != null) {
      fast.run(tree, work.views, work.found[0], eights);
      return;
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

  /** Returns where a tree is a table, if vectors are used; else null. */
  private @Nullable PermutedTrees permuted(Work work, int tree) {
    return work.vectors && permuted != null && permuted.has(tree) ? permuted : null;
  }

  /** Fills the views that a tree asks, if it is the first of its group. */
  private void fillFor(Work work, int tree, int[][] bins, int eights) {
    if (work.group < 0 || tree >= blend.groups.get(work.group).to()) {
      do {
        work.group++;
      } while (tree >= blend.groups.get(work.group).to());
      fill(blend.groups.get(work.group), bins, eights, work);
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
      if (flag == null && work.vectors && bytes.length <= MOST_BYTES) {
        VectorLoops.fill(bytes, bins[view], work.narrow, work.views[view], eights);
      } else if (flag == null) {
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
    if (work.vectors) {
      sumByVectors(work, bins, rows, sums);
      return;
    }
    if (permuted != null) { // a trial of trees that have no tables would be none
      Vectors.count((long) (to - from) * rows, () -> new SumTrial(work.map.length));
    }
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

  private void sumByVectors(Work work, int[][] bins, int rows, double[] sums) {
    Arrays.fill(work.singles, 0);
    for (int tree = from; tree < to; tree++) {
      PermutedTrees fast = permuted(work, tree);
      leaves(work, tree, bins, rows, 0);
      int first = fast == null ? work.first[0] : fast.first(tree);
      if (singles == null) {
        double[] weights = fast == null ? values : permutedValues;
        VectorLoops.add(work.found[0], weights, first, sums, work.map, rows);
      } else {
        float[] weights = Objects.requireNonNull(fast == null ? singles : permutedSingles);
        VectorLoops.add(work.found[0], weights, first, work.singles, work.map, rows);
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
      if (permuted(work, tree) == null) {
        long[] result = work.slots[blend.results[tree]];
        System.arraycopy(result, 0, work.found[k], 0, result.length);
      }
    } else {
      Arrays.fill(work.found[k], 0);
    }
  }

  /** Returns the nodes that were found. */
  void nodes(Work work, int tree, int rows, int[] nodes) {
    PermutedTrees fast = permuted(work, tree);
    if (fast != null) {
      nodes(work.found[0], fast.leaves(), fast.first(tree), rows, nodes);
      return;
    }
    int first = blend.firstLeaves[tree];
    if (blend.results[tree] < 0) {
      Arrays.fill(nodes, 0, rows, blend.leaves[first]);
      return;
    }
    nodes(work.slots[blend.results[tree]], blend.leaves, first, rows, nodes);
  }

  private static void nodes(long[] found, int[] leaves, int first, int rows, int[] nodes) {
    for (int row = 0; row < rows; row++) {
      nodes[row] = leaves[first + leaf(found, row)];
    }
  }

  private static int leaf(long[] found, int row) {
    return (int) (found[row >>> 3] >>> ((row & 7) << 3)) & 0xFF;
  }

  /** Made-up numbers of a column. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Made(int view, Cuts cuts, double[] numbers) {}

  /** All sums of made-up rows. */
  private final class SumTrial implements Vectors.Trial {
    private static final long SEED = 42;

    private final Work work;
    private final int[][] bins;
    private final List<Made> numbers = new ArrayList<>();
    private final int[][] codes;
    private final int rows;

    SumTrial(int rows) {
      Random random = new Random(SEED);
      this.rows = rows;
      this.work = work(rows);
      this.bins = new int[trees.bins.views().size()][];
      for (int view = 0; view < bins.length; view++) {
        bins[view] = random.ints(rows, 0, trees.bins.top(view) + 1).toArray();
      }
      inputs
          .cuts()
          .forEach((view, cuts) -> numbers.add(new Made(view, cuts, cuts.some(random, rows))));
      this.codes = flagBytes.codes(random, rows);
    }

    @Override
    public double[] withoutVectors() {
      return sums(false);
    }

    @Override
    public double[] withVectors() {
      return sums(true);
    }

    private double[] sums(boolean vectors) {
      double[] sums = new double[rows];
      for (Made made : numbers) {
        made.cuts.bins(made.numbers, 0, rows, bins[made.view], vectors);
      }
      begin(work, codes, rows, vectors);
      sum(work, bins, rows, sums);
      return sums;
    }
  }
}
