package dev.insitu.train.xgboost;

import dev.insitu.train.tree.DecisionTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A tree of a booster, read from its saved form (XGBoost's "Introduction to Model IO", schema of
 * 2.1). A row goes to the left child if its feature is less than the split condition; the split
 * condition of a leaf is its weight, learning rate included. Immutable.
 */
final class BoosterTree implements DecisionTree {
  private final int group;
  private final int[] leftChildren;
  private final int[] rightChildren;
  private final int[] splitIndices;
  private final float[] splitConditions;

  private BoosterTree(int group, Map<?, ?> tree) {
    this.group = group;
    this.leftChildren = (int[]) member(tree, "left_children");
    this.rightChildren = (int[]) member(tree, "right_children");
    this.splitIndices = (int[]) member(tree, "split_indices");
    this.splitConditions = (float[]) member(tree, "split_conditions");
  }

  /** Returns the trees of a booster in the order in which it adds them. */
  static List<BoosterTree> allOf(Booster booster) throws XGBoostError {
    Object learner = member(UniversalBinaryJson.read(booster.toByteArray("ubj")), "learner");
    Object model = member(member(learner, "gradient_booster"), "model");
    List<?> trees = (List<?>) member(model, "trees");
    Object groups = member(model, "tree_info");
    List<BoosterTree> read = new ArrayList<>();
    for (int i = 0; i < trees.size(); i++) {
      read.add(new BoosterTree(group(groups, i), (Map<?, ?>) trees.get(i)));
    }
    return read;
  }

  /** Returns the sum that the tree belongs to: the class of a multi-class model, else 0. */
  int group() {
    return group;
  }

  @Override
  public boolean isLeaf(int node) {
    return leftChildren[node] < 0;
  }

  @Override
  public int feature(int node) {
    return splitIndices[node];
  }

  @Override
  public double threshold(int node) {
    return splitConditions[node];
  }

  @Override
  public int whenTrue(int node) {
    return leftChildren[node];
  }

  @Override
  public int whenFalse(int node) {
    return rightChildren[node];
  }

  @Override
  public double weight(int node) {
    return splitConditions[node];
  }

  private static int group(Object groups, int tree) {
    if (groups instanceof int[] typed) {
      return typed[tree];
    }
    return ((Number) ((List<?>) groups).get(tree)).intValue();
  }

  private static Object member(Object object, String name) {
    Object value = ((Map<?, ?>) object).get(name);
    if (value == null) {
      throw new IllegalArgumentException("a saved booster without " + name);
    }
    return value;
  }
}
