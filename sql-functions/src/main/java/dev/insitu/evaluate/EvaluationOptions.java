package dev.insitu.evaluate;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What an evaluation may be told.
 *
 * @param threshold of a binary classification: the last class is predicted from this probability
 *     on; empty: the more probable class, the first of equals, as PREDICT does
 * @param rocThresholds at which the ROC curve is wanted; empty: at up to 100 of the probabilities
 *     that occur
 * @param centroidDistances of a clustering: the Euclidean distances between the centroids in
 *     prepared space, [clusters][clusters] ({@code StoredGraph.centroidDistances()}); empty: no
 *     Davies-Bouldin index
 */
public record EvaluationOptions(
    OptionalDouble threshold, List<Double> rocThresholds, List<List<Double>> centroidDistances) {
  /** No threshold, points chosen by us, no distances. */
  public static final EvaluationOptions DEFAULT =
      new EvaluationOptions(OptionalDouble.empty(), List.of(), List.of());

  /** Copies the lists. */
  public EvaluationOptions {
    rocThresholds = List.copyOf(rocThresholds);
    centroidDistances = List.copyOf(centroidDistances);
  }

  /** Returns these options with a threshold. */
  public EvaluationOptions withThreshold(double value) {
    return new EvaluationOptions(OptionalDouble.of(value), rocThresholds, centroidDistances);
  }

  /** Returns these options with the thresholds of the ROC curve. */
  public EvaluationOptions withRocThresholds(List<Double> values) {
    return new EvaluationOptions(threshold, values, centroidDistances);
  }

  /** Returns these options with the distances between the centroids. */
  public EvaluationOptions withCentroidDistances(List<List<Double>> matrix) {
    return new EvaluationOptions(threshold, rocThresholds, matrix);
  }
}
