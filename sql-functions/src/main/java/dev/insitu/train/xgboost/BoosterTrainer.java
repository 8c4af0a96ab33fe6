package dev.insitu.train.xgboost;

import dev.insitu.model.Task;
import dev.insitu.model.TrainingIteration;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * Trains boosted trees by XGBoost.
 *
 * <p>Boosting minimises squared error, logistic loss or softmax loss. It starts from the mean label
 * (regression: taken from the labels in float64, so that large ones keep their digits), the log
 * odds of the positive class, or zero. Immutable.
 */
public final class BoosterTrainer implements Trainer {
  private static final double LEAST_PRIOR = 1e-6;

  /**
   * What XGBoost may keep of the histograms of a tree's nodes; it makes others again. Its own limit
   * of 65,536 nodes took 1 GB at depth 15 (DECISIONS.md, Trees 7).
   */
  private static final long HISTOGRAM_BYTES = 256L << 20;

  private static final long HISTOGRAM_BYTES_A_BIN = 16;
  private static final long LEAST_HISTOGRAMS = 64;

  private final BoosterSettings settings;

  /** Makes a trainer. */
  public BoosterTrainer(BoosterSettings settings) {
    this.settings = settings;
  }

  @Override
  public FittedModel train(
      Task task, PreparedRows training, Optional<PreparedRows> heldOut, Progress progress) {
    if (task instanceof Task.Clustering) {
      throw new IllegalArgumentException("trees do not cluster");
    }
    XGBoostLibrary.require();
    Optional<PreparedRows> watched = heldOut.filter(rows -> rows.rows() > 0);
    try (DenseMatrix matrix = DenseMatrix.of(training, 0, training.rows(), progress);
        @Nullable DenseMatrix watchedMatrix =
            watched.isEmpty()
                ? null
                : DenseMatrix.of(watched.get(), 0, watched.get().rows(), progress)) {
      TrainingData data =
          new TrainingData(task, training, matrix, watched.orElse(null), watchedMatrix);
      return boost(data, progress);
    } catch (XGBoostError e) {
      throw BoosterModel.failed(e);
    }
  }

  private BoosterModel boost(TrainingData data, Progress progress) throws XGBoostError {
    double offset = data.task() instanceof Task.Regression ? data.meanLabel() : 0;
    data.setLabels(offset);
    Map<String, Object> parameters = parameters(data.features());
    parameters.put("num_parallel_tree", settings.parallelTrees());
    parameters.putAll(objective(data));
    Booster booster = open(data, parameters);
    try {
      float base = data.firstMargin(booster);
      List<TrainingIteration> iterations = new ArrayList<>();
      for (int round = 0; round < settings.rounds(); round++) {
        progress.step("training", round, settings.rounds());
        long start = System.nanoTime();
        booster.update(data.matrix().matrix(), round);
        TrainingIteration iteration = data.evaluate(booster, round, settings, start);
        iterations.add(iteration);
        if (round > 0 && isToStop(iterations.get(round - 1), iteration)) {
          break;
        }
      }
      progress.step("training", iterations.size(), iterations.size());
      return new BoosterModel(data.task(), settings, booster, base, offset, iterations);
    } catch (XGBoostError | RuntimeException e) {
      booster.dispose();
      throw e;
    }
  }

  private static Map<String, Object> objective(TrainingData data) {
    if (!(data.task() instanceof Task.Classification classification)) {
      return Map.of("objective", "reg:squarederror", "base_score", 0, "eval_metric", "rmse");
    }
    if (classification.classes().size() == 2) {
      double prior = Math.max(LEAST_PRIOR, Math.min(1 - LEAST_PRIOR, data.meanLabel()));
      return Map.of("objective", "binary:logistic", "base_score", prior, "eval_metric", "logloss");
    }
    return Map.of(
        "objective",
        "multi:softprob",
        "num_class",
        classification.classes().size(),
        "base_score",
        0,
        "eval_metric",
        "mlogloss");
  }

  private boolean isToStop(TrainingIteration before, TrainingIteration now) {
    if (!settings.stopping().early()) {
      return false;
    }
    double earlier = before.evalLoss() == null ? before.loss() : before.evalLoss();
    double later = now.evalLoss() == null ? now.loss() : now.evalLoss();
    return !(earlier - later >= settings.stopping().minRelativeProgress() * Math.abs(earlier));
  }

  /** A booster without trees that remembers its predictions for the rows at hand. */
  private static Booster open(TrainingData data, Map<String, Object> parameters)
      throws XGBoostError {
    return XGBoost.train(data.matrix().matrix(), parameters, 0, data.watches(), null, null);
  }

  private long histogramsToKeep(int features) {
    long bytes = HISTOGRAM_BYTES_A_BIN * features * settings.growth().maxBins();
    return Math.max(LEAST_HISTOGRAMS, HISTOGRAM_BYTES / Math.max(1, bytes));
  }

  private Map<String, Object> parameters(int features) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("booster", "gbtree");
    parameters.put("verbosity", 0);
    parameters.put("nthread", settings.threads());
    parameters.put("seed", settings.seed());
    parameters.put("eta", settings.learningRate());
    parameters.put("tree_method", settings.growth().method());
    parameters.put("max_depth", settings.growth().maxDepth());
    parameters.put("gamma", settings.growth().minSplitLoss());
    parameters.put("min_child_weight", settings.growth().minChildWeight());
    parameters.put("alpha", settings.growth().l1());
    parameters.put("lambda", settings.growth().l2());
    if (!settings.growth().method().equals("exact")) {
      parameters.put("max_bin", settings.growth().maxBins());
      parameters.put("max_cached_hist_node", histogramsToKeep(features));
    }
    parameters.put("subsample", settings.sampling().rows());
    parameters.put("colsample_bytree", settings.sampling().columnsByTree());
    parameters.put("colsample_bylevel", settings.sampling().columnsByLevel());
    parameters.put("colsample_bynode", settings.sampling().columnsByNode());
    return parameters;
  }
}
