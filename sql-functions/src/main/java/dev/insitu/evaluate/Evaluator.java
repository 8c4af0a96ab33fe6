package dev.insitu.evaluate;

import dev.insitu.model.Evaluation;
import dev.insitu.model.Task;
import dev.insitu.score.PredictionBatch;

/**
 * Compares predictions with labels, streaming. Confined to one thread.
 *
 * <p>A label is the number of a regression, the class index of a classification ({@link
 * #UNKNOWN_CLASS} if the model has no such class) and anything but NaN for a clustering, which has
 * none. NaN is NULL: the row is skipped and counted.
 */
public sealed interface Evaluator
    permits RegressionEvaluator, ClassificationEvaluator, ClusteringEvaluator {
  /**
   * The label of a row whose class the model does not know. Whatever was predicted is wrong: the
   * row counts as such in accuracy, in the precision of the predicted class and in the log loss.
   */
  double UNKNOWN_CLASS = -1;

  /** Returns an evaluator for a task. */
  static Evaluator of(Task task, EvaluationOptions options) {
    if (task instanceof Task.Classification classification) {
      return new ClassificationEvaluator(classification.classes().size(), options);
    } else if (task instanceof Task.Clustering clustering) {
      return new ClusteringEvaluator(clustering.clusters(), options);
    } else {
      return new RegressionEvaluator();
    }
  }

  /**
   * Takes a row.
   *
   * @param scores holds the row's scores, as {@link PredictionBatch} defines them
   * @param offset where they begin
   * @param label the truth; NaN is NULL
   */
  void add(double[] scores, int offset, double label);

  /** Takes a row of a batch, with the class that an imported graph names itself. */
  default void add(PredictionBatch predictions, int row, double label) {
    add(predictions.scores(), row * predictions.width(), label);
  }

  /** Takes the rows of a batch; {@code labels[i]} belongs to row <i>i</i>. */
  default void add(PredictionBatch predictions, double[] labels) {
    for (int row = 0; row < predictions.rows(); row++) {
      add(predictions, row, labels[row]);
    }
  }

  /** Returns the figures over all rows taken so far; NaN where a metric is not defined. */
  Evaluation finish();
}
