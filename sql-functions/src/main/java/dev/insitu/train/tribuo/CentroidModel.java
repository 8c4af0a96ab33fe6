package dev.insitu.train.tribuo;

import dev.insitu.model.CentroidValue;
import dev.insitu.model.TrainingIteration;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import java.util.ArrayList;
import java.util.List;

/** Centroids in prepared space. Immutable. */
final class CentroidModel implements FittedModel {
  private final List<PreparedFeature> features;
  private final double[][] centroids;
  private final List<TrainingIteration> iterations;

  CentroidModel(
      List<PreparedFeature> features, double[][] centroids, List<TrainingIteration> iterations) {
    this.features = features;
    this.centroids = centroids;
    this.iterations = List.copyOf(iterations);
  }

  @Override
  public String trainer() {
    return "Lloyd's k-means, greedy k-means++";
  }

  /**
   * {@inheritDoc}
   *
   * <p>One difference a centroid, not the expanded square, whose terms cancel near a centroid.
   */
  @Override
  public String export(GraphBuilder graph, String matrix) {
    List<String> distances = new ArrayList<>();
    String axis = graph.longs(new long[] {1}, 1);
    for (double[] centroid : centroids) {
      String difference =
          graph.node("Sub", List.of(matrix, graph.doubles(centroid, 1, centroid.length)));
      distances.add(
          graph.node("ReduceSumSquare", List.of(difference, axis), Attribute.of("keepdims", 1L)));
    }
    return distances.size() == 1
        ? distances.get(0)
        : graph.node("Concat", distances, Attribute.of("axis", 1L));
  }

  @Override
  public double[] predict(PreparedRows rows, int first, int last) {
    double[] predictions = new double[(last - first) * centroids.length];
    double[] row = new double[features.size()];
    for (int i = first; i < last; i++) {
      rows.fill(i, row, 0);
      for (int k = 0; k < centroids.length; k++) {
        predictions[(i - first) * centroids.length + k] = distance(row, centroids[k]);
      }
    }
    return predictions;
  }

  /** Returns the squared Euclidean distance. */
  static double distance(double[] row, double[] centroid) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      double difference = row[j] - centroid[j];
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public List<CentroidValue> centroids() {
    List<CentroidValue> all = new ArrayList<>();
    for (int k = 0; k < centroids.length; k++) {
      for (int j = 0; j < features.size(); j++) {
        PreparedFeature feature = features.get(j);
        all.add(
            new CentroidValue(
                k + 1,
                feature.input(),
                feature.category(),
                feature.center() + feature.scale() * centroids[k][j]));
      }
    }
    return List.copyOf(all);
  }

  @Override
  public List<TrainingIteration> iterations() {
    return iterations;
  }
}
