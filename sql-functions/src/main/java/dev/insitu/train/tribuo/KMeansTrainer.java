package dev.insitu.train.tribuo;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.Task;
import dev.insitu.model.TrainingIteration;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Trainer;
import dev.insitu.train.option.TrainingOption;
import dev.insitu.train.option.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Lloyd's k-means (1982) from the best of several greedy k-means++ starts. The starts are tried on
 * a sample of the rows, each with a few rounds; the best is then run over all rows. Immutable.
 */
public final class KMeansTrainer implements Trainer {
  private static final int STARTS = 10;
  private static final int START_ROUNDS = 20;
  private static final int SAMPLE_ROWS = 20_000;
  private static final double DEFAULT_PROGRESS = 1e-6;
  private static final int DEFAULT_ITERATIONS = 100;

  private final TrainingOptions options;

  /** Makes a trainer. */
  public KMeansTrainer(TrainingOptions options) {
    this.options = options;
  }

  @Override
  public FittedModel train(
      Task task, PreparedRows training, Optional<PreparedRows> heldOut, Progress progress) {
    int clusters = (int) options.whole(TrainingOption.NUM_CLUSTERS);
    if (clusters > training.rows()) {
      throw MlException.of(
          ErrorCode.OPTION_VALUE,
          TrainingOption.NUM_CLUSTERS.word(),
          "at most the number of training rows, " + training.rows(),
          clusters);
    }
    long start = System.nanoTime();
    SparseRows rows = SparseRows.of(training, false, progress);
    SplittableRandom random = new SplittableRandom(options.whole(TrainingOption.SEED));
    Clusters clustering = new Clusters(rows, bestStart(rows, clusters, random, progress));
    List<TrainingIteration> iterations = new ArrayList<>();
    long maxIterations = options.whole(TrainingOption.MAX_ITERATIONS, DEFAULT_ITERATIONS);
    double tolerance =
        options.flag(TrainingOption.EARLY_STOP)
            ? options.real(TrainingOption.MIN_REL_PROGRESS, DEFAULT_PROGRESS)
            : 0;
    double loss = Double.POSITIVE_INFINITY;
    int[] all = Sample.all(rows.rows);
    for (int i = 0; i < maxIterations; i++) {
      progress.step("training", i, maxIterations);
      double next = clustering.round(all) / rows.rows;
      long now = System.nanoTime();
      iterations.add(
          new TrainingIteration(
              i,
              next,
              heldOut.filter(set -> set.rows() > 0).map(clustering::loss).orElse(null),
              null,
              TimeUnit.NANOSECONDS.toMillis(now - start)));
      start = now;
      if (Double.isNaN(next) || Double.isInfinite(next)) {
        throw new ArithmeticException("the distances are not finite");
      }
      if (loss - next <= tolerance * next) {
        break;
      }
      loss = next;
    }
    return new CentroidModel(training.features(), clustering.centroids(), iterations);
  }

  private double[][] bestStart(
      SparseRows rows, int clusters, SplittableRandom random, Progress progress) {
    int[] sample = Sample.of(rows.rows, Math.max(SAMPLE_ROWS, clusters), random);
    boolean greedy = options.word(TrainingOption.KMEANS_INIT_METHOD).equals("kmeans++");
    double[][] best = new double[0][];
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < STARTS; i++) {
      progress.step("seeding", i, STARTS);
      double[][] seeds =
          greedy
              ? Sample.plusPlus(rows, sample, clusters, random)
              : Sample.rows(rows, sample, clusters, random);
      Clusters clustering = new Clusters(rows, seeds);
      double loss = Double.POSITIVE_INFINITY;
      for (int round = 0; round < START_ROUNDS; round++) {
        double next = clustering.round(sample);
        if (loss - next <= 1e-4 * next) {
          break;
        }
        loss = next;
      }
      if (i == 0 || loss < least) {
        least = loss;
        best = clustering.centroids();
      }
    }
    return best;
  }
}
