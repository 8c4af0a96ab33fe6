package dev.insitu.score.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Trees as lists of blends, for many rows at once: each split, children first, takes for every row
 * the one or the other child's leaf. All rows pass all splits, but as bytes, many in one
 * instruction, and without a branch. Of a tree with more than 127 splits only the first six levels
 * are blended: what is below takes less time to walk, and what is called a leaf here is where that
 * begins.
 *
 * <p>The bins that splits compare have seven bits here. Trees are cut into groups, in their order,
 * so that no view has more than 127 cuts within a group; a table leads from bin to byte, whose
 * highest bit is set. A blend is a long: a cut, two operands, a kind and a view. An operand is a
 * leaf of the tree or a slot of intermediate results; the result replaces the first slot among
 * them. The leaves of a pair are neighbours, so its second operand is the slot of its result.
 *
 * <p>Two or three splits whose children are leaves are one blend, which is less than half the work:
 * its second operand is the slot of its result, and the next long has the views and cuts of the
 * children. Immutable.
 */
final class Blend {
  static final int PAIR = 0;
  static final int LEAF_OR_SLOT = 1;
  static final int SLOT_OR_LEAF = 2;
  static final int SLOT_OR_SLOT = 3;

  /** Two pairs, their four leaves in a row; the first operand is the first leaf. */
  static final int QUAD = 4;

  /** The yes is a leaf, the no a pair. */
  static final int LEAF_OR_PAIR = 5;

  /** The yes is a pair, the no a leaf, which is the first operand. */
  static final int PAIR_OR_LEAF = 6;

  /** A tree of more splits is blended for {@link #MOST_LEVELS} levels alone. */
  static final int MOST_SPLITS = 127;

  static final int MOST_LEVELS = 6;
  private static final int MOST_CUTS = 127;
  private static final int SIGN = 0x80;

  /** The bytes of a vector. */
  private static final int SHORTEST_TABLE = 64;

  /**
   * Trees that share the bytes of views.
   *
   * @param from the first tree
   * @param to the one behind the last
   * @param views the views that they ask
   * @param bytes for each of these the byte of each bin
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Group(int from, int to, int[] views, byte[][] bytes) {}

  final List<Group> groups;

  /** The blends of all trees. */
  final long[] blends;

  /** Where the blends of each tree begin; behind the last those of none. */
  final int[] starts;

  /** For each tree where its leaves begin among all leaves. */
  final int[] firstLeaves;

  /** The nodes that are leaves, tree by tree. */
  final int[] leaves;

  /** For each tree how many of its levels are blended. */
  final int[] levels;

  /** For each tree the slot of its result, -1 if it has one leaf. */
  final int[] results;

  /** How many slots the largest tree needs. */
  final int slots;

  private Blend(Writing writing, List<Group> groups) {
    this.groups = groups;
    this.blends = Arrays.copyOf(writing.blends, writing.size);
    this.starts = writing.starts;
    this.firstLeaves = writing.firstLeaves;
    this.leaves = Arrays.copyOf(writing.leaves, writing.leafCount);
    this.levels = writing.levels;
    this.results = writing.results;
    this.slots = writing.mostSlots;
  }

  /** Writes the blends of some trees. */
  static Blend of(TreeTable trees, int from, int to) {
    Writing writing = new Writing(trees, to);
    List<Group> groups = new ArrayList<>();
    int tree = from;
    while (tree < to) {
      BitSet[] cuts = new BitSet[trees.bins.views().size()];
      int first = tree;
      while (tree < to && writing.takes(tree, cuts)) {
        tree++;
      }
      groups.add(writing.group(first, tree, cuts));
    }
    writing.starts[to] = writing.size;
    return new Blend(writing, groups);
  }

  static int cut(long blend) {
    return (int) blend & 0xFF;
  }

  static int first(long blend) {
    return (int) (blend >>> 8) & 0xFF;
  }

  static int second(long blend) {
    return (int) (blend >>> 16) & 0xFF;
  }

