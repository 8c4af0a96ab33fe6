package dev.insitu.train.tribuo;

import dev.insitu.model.Task;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.Trainer;
import dev.insitu.train.option.ModelType;
import dev.insitu.train.option.TrainingOption;
import dev.insitu.train.option.TrainingOptions;
import java.util.List;
import java.util.Optional;

/**
 * Trains {@code linear_reg}, {@code lasso}, {@code elastic_net} and {@code logistic_reg} to the
 * optimum of their penalised loss. Immutable.
 */
public final class LinearTrainer implements Trainer {
  private static final double DEFAULT_PROGRESS = 1e-9;
  private static final int DEFAULT_ITERATIONS = 100;

  private final TrainingOptions options;

  /** Makes a trainer. */
  public LinearTrainer(TrainingOptions options) {
    this.options = options;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ArithmeticException if the numbers run away
   */
  @Override
  public FittedModel train(
      Task task, PreparedRows training, Optional<PreparedRows> heldOut, Progress progress) {
    boolean intercept = options.flag(TrainingOption.FIT_INTERCEPT);
    SparseRows rows = SparseRows.of(training, intercept, progress);
    IterationLog log =
        new IterationLog(training, heldOut, (set, scores) -> LinearModel.loss(task, scores, set));
    List<Coefficients> scores =
        task instanceof Task.Classification classification
            ? logistic(rows, classification.classes().size(), intercept, progress, log)
            : List.of(leastSquares(rows, intercept, progress, log));
    if (!scores.stream().allMatch(Coefficients::finite)) {
      throw new ArithmeticException("the weights are not finite");
    }
    return new LinearModel(task, training.features(), scores, name(), log.iterations());
  }

  private Coefficients leastSquares(
      SparseRows rows, boolean intercept, Progress progress, IterationLog log) {
    LeastSquares problem = new LeastSquares(rows, intercept, progress);
    double l1;
    double l2;
    if (options.modelType() == ModelType.LINEAR_REG) {
      l1 = options.real(TrainingOption.L1_REG, 0);
      l2 = options.real(TrainingOption.L2_REG, 0);
    } else {
      double ratio =
          options.modelType() == ModelType.LASSO ? 1 : options.real(TrainingOption.L1_RATIO);
      double alpha = options.real(TrainingOption.ALPHA) * rows.rows;
      l1 = alpha * ratio;
      l2 = alpha * (1 - ratio);
    }
    return l1 > 0
        ? problem.solve(l1, l2, options.whole(TrainingOption.MAX_ITERATIONS, 0), log)
        : problem.solve(l2, log);
  }

  private List<Coefficients> logistic(
      SparseRows rows, int classes, boolean intercept, Progress progress, IterationLog log) {
    double tolerance =
        options.flag(TrainingOption.EARLY_STOP)
            ? options.real(TrainingOption.MIN_REL_PROGRESS, DEFAULT_PROGRESS)
            : 0;
    return new LogisticNewton(
            rows,
            classes,
            intercept,
            options.real(TrainingOption.L1_REG, 0),
            options.real(TrainingOption.L2_REG, 1),
            progress)
        .solve(options.whole(TrainingOption.MAX_ITERATIONS, DEFAULT_ITERATIONS), tolerance, log);
  }

  private String name() {
    boolean descent =
        options.real(TrainingOption.L1_REG, 0) > 0
            || options.modelType() == ModelType.LASSO
            || options.modelType() == ModelType.ELASTIC_NET;
    String solver =
        options.modelType() == ModelType.LOGISTIC_REG ? "Newton's method" : "normal equations";
    return solver + (descent ? ", coordinate descent" : ", Cholesky (Tribuo 4.3.2)");
  }
}
