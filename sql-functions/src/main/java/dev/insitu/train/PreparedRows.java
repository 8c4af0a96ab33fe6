package dev.insitu.train;

import java.util.List;

/**
 * Rows after preparation, with their labels; computed on demand from the compact training set, so
 * that the wide matrix never stands in memory unless a trainer asks for it. Never NaN. Immutable,
 * thread-safe.
 */
public interface PreparedRows {
  /** Returns the columns of the prepared matrix, in the order of the graph's feature tensor. */
  List<PreparedFeature> features();

  /** Returns the number of rows. */
  int rows();

  /** Writes row {@code row}, all zeros included, to {@code target} from {@code offset}; float64. */
  void fill(int row, double[] target, int offset);

  /**
   * Writes the non-zero entries of a row, ascending by feature, and returns how many there are.
   * Both arrays must be as long as {@link #features()}.
   */
  int fillSparse(int row, int[] indices, double[] values);

  /**
   * Writes a column, if it is there without going through all others.
   *
   * @return whether it is; else {@code target} is untouched
   */
  default boolean column(int feature, double[] target) {
    return false;
  }

  /**
   * Returns the label: the number of a regression, the class index of a classification, 0 of a
   * clustering.
   */
  double label(int row);

  /** Returns the weight of a row, 1 without class weights. */
  double weight(int row);
}
