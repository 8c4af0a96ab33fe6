package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Bins.Membership;
import dev.insitu.score.kernel.Bins.Order;
import dev.insitu.score.kernel.Bins.Source;
import dev.insitu.score.kernel.Bins.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some trees as packed nodes that are compared with the numbers themselves, not with their bins.
 *
 * <p>A node is two longs: first 1 bit whether NaN is a no, 24 bits the place of the number, 7 bits
 * 0, 32 bits the position of the first child; then the cut. A split says no where its cut less the
 * number is below zero, which is exact for finite cuts, since a difference that is not 0 is not
 * rounded to 0; if the difference is NaN, the highest bit is the answer. The children of a split
 * stand side by side, and a leaf is a split that leads to itself, with an infinite cut, and NaN is
 * a yes. What one comparison does not tell becomes several splits: sets, and infinite cuts where
 * NaN is a no. Immutable.
 */
final class NumberTable {
  /** So many rows are copied at once, where rows are copied. */
  static final int BLOCK = 128;

  /** What a node of two longs takes. */
  static final int NODE = 2;

  static final long INFINITE = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private static final int BLOCK_SHIFT = 32;
  private static final int PLACE_SHIFT = BLOCK_SHIFT + Integer.numberOfTrailingZeros(BLOCK);
  private static final int PLACE_MASK = (1 << 24) - 1;
  private static final long NAN_IS_NO = 1L << 63;

  /** So many columns are copied at most: 4 MB a frame. */
  static final int MOST_COPIED = 4096;

  /** Beyond so many nodes for each of the trees' own they are too many. */
  private static final int MOST_GROWTH = 16;

  private static final int MOST_NODES = 1 << 22;

  /** A tree whose rows take so many levels less than its deepest is walked to the end by all. */
  private static final double EVEN = 2.5;

  /** The nodes; as many longs as a power of two, more than there are nodes. */
  final long[] packed;

  final int[] roots;

  /** For each tree the level of its deepest leaf; where nodes are shared, of none. */
  final int[] depths;

  /** For each tree the level of its highest leaf. */
  final int[] shallowest;

  /** Whether all rows go to the deepest level of a tree, since most have little less to go. */
  final boolean[] even;

  /** For each position of a leaf its number. */
  final int[] leaves;

  /** For each place the slot of its number. */
  final int[] slots;

  /** Whether places are slots, so that numbers are read where they are. */
  final boolean inPlace;

  private NumberTable(Writing writing, int[] slots, boolean inPlace) {
    this.packed = writing.packed;
    this.leaves = Arrays.copyOf(writing.leaves, writing.size);
    this.roots = writing.roots;
    this.depths = writing.depths;
    this.shallowest = writing.shallowest;
    this.even = writing.even;
    this.slots = slots;
    this.inPlace = inPlace;
  }

  /**
   * Packs; null where nodes would be too many.
   *
   * @param from the first tree
   * @param to the one behind the last
   * @param columns the column of each source, all of which have slots
   * @param inPlace whether numbers are to be read where they are, which {@link #mayStayInPlace}
   */
  static @Nullable NumberTable of(
      TreeTable trees, int from, int to, List<Column> columns, boolean inPlace) {
    Writing writing = new Writing(trees, from, to, columns, inPlace);
    for (int tree = from; tree < to; tree++) {
      if (!writing.add(tree)) {
        return null;
      }
    }
    int[] slots = inPlace ? slots(columns) : columns.stream().mapToInt(Column::slot).toArray();
    return new NumberTable(writing.filledUp(), slots, inPlace);
  }

  private static int[] slots(List<Column> columns) {
    int[] slots = new int[columns.stream().mapToInt(Column::slot).max().orElse(-1) + 1];
    Arrays.setAll(slots, slot -> slot);
    return slots;
  }

