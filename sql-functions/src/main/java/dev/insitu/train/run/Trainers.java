package dev.insitu.train.run;

import static dev.insitu.train.option.TrainingOption.COLSAMPLE_BYLEVEL;
import static dev.insitu.train.option.TrainingOption.COLSAMPLE_BYNODE;
import static dev.insitu.train.option.TrainingOption.COLSAMPLE_BYTREE;
import static dev.insitu.train.option.TrainingOption.EARLY_STOP;
import static dev.insitu.train.option.TrainingOption.L1_REG;
import static dev.insitu.train.option.TrainingOption.L2_REG;
import static dev.insitu.train.option.TrainingOption.LEARN_RATE;
import static dev.insitu.train.option.TrainingOption.MAX_ITERATIONS;
import static dev.insitu.train.option.TrainingOption.MAX_TREE_DEPTH;
import static dev.insitu.train.option.TrainingOption.MIN_REL_PROGRESS;
import static dev.insitu.train.option.TrainingOption.MIN_SPLIT_LOSS;
import static dev.insitu.train.option.TrainingOption.MIN_TREE_CHILD_WEIGHT;
import static dev.insitu.train.option.TrainingOption.NUM_PARALLEL_TREE;
import static dev.insitu.train.option.TrainingOption.SEED;
import static dev.insitu.train.option.TrainingOption.SUBSAMPLE;
import static dev.insitu.train.option.TrainingOption.TREE_METHOD;

import dev.insitu.train.Trainer;
import dev.insitu.train.option.TrainingOptions;
import dev.insitu.train.tribuo.DecisionTreeTrainer;
import dev.insitu.train.tribuo.KMeansTrainer;
import dev.insitu.train.tribuo.LinearTrainer;
import dev.insitu.train.tribuo.TreeSettings;
import dev.insitu.train.xgboost.BoosterSettings;
import dev.insitu.train.xgboost.BoosterTrainer;
import java.util.Locale;

/** Chooses the algorithm of a model type and hands it its options. */
final class Trainers {
  private Trainers() {}

  static Trainer of(TrainingOptions options) {
    return switch (options.modelType().family()) {
      case LINEAR -> new LinearTrainer(options);
      case CLUSTER -> new KMeansTrainer(options);
      case TREE -> new DecisionTreeTrainer(tree(options));
      case FOREST -> new BoosterTrainer(forest(options));
      case BOOSTED -> new BoosterTrainer(boosted(options));
    };
  }

  private static TreeSettings tree(TrainingOptions options) {
    TreeSettings defaults = TreeSettings.defaults();
    String method = options.word(TREE_METHOD);
    return new TreeSettings(
        TreeSettings.Method.valueOf(
            (method.equals("approx") ? "hist" : method).toUpperCase(Locale.ROOT)),
        (int) options.whole(MAX_TREE_DEPTH, defaults.maxDepth()),
        options.real(MIN_TREE_CHILD_WEIGHT),
        options.real(MIN_SPLIT_LOSS),
        options.whole(SEED));
  }

  private static BoosterSettings boosted(TrainingOptions options) {
    BoosterSettings defaults = BoosterSettings.boosted();
    return new BoosterSettings(
        defaults.family(),
        (int) options.whole(MAX_ITERATIONS, defaults.rounds()),
        (int) options.whole(NUM_PARALLEL_TREE, defaults.parallelTrees()),
        options.real(LEARN_RATE),
        growth(options, defaults.growth()),
        sampling(options, defaults.sampling()),
        new BoosterSettings.Stopping(
            options.flag(EARLY_STOP),
            options.real(MIN_REL_PROGRESS, defaults.stopping().minRelativeProgress())),
        options.whole(SEED),
        defaults.threads());
  }

  private static BoosterSettings forest(TrainingOptions options) {
    BoosterSettings defaults = BoosterSettings.randomForest();
    return new BoosterSettings(
        defaults.family(),
        defaults.rounds(),
        (int) options.whole(NUM_PARALLEL_TREE, defaults.parallelTrees()),
        defaults.learningRate(),
        growth(options, defaults.growth()),
        forestSampling(options, defaults.sampling()),
        defaults.stopping(),
        options.whole(SEED),
        defaults.threads());
  }

  /** XGBoost's exact method cannot sample by node: a forest samples by level there. */
  private static BoosterSettings.Sampling forestSampling(
      TrainingOptions options, BoosterSettings.Sampling defaults) {
    return options.word(TREE_METHOD).equals("exact")
            && !options.has(COLSAMPLE_BYNODE)
            && !options.has(COLSAMPLE_BYLEVEL)
        ? new BoosterSettings.Sampling(
            options.real(SUBSAMPLE, defaults.rows()),
            options.real(COLSAMPLE_BYTREE, defaults.columnsByTree()),
            defaults.columnsByNode(),
            1)
        : sampling(options, defaults);
  }

  private static BoosterSettings.Growth growth(
      TrainingOptions options, BoosterSettings.Growth defaults) {
    String method = options.word(TREE_METHOD);
    return new BoosterSettings.Growth(
        (int) options.whole(MAX_TREE_DEPTH, defaults.maxDepth()),
        options.real(MIN_SPLIT_LOSS),
        options.real(MIN_TREE_CHILD_WEIGHT),
        options.real(L1_REG, defaults.l1()),
        options.real(L2_REG, defaults.l2()),
        method.equals("auto") ? defaults.method() : method,
        defaults.maxBins());
  }

  private static BoosterSettings.Sampling sampling(
      TrainingOptions options, BoosterSettings.Sampling defaults) {
    return new BoosterSettings.Sampling(
        options.real(SUBSAMPLE, defaults.rows()),
        options.real(COLSAMPLE_BYTREE, defaults.columnsByTree()),
        options.real(COLSAMPLE_BYLEVEL, defaults.columnsByLevel()),
        options.real(COLSAMPLE_BYNODE, defaults.columnsByNode()));
  }
}
