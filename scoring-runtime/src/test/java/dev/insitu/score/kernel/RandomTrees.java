package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Forest.Comparison;
import dev.insitu.score.kernel.PlainTrees.Child;
import dev.insitu.score.kernel.PlainTrees.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes trees with everything that tends to go wrong. Confined to one thread. */
final class RandomTrees {
  private static final Comparison[] COMPARISONS = Comparison.values();

  private final Random random;
  private final int features;
  private final PlainTrees trees;
  private final List<Comparison> comparisons;
  private final boolean tracks;

  /** How many different thresholds there are about; 0 if there is no limit. */
  private final int[] thresholds;

  /** The weight of the next leaf if leaves are numbered, else -1. */
  private int next = -1;

  private RandomTrees(Random random, int features, PlainTrees trees, List<Comparison> comparisons) {
    this.random = random;
    this.features = features;
    this.trees = trees;
    this.tracks = random.nextBoolean();
    this.comparisons = comparisons;
    this.thresholds = random.ints(features, 0, 40).toArray();
  }

  /** Makes trees over so many columns. */
  static PlainTrees of(Random random, int features) {
    int targets = targets(random);
    PlainTrees trees = new PlainTrees(random.nextBoolean(), targets);
    RandomTrees maker = new RandomTrees(random, features, trees, comparisons(random));
    int kind = random.nextInt(40);
    if (kind == 0) {
      Arrays.fill(maker.thresholds, 0); // a byte cannot number them
      maker.addTrees(1 + random.nextInt(3), 10);
    } else if (kind <= 3) {
      trees.addRoot(maker.chain(61 + random.nextInt(200)));
    } else if (targets >= 255) {
      for (int k = 0; k < targets; k++) {
        trees.addRoot(maker.node(random.nextInt(3), k));
      }
    }
    maker.addTrees(random.nextInt(random.nextInt(5) == 0 ? 40 : 6), random.nextInt(8));
    if (trees.trees() == 0) {
      trees.addRoot(maker.leaf(-1));
    }
    return trees;
  }

  /** What a kernel could take for something else. */
  enum Shape {
    LEAVES_ALONE,
    MANY_THRESHOLDS,
    DEEP,
    MANY_CLASSES
  }

  /** Makes trees of a shape; those of a class have a weight for it in every leaf. */
  static PlainTrees of(
      Random random, int features, Shape shape, boolean single, List<Comparison> comparisons) {
    PlainTrees trees = new PlainTrees(single, shape == Shape.MANY_CLASSES ? 1000 : 1);
    RandomTrees maker = new RandomTrees(random, features, trees, comparisons);
    switch (shape) {
      case LEAVES_ALONE -> {
        trees.addRoot(maker.leaf(0));
        trees.addRoot(maker.leaf(0));
      }
      case MANY_THRESHOLDS -> {
        Arrays.fill(maker.thresholds, 0);
        for (int i = 0; i < 3 || trees.thresholds() <= 255; i++) {
          trees.addRoot(maker.node(11, 0));
        }
      }
      case DEEP -> trees.addRoot(maker.chain(61 + random.nextInt(200)));
      case MANY_CLASSES -> {
        for (int k = 0; k < 1000; k++) {
          trees.addRoot(maker.node(2, k));
        }
      }
    }
    return trees;
  }

  /** Makes a few trees in which numbers are compared in one way only. */
  static PlainTrees of(Random random, int features, Comparison comparison, boolean single) {
    PlainTrees trees = new PlainTrees(single, 1);
    RandomTrees maker = new RandomTrees(random, features, trees, List.of(comparison));
    for (int i = 0; i < 4; i++) {
      trees.addRoot(maker.node(6, 0));
    }
    return trees;
  }

  /**
   * Adds a tree whose leaves are whole numbers from a first one on, and returns how many they are.
   */
  static int addNumbered(Random random, int features, PlainTrees trees, int target, int first) {
    RandomTrees maker = new RandomTrees(random, features, trees, List.of(Comparison.LEQ));
    maker.next = first;
    trees.addRoot(maker.node(random.nextInt(7), target));
    return maker.next - first;
  }

  private static List<Comparison> comparisons(Random random) {
    int kind = random.nextInt(4);
    return kind == 0
        ? List.of(COMPARISONS)
        : kind == 1
            ? List.of(COMPARISONS[random.nextInt(COMPARISONS.length)])
            : List.of(COMPARISONS[random.nextInt(2)]);
  }

  private static int targets(Random random) {
    int kind = random.nextInt(60);
    return kind == 0 ? 1000 : kind == 1 ? 255 + random.nextInt(3) : kind < 40 ? 1 : kind - 38;
  }

  private void addTrees(int count, int depth) {
    for (int i = 0; i < count; i++) {
      trees.addRoot(node(depth, random.nextBoolean() ? random.nextInt(trees.targets()) : -1));
    }
  }

  /** A tree whose leaves belong to a target, or -1: to any. */
  private Child node(int depth, int target) {
    if (depth == 0 || random.nextInt(12) == 0) {
      return leaf(target);
    }
    return split(node(depth - 1, target), node(depth - 1, target));
  }

  private Child chain(int depth) {
    Child last = leaf(-1);
    for (int i = 0; i < depth; i++) {
      last = random.nextBoolean() ? split(last, leaf(-1)) : split(leaf(-1), last);
    }
    return last;
  }

  private Child leaf(int target) {
    double weight = next >= 0 ? next++ : random.nextInt(10) == 0 ? -0.0 : random.nextGaussian();
    return trees.leaf(target < 0 ? random.nextInt(trees.targets()) : target, weight);
  }

  private Child split(Child yes, Child no) {
    int feature = random.nextInt(features);
    Comparison comparison = comparisons.get(random.nextInt(comparisons.size()));
    List<Double> members = new ArrayList<>();
    if (comparison == Comparison.MEMBER) {
      boolean small = random.nextBoolean();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        members.add(small ? random.nextInt(40) - 2.0 : threshold(feature));
      }
      members.removeIf(member -> Double.isNaN(member));
      if (members.isEmpty()) {
        members.add(1.0);
      }
    }
    return trees.split(
        new Split(
            comparison,
            feature,
            threshold(feature),
            members,
            tracks && random.nextBoolean(),
            yes,
            no));
  }

  private double threshold(int feature) {
    if (random.nextInt(12) == 0) {
      return random.nextInt(20) == 0 ? Double.NaN : AwkwardNumbers.any(random);
    }
    int some = thresholds[feature];
    return trees.narrow(some < 2 ? random.nextGaussian() : random.nextInt(some) / 2.0 - 3);
  }
}
