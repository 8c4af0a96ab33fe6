package dev.insitu.train.xgboost;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Task;
import dev.insitu.model.TrainingIteration;
import dev.insitu.train.PreparedRows;
import java.util.LinkedHashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one training and those held out, with labels, weights and losses. Does not own the
 * matrices. Confined to one thread.
 */
final class TrainingData {
  private final Task task;
  private final PreparedRows training;
  private final DenseMatrix matrix;
  private final @Nullable PreparedRows heldOut;
  private final @Nullable DenseMatrix heldOutMatrix;

  TrainingData(
      Task task,
      PreparedRows training,
      DenseMatrix matrix,
      @Nullable PreparedRows heldOut,
      @Nullable DenseMatrix heldOutMatrix)
      throws XGBoostError {
    this.task = task;
    this.training = training;
    this.matrix = matrix;
    this.heldOut = heldOut;
    this.heldOutMatrix = heldOutMatrix;
    setWeights(training, matrix);
    if (heldOut != null && heldOutMatrix != null) {
      setWeights(heldOut, heldOutMatrix);
    }
  }

  Task task() {
    return task;
  }

  DenseMatrix matrix() {
    return matrix;
  }

  /** Returns the number of features. */
  int features() {
    return training.features().size();
  }

  /** Returns the matrices that a booster should keep predictions for. */
  Map<String, DMatrix> watches() {
    Map<String, DMatrix> watches = new LinkedHashMap<>();
    if (heldOutMatrix != null) {
      watches.put("heldOut", heldOutMatrix.matrix());
    }
    return watches;
  }

  /** Returns the weighted mean of the labels: of two classes, the share of the positive one. */
  double meanLabel() {
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < training.rows(); row++) {
      sum += training.weight(row) * training.label(row);
      weights += training.weight(row);
    }
    return weights > 0 ? sum / weights : 0;
  }

  /** Hands the labels, less {@code offset}, to XGBoost. */
  void setLabels(double offset) throws XGBoostError {
    matrix.matrix().setLabel(labels(training, offset));
    if (heldOut != null && heldOutMatrix != null) {
      heldOutMatrix.matrix().setLabel(labels(heldOut, offset));
    }
  }

  /**
   * Returns what XGBoost made of {@code base_score}, by asking a booster without trees: the float32
   * logarithm is its own.
   */
  float firstMargin(Booster booster) throws XGBoostError {
    try (DenseMatrix row = DenseMatrix.of(training, 0, 1, (phase, done, total) -> {})) {
      return booster.predict(row.matrix(), true)[0][0];
    }
  }

  /** Measures the losses of a booster after a round: mean squared error or log loss. */
  TrainingIteration evaluate(Booster booster, int round, BoosterSettings settings, long start)
      throws XGBoostError {
    DMatrix[] matrices =
        heldOutMatrix == null
            ? new DMatrix[] {matrix.matrix()}
            : new DMatrix[] {matrix.matrix(), heldOutMatrix.matrix()};
    String[] names =
        heldOutMatrix == null ? new String[] {"training"} : new String[] {"training", "heldOut"};
    String[] results = booster.evalSet(matrices, names, round).split("\t");
    return new TrainingIteration(
        round,
        loss(results[1]),
        heldOutMatrix == null ? null : loss(results[2]),
        settings.learningRate(),
        millisSince(start));
  }

  private static float[] labels(PreparedRows rows, double offset) {
    float[] labels = new float[rows.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = finite(rows.label(row) - offset);
    }
    return labels;
  }

  private static float finite(double value) {
    if (Math.abs(value) <= Float.MAX_VALUE) {
      return (float) value;
    }
    throw MlException.of(
            ErrorCode.TRAINING_FAILED, "XGBoost", "a label lies " + value + " from the mean")
        .withHint(
            "Train on labels that single precision can hold, for example on their logarithm.");
  }

  private static void setWeights(PreparedRows rows, DenseMatrix matrix) throws XGBoostError {
    float[] weights = new float[rows.rows()];
    boolean differ = false;
    for (int row = 0; row < weights.length; row++) {
      weights[row] = finite(rows.weight(row));
      differ |= weights[row] != 1;
    }
    if (differ) {
      matrix.matrix().setWeight(weights);
    }
  }

  /** Reads {@code training-rmse:0.5}; the loss of a regression is the mean squared error. */
  private double loss(String result) {
    double value = Double.parseDouble(result.substring(result.lastIndexOf(':') + 1));
    return task instanceof Task.Regression ? value * value : value;
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
