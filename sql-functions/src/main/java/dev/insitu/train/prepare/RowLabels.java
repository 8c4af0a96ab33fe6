package dev.insitu.train.prepare;

/**
 * The label and weight of each row of a training set, by the row's number in the set; neither NaN.
 * Immutable, thread-safe.
 */
public interface RowLabels {
  /** No label, weight 1. */
  RowLabels NONE =
      new RowLabels() {
        @Override
        public double label(int row) {
          return 0;
        }

        @Override
        public double weight(int row) {
          return 1;
        }
      };

  /** Returns the label: a number, or the index of a class. */
  double label(int row);

  /** Returns the weight. */
  double weight(int row);
}
