package dev.insitu.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers for a block of rows: a matrix of scores, row-major, float64.
 *
 * <p>Regression: one score a row, the prediction. Classification: the probability of each class in
 * signature order, summing to 1 within 1e-6. Clustering: the squared Euclidean distance, in
 * prepared space, to each centroid. An imported graph that is no such: its outputs one after the
 * other, and texts and whole numbers besides. Confined to one thread.
 */
public final class PredictionBatch {
  private final int width;
  private final int capacity;
  private final double[] scores;
  private final List<@Nullable String[]> texts = new ArrayList<>();
  private final List<long[]> integers = new ArrayList<>();
  private int @Nullable [] labels;
  private int rows;

  /** Makes an empty batch of {@code capacity} rows with {@code width} scores each. */
  public PredictionBatch(int capacity, int width) {
    this.capacity = capacity;
    this.width = width;
    this.scores = new double[Math.multiplyExact(capacity, width)];
  }

  /** Returns how many rows fit. */
  public int capacity() {
    return capacity;
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

  /**
   * Returns a column of texts that an imported graph answers, live, made when it is first asked
   * for.
   */
  public @Nullable String[] texts(int column) {
    while (texts.size() <= column) {
      texts.add(new String[capacity]);
    }
    return texts.get(column);
  }

  /**
   * Returns a column of whole numbers that an imported graph answers, live, made when it is first
   * asked for.
   */
  public long[] integers(int column) {
    while (integers.size() <= column) {
      integers.add(new long[capacity]);
    }
    return integers.get(column);
  }

  /**
   * Returns the place for the classes that a graph names itself, live, made when first asked for.
   */
  public int[] labels() {
    int[] named = labels;
    if (named == null) {
      named = new int[capacity];
      labels = named;
    }
    return named;
  }

  /** Returns whether classes have been named. */
  public boolean hasLabels() {
    return labels != null;
  }

  /** Returns whether there are texts or whole numbers besides the scores. */
  public boolean hasColumns() {
    return !texts.isEmpty() || !integers.isEmpty();
  }

  /**
   * Returns the index of the class of a row: what the graph names, else that of the largest of the
   * first scores.
   *
   * @param classes how many classes there are
   */
  public int predictedClass(int row, int classes) {
    int[] named = labels;
    return named == null ? indexOfMax(row, classes) : named[row];
  }

  /** Returns the scores of a row. */
  public List<Double> row(int row) {
    return Arrays.stream(scores, row * width, (row + 1) * width).boxed().toList();
  }

  /** Returns the index of the largest score of a row, the first of equals. */
  public int indexOfMax(int row) {
    return indexOfMax(row, width);
  }

  private int indexOfMax(int row, int first) {
    int best = 0;
    for (int column = 1; column < first; column++) {
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
