package dev.insitu.evaluate;

import dev.insitu.model.Evaluation;
import dev.insitu.model.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * Metrics of a clustering: each row belongs to its nearest centroid, the first of equals.
 *
 * <p>The Davies-Bouldin index (Davies and Bouldin 1979) is the mean over the clusters that have
 * rows of the largest {@code (s_i + s_j) / d_ij}: <i>s</i> the mean Euclidean distance of a
 * cluster's rows to its centroid, <i>d</i> that of two centroids. The centroids are the model's,
 * not the means of the rows; where those are the same it equals scikit-learn's. NaN with fewer than
 * two clusters that have rows.
 */
final class ClusteringEvaluator implements Evaluator {
  private final int clusters;
  private final List<List<Double>> centroidDistances;
  private final long[] members;
  private final double[] distances;
  private long rows;
  private long skipped;
  private double squared;

  ClusteringEvaluator(int clusters, EvaluationOptions options) {
    this.clusters = clusters;
    this.centroidDistances = options.centroidDistances();
    this.members = new long[clusters];
    this.distances = new double[clusters];
  }

  @Override
  public void add(double[] scores, int offset, double label) {
    if (Double.isNaN(label)) {
      skipped++;
      return;
    }
    int nearest = 0;
    for (int k = 1; k < clusters; k++) {
      if (scores[offset + k] < scores[offset + nearest]) {
        nearest = k;
      }
    }
    double square = Math.max(0, scores[offset + nearest]);
    rows++;
    squared += square;
    members[nearest]++;
    distances[nearest] += Math.sqrt(square);
  }

  @Override
  public Evaluation finish() {
    List<Metric> metrics =
        List.of(
            new Metric("davies_bouldin_index", daviesBouldin()),
            new Metric("mean_squared_distance", squared / rows));
    return new Evaluation(rows, skipped, metrics, List.of(), List.of());
  }

  private double daviesBouldin() {
    List<Integer> used = new ArrayList<>();
    for (int k = 0; k < clusters; k++) {
      if (members[k] > 0) {
        used.add(k);
      }
    }
    if (used.size() < 2 || centroidDistances.size() != clusters) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i : used) {
      double worst = 0;
      for (int j : used) {
        double between = centroidDistances.get(i).get(j);
        // Two centroids in one place do not count, as in scikit-learn.
        if (i != j && between != 0) {
          double spread = distances[i] / members[i] + distances[j] / members[j];
          worst = Math.max(worst, spread / between);
        }
      }
      sum += worst;
    }
    return sum / used.size();
  }
}
