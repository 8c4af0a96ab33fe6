package dev.insitu.train.tribuo;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;

/**
 * The prepared rows in compressed form: 12 bytes a non-zero entry and 20 a row. A column that is
 * seldom zero is shifted by its mean, so that sums of squares do not cancel. Immutable.
 */
final class SparseRows {
  private static final int STEP = 16_384;
  private static final int BYTES_PER_ENTRY = Integer.BYTES + Double.BYTES;

  final int rows;
  final int width;
  final int[] offsets;
  final int[] indices;
  final double[] values;
  final double[] labels;
  final double[] weights;

  /** What was subtracted from each column. */
  final double[] shift;

  private SparseRows(PreparedRows prepared, double[] shift, int entries) {
    this.rows = prepared.rows();
    this.width = prepared.features().size();
    this.shift = shift;
    this.offsets = new int[rows + 1];
    this.indices = new int[entries];
    this.values = new double[entries];
    this.labels = new double[rows];
    this.weights = new double[rows];
  }

  static SparseRows of(PreparedRows prepared, boolean shifted, Progress progress) {
    int rows = prepared.rows();
    int width = prepared.features().size();
    int[] indices = new int[width];
    double[] values = new double[width];
    long[] counts = new long[width];
    double[] shift = new double[width];
    for (int row = 0; row < rows; row++) {
      step(progress, row, 2L * rows);
      int count = prepared.fillSparse(row, indices, values);
      for (int i = 0; i < count; i++) {
        counts[indices[i]]++;
        shift[indices[i]] += values[i] / rows;
      }
    }
    long entries = 0;
    for (int j = 0; j < width; j++) {
      if (shifted && counts[j] * 2 > rows) {
        entries += rows;
      } else {
        shift[j] = 0;
        entries += counts[j];
      }
    }
    checkMemory(entries * BYTES_PER_ENTRY + rows * 20L + 24L * width * width);
    SparseRows sparse = new SparseRows(prepared, shift, Math.toIntExact(entries));
    sparse.fill(prepared, progress);
    return sparse;
  }

  /**
   * Refuses what does not fit beside the training set.
   *
   * @throws MlException TOO_LARGE
   */
  private static void checkMemory(long bytes) {
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    if (bytes > free) {
      System.gc(); // what looks used may be garbage of the reading
      free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }
    if (bytes > free || bytes / BYTES_PER_ENTRY > Integer.MAX_VALUE - 8) {
      throw MlException.of(ErrorCode.TOO_LARGE, bytes >> 20, free >> 20)
          .withHint("Train on fewer rows or columns, or start Java with a larger -Xmx.");
    }
  }

  private void fill(PreparedRows prepared, Progress progress) {
    int[] rowIndices = new int[width];
    double[] rowValues = new double[width];
    int shiftedWidth = width;
    while (shiftedWidth > 0 && shift[shiftedWidth - 1] == 0) {
      shiftedWidth--;
    }
    int next = 0;
    for (int row = 0; row < rows; row++) {
      step(progress, (long) rows + row, 2L * rows);
      int count = prepared.fillSparse(row, rowIndices, rowValues);
      int i = 0;
      for (int j = 0; j < shiftedWidth; j++) {
        boolean present = i < count && rowIndices[i] == j;
        double value = present ? rowValues[i++] : 0;
        if (present || shift[j] != 0) {
          indices[next] = j;
          values[next++] = value - shift[j];
        }
      }
      for (; i < count; i++) {
        indices[next] = rowIndices[i];
        values[next++] = rowValues[i];
      }
      offsets[row + 1] = next;
      labels[row] = prepared.label(row);
      weights[row] = prepared.weight(row);
    }
  }

  private static void step(Progress progress, long row, long total) {
    if (row % STEP == 0) {
      progress.step("preparing", row, total);
    }
  }

  /** Returns the product of a row and a vector. */
  double dot(int row, double[] vector) {
    double sum = 0;
    for (int i = offsets[row]; i < offsets[row + 1]; i++) {
      sum += values[i] * vector[indices[i]];
    }
    return sum;
  }

  /** Adds a multiple of a row to a vector. */
  void add(int row, double factor, double[] vector) {
    for (int i = offsets[row]; i < offsets[row + 1]; i++) {
      vector[indices[i]] += factor * values[i];
    }
  }

  /** Adds {@code factor * x * x'} of a row x to the lower triangle of a square matrix. */
  void addOuter(int row, double factor, double[][] matrix) {
    int first = offsets[row];
    for (int i = first; i < offsets[row + 1]; i++) {
      double scaled = factor * values[i];
      double[] line = matrix[indices[i]];
      for (int j = first; j <= i; j++) {
        line[indices[j]] += scaled * values[j];
      }
    }
  }
}
