package dev.insitu.train.tribuo;

/**
 * One linear score: {@code intercept + sum of weight * feature}, on the scale of the prepared
 * features. Immutable.
 */
final class Coefficients {
  private final double[] weights;
  private final double intercept;

  Coefficients(double[] weights, double intercept) {
    this.weights = weights;
    this.intercept = intercept;
  }

  /** Takes over weights of shifted features. */
  static Coefficients unshifted(double[] weights, double intercept, double[] shift) {
    double moved = intercept;
    for (int j = 0; j < weights.length; j++) {
      moved -= weights[j] * shift[j];
    }
    return new Coefficients(weights, moved);
  }

  double weight(int feature) {
    return weights[feature];
  }

  double intercept() {
    return intercept;
  }

  double score(int count, int[] indices, double[] values) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i] * weights[indices[i]];
    }
    return sum + intercept;
  }

  boolean finite() {
    double sum = intercept;
    for (double weight : weights) {
      sum += Math.abs(weight);
    }
    return !Double.isNaN(sum) && !Double.isInfinite(sum);
  }
}