  static int kind(long blend) {
    return (int) (blend >>> 24) & 0xFF;
  }

  static int view(long blend) {
    return (int) (blend >>> 32);
  }

  /** Returns the cut of the first pair from the second long of a blend. */
  static int pairCut(long more) {
    return (int) more & 0xFF;
  }

  /** Returns the first leaf of a pair beside a leaf from the second long of a blend. */
  static int pairLeaf(long more) {
    return (int) (more >>> 8) & 0xFF;
  }

  /** Returns the cut of the second pair from the second long of a blend. */
  static int secondPairCut(long more) {
    return pairLeaf(more);
  }

  /** Returns the view of the first pair from the second long of a blend. */
  static int pairView(long more) {
    return (int) (more >>> 16) & 0xFFFF;
  }

  /** Returns the view of the second pair from the second long of a blend. */
  static int secondPairView(long more) {
    return (int) (more >>> 32);
  }

  /** What is written so far. */
  private static final class Writing {
    final TreeTable trees;
    long[] blends = new long[1024];
    int size;
    final int[] starts;
    final int[] firstLeaves;
    final int[] results;
    final int[] levels;
    private final int[] ends;
    int[] leaves = new int[1024];
    int leafCount;
    int mostSlots = 1;

    Writing(TreeTable trees, int to) {
      this.trees = trees;
      this.starts = new int[to + 1];
      this.firstLeaves = new int[to];
      this.results = new int[to];
      this.levels = new int[to];
      this.ends = new int[to];
    }

    /** Nodes lie level by level. */
    private int levels(int tree) {
      int root = trees.roots[tree];
      int end = trees.end(tree);
      if (end - root <= 2 * MOST_SPLITS + 1) {
        ends[tree] = end;
        return trees.depths[tree];
      }
      int last = root;
      for (int level = 0, node = root; level < MOST_LEVELS; level++) {
        for (int next = last + 1; node < next; node++) {
          if (!TreeTable.isLeaf(trees.nodes[node])) {
            last = TreeTable.child(trees.nodes[node]) + 1;
          }
        }
      }
      ends[tree] = last + 1;
      return MOST_LEVELS;
    }

    /** Whether a node has no children among those that are blended. */
    private boolean isLeaf(int tree, int node) {
      long packed = trees.nodes[node];
      return TreeTable.isLeaf(packed) || TreeTable.child(packed) >= ends[tree];
    }

    private int view(int node) {
      return TreeTable.view(trees.nodes[node]);
    }

    /** Adds the cuts of a tree to those of a group, unless they are too many. */
    boolean takes(int tree, BitSet[] cuts) {
      levels[tree] = levels(tree);
      BitSet[] more = cuts.clone();
      for (int node = trees.roots[tree]; node < ends[tree]; node++) {
        if (!isLeaf(tree, node)) {
          int view = view(node);
          if (more[view] == cuts[view]) {
            more[view] = cuts[view] == null ? new BitSet() : (BitSet) cuts[view].clone();
          }
          more[view].set(TreeTable.bin(trees.nodes[node]));
          if (more[view].cardinality() > MOST_CUTS) {
            return false;
          }
        }
      }
      System.arraycopy(more, 0, cuts, 0, cuts.length);
      return true;
    }

    Group group(int from, int to, BitSet[] cuts) {
      int[][] ranks = new int[cuts.length][];
      List<Integer> views = new ArrayList<>();
      List<byte[]> bytes = new ArrayList<>();
      for (int view = 0; view < cuts.length; view++) {
        if (cuts[view] != null) {
          int top = trees.bins.top(view);
          ranks[view] = new int[top + 1];
          byte[] table = new byte[Math.max(top + 1, SHORTEST_TABLE)];
          int above = 0;
          for (int bin = 0; bin <= top; bin++) {
            ranks[view][bin] = above;
            table[bin] = (byte) (above | SIGN);
            above += cuts[view].get(bin) ? 1 : 0;
          }
          views.add(view);
          bytes.add(table);
        }
      }
      for (int tree = from; tree < to; tree++) {
        starts[tree] = size;
        write(tree, ranks);
      }
      return new Group(
          from,
          to,
          views.stream().mapToInt(Integer::intValue).toArray(),
          bytes.toArray(new byte[0][]));
    }

