package dev.insitu.train.tree;

import dev.insitu.model.Task;
import dev.insitu.model.TrainingIteration;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.tree.TreeEnsembleWriter.Comparison;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The mean of trees, or one tree. Immutable.
 *
 * <p>In the graph the leaves of a regression are differences to the mean, those of two classes the
 * share of the second. With more classes each tree gives the number of its leaf, and a table has
 * the shares, so that a tree is written once however many classes there are.
 */
final class AveragedTrees implements FittedModel {
  private static final double LEAST_PROBABILITY = 1e-15;
  private static final int ROWS_A_BLOCK = 256;

  /** Shares of so many classes and trees are taken from the table at a time. */
  private static final int SHARES_AT_ONCE = 64;

  private final Task task;
  private final String trainer;
  private final double mean;
  private final List<GrownTree> trees;
  private final @Nullable PreparedRows training;
  private final double[] trainingSums;
  private final List<TrainingIteration> iterations;

  AveragedTrees(
      Task task,
      String trainer,
      double mean,
      List<GrownTree> trees,
      @Nullable PreparedRows training,
      double[] trainingSums,
      List<TrainingIteration> iterations) {
    this.task = task;
    this.trainer = trainer;
    this.mean = mean;
    this.trees = List.copyOf(trees);
    this.training = training;
    this.trainingSums = trainingSums;
    this.iterations = List.copyOf(iterations);
  }

  /** Returns this model with the one step of its training, and its losses. */
  AveragedTrees told(PreparedRows rows, Optional<PreparedRows> heldOut, long millis) {
    Double heldOutLoss = heldOut.filter(held -> held.rows() > 0).map(this::loss).orElse(null);
    TrainingIteration step = new TrainingIteration(0, loss(rows), heldOutLoss, null, millis);
    return new AveragedTrees(task, trainer, mean, trees, training, trainingSums, List.of(step));
  }

  @Override
  public String trainer() {
    return trainer;
  }

  @Override
  public List<TrainingIteration> iterations() {
    return iterations;
  }

  /** {@inheritDoc} What it says of the rows that it learnt from it knows already. */
  @Override
  public double[] predict(PreparedRows rows, int first, int last) {
    int width = leafWidth();
    double[] sums = new double[Math.multiplyExact(last - first, width)];
    if (rows == training) {
      System.arraycopy(trainingSums, first * width, sums, 0, sums.length);
    } else {
      TreeWalk.all(
          trees,
          rows,
          first,
          last,
          (number, tree, row, block, offset) ->
              tree.addTo(sums, (row - first) * width, block, offset));
    }
    return scores(sums);
  }

  private double[] scores(double[] sums) {
    int count = trees.size();
    if (!(task instanceof Task.Classification)) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = mean + sums[i] / count;
      }
      return sums;
    }
    if (leafWidth() > 1) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] /= count;
      }
      return sums;
    }
    double[] shares = new double[sums.length * 2];
    for (int i = 0; i < sums.length; i++) {
      shares[2 * i + 1] = Math.min(1, sums[i] / count);
      shares[2 * i] = 1 - shares[2 * i + 1];
    }
    return shares;
  }

  @Override
  public String export(GraphBuilder graph, String features) {
    if (leafWidth() > 1) {
      return exportShares(graph, features);
    }
    TreeEnsembleWriter writer = new TreeEnsembleWriter(Comparison.LESS_OR_EQUAL, 1);
    trees.forEach(tree -> writer.add(tree, 0));
    String sums = mean(graph, writer.write(graph, features));
    if (!(task instanceof Task.Classification)) {
      return graph.node("Add", List.of(graph.doubles(new double[] {mean}), sums));
    }
    String one = graph.doubles(new double[] {1});
    String positive = graph.node("Min", List.of(sums, one));
    String negative = graph.node("Sub", List.of(one, positive));
    return graph.node("Concat", List.of(negative, positive), Attribute.of("axis", 1L));
  }

  private String mean(GraphBuilder graph, String sums) {
    return trees.size() == 1
        ? sums
        : graph.node("Div", List.of(sums, graph.doubles(new double[] {trees.size()})));
  }

  private String exportShares(GraphBuilder graph, String features) {
    int classes = leafWidth();
    TreeEnsembleWriter writer = new TreeEnsembleWriter(Comparison.LESS_OR_EQUAL, trees.size());
    int leaves = trees.stream().mapToInt(GrownTree::leafCount).sum();
    double[] shares = new double[Math.multiplyExact(leaves, classes)];
    int before = 0;
    for (int i = 0; i < trees.size(); i++) {
      GrownTree tree = trees.get(i);
      writer.add(new Numbered(tree, before), i);
      System.arraycopy(tree.leaves(), 0, shares, before * classes, tree.leafCount() * classes);
      before += tree.leafCount();
    }
    String table = graph.doubles(shares, leaves, classes);
    String numbers = graph.cast(writer.write(graph, features), ElementType.INT64);
    int atOnce = Math.max(1, SHARES_AT_ONCE / classes);
    String sums = "";
    for (int first = 0; first < trees.size(); first += atOnce) {
      int last = Math.min(trees.size(), first + atOnce);
      String some =
          trees.size() <= atOnce
              ? numbers
              : graph.node(
                  "Gather",
                  List.of(
                      numbers,
                      graph.longs(
                          IntStream.range(first, last).asLongStream().toArray(), last - first)),
                  Attribute.of("axis", 1L));
      String theirs =
          graph.node(
              "ReduceSum",
              List.of(
                  graph.node("Gather", List.of(table, some), Attribute.of("axis", 0L)),
                  graph.longs(new long[] {1}, 1)),
              Attribute.of("keepdims", 0L));
      sums = sums.isEmpty() ? theirs : graph.node("Add", List.of(sums, theirs));
    }
    return mean(graph, sums);
  }

  /** A tree whose leaves are counted on from those of the trees before it. */
  private record Numbered(GrownTree tree, int before) implements DecisionTree {
    @Override
    public boolean isLeaf(int node) {
      return tree.isLeaf(node);
    }

    @Override
    public int feature(int node) {
      return tree.feature(node);
    }

    @Override
    public double threshold(int node) {
      return tree.threshold(node);
    }

    @Override
    public int whenTrue(int node) {
      return tree.whenTrue(node);
    }

    @Override
    public int whenFalse(int node) {
      return tree.whenFalse(node);
    }

    @Override
    public double weight(int node) {
      return before + tree.weight(node);
    }
  }

  private double loss(PreparedRows rows) {
    double sum = 0;
    double weights = 0;
    for (int first = 0; first < rows.rows(); first += ROWS_A_BLOCK) {
      int last = Math.min(rows.rows(), first + ROWS_A_BLOCK);
      double[] scores = predict(rows, first, last);
      int width = scores.length / (last - first);
      for (int row = first; row < last; row++) {
        sum += rows.weight(row) * loss(rows.label(row), scores, (row - first) * width);
        weights += rows.weight(row);
      }
    }
    return weights > 0 ? sum / weights : 0;
  }

  private double loss(double label, double[] scores, int at) {
    return task instanceof Task.Classification
        ? -Math.log(Math.max(LEAST_PROBABILITY, scores[at + (int) label]))
        : (scores[at] - label) * (scores[at] - label);
  }

  private int leafWidth() {
    return task instanceof Task.Classification classification
        ? classification.classes().size() == 2 ? 1 : classification.classes().size()
        : 1;
  }
}
