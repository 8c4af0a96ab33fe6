package dev.insitu.score.onnx;

import dev.insitu.score.PredictionBatch;
import dev.insitu.score.binding.OutputBinding;

/** Makes a probability a class, in SQL order, of what a classifier answers. */
final class Probabilities {
  private Probabilities() {}

  static void write(
      OutputBinding.Classes classes,
      RawOutput raw,
      PredictionBatch predictions,
      int first,
      int count,
      int score) {
    int width = classes.width();
    int size = classes.order().size();
    double[] row = new double[size];
    double[] target = predictions.scores();
    for (int i = 0; i < count; i++) {
      if (width == 1) {
        double positive = raw.number(i);
        row[1] =
            classes.activation() == OutputBinding.Activation.SIGMOID
                ? 1 / (1 + Math.exp(-positive))
                : positive;
        row[0] = 1 - row[1];
      } else {
        for (int j = 0; j < size; j++) {
          row[j] = raw.number(i * width + j);
        }
        if (classes.activation() == OutputBinding.Activation.SOFTMAX) {
          softmax(row);
        }
      }
      int at = (first + i) * predictions.width() + score;
      for (int j = 0; j < size; j++) {
        target[at + j] = row[classes.order().get(j)];
      }
    }
  }

  private static void softmax(double[] row) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : row) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.exp(row[i] - max);
      sum += row[i];
    }
    for (int i = 0; i < row.length; i++) {
      row[i] /= sum;
    }
  }
}
