package dev.insitu.train.tribuo;

import dev.insitu.model.CentroidValue;
import dev.insitu.model.TrainingIteration;
import dev.insitu.model.Weight;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.FittedModel;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.tree.TreeEnsembleWriter;
import dev.insitu.train.tree.TreeEnsembleWriter.Comparison;
import java.util.List;
import java.util.Optional;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.regression.Regressor;

/** One tree by Tribuo's CART. Thread-safe. */
abstract sealed class CartModel implements FittedModel {
  /** The name of the one number that a regression predicts. */
  static final String DIMENSION = "label";

  private static final double LEAST_PROBABILITY = 1e-15;

  private final CartTree tree;
  private final List<TrainingIteration> iterations;

  private CartModel(CartTree tree, List<TrainingIteration> iterations) {
    this.tree = tree;
    this.iterations = List.copyOf(iterations);
  }

  /** Returns this model with the one step of its training, and its losses. */
  CartModel told(PreparedRows training, Optional<PreparedRows> heldOut, long millis) {
    Double heldOutLoss = heldOut.filter(rows -> rows.rows() > 0).map(this::loss).orElse(null);
    return with(new TrainingIteration(0, loss(training), heldOutLoss, null, millis));
  }

  abstract CartModel with(TrainingIteration iteration);

  CartTree tree() {
    return tree;
  }

  @Override
  public String trainer() {
    return "Tribuo 4.3.2 CART";
  }

  @Override
  public String export(GraphBuilder graph, String features) {
    TreeEnsembleWriter writer =
        new TreeEnsembleWriter(ElementType.DOUBLE, Comparison.LESS_OR_EQUAL, 1);
    writer.add(tree, 0);
    return scores(graph, writer.write(graph, features), tree);
  }

  /** Turns what the tree gives, double [N, 1], into scores. */
  abstract String scores(GraphBuilder graph, String leaves, CartTree written);

  abstract double loss(PreparedRows rows, int row, double[] scores);

  private double loss(PreparedRows rows) {
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < rows.rows(); row++) {
      sum += rows.weight(row) * loss(rows, row, predict(rows, row, row + 1));
      weights += rows.weight(row);
    }
    return weights > 0 ? sum / weights : 0;
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

  /** A regression. */
  static final class OfNumbers extends CartModel {
    private final TreeModel<Regressor> model;
    private final CartExamples examples;
    private final double mean;

    OfNumbers(
        TreeModel<Regressor> model,
        CartExamples examples,
        CartTree tree,
        double mean,
        List<TrainingIteration> iterations) {
      super(tree, iterations);
      this.model = model;
      this.examples = examples;
      this.mean = mean;
    }

    @Override
    CartModel with(TrainingIteration iteration) {
      return new OfNumbers(model, examples, tree(), mean, List.of(iteration));
    }

    @Override
    String scores(GraphBuilder graph, String leaves, CartTree written) {
      return leaves;
    }

    @Override
    public double[] predict(PreparedRows rows, int first, int last) {
      double[] predictions = new double[last - first];
      Regressor unknown = new Regressor(DIMENSION, 0);
      for (int row = first; row < last; row++) {
        Regressor output = model.predict(examples.of(rows, row, unknown, 1)).getOutput();
        predictions[row - first] = output.getValues()[0] + mean;
      }
      return predictions;
    }

    @Override
    double loss(PreparedRows rows, int row, double[] scores) {
      return (scores[0] - rows.label(row)) * (scores[0] - rows.label(row));
    }
  }

  /**
   * A classification. Its tree gives the number of the leaf; a table has the shares of the classes
   * in each leaf, so that a tree is written once however many classes there are.
   */
  static final class OfClasses extends CartModel {
    private final TreeModel<Label> model;
    private final CartExamples examples;
    private final int classes;

    OfClasses(
        TreeModel<Label> model,
        CartExamples examples,
        CartTree tree,
        int classes,
        List<TrainingIteration> iterations) {
      super(tree, iterations);
      this.model = model;
      this.examples = examples;
      this.classes = classes;
    }

    @Override
    CartModel with(TrainingIteration iteration) {
      return new OfClasses(model, examples, tree(), classes, List.of(iteration));
    }

    @Override
    String scores(GraphBuilder graph, String leaves, CartTree written) {
      double[] shares = written.shares();
      String table = graph.doubles(shares, shares.length / classes, classes);
      String numbers =
          graph.node(
              "Reshape",
              List.of(graph.cast(leaves, ElementType.INT64), graph.longs(new long[] {-1}, 1)));
      return graph.node("Gather", List.of(table, numbers), Attribute.of("axis", 0L));
    }

    @Override
    public double[] predict(PreparedRows rows, int first, int last) {
      double[] predictions = new double[(last - first) * classes];
      Label unknown = new Label("0");
      for (int row = first; row < last; row++) {
        double[] shares =
            CartTree.shares(
                model.predict(examples.of(rows, row, unknown, 1)).getOutputScores(), classes);
        System.arraycopy(shares, 0, predictions, (row - first) * classes, classes);
      }
      return predictions;
    }

    @Override
    double loss(PreparedRows rows, int row, double[] scores) {
      return -Math.log(Math.max(LEAST_PROBABILITY, scores[(int) rows.label(row)]));
    }
  }
}
