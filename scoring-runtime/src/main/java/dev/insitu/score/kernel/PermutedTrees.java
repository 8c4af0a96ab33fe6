package dev.insitu.score.kernel;

import dev.insitu.score.kernel.LevelLoops.Level;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Trees of up to six blended levels, or of up to 64 nodes, as tables of 64 bytes, which one
 * instruction looks up for 64 rows at once ({@link VectorLoops}).
 *
 * <p>The nodes of a tree have places. Where it has no more than 64, as LightGBM's of 31 leaves,
 * these are their own numbers, the root is 0, and a leaf's next place is its own. Else 1 is the
 * root, 2 p and 2 p + 1 are the yes and the no of place p, and where a leaf is higher than the last
 * level its children are itself. Behind three levels, where all splits are compared, a row looks up
 * which view its place asks and which cut it compares with, and takes that view out of all that its
 * level asks: nine steps instead of 63 comparisons for a tree of six levels. Views and cuts are the
 * bytes of {@link Blend} groups. Immutable.
 */
final class PermutedTrees {
  /** The places of a tree. */
  static final int PLACES = 64;

  /** How many views a level is taken to ask: the next of these. */
  static final int[] WIDTHS = {4, 8, 12, 16, 24, 32};

  private static final int TOP = 3;
  private static final int MOST_LEVELS = 6;

  /** No view is above it. */
  private static final byte LAST_CUT = -1;

  /** The yes of each place of a level, and of the last one, whose children begin at 0 again. */
  private static final byte[] TWICE = new byte[PLACES];

  private static final byte[] TWICE_FROM_0 = new byte[PLACES];

  static {
    for (int place = 0; place < PLACES; place++) {
      TWICE[place] = (byte) (2 * place);
      TWICE_FROM_0[place] = (byte) (2 * place % PLACES);
    }
  }

  private final int from;
  private final boolean[] has;

  /** For each tree, at its places 1 to 7, the views of its first three levels. */
  private final int[] tops;

  /** The levels of each tree behind these; of a small one behind the root. */
  private final Level[][] below;

  /** Those of no more than 64 nodes that have more levels. */
  private final @Nullable Root[] roots;

  /** The root of a small tree: its view, its cut, and the place of its yes. */
  private record Root(int view, byte cut, byte yes) {}

  /** For each place the number of its view among those of its level. */
  private final byte[] turns;

  private final byte[] cuts;

  /** For each tree and place behind the last level the node there. */
  private final int[] leaves;

  private PermutedTrees(TreeTable trees, int from, int to, Blend blend) {
    this.from = from;
    this.has = new boolean[to - from];
    this.tops = new int[(to - from) * (1 << TOP)];
    this.below = new Level[to - from][];
    this.roots = new Root[to - from];
    this.turns = new byte[(to - from) * PLACES];
    this.cuts = new byte[(to - from) * PLACES];
    this.leaves = new int[(to - from) * PLACES];
    for (Blend.Group group : blend.groups) {
      byte[][] bytes = new byte[trees.bins.views().size()][];
      for (int i = 0; i < group.views().length; i++) {
        bytes[group.views()[i]] = group.bytes()[i];
      }
      for (int tree = group.from(); tree < group.to(); tree++) {
        if (blend.results[tree] >= 0 && blend.levels[tree] <= MOST_LEVELS) {
          has[tree - from] = true;
          write(trees, tree, Math.max(TOP, blend.levels[tree]), bytes);
        } else if (blend.results[tree] >= 0 && trees.end(tree) - trees.roots[tree] <= PLACES) {
          has[tree - from] = true;
          writeSmall(trees, tree, bytes);
        }
      }
    }
  }

  /** Makes the tables; null if no tree is so. */
  static @Nullable PermutedTrees of(TreeTable trees, int from, int to, Blend blend) {
    PermutedTrees permuted = new PermutedTrees(trees, from, to, blend);
    for (boolean any : permuted.has) {
      if (any) {
        return permuted;
      }
    }
    return null;
  }

