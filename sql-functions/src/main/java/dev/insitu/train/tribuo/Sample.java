package dev.insitu.train.tribuo;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Chooses rows: samples, and the first centroids of k-means. */
final class Sample {
  private Sample() {}

  static int[] all(int rows) {
    int[] all = new int[rows];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /** Returns at most {@code size} rows, ascending (Knuth, TAOCP 2, algorithm S). */
  static int[] of(int rows, int size, SplittableRandom random) {
    if (rows <= size) {
      return all(rows);
    }
    int[] sample = new int[size];
    int taken = 0;
    for (int row = 0; taken < size; row++) {
      if (random.nextInt(rows - row) < size - taken) {
        sample[taken++] = row;
      }
    }
    return sample;
  }

  /** Returns rows chosen at random, none twice, as dense vectors. */
  static double[][] rows(SparseRows rows, int[] sample, int count, SplittableRandom random) {
    int[] chosen = of(sample.length, count, random);
    double[][] seeds = new double[count][];
    for (int k = 0; k < count; k++) {
      seeds[k] = dense(rows, sample[chosen[k]]);
    }
    return seeds;
  }

  /**
   * Chooses by greedy k-means++ (Arthur and Vassilvitskii 2007, section 5): each next centroid is
   * the best of {@code 2 + log k} rows drawn with probability proportional to their squared
   * distance, as in scikit-learn.
   */
  static double[][] plusPlus(SparseRows rows, int[] sample, int count, SplittableRandom random) {
    int trials = 2 + (int) Math.log(count);
    double[] distances = new double[sample.length];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    double[][] seeds = new double[count][];
    seeds[0] = dense(rows, sample[random.nextInt(sample.length)]);
    distances = nearer(rows, sample, distances, seeds[0]);
    for (int k = 1; k < count; k++) {
      double potential = Arrays.stream(distances).sum();
      double least = Double.POSITIVE_INFINITY;
      double[] best = distances;
      for (int trial = 0; trial < trials; trial++) {
        double[] candidate = dense(rows, sample[draw(distances, random.nextDouble() * potential)]);
        double[] after = nearer(rows, sample, distances, candidate);
        double sum = Arrays.stream(after).sum();
        if (trial == 0 || sum < least) {
          least = sum;
          best = after;
          seeds[k] = candidate;
        }
      }
      distances = best;
    }
    return seeds;
  }

  private static int draw(double[] distances, double at) {
    double sum = 0;
    for (int i = 0; i < distances.length; i++) {
      sum += distances[i];
      if (sum > at) {
        return i;
      }
    }
    return distances.length - 1;
  }

  private static double[] nearer(
      SparseRows rows, int[] sample, double[] distances, double[] centroid) {
    double[] nearer = new double[sample.length];
    double square = Clusters.square(centroid);
    for (int i = 0; i < sample.length; i++) {
      nearer[i] = Math.min(distances[i], Clusters.distance(rows, sample[i], centroid, square));
    }
    return nearer;
  }

  private static double[] dense(SparseRows rows, int row) {
    double[] dense = new double[rows.width];
    rows.add(row, 1, dense);
    return dense;
  }
}