  /** Returns whether columns begin at the same row of their arrays: all inputs, or none. */
  static boolean mayStayInPlace(List<Column> columns) {
    long inputs = columns.stream().filter(column -> column.producer == null).count();
    return inputs == 0 || inputs == columns.size();
  }

  static int child(long node) {
    return (int) node;
  }

  static int place(long node) {
    return (int) (node >>> PLACE_SHIFT) & PLACE_MASK;
  }

  /** Returns where the numbers of its place begin in a block, and maybe a highest bit. */
  static int inBlock(long node) {
    return (int) (node >>> BLOCK_SHIFT);
  }

  /** Where a child leads: to a node of the table, or to a question that makes up for one. */
  private sealed interface Target {}

  private record Node(int number) implements Target {}

  private record Question(int place, double cut, boolean nanIsNo, Target yes, Target no)
      implements Target {
    static Question of(int place, double cut, boolean nanIsNo, Target yes, Target no) {
      if (nanIsNo && cut == Double.POSITIVE_INFINITY) { // beyond the largest are infinity and NaN
        Target rest = new Question(place, Double.NEGATIVE_INFINITY, false, no, yes);
        return new Question(place, Double.MAX_VALUE, true, yes, rest);
      } else if (nanIsNo && cut == Double.NEGATIVE_INFINITY) { // up to the smallest there is no NaN
        Target least = new Question(place, Double.NEGATIVE_INFINITY, false, yes, no);
        return new Question(place, -Double.MAX_VALUE, true, least, no);
      }
      return new Question(place, cut, nanIsNo, yes, no);
    }
  }

  private static final class Writing {
    private final TreeTable trees;
    private final int from;
    private final boolean inPlace;
    private final List<Column> columns;

    /** For each view its source. */
    private final int[] sources;

    private final int anyPlace;
    private final long most;
    private long[] packed = new long[64];
    private int[] leaves = new int[64];
    private int size;
    private final int[] roots;
    private final int[] depths;
    private final int[] shallowest;
    private final boolean[] even;

    Writing(TreeTable trees, int from, int to, List<Column> columns, boolean inPlace) {
      this.trees = trees;
      this.from = from;
      this.columns = columns;
      this.inPlace = inPlace;
      this.sources = new int[trees.bins.views().size()];
      for (int i = 0; i < columns.size(); i++) {
        Source source = trees.bins.sources().get(i);
        Arrays.fill(sources, source.first(), source.end(), i);
      }
      this.anyPlace = columns.isEmpty() ? 0 : place(0);
      int own = from < to ? trees.end(to - 1) - trees.roots[from] : 0;
      this.most = NODE * Math.min(MOST_NODES, (long) MOST_GROWTH * own + BLOCK);
      this.roots = new int[to - from];
      this.depths = new int[to - from];
      this.shallowest = new int[to - from];
      this.even = new boolean[to - from];
    }

    private int place(int source) {
      return inPlace ? columns.get(source).slot() : source;
    }

    /** A row's walk has no checks: the length is a power of two, and there is a node behind all. */
    Writing filledUp() {
      packed = Arrays.copyOf(packed, Integer.highestOneBit(size + NODE) * 2);
      return this;
    }

