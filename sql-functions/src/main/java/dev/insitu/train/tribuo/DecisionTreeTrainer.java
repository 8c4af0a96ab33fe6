package dev.insitu.train.tribuo;

import dev.insitu.model.Task;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Trainer;
import dev.insitu.train.xgboost.BoosterSettings;
import dev.insitu.train.xgboost.BoosterTrainer;
import dev.insitu.train.xgboost.XGBoostLibrary;
import java.util.Optional;

/**
 * Trains a single decision tree, by CART while that takes seconds, else by histograms. Immutable.
 */
public final class DecisionTreeTrainer implements Trainer {
  /** Up to here CART takes at most about 5 s on one slow core (measured, DECISIONS.md). */
  static final long MAX_CLASSIFICATION_CELLS = 400_000;

  /** CART of a regression looks at all rows of a node for each value. */
  static final long MAX_REGRESSION_CELLS = 30_000;

  private final TreeSettings settings;

  /** Makes a trainer. */
  public DecisionTreeTrainer(TreeSettings settings) {
    this.settings = settings;
  }

  @Override
  public FittedModel train(
      Task task, PreparedRows training, Optional<PreparedRows> heldOut, Progress progress) {
    return delegate(task, (long) training.rows() * training.features().size())
        .train(task, training, heldOut, progress);
  }

  Trainer delegate(Task task, long cells) {
    return switch (settings.method()) {
      case EXACT -> new CartTrainer(settings);
      case HIST -> histogramTrainer();
      case AUTO ->
          cells <= limit(task) || !XGBoostLibrary.available()
              ? new CartTrainer(settings)
              : histogramTrainer();
    };
  }

  private Trainer histogramTrainer() {
    return new BoosterTrainer(
        BoosterSettings.singleTree(
            settings.maxDepth(),
            settings.minChildWeight(),
            settings.minSplitLoss(),
            settings.seed()));
  }

  private static long limit(Task task) {
    return task instanceof Task.Regression ? MAX_REGRESSION_CELLS : MAX_CLASSIFICATION_CELLS;
  }
}
