package dev.insitu.score.kernel;

/**
 * The loops of walks through a {@link NumberTable}: a step of all rows, then the next. No step
 * waits for another, and none is a branch.
 */
final class NumberLoops {
  /** Bits up to this are finite. */
  private static final long FINITE = NumberTable.INFINITE - 1;

  private NumberLoops() {}

  /**
   * Compares all seven splits of the first three levels, and finds the node behind them.
   *
   * @param x the columns of nodes 0 (the root), 1 and 2 (its yes and no), 3 to 6 (theirs)
   * @param first for each where the rows begin
   * @param cuts for each its cut, finite
   * @param ends the first children of nodes 3 to 6
   * @param found takes the nodes
   * @return whether all numbers are finite; where one is not, what was found is of no meaning
   */
  static boolean top(double[][] x, int[] first, double[] cuts, int[] ends, int rows, int[] found) {
    double[] x0 = x[0];
    double[] x1 = x[1];
    double[] x2 = x[2];
    double[] x3 = x[3];
    double[] x4 = x[4];
    double[] x5 = x[5];
    double[] x6 = x[6];
    int f0 = first[0];
    int f1 = first[1];
    int f2 = first[2];
    int f3 = first[3];
    int f4 = first[4];
    int f5 = first[5];
    int f6 = first[6];
    double c0 = cuts[0];
    double c1 = cuts[1];
    double c2 = cuts[2];
    double c3 = cuts[3];
    double c4 = cuts[4];
    double c5 = cuts[5];
    double c6 = cuts[6];
    int e3 = ends[0];
    int e4 = ends[1];
    int e5 = ends[2];
    int e6 = ends[3];
    long special = 0;
    for (int row = 0; row < rows; row++) {
      double d0 = c0 - x0[f0 + row];
      double d1 = c1 - x1[f1 + row];
      double d2 = c2 - x2[f2 + row];
      double d3 = c3 - x3[f3 + row];
      double d4 = c4 - x4[f4 + row];
      double d5 = c5 - x5[f5 + row];
      double d6 = c6 - x6[f6 + row];
      // Of finite numbers it may overflow, of others it is never finite.
      double all = d0 + d1 + (d2 + d3) + (d4 + d5 + d6);
      special |= FINITE - (Double.doubleToRawLongBits(all) & Long.MAX_VALUE);
      int yes = chosen(d1, e3 + no(d3), e4 + no(d4));
      int no = chosen(d2, e5 + no(d5), e6 + no(d6));
      found[row] = chosen(d0, yes, no);
    }
    return special >= 0;
  }

  /** Returns how far the second child is from the first if a difference is below zero, else 0. */
  private static int no(double difference) {
    return (int) (Double.doubleToRawLongBits(difference) >>> 62) & NumberTable.NODE;
  }

  /** Returns the second if a difference is below zero, else the first. */
  private static int chosen(double difference, int first, int second) {
    int below = (int) (Double.doubleToRawLongBits(difference) >> 63);
    return first ^ (first ^ second) & below;
  }

  /**
   * A step by numbers that stand in a block, {@link NumberTable#BLOCK} rows of each place.
   *
   * @param block as long as a power of two
   * @param rows the rows that take the step
   * @param at for each of them its node
   */
  static void step(long[] packed, double[] block, int[] rows, int count, int[] at) {
    for (int i = 0; i < count; i++) {
      int here = at[i];
      long node = packed[here & packed.length - 1];
      double cut = cut(packed, here);
      at[i] = next(node, cut - block[NumberTable.inBlock(node) + rows[i] & block.length - 1]);
    }
  }

  /**
   * A step by numbers where they are.
   *
   * @param columns the numbers, by place
   * @param offset where in each column row 0 is
   */
  static void step(long[] packed, double[][] columns, int offset, int[] rows, int count, int[] at) {
    for (int i = 0; i < count; i++) {
      int here = at[i];
      long node = packed[here & packed.length - 1];
      double cut = cut(packed, here);
      at[i] = next(node, cut - columns[NumberTable.place(node)][offset + rows[i]]);
    }
  }

  /**
   * Steps of one row in several trees: all take their first, then their second.
   *
   * @param slots for each place the slot of its column
   * @param offsets for each slot where in its column row 0 is
   * @param at for each tree the node
   */
  static void stepsOfRow(
      long[] packed,
      double[][] columns,
      int[] offsets,
      int[] slots,
      int row,
      int levels,
      int count,
      int[] at) {
    for (int level = 0; level < levels; level++) {
      for (int i = 0; i < count; i++) {
        int here = at[i];
        long node = packed[here & packed.length - 1];
        double cut = cut(packed, here);
        int slot = slots[NumberTable.place(node)];
        at[i] = next(node, cut - columns[slot][offsets[slot] + row]);
      }
    }
  }

  private static double cut(long[] packed, int here) {
    return Double.longBitsToDouble(packed[here + 1 & packed.length - 1]);
  }

  /** The second child if the answer is no: the sign of a long, without a branch. */
  private static int next(long node, double difference) {
    long below = Double.doubleToRawLongBits(difference);
    long nan = NumberTable.INFINITE - (below & Long.MAX_VALUE);
    return NumberTable.child(node)
        + ((int) ((below ^ (below ^ node) & nan) >>> 62) & NumberTable.NODE);
  }

  /**
   * Notes where all are, keeps those that are at no leaf, and returns how many these are.
   *
   * @param who the rows, or trees, that were on their way
   * @param found for each of them the node
   */
  static int leaveOut(long[] packed, int[] who, int[] at, int count, int[] found) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int here = at[i];
      int one = who[i];
      found[one] = here;
      at[kept] = here;
      who[kept] = one;
      int way = NumberTable.child(packed[here & packed.length - 1]) - here;
      kept += (way | -way) >>> 31;
    }
    return kept;
  }
}
