package dev.insitu.score.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trees in one form, whatever operator they come from. A child that is not below zero is the number
 * of a split, else the leaf {@code -1 - child}.
 *
 * @param single whether numbers, cuts and sums are float32
 * @param splits the splits of all trees
 * @param roots the child at which each tree begins
 * @param values for each leaf its weight, or the number of its row in the table
 * @param targets for each leaf the sum to which its weight belongs; of no meaning with a table
 * @param targetCount how many sums there are
 * @param table where leaves have a weight for each sum: a row for each number, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // read while compiling; compared by nobody
record Forest(
    boolean single,
    List<Split> splits,
    int[] roots,
    double[] values,
    int[] targets,
    int targetCount,
    double @Nullable [] table) {

  /**
   * A question about a number, and where its answers lead.
   *
   * @param feature the number's column
   * @param cut the answer is yes if the number is at most this
   * @param members if there, the answer is yes if the number is one of these instead
   * @param nan whether the answer is yes for NaN
   * @param yes the child behind yes
   * @param no the child behind no
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Split(int feature, double cut, double @Nullable [] members, boolean nan, int yes, int no) {
    private static final double[] NOTHING = {};

    /**
     * Returns up to which number the answer is yes.
     *
     * @param rounded whether it is float32 that is compared, but no float32 that is given
     */
    double cut(boolean rounded) {
      return rounded ? unrounded(cut) : cut;
    }

    /** Returns the largest number that as float32 is at most a cut. */
    private static double unrounded(double cut) {
      float below = (float) cut;
      if (below > cut) {
        below = Math.nextDown(below);
      }
      float above = Math.nextUp(below);
      if (below == above) { // infinity
        return below;
      }
      double least = Float.isInfinite(below) ? -0x1p128 : below;
      double middle = (least + (Float.isInfinite(above) ? 0x1p128 : above)) / 2;
      return (float) middle <= below ? middle : Math.nextDown(middle);
    }

    /**
     * Brings a comparison as ONNX knows it into this form.
     *
     * @param value what is compared with
     * @param of the numbers of a {@link Comparison#MEMBER}
     * @param single whether it is a comparison of float32
     * @param tracksTrue whether NaN leads to {@code yes} whatever the comparison says
     */
    static Split of(
        Comparison comparison,
        int feature,
        double value,
        double[] of,
        boolean single,
        boolean tracksTrue,
        int yes,
        int no) {
      double below = single ? Math.nextDown((float) value) : Math.nextDown(value);
      boolean none = Double.isNaN(value);
      double[] nothing = none || value == Double.NEGATIVE_INFINITY ? NOTHING : null;
      return switch (comparison) {
        case LEQ -> new Split(feature, value, none ? NOTHING : null, tracksTrue, yes, no);
        case LT -> new Split(feature, below, nothing, tracksTrue, yes, no);
        case GTE ->
            none
                ? new Split(feature, value, NOTHING, tracksTrue, yes, no)
                : new Split(feature, below, nothing, !tracksTrue, no, yes);
        case GT ->
            none
                ? new Split(feature, value, NOTHING, tracksTrue, yes, no)
                : new Split(feature, value, null, !tracksTrue, no, yes);
        case EQ ->
            new Split(feature, value, none ? NOTHING : new double[] {value}, tracksTrue, yes, no);
        case NEQ ->
            new Split(feature, value, none ? NOTHING : new double[] {value}, false, no, yes);
        case MEMBER -> new Split(feature, value, of, tracksTrue, yes, no);
      };
    }
  }

  /** How ONNX compares a number, in the order of the modes of TreeEnsemble 5. */
  enum Comparison {
    LEQ,
    LT,
    GTE,
    GT,
    EQ,
    NEQ,
    MEMBER
  }
}
