package dev.insitu.train.tree;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Task;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Trains single decision trees and random forests (Breiman 2001): binary splits by Gini's impurity
 * or squared error, in float64, each leaf the mean or the shares of its rows, a forest the mean of
 * its trees. Of classes, however many, there is one forest. Immutable.
 */
public final class TreeTrainer implements Trainer {
  /** Numbers of the statistics of one column: with many classes there are fewer bins. */
  private static final int MAX_STATISTICS = 1 << 22;

  private static final int LEAST_BINS = 64;

  /** So many sums are kept of the training rows; of more classes times rows none are. */
  private static final long MAX_SUMS = 1 << 23;

  private final TreeSettings settings;

  /** Makes a trainer. */
  public TreeTrainer(TreeSettings settings) {
    this.settings = settings;
  }

  @Override
  public FittedModel train(
      Task task, PreparedRows training, Optional<PreparedRows> heldOut, Progress progress) {
    if (task instanceof Task.Clustering) {
      throw new IllegalArgumentException("trees do not cluster");
    }
    long start = System.nanoTime();
    requireWeight(training);
    int classes =
        task instanceof Task.Classification classification ? classification.classes().size() : 0;
    int bins =
        Math.min(settings.maxBins(), Math.max(LEAST_BINS, MAX_STATISTICS / Math.max(2, classes)));
    TreeColumns columns = TreeColumns.of(training, bins, progress);
    Criterion criterion = Criterion.of(settings, training, classes);
    TreeGrower grower =
        new TreeGrower(
            settings, columns, criterion, training.rows(), training.features().size(), progress);
    SplittableRandom random = new SplittableRandom(settings.seed());
    List<GrownTree> trees = new ArrayList<>();
    long told = (long) training.rows() * criterion.leafWidth();
    double[] sums = new double[told <= MAX_SUMS ? (int) told : 0];
    for (int tree = 0; tree < settings.trees(); tree++) {
      trees.add(grower.grow(random.split(), sums));
    }
    progress.step("training", settings.trees(), settings.trees());
    double mean = criterion instanceof Criterion.OfNumbers numbers ? numbers.mean() : 0;
    AveragedTrees untold =
        new AveragedTrees(
            task, name(), mean, trees, sums.length > 0 ? training : null, sums, List.of());
    return untold.told(training, heldOut, (System.nanoTime() - start) / 1_000_000);
  }

  private String name() {
    return (settings.trees() == 1 ? "CART" : "random forest")
        + (settings.maxBins() == TreeSettings.EXACT
            ? ", exact"
            : ", histograms of " + settings.maxBins() + " bins");
  }

  private static void requireWeight(PreparedRows rows) {
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.weight(row) > 0) {
        return;
      }
    }
    throw MlException.of(ErrorCode.TRAINING_FAILED, "CART", "every row has weight 0")
        .withHint("Give at least one class a positive weight.");
  }
}
