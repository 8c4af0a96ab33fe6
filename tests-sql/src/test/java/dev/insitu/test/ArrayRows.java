package dev.insitu.test;

import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import java.util.Arrays;
import java.util.List;

/** Prepared rows on arrays that are already in memory: compressed rows, labels, weights. */
final class ArrayRows implements PreparedRows {
  private final List<PreparedFeature> features;
  final int[] offsets;
  final int[] indices;
  final double[] values;
  final double[] labels;
  final double[] weights;

  private ArrayRows(List<PreparedFeature> features, int rows, int entries) {
    this.features = features;
    this.offsets = new int[rows + 1];
    this.indices = new int[entries];
    this.values = new double[entries];
    this.labels = new double[rows];
    this.weights = new double[rows];
  }

  static ArrayRows copyOf(PreparedRows source) {
    int width = source.features().size();
    int[] rowIndices = new int[width];
    double[] rowValues = new double[width];
    int entries = 0;
    for (int row = 0; row < source.rows(); row++) {
      entries += source.fillSparse(row, rowIndices, rowValues);
    }
    ArrayRows copy = new ArrayRows(source.features(), source.rows(), entries);
    int next = 0;
    for (int row = 0; row < source.rows(); row++) {
      int count = source.fillSparse(row, rowIndices, rowValues);
      System.arraycopy(rowIndices, 0, copy.indices, next, count);
      System.arraycopy(rowValues, 0, copy.values, next, count);
      next += count;
      copy.offsets[row + 1] = next;
      copy.labels[row] = source.label(row);
      copy.weights[row] = source.weight(row);
    }
    return copy;
  }

  @Override
  public List<PreparedFeature> features() {
    return features;
  }

  @Override
  public int rows() {
    return labels.length;
  }

  @Override
  public void fill(int row, double[] target, int offset) {
    Arrays.fill(target, offset, offset + features.size(), 0);
    for (int i = offsets[row]; i < offsets[row + 1]; i++) {
      target[offset + indices[i]] = values[i];
    }
  }

  @Override
  public int fillSparse(int row, int[] target, double[] targetValues) {
    int first = offsets[row];
    int count = offsets[row + 1] - first;
    System.arraycopy(indices, first, target, 0, count);
    System.arraycopy(values, first, targetValues, 0, count);
    return count;
  }

  @Override
  public double label(int row) {
    return labels[row];
  }

  @Override
  public double weight(int row) {
    return weights[row];
  }
}
