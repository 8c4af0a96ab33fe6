package dev.insitu.train.tribuo;

import dev.insitu.model.Task;
import dev.insitu.model.TrainingIteration;
import dev.insitu.model.Weight;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One linear score (regression, two classes) or one per class. Immutable.
 *
 * <p>Two classes: the probability of the last is the logistic function of the score. More classes:
 * the softmax of the scores.
 */
final class LinearModel implements FittedModel {
  private static final String INTERCEPT = "__INTERCEPT__";

  private final Task task;
  private final List<PreparedFeature> features;
  private final List<Coefficients> scores;
  private final String trainer;
  private final List<TrainingIteration> iterations;

  LinearModel(
      Task task,
      List<PreparedFeature> features,
      List<Coefficients> scores,
      String trainer,
      List<TrainingIteration> iterations) {
    this.task = task;
    this.features = features;
    this.scores = scores;
    this.trainer = trainer;
    this.iterations = iterations;
  }

  @Override
  public String trainer() {
    return trainer;
  }

  @Override
  public String export(GraphBuilder graph, String matrix) {
    int width = scores.size();
    double[] weights = new double[features.size() * width];
    double[] intercepts = new double[width];
    for (int k = 0; k < width; k++) {
      for (int j = 0; j < features.size(); j++) {
        weights[j * width + k] = scores.get(k).weight(j);
      }
      intercepts[k] = scores.get(k).intercept();
    }
    String product =
        graph.node("MatMul", List.of(matrix, graph.doubles(weights, features.size(), width)));
    String score = graph.node("Add", List.of(product, graph.doubles(intercepts, 1, width)));
    if (!(task instanceof Task.Classification)) {
      return score;
    }
    if (width > 1) {
      return graph.node("Softmax", List.of(score), Attribute.of("axis", 1L));
    }
    String last = graph.node("Sigmoid", List.of(score));
    String first = graph.node("Sigmoid", List.of(graph.node("Neg", List.of(score))));
    return graph.node("Concat", List.of(first, last), Attribute.of("axis", 1L));
  }

  @Override
  public double[] predict(PreparedRows rows, int first, int last) {
    int width = width(task, scores);
    double[] predictions = new double[(last - first) * width];
    int[] indices = new int[features.size()];
    double[] values = new double[features.size()];
    for (int row = first; row < last; row++) {
      int count = rows.fillSparse(row, indices, values);
      answer(task, scores, count, indices, values, predictions, (row - first) * width);
    }
    return predictions;
  }

  private static int width(Task task, List<Coefficients> scores) {
    return task instanceof Task.Classification ? Math.max(2, scores.size()) : 1;
  }

  private static void answer(
      Task task,
      List<Coefficients> scores,
      int count,
      int[] indices,
      double[] values,
      double[] target,
      int offset) {
    for (int k = 0; k < scores.size(); k++) {
      target[offset + k] = scores.get(k).score(count, indices, values);
    }
    if (!(task instanceof Task.Classification)) {
      return;
    }
    if (scores.size() == 1) {
      double score = target[offset];
      target[offset] = sigmoid(-score);
      target[offset + 1] = sigmoid(score);
      return;
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < scores.size(); k++) {
      largest = Math.max(largest, target[offset + k]);
    }
    double sum = 0;
    for (int k = 0; k < scores.size(); k++) {
      target[offset + k] = Math.exp(target[offset + k] - largest);
      sum += target[offset + k];
    }
    for (int k = 0; k < scores.size(); k++) {
      target[offset + k] /= sum;
    }
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  /** Returns the mean loss over rows: squared error, or log loss of probabilities from 1e-15 up. */
  static double loss(Task task, List<Coefficients> scores, PreparedRows rows) {
    int[] indices = new int[rows.features().size()];
    double[] values = new double[indices.length];
    double[] answer = new double[width(task, scores)];
    double sum = 0;
    double total = 0;
    for (int row = 0; row < rows.rows(); row++) {
      int count = rows.fillSparse(row, indices, values);
      answer(task, scores, count, indices, values, answer, 0);
      double weight = rows.weight(row);
      if (task instanceof Task.Classification) {
        sum -= weight * Math.log(Math.max(1e-15, answer[(int) rows.label(row)]));
      } else {
        double error = rows.label(row) - answer[0];
        sum += weight * error * error;
      }
      total += weight;
    }
    return sum / total;
  }

  @Override
  public List<Weight> weights() {
    Map<String, List<Integer>> byInput = new LinkedHashMap<>();
    for (int j = 0; j < features.size(); j++) {
      byInput.computeIfAbsent(features.get(j).input(), name -> new ArrayList<>()).add(j);
    }
    List<Weight> weights = new ArrayList<>();
    for (int k = 0; k < scores.size(); k++) {
      @Nullable String label =
          scores.size() > 1 && task instanceof Task.Classification classification
              ? classification.classes().get(k)
              : null;
      double intercept = scores.get(k).intercept();
      for (List<Integer> columns : byInput.values()) {
        for (int j : columns) {
          PreparedFeature feature = features.get(j);
          double weight = scores.get(k).weight(j) / feature.scale();
          intercept -= weight * feature.center();
          weights.add(new Weight(label, feature.input(), feature.category(), weight));
        }
      }
      weights.add(new Weight(label, INTERCEPT, null, intercept));
    }
    return List.copyOf(weights);
  }

  @Override
  public List<TrainingIteration> iterations() {
    return iterations;
  }
}
