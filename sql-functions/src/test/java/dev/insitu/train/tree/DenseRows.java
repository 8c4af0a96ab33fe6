package dev.insitu.train.tree;

import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A prepared matrix that stands in memory, for tests. */
public final class DenseRows implements PreparedRows {
  private final double[][] rows;
  private final double[] labels;
  private final double[] weights;
  private final List<PreparedFeature> features;

  public DenseRows(double[][] rows, double[] labels, double[] weights) {
    this.rows = rows;
    this.labels = labels;
    this.weights = weights;
    this.features = new ArrayList<>();
    for (int j = 0; j < rows[0].length; j++) {
      features.add(new PreparedFeature("X" + j, null, 0, 1));
    }
  }

  public static DenseRows of(double[][] rows, double... labels) {
    double[] weights = new double[labels.length];
    java.util.Arrays.fill(weights, 1);
    return new DenseRows(rows, labels, weights);
  }

  /**
   * Returns rows of numbers, whole numbers and indicators in turn, whose label has to do with the
   * first six: of {@code classes} classes, or a number if that is 1.
   */
  public static DenseRows random(int count, int features, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[count][features];
    double[] labels = new double[count];
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int j = 0; j < features; j++) {
        double value =
            switch (j % 3) {
              case 0 -> random.nextDouble() * 20 - 10;
              case 1 -> random.nextInt(50);
              default -> random.nextInt(4) == 0 ? 1 : 0;
            };
        rows[i][j] = value;
        if (j < 6) {
          sum += j % 3 == 0 ? Math.sin(value) : j % 3 == 1 ? value / 50 : value;
        }
      }
      sum += random.nextDouble() - 0.5;
      labels[i] =
          classes == 1 ? sum : Math.max(0, Math.min(classes - 1, Math.floor(sum * classes / 3)));
    }
    return of(rows, labels);
  }

  public DenseRows withWeights(double... newWeights) {
    return new DenseRows(rows, labels, newWeights);
  }

  /** Returns the same rows, where the features from first to last stand for texts of one input. */
  public DenseRows withFlagsOf(String input, int first, int last) {
    DenseRows flags = new DenseRows(rows, labels, weights);
    for (int j = first; j < last; j++) {
      flags.features.set(j, new PreparedFeature(input, "text " + j, 0, 1));
    }
    return flags;
  }

  @Override
  public List<PreparedFeature> features() {
    return features;
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public void fill(int row, double[] target, int offset) {
    System.arraycopy(rows[row], 0, target, offset, rows[row].length);
  }

  @Override
  public int fillSparse(int row, int[] indices, double[] values) {
    int found = 0;
    for (int j = 0; j < rows[row].length; j++) {
      if (rows[row][j] != 0) {
        indices[found] = j;
        values[found++] = rows[row][j];
      }
    }
    return found;
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
