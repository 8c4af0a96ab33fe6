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
  /**
   * Rows times features up to which CART classifies; about 5 s on one busy core (DECISIONS.md,
   * Trees 6).
   */
  static final long MAX_CELLS = 300_000;

  /**
   * Rows times rows times features up to which CART regresses: it looks at all rows of a node again
   * for each of their values; about 4 s.
   */
  static final long MAX_COMPARISONS = 400_000_000;

  private final TreeSettings settings;

  /** Makes a trainer. */
  public DecisionTreeTrainer(TreeSettings settings) {
    this.settings = settings;
  }

  @Override
  public FittedModel train(
      Task task, PreparedRows training, Optional<PreparedRows> heldOut, Progress progress) {
    return delegate(task, training.rows(), training.features().size())
        .train(task, training, heldOut, progress);
  }

  Trainer delegate(Task task, long rows, long features) {
    return switch (settings.method()) {
      case EXACT -> new CartTrainer(settings);
      case HIST -> histogramTrainer();
      case AUTO ->
          isSmall(task, rows, features) || !XGBoostLibrary.available()
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

  private static boolean isSmall(Task task, long rows, long features) {
    return task instanceof Task.Regression
        ? rows * rows * features <= MAX_COMPARISONS
        : rows * features <= MAX_CELLS;
  }
}
