package dev.insitu.train.prepare;

import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import java.util.List;

/** A few prepared rows without labels, held as a matrix. Immutable. */
final class PreparedMatrix implements PreparedRows {
  private final List<PreparedFeature> features;
  private final double[] matrix;
  private final int rows;

  PreparedMatrix(List<PreparedFeature> features, double[] matrix, int rows) {
    this.features = features;
    this.matrix = matrix;
    this.rows = rows;
  }

  @Override
  public List<PreparedFeature> features() {
    return features;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void fill(int row, double[] target, int offset) {
    System.arraycopy(matrix, row * features.size(), target, offset, features.size());
  }

  @Override
  public int fillSparse(int row, int[] indices, double[] values) {
    int count = 0;
    for (int i = 0; i < features.size(); i++) {
      double value = matrix[row * features.size() + i];
      if (value != 0) {
        indices[count] = i;
        values[count++] = value;
      }
    }
    return count;
  }

  @Override
  public double label(int row) {
    return 0;
  }

  @Override
  public double weight(int row) {
    return 1;
  }
}
