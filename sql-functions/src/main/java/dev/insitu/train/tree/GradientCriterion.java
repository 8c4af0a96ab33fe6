package dev.insitu.train.tree;

import dev.insitu.train.tree.Gradients.Sum;

/**
 * The second-order criterion of boosting (Chen and Guestrin, XGBoost: A Scalable Tree Boosting
 * System, 2016): of each set of rows the sum of the hessians, which is its weight, and of the
 * gradients. A leaf says a Newton step. Confined to one thread.
 */
final class GradientCriterion extends Criterion implements SumCriterion {
  private final Gradients gradients;
  private final double rate;
  private final double minSplitLoss;

  /** Of the node that was entered. */
  private double[] node = new double[0];

  /** Makes a criterion; {@code rate} is what leaves are multiplied by. */
  GradientCriterion(TreeSettings settings, Gradients gradients, double rate) {
    super(settings, null, 0);
    this.gradients = gradients;
    this.rate = rate;
    this.minSplitLoss = settings.minSplitLoss();
  }

  @Override
  double weight(int row) {
    return gradients.weight(row);
  }

  @Override
  int stride() {
    return 2;
  }

  @Override
  void enterLabels(int[] rows, int first, int last) {
    if (node.length == 0) {
      node = new double[gradients.pairs.length];
    }
    for (int i = first; i < last; i++) {
      node[2 * i] = gradients.pairs[2 * rows[i]];
      node[2 * i + 1] = gradients.pairs[2 * rows[i] + 1];
    }
  }

  @Override
  boolean isPure(int first, int last) {
    return false;
  }

  @Override
  void add(double[] statistics, int at, int i) {
    statistics[at] += node[2 * i];
    statistics[at + 1] += node[2 * i + 1];
  }

  @Override
  void addAll(double[] statistics, char[] codes, int[] rows, int first, int last) {
    for (int i = first; i < last; i++) {
      add(statistics, codes[rows[i]] * 2, i);
    }
  }

  @Override
  double weight(double[] statistics, int at) {
    return statistics[at];
  }

  @Override
  double score(double[] statistics) {
    return score(statistics[0], statistics[1]);
  }

  @Override
  public double score(double hessian, double gradient) {
    double kept = shrunk(gradient);
    return kept * kept / (hessian + l2);
  }

  @Override
  double score(double[] part, double[] total) {
    return score(part[0], part[1], total[0] - part[0], total[1] - part[1]);
  }

  @Override
  public double score(double hessian, double gradient, double otherHessian, double otherGradient) {
    return hessian < minChildWeight || otherHessian < minChildWeight
        ? Double.NEGATIVE_INFINITY
        : score(hessian, gradient) + score(otherHessian, otherGradient);
  }

  @Override
  public boolean gains(double best, double before, double weight) {
    double gain = best - before;
    return gain > rounding(best) && gain >= minSplitLoss;
  }

  @Override
  public boolean isPure(Gradients of, int[] rows, int first, int last) {
    return false;
  }

  /** {@inheritDoc} More than differences of rounding. */
  @Override
  double leastGain(double minGain, double best, double[] total) {
    return Math.max(minGain, rounding(best));
  }

  /** Returns what a gain may be from rounding alone. */
  private static double rounding(double score) {
    return 1e-12 * score;
  }

  @Override
  int leafWidth() {
    return 1;
  }

  @Override
  void leaf(double[] statistics, double[] target) {
    target[0] = leaf(statistics[0], statistics[1]);
  }

  /** {@inheritDoc} None where it weighs too little. */
  @Override
  public double leaf(double weight, Sum exact) {
    return weight < minChildWeight
        ? 0
        : leaf(Math.max(minChildWeight, exact.weight()), exact.sum());
  }

  /** Returns the Newton step of a set; none where it weighs too little. */
  private double leaf(double hessian, double gradient) {
    return hessian <= 0 || hessian < minChildWeight ? 0 : rate * shrunk(gradient) / (hessian + l2);
  }
}
