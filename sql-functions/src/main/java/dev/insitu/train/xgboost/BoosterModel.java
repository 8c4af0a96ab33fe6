package dev.insitu.train.xgboost;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.CentroidValue;
import dev.insitu.model.Task;
import dev.insitu.model.TrainingIteration;
import dev.insitu.model.Weight;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import dev.insitu.train.tree.TreeEnsembleWriter;
import dev.insitu.train.tree.TreeEnsembleWriter.Comparison;
import java.util.List;
import java.util.regex.Pattern;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * What XGBoost learnt: sums of float32 leaves (the margins), turned into scores in float64.
 *
 * <p>The booster gives one margin, or one per class. The owner of its native memory, which {@link
 * #close} frees. Thread-safe: a booster predicts under its own lock.
 */
final class BoosterModel implements FittedModel {
  /** {@code [12:00:00] /workspace/src/learner.cc:42: }. */
  private static final Pattern PLACE = Pattern.compile("^\\[[0-9:]+\\] \\S+:[0-9]+: ");

  private static final int ROWS_A_BLOCK = 16_384;

  private final Task task;
  private final BoosterSettings settings;
  private final Booster booster;
  private final float base;
  private final double offset;
  private final List<TrainingIteration> iterations;

  /**
   * Takes a booster over.
   *
   * @param booster the trees
   * @param base the margin before the first tree, inside of the float32 sum
   * @param offset added to the margin in float64: what was taken from the label before training
   */
  BoosterModel(
      Task task,
      BoosterSettings settings,
      Booster booster,
      float base,
      double offset,
      List<TrainingIteration> iterations) {
    this.task = task;
    this.settings = settings;
    this.booster = booster;
    this.base = base;
    this.offset = offset;
    this.iterations = List.copyOf(iterations);
  }

  @Override
  public String trainer() {
    return "XGBoost 2.1.4 " + settings.growth().method();
  }

  @Override
  public String export(GraphBuilder graph, String features) {
    String margins = graph.cast(exportMargins(graph, features), ElementType.DOUBLE);
    if (!(task instanceof Task.Classification)) {
      return graph.node("Add", List.of(margins, graph.doubles(new double[] {offset}, 1, 1)));
    }
    return width() == 2
        ? withComplement(graph, graph.node("Sigmoid", List.of(margins)))
        : graph.node("Softmax", List.of(margins), Attribute.of("axis", 1L));
  }

  /** Writes the trees; returns the margins, float [N, groups], bit for bit XGBoost's own. */
  String exportMargins(GraphBuilder graph, String features) {
    int groups = groups();
    TreeEnsembleWriter writer = new TreeEnsembleWriter(ElementType.FLOAT, Comparison.LESS, groups);
    try {
      for (int group = 0; group < groups; group++) {
        writer.addConstant(group, base);
      }
      for (BoosterTree tree : BoosterTree.allOf(booster)) {
        writer.add(tree, tree.group());
      }
    } catch (XGBoostError e) {
      throw failed(e);
    }
    return writer.write(graph, graph.cast(features, ElementType.FLOAT));
  }

  @Override
  public double[] predict(PreparedRows rows, int first, int last) {
    int width = width();
    double[] scores = new double[Math.multiplyExact(last - first, width)];
    for (int start = first; start < last; start += ROWS_A_BLOCK) {
      int end = Math.min(last, start + ROWS_A_BLOCK);
      try (DenseMatrix matrix = DenseMatrix.of(rows, start, end, Progress.NONE)) {
        double[] block = scores(matrix);
        System.arraycopy(block, 0, scores, (start - first) * width, block.length);
      } catch (XGBoostError e) {
        throw failed(e);
      }
    }
    return scores;
  }

  /** Returns the scores of all rows of a matrix, [rows, width]. */
  double[] scores(DenseMatrix matrix) throws XGBoostError {
    int width = width();
    int count = (int) matrix.matrix().rowNum();
    double[] scores = new double[count * width];
    float[][] answers = booster.predict(matrix.matrix(), !(task instanceof Task.Classification));
    for (int row = 0; row < count; row++) {
      float[] answer = answers[row];
      int at = row * width;
      if (answer.length > 1) {
        for (int j = 0; j < width; j++) {
          scores[at + j] = answer[j];
        }
      } else if (width == 1) {
        scores[at] = answer[0] + offset;
      } else {
        scores[at] = 1 - (double) answer[0];
        scores[at + 1] = answer[0];
      }
    }
    return scores;
  }

  /** Returns the raw sums of XGBoost, row-major, [rows, groups]. */
  float[] margins(PreparedRows rows) {
    int groups = groups();
    float[] margins = new float[rows.rows() * groups];
    try (DenseMatrix matrix = DenseMatrix.of(rows, 0, rows.rows(), Progress.NONE)) {
      float[][] answers = booster.predict(matrix.matrix(), true);
      for (int row = 0; row < answers.length; row++) {
        System.arraycopy(answers[row], 0, margins, row * groups, groups);
      }
      return margins;
    } catch (XGBoostError e) {
      throw failed(e);
    }
  }

  @Override
  public List<Weight> weights() {
    return List.of();
  }

  @Override
  public List<CentroidValue> centroids() {
    return List.of();
  }

  @Override
  public List<TrainingIteration> iterations() {
    return iterations;
  }

  @Override
  public void close() {
    booster.dispose();
  }

  /** Says what XGBoost said, without its clock, source path and stack. */
  static MlException failed(XGBoostError error) {
    String first = String.valueOf(error.getMessage()).strip().lines().findFirst().orElse("");
    return MlException.of(
            ErrorCode.TRAINING_FAILED, "XGBoost", PLACE.matcher(first).replaceFirst(""))
        .withCause(error);
  }

  private static String withComplement(GraphBuilder graph, String positive) {
    String one = graph.doubles(new double[] {1});
    String negative = graph.node("Sub", List.of(one, positive));
    return graph.node("Concat", List.of(negative, positive), Attribute.of("axis", 1L));
  }

  private int groups() {
    return width() == 2 ? 1 : width();
  }

  private int width() {
    return task instanceof Task.Classification classification ? classification.classes().size() : 1;
  }
}
