package dev.insitu.train.tree;

/**
 * The criterion of {@link Criterion} where two numbers tell all of a set: numbers, and shares of
 * two classes. Immutable.
 */
final class AverageCriterion implements SumCriterion {
  private final double minChildWeight;
  private final double minSplitLoss;
  private final double l1;
  private final double l2;
  private final boolean shares;
  private final double prior;

  private AverageCriterion(TreeSettings settings, boolean shares, double prior) {
    this.minChildWeight = settings.minChildWeight();
    this.minSplitLoss = settings.minSplitLoss();
    this.l1 = settings.l1();
    this.l2 = settings.l2();
    this.shares = shares;
    this.prior = prior;
  }

  /** Returns the criterion of numbers, of which sums are of the differences to their mean. */
  static AverageCriterion ofNumbers(TreeSettings settings) {
    return new AverageCriterion(settings, false, 0);
  }

  /**
   * Returns the criterion of two classes, of which sums are the weights of the second.
   *
   * @param prior the second's share of all
   */
  static AverageCriterion ofShares(TreeSettings settings, double prior) {
    return new AverageCriterion(settings, true, prior);
  }

  @Override
  public double score(double weight, double sum) {
    double kept = shrunk(sum - prior * weight);
    // The differences of both classes are equal.
    return (shares ? 2 : 1) * kept * kept / (weight + l2);
  }

  @Override
  public double score(double weight, double sum, double otherWeight, double otherSum) {
    return weight < minChildWeight || otherWeight < minChildWeight
        ? Double.NEGATIVE_INFINITY
        : score(weight, sum) + score(otherWeight, otherSum);
  }

  /** {@inheritDoc} XOR needs splits that gain nothing at first. */
  @Override
  public boolean gains(double best, double before, double weight) {
    return best - before >= minSplitLoss - 1e-12 * (Math.abs(best) + weight);
  }

  @Override
  public boolean isPure(Gradients gradients, int[] rows, int first, int last) {
    return gradients.alike(rows, first, last);
  }

  @Override
  public double leaf(double weight, Gradients.Sum exact) {
    double all = exact.weight() + l2;
    if (!shares) {
      return shrunk(exact.sum()) / all;
    }
    if (l1 == 0) {
      return (exact.sum() + l2 * prior) / all;
    }
    double difference = shrunk(exact.sum() - prior * exact.weight()) / all;
    double second = Math.max(0, prior + difference);
    double first = Math.max(0, 1 - prior - difference);
    return second / (first + second);
  }

  private double shrunk(double sum) {
    return l1 == 0 ? sum : Math.signum(sum) * Math.max(0, Math.abs(sum) - l1);
  }
}
