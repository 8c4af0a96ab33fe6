package dev.insitu.train.tree;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Task;
import dev.insitu.train.FittedModel;
import dev.insitu.train.FreeHeap;
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

  /** Rows by node (12), weights and labels (32), what the trees say (8). */
  private static final int BYTES_A_ROW = 52;

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
    int width = training.features().size();
    double mean = classes > 2 ? 0 : mean(training);
    Grower grower =
        bins > TreeSettings.FOREST_BINS || classes > 2
            ? new TreeGrower(
                settings,
                columns,
                Criterion.of(settings, training, classes),
                training.rows(),
                width,
                progress)
            : histogramGrower(columns, training, classes, mean, progress);
    SplittableRandom random = new SplittableRandom(settings.seed());
    List<GrownTree> trees = new ArrayList<>();
    long told = (long) training.rows() * (classes > 2 ? classes : 1);
    double[] sums = new double[told <= MAX_SUMS ? (int) told : 0];
    for (int tree = 0; tree < settings.trees(); tree++) {
      progress.step("training", tree, settings.trees());
      trees.add(grower.grow(random.split(), sums));
    }
    progress.step("training", settings.trees(), settings.trees());
    AveragedTrees untold =
        new AveragedTrees(
            task,
            name(),
            classes == 0 ? mean : 0,
            trees,
            sums.length > 0 ? training : null,
            sums,
            List.of());
    return untold.told(training, heldOut, (System.nanoTime() - start) / 1_000_000);
  }

  /** The mean of the labels; of two classes the share of the second. */
  private static double mean(PreparedRows rows) {
    double sum = 0;
    double total = 0;
    for (int row = 0; row < rows.rows(); row++) {
      sum += rows.weight(row) * rows.label(row);
      total += rows.weight(row);
    }
    return sum / total;
  }

  private Grower histogramGrower(
      TreeColumns columns, PreparedRows rows, int classes, double mean, Progress progress) {
    FreeHeap.require((long) rows.rows() * BYTES_A_ROW);
    boolean weighted = false;
    for (int row = 0; row < rows.rows() && !weighted; row++) {
      weighted = rows.weight(row) != 1;
    }
    Gradients labels = new Gradients(rows, 1, classes == 2 && !weighted);
    for (int row = 0; row < rows.rows(); row++) {
      labels.set(row, 1, classes == 2 ? rows.label(row) : rows.label(row) - mean);
    }
    AverageCriterion criterion =
        classes == 2
            ? AverageCriterion.ofShares(settings, mean)
            : AverageCriterion.ofNumbers(settings);
    return new HistogramGrower(
        settings,
        columns.columns(),
        labels,
        criterion,
        rows.rows(),
        rows.features().size(),
        progress);
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
