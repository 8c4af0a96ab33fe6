package dev.insitu.train.tree;

import dev.insitu.model.Task;
import dev.insitu.model.TrainingIteration;
import dev.insitu.train.FittedModel;
import dev.insitu.train.FreeHeap;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Trainer;
import dev.insitu.train.tree.BoostedTrees.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Trains boosted trees as XGBoost does (Chen and Guestrin 2016), in float64: by Newton steps on
 * squared error, logistic loss or softmax loss. It starts from the mean label, the log odds of the
 * second class, or zero. Immutable.
 */
public final class BoosterTrainer implements Trainer {
  private static final double LEAST_PRIOR = 1e-6;

  /** Rows by node (12), the gradients (32), label and weight (16), what the loss remembers (8). */
  private static final int BYTES_A_ROW = 68;

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
    int groups =
        task instanceof Task.Classification classification ? classification.classes().size() : 1;
    FreeHeap.require(training.rows() * (BYTES_A_ROW + (long) groups * Double.BYTES));
    return boost(task, training, heldOut.filter(rows -> rows.rows() > 0), progress);
  }

  private FittedModel boost(
      Task task, PreparedRows training, Optional<PreparedRows> heldOut, Progress progress) {
    TreeSettings growth = settings.trees();
    double base = base(task, training);
    Watched own = new Watched(task, training, base);
    @Nullable Watched watched =
        heldOut.map(rows -> new Watched(task, new CompressedRows(rows), base)).orElse(null);
    Gradients gradients =
        new Gradients(training, own.objective.largestHessian(), own.objective.isBounded());
    Rounds rounds = new Rounds(progress, settings.rounds());
    Grower grower = grower(training, gradients, rounds);
    SplittableRandom random = new SplittableRandom(growth.seed());
    List<GrownTree> trees = new ArrayList<>();
    List<TrainingIteration> iterations = new ArrayList<>();
    own.loss();
    for (int round = 0; round < settings.rounds(); round++) {
      rounds.begin(round);
      long start = System.nanoTime();
      List<GrownTree> grown = new ArrayList<>();
      for (int group = 0; group < own.margins.length; group++) {
        own.objective.gradients(own.margins, group, gradients);
        for (int tree = 0; tree < growth.trees(); tree++) {
          grown.add(grower.grow(random.split(), own.margins[group]));
        }
      }
      trees.addAll(grown);
      if (watched != null) {
        watched.add(grown, growth.trees());
      }
      iterations.add(
          new TrainingIteration(
              round,
              own.loss(),
              watched == null ? null : watched.loss(),
              settings.learningRate(),
              (System.nanoTime() - start) / 1_000_000));
      if (round > 0 && isToStop(iterations.get(round - 1), iterations.get(round))) {
        break;
      }
    }
    progress.step("training", iterations.size(), iterations.size());
    Told told = new Told(training, own.margins, null);
    return new BoostedTrees(
        task,
        name(),
        base,
        trees,
        growth.trees(),
        watched == null ? told : new Told(heldOut.orElseThrow(), watched.margins, told),
        iterations);
  }

  private Grower grower(PreparedRows training, Gradients gradients, Progress progress) {
    TreeSettings growth = settings.trees();
    int rows = training.rows();
    int width = training.features().size();
    TreeColumns columns = TreeColumns.of(training, growth.maxBins(), progress);
    GradientCriterion criterion =
        new GradientCriterion(growth, gradients, settings.learningRate() / growth.trees());
    return growth.maxBins() > TreeSettings.FOREST_BINS
        ? new TreeGrower(growth, columns, criterion, rows, width, progress)
        : new HistogramGrower(
            growth, columns.columns(), gradients, criterion, rows, width, progress);
  }

  private static double base(Task task, PreparedRows rows) {
    if (task instanceof Task.Classification classification && classification.classes().size() > 2) {
      return 0;
    }
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < rows.rows(); row++) {
      sum += rows.weight(row) * rows.label(row);
      weights += rows.weight(row);
    }
    double mean = weights > 0 ? sum / weights : 0;
    if (!(task instanceof Task.Classification)) {
      return mean;
    }
    double prior = Math.max(LEAST_PRIOR, Math.min(1 - LEAST_PRIOR, mean));
    return Math.log(prior / (1 - prior));
  }

  private boolean isToStop(TrainingIteration before, TrainingIteration now) {
    if (!settings.stopping().early()) {
      return false;
    }
    double earlier = before.evalLoss() == null ? before.loss() : before.evalLoss();
    double later = now.evalLoss() == null ? now.loss() : now.evalLoss();
    return !(earlier - later >= settings.stopping().minRelativeProgress() * Math.abs(earlier));
  }

  private String name() {
    int bins = settings.trees().maxBins();
    return "boosted trees, "
        + (bins > TreeSettings.FOREST_BINS ? "exact" : "histograms of " + bins + " bins");
  }

  /** Tells the progress of a round as that of the training. Confined to one thread. */
  private static final class Rounds implements Progress {
    private final Progress progress;
    private final int total;
    private int round;

    Rounds(Progress progress, int total) {
      this.progress = progress;
      this.total = total;
    }

    void begin(int next) {
      round = next;
      progress.step("training", round, total);
    }

    @Override
    public void step(String phase, long done, long of) {
      if (phase.equals("training")) {
        progress.step(phase, round, total);
      } else {
        progress.step(phase, done, of);
      }
    }
  }

  /** Some rows, and what the trees so far say of them. */
  private static final class Watched {
    private final PreparedRows rows;
    private final Objective objective;

    /** By group, then by row, without the base. */
    private final double[][] margins;

    Watched(Task task, PreparedRows rows, double base) {
      this.rows = rows;
      this.objective = Objective.of(task, rows, base);
      this.margins = new double[objective.groups()][rows.rows()];
    }

    double loss() {
      return objective.loss(margins);
    }

    /** Walks what has grown in a round. */
    void add(List<GrownTree> grown, int treesPerGroup) {
      TreeWalk.all(
          grown,
          rows,
          0,
          rows.rows(),
          (number, tree, row, block, offset) ->
              tree.addTo(margins[number / treesPerGroup], row, block, offset));
    }
  }
}
