package dev.insitu.train.tribuo;

import dev.insitu.train.PreparedRows;

/** Centroids on their way. Confined to one thread. */
final class Clusters {
  private final SparseRows rows;
  private final double[][] centroids;

  /** Starts from seeds, which are copied. */
  Clusters(SparseRows rows, double[][] seeds) {
    this.rows = rows;
    this.centroids = new double[seeds.length][];
    for (int k = 0; k < seeds.length; k++) {
      centroids[k] = seeds[k].clone();
    }
  }

  /**
   * Assigns each of some rows to its nearest centroid, the first of equals, and moves each centroid
   * to the mean of its rows; one without rows goes to the row that is farthest from its own.
   *
   * @return the sum of squared distances before the move
   */
  double round(int[] some) {
    int clusters = centroids.length;
    double[] squares = new double[clusters];
    for (int k = 0; k < clusters; k++) {
      squares[k] = square(centroids[k]);
    }
    double[][] sums = new double[clusters][rows.width];
    long[] counts = new long[clusters];
    int[] assigned = new int[some.length];
    double[] distances = new double[some.length];
    double loss = 0;
    for (int i = 0; i < some.length; i++) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < clusters; k++) {
        double distance = distance(rows, some[i], centroids[k], squares[k]);
        if (distance < least) {
          least = distance;
          nearest = k;
        }
      }
      loss += least;
      assigned[i] = nearest;
      distances[i] = least;
      counts[nearest]++;
      rows.add(some[i], 1, sums[nearest]);
    }
    for (int k = 0; k < clusters; k++) {
      if (counts[k] == 0) {
        fillEmpty(k, some, assigned, distances, sums, counts);
      }
    }
    for (int k = 0; k < clusters; k++) {
      for (int j = 0; j < rows.width && counts[k] > 0; j++) {
        centroids[k][j] = sums[k][j] / counts[k];
      }
    }
    return loss;
  }

  private void fillEmpty(
      int empty, int[] some, int[] assigned, double[] distances, double[][] sums, long[] counts) {
    int farthest = 0;
    for (int i = 1; i < some.length; i++) {
      if (distances[i] > distances[farthest]) {
        farthest = i;
      }
    }
    if (distances[farthest] <= 0) {
      return; // fewer distinct rows than centroids
    }
    rows.add(some[farthest], -1, sums[assigned[farthest]]);
    counts[assigned[farthest]]--;
    rows.add(some[farthest], 1, sums[empty]);
    counts[empty] = 1;
    assigned[farthest] = empty;
    distances[farthest] = 0;
  }

  /** Returns the mean squared distance of rows to their nearest centroid. */
  double loss(PreparedRows set) {
    double[] row = new double[rows.width];
    double sum = 0;
    for (int i = 0; i < set.rows(); i++) {
      set.fill(i, row, 0);
      double least = Double.POSITIVE_INFINITY;
      for (double[] centroid : centroids) {
        least = Math.min(least, CentroidModel.distance(row, centroid));
      }
      sum += least;
    }
    return sum / set.rows();
  }

  double[][] centroids() {
    double[][] copy = new double[centroids.length][];
    for (int k = 0; k < copy.length; k++) {
      copy[k] = centroids[k].clone();
    }
    return copy;
  }

  static double square(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return sum;
  }

  /** Returns the squared distance of a sparse row to a centroid, given the centroid's square. */
  static double distance(SparseRows rows, int row, double[] centroid, double square) {
    double sum = square;
    for (int i = rows.offsets[row]; i < rows.offsets[row + 1]; i++) {
      double value = rows.values[i];
      sum += value * (value - 2 * centroid[rows.indices[i]]);
    }
    return Math.max(0, sum);
  }
}