  private void write(TreeTable trees, int tree, int levels, byte[][] bytes) {
    int own = tree - from;
    int[] nodes = new int[2 << levels];
    int[] views = new int[1 << levels];
    nodes[1] = trees.roots[tree];
    Arrays.fill(views, TreeTable.view(trees.nodes[nodes[1]]));
    for (int place = 1; place < 1 << levels; place++) {
      long node = trees.nodes[nodes[place]];
      if (TreeTable.isLeaf(node)) {
        nodes[2 * place] = nodes[place];
        nodes[2 * place + 1] = nodes[place];
        cuts[own * PLACES + place] = LAST_CUT;
      } else {
        nodes[2 * place] = TreeTable.child(node);
        nodes[2 * place + 1] = TreeTable.child(node) + 1;
        views[place] = TreeTable.view(node);
        cuts[own * PLACES + place] = bytes[views[place]][TreeTable.bin(node)];
      }
    }
    System.arraycopy(views, 0, tops, own << TOP, 1 << TOP);
    below[own] = new Level[levels - TOP];
    for (int level = TOP; level < levels; level++) {
      int[] asked = turns(views, 1 << level, own * PLACES);
      byte[] next = level + 1 == MOST_LEVELS ? TWICE_FROM_0 : TWICE;
      below[own][level - TOP] = new Level(asked, turns, cuts, own * PLACES, next);
    }
    for (int place = 1 << levels; place < nodes.length; place++) {
      leaves[own * PLACES + place % PLACES] = nodes[place];
    }
  }

  /** Children stand behind their parents, level behind level. */
  private void writeSmall(TreeTable trees, int tree, byte[][] bytes) {
    int own = tree - from;
    int root = trees.roots[tree];
    int size = trees.end(tree) - root;
    byte[] next = new byte[PLACES];
    byte[] cut = new byte[PLACES];
    Arrays.fill(cut, LAST_CUT);
    int[] views = new int[size];
    int[] depths = new int[size];
    int levels = 0;
    for (int place = 0; place < size; place++) {
      long node = trees.nodes[root + place];
      leaves[own * PLACES + place] = root + place;
      next[place] = (byte) place;
      if (!TreeTable.isLeaf(node)) {
        int yes = TreeTable.child(node) - root;
        next[place] = (byte) yes;
        views[place] = TreeTable.view(node);
        cut[place] = bytes[views[place]][TreeTable.bin(node)];
        depths[yes] = depths[place] + 1;
        depths[yes + 1] = depths[place] + 1;
        levels = depths[place] + 1;
      }
    }
    roots[own] = new Root(views[0], cut[0], next[0]);
    below[own] = new Level[levels - 1];
    for (int level = 1; level < levels; level++) {
      BitSet asked = new BitSet();
      for (int place = 0; place < size; place++) {
        if (depths[place] == level && next[place] != place) {
          asked.set(views[place]);
        }
      }
      int[] distinct = asked.stream().toArray();
      byte[] turn = new byte[PLACES];
      for (int place = 0; place < size; place++) {
        turn[place] = (byte) Math.max(0, Arrays.binarySearch(distinct, views[place]));
      }
      below[own][level - 1] = new Level(filled(distinct), turn, cut, 0, next);
    }
  }

  /** Numbers the views of a level, and returns them. */
  private int[] turns(int[] views, int first, int at) {
    BitSet all = new BitSet();
    for (int place = first; place < 2 * first; place++) {
      all.set(views[place]);
    }
    int[] distinct = all.stream().toArray();
    for (int place = first; place < 2 * first; place++) {
      turns[at + place] = (byte) Arrays.binarySearch(distinct, views[place]);
    }
    return filled(distinct);
  }

  /** Returns views, and the first of them as often as the next width wants. */
  private static int[] filled(int[] distinct) {
    int width = Arrays.stream(WIDTHS).filter(w -> w >= distinct.length).findFirst().orElseThrow();
    int[] filled = Arrays.copyOf(distinct, width);
    Arrays.fill(filled, distinct.length, width, distinct[0]);
    return filled;
  }

  /** Returns whether a tree is one of these. */
  boolean has(int tree) {
    return has[tree - from];
  }

  /** Returns where the places of a tree begin. */
  int first(int tree) {
    return (tree - from) * PLACES;
  }

  /** Returns for each place behind the last level of each tree the node there. */
  int[] leaves() {
    return leaves;
  }

  /**
   * Finds the places of a tree's leaves, or of the nodes behind its blended levels.
   *
   * @param views the bytes of all views
   * @param places takes the places, a byte a row
   */
  void run(int tree, long[][] views, long[] places, int eights) {
    Root root = roots[tree - from];
    if (root == null) {
      VectorLoops.top(views, tops, cuts, tree - from, places, eights);
    } else {
      VectorLoops.root(views[root.view], root.cut, root.yes, places, eights);
    }
    for (Level level : below[tree - from]) {
      LevelLoops.run(views, level, places, eights);
    }
  }
}
