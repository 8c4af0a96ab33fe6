package dev.insitu.train.tree;

import dev.insitu.model.Task;
import dev.insitu.model.TrainingIteration;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.tree.TreeEnsembleWriter.Comparison;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trees that were boosted: their sums are margins, in float64. One margin is a number or the log
 * odds of the second class; of more classes each has a margin. Immutable.
 */
final class BoostedTrees implements FittedModel {
  private final Task task;
  private final String trainer;
  private final double base;
  private final int groups;
  private final List<GrownTree> trees;
  private final int treesPerGroup;
  private final Told told;
  private final List<TrainingIteration> iterations;

  /**
   * What is known of some rows. Records have no arrays, hence a class.
   *
   * <p>Margins are by group, then by row.
   */
  static final class Told {
    private final PreparedRows rows;
    private final double[][] margins;
    private final @Nullable Told next;

    Told(PreparedRows rows, double[][] margins, @Nullable Told next) {
      this.rows = rows;
      this.margins = margins;
      this.next = next;
    }
  }

  /**
   * Makes a model.
   *
   * @param base what is added to the margin of a regression or of two classes
   * @param trees by round, then by group, then side by side
   * @param treesPerGroup how many are side by side
   * @param told margins that are known, without the base
   */
  BoostedTrees(
      Task task,
      String trainer,
      double base,
      List<GrownTree> trees,
      int treesPerGroup,
      Told told,
      List<TrainingIteration> iterations) {
    this.task = task;
    this.trainer = trainer;
    this.base = base;
    this.groups = told.margins.length;
    this.trees = List.copyOf(trees);
    this.treesPerGroup = treesPerGroup;
    this.told = told;
    this.iterations = List.copyOf(iterations);
  }

  @Override
  public String trainer() {
    return trainer;
  }

  @Override
  public List<TrainingIteration> iterations() {
    return iterations;
  }

  @Override
  public String export(GraphBuilder graph, String features) {
    TreeEnsembleWriter writer = new TreeEnsembleWriter(Comparison.LESS_OR_EQUAL, groups);
    for (int t = 0; t < trees.size(); t++) {
      writer.add(trees.get(t), group(t));
    }
    String sums = writer.write(graph, features);
    if (groups > 1) {
      return graph.node("Softmax", List.of(sums), Attribute.of("axis", 1L));
    }
    String margins = graph.node("Add", List.of(sums, graph.doubles(new double[] {base})));
    if (!(task instanceof Task.Classification)) {
      return margins;
    }
    String positive = graph.node("Sigmoid", List.of(margins));
    String negative = graph.node("Sub", List.of(graph.doubles(new double[] {1}), positive));
    return graph.node("Concat", List.of(negative, positive), Attribute.of("axis", 1L));
  }

  /** {@inheritDoc} What it says of the rows of its training it knows already. */
  @Override
  public double[] predict(PreparedRows rows, int first, int last) {
    double[] margins = new double[Math.multiplyExact(last - first, groups)];
    Told known = told(rows);
    if (known == null) {
      TreeWalk.all(
          trees,
          rows,
          first,
          last,
          (number, tree, row, block, offset) ->
              tree.addTo(margins, (row - first) * groups + group(number), block, offset));
    } else {
      for (int row = first; row < last; row++) {
        for (int k = 0; k < groups; k++) {
          margins[(row - first) * groups + k] = known.margins[k][row];
        }
      }
    }
    return scores(margins);
  }

  private @Nullable Told told(PreparedRows rows) {
    for (Told known = told; known != null; known = known.next) {
      if (known.rows == rows) {
        return known;
      }
    }
    return null;
  }

  private int group(int tree) {
    return tree / treesPerGroup % groups;
  }

  private double[] scores(double[] margins) {
    if (!(task instanceof Task.Classification)) {
      for (int i = 0; i < margins.length; i++) {
        margins[i] += base;
      }
      return margins;
    }
    if (groups > 1) {
      for (int at = 0; at < margins.length; at += groups) {
        softmax(margins, at);
      }
      return margins;
    }
    double[] shares = new double[margins.length * 2];
    for (int i = 0; i < margins.length; i++) {
      shares[2 * i + 1] = 1 / (1 + Math.exp(-margins[i] - base));
      shares[2 * i] = 1 - shares[2 * i + 1];
    }
    return shares;
  }

  private void softmax(double[] margins, int at) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < groups; k++) {
      largest = Math.max(largest, margins[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < groups; k++) {
      margins[at + k] = Math.exp(margins[at + k] - largest);
      sum += margins[at + k];
    }
    for (int k = 0; k < groups; k++) {
      margins[at + k] /= sum;
    }
  }
}
