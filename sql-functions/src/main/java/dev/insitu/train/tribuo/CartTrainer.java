package dev.insitu.train.tribuo;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Task;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Trainer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.CARTRegressionTrainer;

/**
 * Trains one tree by Tribuo's CART: Gini's impurity or mean squared error, every value of every
 * feature a candidate. Tribuo keeps numbers to learn in float32, so their mean is taken away first
 * and added again in float64. Immutable.
 */
final class CartTrainer implements Trainer {
  /** Every feature may be split on. */
  private static final float ALL_FEATURES = 1f;

  private final TreeSettings settings;

  CartTrainer(TreeSettings settings) {
    this.settings = settings;
  }

  @Override
  public FittedModel train(
      Task task, PreparedRows training, Optional<PreparedRows> heldOut, Progress progress) {
    long start = System.nanoTime();
    requireWeight(training);
    CartExamples examples = new CartExamples(training.features().size());
    CartModel model =
        task instanceof Task.Classification classification
            ? classify(classification, training, examples, progress)
            : regress(training, examples, progress);
    return model.told(training, heldOut, (System.nanoTime() - start) / 1_000_000);
  }

  private CartModel classify(
      Task.Classification task, PreparedRows rows, CartExamples examples, Progress progress) {
    MutableDataset<Label> dataset = dataset(new LabelFactory());
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.weight(row) > 0) {
        Label label = new Label(Integer.toString((int) rows.label(row)));
        dataset.add(examples.of(rows, row, label, (float) rows.weight(row)));
      }
    }
    TreeModel<Label> tree =
        new CARTClassificationTrainer(
                settings.maxDepth(),
                (float) settings.minChildWeight(),
                minImpurityDecrease(rows),
                ALL_FEATURES,
                false,
                new WatchedGini(progress),
                settings.seed())
            .train(dataset, Map.of());
    int classes = task.classes().size();
    return new CartModel.OfClasses(
        tree, examples, CartTree.ofClasses(tree, classes), classes, List.of());
  }

  private CartModel regress(PreparedRows rows, CartExamples examples, Progress progress) {
    double mean = mean(rows);
    MutableDataset<Regressor> dataset = dataset(new RegressionFactory());
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.weight(row) > 0) {
        Regressor label = new Regressor(CartModel.DIMENSION, rows.label(row) - mean);
        dataset.add(examples.of(rows, row, label, (float) rows.weight(row)));
      }
    }
    TreeModel<Regressor> tree =
        new CARTRegressionTrainer(
                settings.maxDepth(),
                (float) settings.minChildWeight(),
                minImpurityDecrease(rows),
                ALL_FEATURES,
                false,
                new WatchedSquaredError(progress),
                settings.seed())
            .train(dataset, Map.of());
    return new CartModel.OfNumbers(tree, examples, CartTree.ofNumbers(tree, mean), mean, List.of());
  }

  private static <T extends Output<T>> MutableDataset<T> dataset(OutputFactory<T> factory) {
    return new MutableDataset<>(new SimpleDataSourceProvenance("training", factory), factory);
  }

  private static void requireWeight(PreparedRows rows) {
    if (weight(rows) <= 0) {
      throw MlException.of(ErrorCode.TRAINING_FAILED, "CART", "every row has weight 0")
          .withHint("Give at least one class a positive weight.");
    }
  }

  /** Tribuo multiplies by the sum of the weights again. */
  private float minImpurityDecrease(PreparedRows rows) {
    return (float) (settings.minSplitLoss() / weight(rows));
  }

  private static double weight(PreparedRows rows) {
    double weights = 0;
    for (int row = 0; row < rows.rows(); row++) {
      weights += rows.weight(row);
    }
    return weights;
  }

  private static double mean(PreparedRows rows) {
    double sum = 0;
    for (int row = 0; row < rows.rows(); row++) {
      sum += rows.weight(row) * rows.label(row);
    }
    return sum / weight(rows);
  }
}
