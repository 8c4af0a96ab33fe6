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
 * <p>One booster gives one margin, or one per class; averaged trees of three and more classes have
 * a booster per class. The owner of the boosters, whose native memory {@link #close} frees.
 * Thread-safe: a booster predicts under its own lock.
 */
final class BoosterModel implements FittedModel {
  /** A class of whose share nothing is left gets this, so that shares can be divided by a sum. */
  static final double LEAST_SHARE = 1e-9;

  /** {@code [12:00:00] /workspace/src/learner.cc:42: }. */
  private static final Pattern PLACE = Pattern.compile("^\\[[0-9:]+\\] \\S+:[0-9]+: ");

  private static final int ROWS_A_BLOCK = 16_384;

  private final Task task;
  private final BoosterSettings settings;
  private final List<BoosterPart> parts;
  private final List<TrainingIteration> iterations;

  /**
   * A booster and what it starts from.
   *
   * @param booster the trees
   * @param base the margin before the first tree, inside of the float32 sum
   * @param offset added to the margin in float64: what was taken from the label before training
   */
  record BoosterPart(Booster booster, float base, double offset) {}

  BoosterModel(
      Task task,
      BoosterSettings settings,
      List<BoosterPart> parts,
      List<TrainingIteration> iterations) {
    this.task = task;
    this.settings = settings;
    this.parts = List.copyOf(parts);
    this.iterations = List.copyOf(iterations);
  }

  @Override
  public String trainer() {
    return "XGBoost 2.1.4 " + settings.growth().method();
  }

  @Override
  public String export(GraphBuilder graph, String features) {
    String margins = graph.cast(exportMargins(graph, features), ElementType.DOUBLE);
    if (isBoostedClassifier()) {
      return width() == 2
          ? withComplement(graph, graph.node("Sigmoid", List.of(margins)))
          : graph.node("Softmax", List.of(margins), Attribute.of("axis", 1L));
    }
    double[] offsets = parts.stream().mapToDouble(BoosterPart::offset).toArray();
    String sums = graph.node("Add", List.of(margins, graph.doubles(offsets, 1, offsets.length)));
    if (!(task instanceof Task.Classification)) {
      return sums;
    }
    String one = graph.doubles(new double[] {1});
    if (width() == 2) {
      String zero = graph.doubles(new double[] {0});
      return withComplement(graph, graph.node("Clip", List.of(sums, zero, one)));
    }
    String least = graph.doubles(new double[] {LEAST_SHARE});
    String shares = graph.node("Clip", List.of(sums, least, one));
    String total = graph.node("ReduceSum", List.of(shares, graph.longs(new long[] {1}, 1)));
    return graph.node("Div", List.of(shares, total));
  }

  /** Writes the trees; returns the margins, float [N, groups], bit for bit XGBoost's own. */
  String exportMargins(GraphBuilder graph, String features) {
    int groups = groups();
    TreeEnsembleWriter writer = new TreeEnsembleWriter(ElementType.FLOAT, Comparison.LESS, groups);
    try {
      for (int i = 0; i < parts.size(); i++) {
        float base = parts.get(i).base;
        for (int group = i; group < (parts.size() == 1 ? groups : i + 1); group++) {
          writer.addConstant(group, base);
        }
        for (BoosterTree tree : BoosterTree.allOf(parts.get(i).booster)) {
          writer.add(tree, i + tree.group());
        }
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
    for (int i = 0; i < parts.size(); i++) {
      BoosterPart part = parts.get(i);
      float[][] answers = part.booster.predict(matrix.matrix(), !isBoostedClassifier());
      for (int row = 0; row < count; row++) {
        int at = row * width + (parts.size() == 1 ? 0 : i);
        if (answers[row].length > 1) {
          for (int j = 0; j < width; j++) {
            scores[at + j] = answers[row][j];
          }
        } else {
          setScore(scores, at, width, answers[row][0] + part.offset);
        }
      }
    }
    if (parts.size() > 1) {
      divideBySums(scores, width);
    }
    return scores;
  }

  /** Returns the raw sums of XGBoost, row-major, [rows, groups]. */
  float[] margins(PreparedRows rows) {
    int groups = groups();
    float[] margins = new float[rows.rows() * groups];
    try (DenseMatrix matrix = DenseMatrix.of(rows, 0, rows.rows(), Progress.NONE)) {
      for (int i = 0; i < parts.size(); i++) {
        float[][] answers = parts.get(i).booster.predict(matrix.matrix(), true);
        for (int row = 0; row < answers.length; row++) {
          System.arraycopy(answers[row], 0, margins, row * groups + i, answers[row].length);
        }
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
    parts.forEach(part -> part.booster.dispose());
  }

  /** Says what XGBoost said, without its clock, source path and stack. */
  static MlException failed(XGBoostError error) {
    String first = String.valueOf(error.getMessage()).strip().lines().findFirst().orElse("");
    return MlException.of(
            ErrorCode.TRAINING_FAILED, "XGBoost", PLACE.matcher(first).replaceFirst(""))
        .withCause(error);
  }

  private void setScore(double[] scores, int at, int width, double value) {
    if (width == 1) {
      scores[at] = value;
    } else if (parts.size() > 1) {
      scores[at] = Math.max(LEAST_SHARE, Math.min(1, value));
    } else {
      double share = Math.max(0, Math.min(1, value));
      scores[at] = 1 - share;
      scores[at + 1] = share;
    }
  }

  private static void divideBySums(double[] scores, int width) {
    for (int at = 0; at < scores.length; at += width) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        sum += scores[at + j];
      }
      for (int j = 0; j < width; j++) {
        scores[at + j] /= sum;
      }
    }
  }

  private static String withComplement(GraphBuilder graph, String positive) {
    String one = graph.doubles(new double[] {1});
    String negative = graph.node("Sub", List.of(one, positive));
    return graph.node("Concat", List.of(negative, positive), Attribute.of("axis", 1L));
  }

  private boolean isBoostedClassifier() {
    return settings.family() == BoosterSettings.Family.BOOSTED
        && task instanceof Task.Classification;
  }

  private int groups() {
    return width() == 2 ? 1 : width();
  }

  private int width() {
    return task instanceof Task.Classification classification ? classification.classes().size() : 1;
  }
}
