package dev.insitu.score;

import java.util.Arrays;
import java.util.List;

/**
 * The answers for a block of rows: a matrix of scores, row-major, float64.
 *
 * <p>Regression: one score a row, the prediction. Classification: the probability of each class in
 * signature order, summing to 1 within 1e-6. Clustering: the squared Euclidean distance, in
 * prepared space, to each centroid. Confined to one thread.
 */
public final class PredictionBatch {
  private final int width;
  private final double[] scores;
  private int rows;

  /** Makes an empty batch of {@code capacity} rows with {@code width} scores each. */
  public PredictionBatch(int capacity, int width) {
    this.width = width;
    this.scores = new double[Math.multiplyExact(capacity, width)];
  }

  /** Returns how many rows are in it. */
  public int rows() {
    return rows;
  }

  /** Says how many rows have been written. */
  public void setRows(int rows) {
    this.rows = rows;
  }

  /** Returns the number of scores a row. */
  public int width() {
    return width;
  }

  /** Returns all scores, live; row <i>i</i> begins at {@code i * width()}. */
  public double[] scores() {
    return scores;
  }

  /** Returns one score. */
  public double score(int row, int column) {
    return scores[row * width + column];
  }

  /** Returns the scores of a row. */
  public List<Double> row(int row) {
    return Arrays.stream(scores, row * width, (row + 1) * width).boxed().toList();
  }

  /** Returns the index of the largest score of a row, the first of equals: the predicted class. */
  public int indexOfMax(int row) {
    int best = 0;
    for (int column = 1; column < width; column++) {
      if (score(row, column) > score(row, best)) {
        best = column;
      }
    }
    return best;
  }

  /**
   * Returns the index of the smallest score of a row, the first of equals: the nearest centroid.
   */
  public int indexOfMin(int row) {
    int best = 0;
    for (int column = 1; column < width; column++) {
      if (score(row, column) < score(row, best)) {
        best = column;
      }
    }
    return best;
  }
}
