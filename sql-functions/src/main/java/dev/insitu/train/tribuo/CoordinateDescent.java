package dev.insitu.train.tribuo;

/**
 * Minimises {@code w'Aw / 2 - b'w + l1 * ||w||_1 + l2 / 2 * ||w||^2} over w by cyclic coordinate
 * descent with covariance updates (Friedman, Hastie, Tibshirani 2010, section 2.2). The last {@code
 * free} coordinates carry no penalty. Confined to one thread.
 */
final class CoordinateDescent {
  private final double[][] a;
  private final double[] b;
  private final double l1;
  private final double l2;
  private final int penalized;
  private final double[] w;
  private final double[] product;

  CoordinateDescent(double[][] a, double[] b, double l1, double l2, int free, double[] start) {
    this.a = a;
    this.b = b;
    this.l1 = l1;
    this.l2 = l2;
    this.penalized = b.length - free;
    this.w = start.clone();
    this.product = new double[b.length];
    for (int i = 0; i < b.length; i++) {
      for (int j = 0; j < b.length; j++) {
        product[i] += a[i][j] * w[j];
      }
    }
  }

  /** Goes once through all coordinates; returns the largest gain, {@code delta^2 * A_jj}. */
  double sweep() {
    double gain = 0;
    for (int j = 0; j < b.length; j++) {
      double curvature = a[j][j] + (j < penalized ? l2 : 0);
      if (curvature <= 0) {
        continue;
      }
      double target = b[j] - product[j] + a[j][j] * w[j];
      if (j < penalized) {
        target = Math.signum(target) * Math.max(0, Math.abs(target) - l1);
      }
      double delta = target / curvature - w[j];
      if (delta != 0) {
        w[j] = target / curvature;
        double[] column = a[j];
        for (int i = 0; i < b.length; i++) {
          product[i] += column[i] * delta;
        }
        gain = Math.max(gain, delta * delta * curvature);
      }
    }
    return gain;
  }

  /** Returns {@code w'Aw / 2 - b'w}. */
  double quadratic() {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += w[i] * (product[i] / 2 - b[i]);
    }
    return sum;
  }

  double[] solution() {
    return w.clone();
  }
}
