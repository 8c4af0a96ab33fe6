package dev.insitu.train.tree;

import dev.insitu.train.FreeHeap;
import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import java.util.Arrays;
import java.util.List;

/**
 * Prepared rows that are asked for many times: what is not zero, 12 bytes each. Immutable,
 * thread-safe.
 */
final class CompressedRows implements PreparedRows {
  private static final int BYTES_PER_ENTRY = Integer.BYTES + Double.BYTES;

  private final PreparedRows source;
  private final int[] offsets;
  private final int[] indices;
  private final double[] values;

  /** Copies rows. */
  CompressedRows(PreparedRows source) {
    this.source = source;
    int[] rowIndices = new int[source.features().size()];
    double[] rowValues = new double[rowIndices.length];
    long entries = 0;
    for (int row = 0; row < source.rows(); row++) {
      entries += source.fillSparse(row, rowIndices, rowValues);
    }
    FreeHeap.require(entries * BYTES_PER_ENTRY + (long) source.rows() * Integer.BYTES);
    this.offsets = new int[source.rows() + 1];
    this.indices = new int[Math.toIntExact(entries)];
    this.values = new double[indices.length];
    for (int row = 0; row < source.rows(); row++) {
      int count = source.fillSparse(row, rowIndices, rowValues);
      System.arraycopy(rowIndices, 0, indices, offsets[row], count);
      System.arraycopy(rowValues, 0, values, offsets[row], count);
      offsets[row + 1] = offsets[row] + count;
    }
  }

  @Override
  public List<PreparedFeature> features() {
    return source.features();
  }

  @Override
  public int rows() {
    return offsets.length - 1;
  }

  @Override
  public void fill(int row, double[] target, int offset) {
    Arrays.fill(target, offset, offset + features().size(), 0);
    for (int i = offsets[row]; i < offsets[row + 1]; i++) {
      target[offset + indices[i]] = values[i];
    }
  }

  @Override
  public int fillSparse(int row, int[] targetIndices, double[] targetValues) {
    int first = offsets[row];
    int count = offsets[row + 1] - first;
    System.arraycopy(indices, first, targetIndices, 0, count);
    System.arraycopy(values, first, targetValues, 0, count);
    return count;
  }

  @Override
  public double label(int row) {
    return source.label(row);
  }

  @Override
  public double weight(int row) {
    return source.weight(row);
  }
}