    /** Children stand behind their parents, so from the end on they come first. */
    private void write(int tree, int[][] ranks) {
      int root = trees.roots[tree];
      int end = ends[tree];
      firstLeaves[tree] = leafCount;
      int[] operand = new int[end - root];
      boolean[] within = new boolean[end - root];
      int slotCount = 0;
      int leaf = 0;
      for (int node = root; node < end; node++) {
        if (isLeaf(tree, node)) {
          operand[node - root] = leaf++;
          if (leafCount == leaves.length) {
            leaves = Arrays.copyOf(leaves, leafCount * 2);
          }
          leaves[leafCount++] = node;
        } else if (isFused(tree, node)) {
          int yes = TreeTable.child(trees.nodes[node]);
          within[yes - root] = !isLeaf(tree, yes);
          within[yes + 1 - root] = !isLeaf(tree, yes + 1);
        }
      }
      for (int node = end - 1; node >= root; node--) {
        if (isLeaf(tree, node) || within[node - root]) {
          continue;
        }
        int yes = TreeTable.child(trees.nodes[node]);
        int a = operand[yes - root];
        int b = operand[yes + 1 - root];
        if (isPair(tree, node)) {
          add(node, PAIR, a, slotCount, ranks);
          operand[node - root] = slotCount++;
        } else if (isFused(tree, node)) {
          boolean yesLeaf = isLeaf(tree, yes);
          boolean noLeaf = isLeaf(tree, yes + 1);
          int pair = yesLeaf ? yes + 1 : yes;
          int kind = yesLeaf ? LEAF_OR_PAIR : noLeaf ? PAIR_OR_LEAF : QUAD;
          int first = operand[TreeTable.child(trees.nodes[pair]) - root];
          add(node, kind, kind == QUAD ? first : yesLeaf ? a : b, slotCount, ranks);
          operand[node - root] = slotCount++;
          long more = (long) view(pair) << 16 | cut(pair, ranks);
          add(
              kind == QUAD
                  ? more | (long) view(yes + 1) << 32 | (long) cut(yes + 1, ranks) << 8
                  : more | (long) first << 8);
        } else {
          int kind = (isLeaf(tree, yes) ? 0 : 2) + (isLeaf(tree, yes + 1) ? 0 : 1);
          add(node, kind, a, b, ranks);
          operand[node - root] = kind == LEAF_OR_SLOT ? b : a;
        }
      }
      results[tree] = leaf == 1 ? -1 : operand[0];
      mostSlots = Math.max(mostSlots, slotCount);
    }

    /** Whether both children of a split are leaves. */
    private boolean isPair(int tree, int node) {
      int yes = TreeTable.child(trees.nodes[node]);
      return isLeaf(tree, yes) && isLeaf(tree, yes + 1);
    }

    /** Whether a split is one blend with its children: pairs, or a pair and a leaf. */
    private boolean isFused(int tree, int node) {
      int yes = TreeTable.child(trees.nodes[node]);
      boolean yesLeaf = isLeaf(tree, yes);
      boolean noLeaf = isLeaf(tree, yes + 1);
      return (yesLeaf || isPair(tree, yes))
          && (noLeaf || isPair(tree, yes + 1))
          && !(yesLeaf && noLeaf);
    }

    private int cut(int node, int[][] ranks) {
      return ranks[view(node)][TreeTable.bin(trees.nodes[node])];
    }

    private void add(int node, int kind, int first, int second, int[][] ranks) {
      add(
          (long) view(node) << 32
              | (long) kind << 24
              | (long) second << 16
              | (long) first << 8
              | cut(node, ranks));
    }

    private void add(long value) {
      if (size == blends.length) {
        blends = Arrays.copyOf(blends, size * 2);
      }
      blends[size++] = value;
    }
  }
}
