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
import dev.insitu.train.tree.BoosterSettings;
import dev.insitu.train.tree.BoosterTrainer;
import dev.insitu.train.tree.TreeSettings;
import dev.insitu.train.tree.TreeTrainer;
import dev.insitu.train.tribuo.KMeansTrainer;
import dev.insitu.train.tribuo.LinearTrainer;
import java.util.Set;

/** Chooses the algorithm of a model type and hands it its options. */
public final class Trainers {
  private Trainers() {}

  /** Returns the trainer that options ask for. */
  public static Trainer of(TrainingOptions options) {
    return switch (options.modelType().family()) {
      case LINEAR -> new LinearTrainer(options);
      case CLUSTER -> new KMeansTrainer(options);
      case TREE -> new TreeTrainer(tree(options));
      case FOREST -> new TreeTrainer(many(options, TreeSettings.forest()));
      case BOOSTED -> new BoosterTrainer(boosted(options));
    };
  }

  private static TreeSettings tree(TrainingOptions options) {
    TreeSettings defaults = TreeSettings.single();
    boolean histograms = Set.of("hist", "approx").contains(options.word(TREE_METHOD));
    return new TreeSettings(
        1,
        (int) options.whole(MAX_TREE_DEPTH, defaults.maxDepth()),
        options.real(MIN_TREE_CHILD_WEIGHT),
        options.real(MIN_SPLIT_LOSS),
        defaults.l1(),
        defaults.l2(),
        histograms ? TreeSettings.SINGLE_TREE_BINS : defaults.maxBins(),
        defaults.sampling(),
        options.whole(SEED));
  }

  private static BoosterSettings boosted(TrainingOptions options) {
    BoosterSettings defaults = BoosterSettings.boosted();
    return new BoosterSettings(
        (int) options.whole(MAX_ITERATIONS, defaults.rounds()),
        options.real(LEARN_RATE),
        new BoosterSettings.Stopping(
            options.flag(EARLY_STOP),
            options.real(MIN_REL_PROGRESS, defaults.stopping().minRelativeProgress())),
        many(options, defaults.trees()));
  }

  private static TreeSettings many(TrainingOptions options, TreeSettings defaults) {
    TreeSettings.Sampling sampling = defaults.sampling();
    return new TreeSettings(
        (int) options.whole(NUM_PARALLEL_TREE, defaults.trees()),
        (int) options.whole(MAX_TREE_DEPTH, defaults.maxDepth()),
        options.real(MIN_TREE_CHILD_WEIGHT),
        options.real(MIN_SPLIT_LOSS),
        options.real(L1_REG, defaults.l1()),
        options.real(L2_REG, defaults.l2()),
        options.word(TREE_METHOD).equals("exact") ? TreeSettings.EXACT : defaults.maxBins(),
        new TreeSettings.Sampling(
            options.real(SUBSAMPLE, sampling.rows()),
            options.real(COLSAMPLE_BYTREE, sampling.columnsByTree()),
            options.real(COLSAMPLE_BYLEVEL, sampling.columnsByLevel()),
            options.real(COLSAMPLE_BYNODE, sampling.columnsByNode())),
        options.whole(SEED));
  }
}
