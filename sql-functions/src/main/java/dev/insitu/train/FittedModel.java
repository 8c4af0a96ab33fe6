package dev.insitu.train;

import dev.insitu.model.CentroidValue;
import dev.insitu.model.TrainingIteration;
import dev.insitu.model.Weight;
import dev.insitu.onnx.GraphBuilder;
import java.util.List;

/**
 * What a trainer learnt: its own predictions, and how to write itself as a graph. Thread-safe, but
 * for {@link #close}, after which only the lists may be asked.
 */
public interface FittedModel extends AutoCloseable {
  /** Returns the algorithm and library, for example {@code CART, exact}. */
  String trainer();

  /**
   * Writes the model behind the prepared features.
   *
   * @param graph the graph so far
   * @param features the value that holds the prepared matrix, double [N, features]
   * @return the value that holds the scores, double [N, width], as {@link
   *     dev.insitu.score.PredictionBatch} defines them: the prediction, the class probabilities, or
   *     the squared distances
   */
  String export(GraphBuilder graph, String features);

  /**
   * Predicts by the trainer's own code, not by the graph: the reference for verification rows and
   * tests.
   *
   * @return row-major, [last - first, width]
   */
  double[] predict(PreparedRows rows, int first, int last);

  /** Returns the coefficients of a linear model on the scale of the input columns, else nothing. */
  default List<Weight> weights() {
    return List.of();
  }

  /** Returns the centroids of a clustering on the scale of the input columns, else nothing. */
  default List<CentroidValue> centroids() {
    return List.of();
  }

  /** Returns the course of the training. */
  List<TrainingIteration> iterations();

  /** Frees native memory at once, where there is any. */
  @Override
  default void close() {}
}
