package dev.insitu.train.tribuo;

import dev.insitu.train.tree.DecisionTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.IndependentRegressionTreeModel;

/**
 * A tree that Tribuo grew. A row goes on to the "less than or equal" child unless its feature is
 * greater than the split value. The weight of a leaf is the number that it predicts or, of classes,
 * the index of its row in {@link #shares()}. Immutable.
 */
final class CartTree implements DecisionTree {
  private record Numbered(
      int feature, double threshold, int whenTrue, int whenFalse, double leaf) {}

  private final List<Numbered> nodes;
  private final double[] shares;

  private CartTree(List<Numbered> nodes, double[] shares) {
    this.nodes = nodes;
    this.shares = shares;
  }

  /** Reads the tree of a regression; {@code mean} is added to each leaf. */
  static CartTree ofNumbers(TreeModel<Regressor> model, double mean) {
    Node<Regressor> root =
        ((IndependentRegressionTreeModel) model).getRoots().get(CartModel.DIMENSION);
    if (root == null) {
      throw new IllegalArgumentException("a regression tree without a root");
    }
    Reader<Regressor> reader =
        new Reader<>(model.getFeatureIDMap()) {
          @Override
          double leaf(LeafNode<Regressor> leaf) {
            return leaf.getOutput().getValues()[0] + mean;
          }
        };
    reader.read(root);
    return new CartTree(reader.nodes, new double[0]);
  }

  /** Reads the tree of a classification whose labels are the numbers of {@code classes} classes. */
  static CartTree ofClasses(TreeModel<Label> model, int classes) {
    List<double[]> leaves = new ArrayList<>();
    Reader<Label> reader =
        new Reader<>(model.getFeatureIDMap()) {
          @Override
          double leaf(LeafNode<Label> leaf) {
            leaves.add(shares(leaf.getDistribution(), classes));
            return leaves.size() - 1;
          }
        };
    reader.read(model.getRoot());
    double[] shares = new double[leaves.size() * classes];
    for (int i = 0; i < leaves.size(); i++) {
      System.arraycopy(leaves.get(i), 0, shares, i * classes, classes);
    }
    return new CartTree(reader.nodes, shares);
  }

  static double[] shares(Map<String, Label> distribution, int classes) {
    double[] shares = new double[classes];
    distribution.forEach((name, label) -> shares[Integer.parseInt(name)] = label.getScore());
    return shares;
  }

  /** Returns the shares of the classes in each leaf, row-major, [leaves, classes]. */
  double[] shares() {
    return shares.clone();
  }

  @Override
  public boolean isLeaf(int node) {
    return nodes.get(node).whenTrue < 0;
  }

  @Override
  public int feature(int node) {
    return nodes.get(node).feature;
  }

  @Override
  public double threshold(int node) {
    return nodes.get(node).threshold;
  }

  @Override
  public int whenTrue(int node) {
    return nodes.get(node).whenTrue;
  }

  @Override
  public int whenFalse(int node) {
    return nodes.get(node).whenFalse;
  }

  @Override
  public double weight(int node) {
    return nodes.get(node).leaf;
  }

  /** Numbers the nodes, parents before children. */
  private abstract static class Reader<T extends org.tribuo.Output<T>> {
    final List<Numbered> nodes = new ArrayList<>();
    private final ImmutableFeatureMap features;
    private final Map<Integer, Integer> numbers = new HashMap<>();

    Reader(ImmutableFeatureMap features) {
      this.features = features;
    }

    abstract double leaf(LeafNode<T> leaf);

    /** Depth is bounded by the option's maximum, so recursion is safe. */
    int read(Node<T> node) {
      int number = nodes.size();
      if (node instanceof SplitNode<T> split) {
        nodes.add(new Numbered(0, 0, 0, 0, 0));
        int feature = numbers.computeIfAbsent(split.getFeatureID(), this::number);
        int whenTrue = read(split.getLessThanOrEqual());
        int whenFalse = read(split.getGreaterThan());
        nodes.set(number, new Numbered(feature, split.splitValue(), whenTrue, whenFalse, 0));
      } else {
        nodes.add(new Numbered(0, 0, -1, -1, leaf((LeafNode<T>) node)));
      }
      return number;
    }

    private int number(int id) {
      return Integer.parseInt(features.get(id).getName());
    }
  }
}