    /**
     * Lays out a tree level by level; returns whether it could. What several answers lead to has
     * its children once.
     */
    boolean add(int number) {
      int tree = number - from;
      int root = trees.roots[number];
      int[] children = new int[trees.end(number) - root];
      boolean shares = false;
      roots[tree] = size;
      shallowest[tree] = Integer.MAX_VALUE;
      List<Target> level = List.of(new Node(root));
      int end = size + NODE;
      double mean = 0;
      for (int depth = 0; !level.isEmpty(); depth++) {
        List<Target> below = new ArrayList<>();
        for (Target target : level) {
          int node = target instanceof Node of ? of.number : -1;
          if (node >= 0 && TreeTable.isLeaf(trees.nodes[node])) {
            put(size, anyPlace, Double.POSITIVE_INFINITY, false);
            leaves[size] = trees.leaves[node];
            shallowest[tree] = Math.min(shallowest[tree], depth);
            mean += depth * Math.scalb(1.0, -depth);
            size += NODE;
            continue;
          }
          Question question = node >= 0 ? question(node) : (Question) target;
          if (end + 2 * NODE > most) {
            return false;
          }
          int known = node >= 0 ? children[node - root] : 0;
          put(known > 0 ? known : end, question.place, question.cut, question.nanIsNo);
          size += NODE;
          if (known > 0) {
            shares = true;
            continue;
          }
          if (node >= 0) {
            children[node - root] = end;
          }
          below.add(question.yes);
          below.add(question.no);
          end += 2 * NODE;
        }
        depths[tree] = depth;
        level = below;
      }
      // Levels say nothing of the ways to nodes that are shared.
      depths[tree] = shares ? Integer.MAX_VALUE : depths[tree];
      even[tree] = depths[tree] - mean <= EVEN;
      return true;
    }

    private void put(int child, int place, double cut, boolean nanIsNo) {
      if (size + NODE > packed.length) {
        packed = Arrays.copyOf(packed, packed.length * 2);
        leaves = Arrays.copyOf(leaves, packed.length);
      }
      packed[size] = (nanIsNo ? NAN_IS_NO : 0) | (long) place << PLACE_SHIFT | child;
      packed[size + 1] = Double.doubleToRawLongBits(cut);
    }

    private Question question(int node) {
      long packedNode = trees.nodes[node];
      int view = TreeTable.view(packedNode);
      int source = sources[view];
      Cuts cuts = trees.bins.sources().get(source).cuts();
      Target yes = new Node(TreeTable.child(packedNode));
      Target no = new Node(TreeTable.child(packedNode) + 1);
      View shown = trees.bins.views().get(view);
      if (shown instanceof Membership members) {
        return new Members(place(source), cuts, members, yes, no).question();
      }
      double cut = cuts.at(TreeTable.bin(packedNode));
      return Question.of(place(source), cut, !((Order) shown).nanLow(), yes, no);
    }
  }

  /**
   * Whether a number is one of a set, by halving the runs of bins that have one answer. NaN is
   * above all bins.
   *
   * @param runs the last bin of each run but the last
   * @param yes where members lead
   * @param no where all others lead
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Members(
      int place, Cuts cuts, Membership shown, int[] runs, Target yes, Target no) {
    Members(int place, Cuts cuts, Membership shown, Target yes, Target no) {
      this(place, cuts, shown, runs(cuts.count(), shown.not()), yes, no);
    }

    private static int[] runs(int last, byte[] not) {
      return IntStream.range(0, last).filter(bin -> not[bin] != not[bin + 1]).toArray();
    }

    /** Returns the first question. */
    Question question() {
      Target all = among(0, runs.length);
      return all instanceof Question question
          ? question
          : new Question(place, Double.POSITIVE_INFINITY, false, all, all);
    }

    private Target of(byte not) {
      return not == 0 ? yes : no;
    }

    /** Returns what numbers in some runs are asked. */
    private Target among(int low, int high) {
      if (low < high) {
        int middle = (low + high) >>> 1;
        double cut = cuts.at(runs[middle]);
        return Question.of(place, cut, true, among(low, middle), among(middle + 1, high));
      } else if (low < runs.length) {
        return of(shown.not()[runs[low]]);
      }
      byte above = shown.not()[cuts.count()];
      return above == shown.nan() ? of(above) : aside(of(above));
    }

    /** Tells NaN from the numbers of the last run. */
    private Target aside(Target number) {
      if (runs.length > 0) { // they are above its cut
        double cut = cuts.at(runs[runs.length - 1]);
        return new Question(place, cut, false, of(shown.nan()), number);
      }
      Target positive = new Question(place, 0, false, of(shown.nan()), number);
      return new Question(place, 0, true, number, positive);
    }
  }
}
