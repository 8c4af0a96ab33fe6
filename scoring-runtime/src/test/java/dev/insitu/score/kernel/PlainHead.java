package dev.insitu.score.kernel;

import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What is made of a prepared row, by plain Java and as the nodes that the trainers write. */
sealed interface PlainHead {
  /** Returns the number of scores. */
  int width();

  /** Writes the nodes and returns the name of the scores. */
  String write(GraphBuilder graph, String matrix);

  /** Returns the scores of a row. */
  double[] scores(double[] row);

  /**
   * Returns what a tolerance of the scores is relative to: the magnitude of what is added, since
   * the order of adding is free; 0 where they have to be the same bits.
   */
  double magnitude(double[] row);

  /** Makes one for rows of so many numbers. */
  static PlainHead of(Random random, int features) {
    return switch (random.nextInt(6)) {
      case 0 -> Linear.of(random, features, Link.NONE, 1 + random.nextInt(3));
      case 1 -> Linear.of(random, features, Link.SIGMOID, 1);
      case 2 ->
          Linear.of(
              random,
              features,
              Link.SOFTMAX,
              random.nextInt(20) == 0 ? 1000 : 2 + random.nextInt(4));
      case 3 -> Centroids.of(random, features);
      case 4 -> new Boosted(RandomTrees.of(random, features), random.nextGaussian());
      default -> Shares.of(random, features);
    };
  }

  /** What follows a linear score. */
  enum Link {
    NONE,
    SIGMOID,
    SOFTMAX
  }

  /** Linear scores; weights by feature, then by score. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Linear(double[] weights, double[] intercepts, Link link) implements PlainHead {
    static Linear of(Random random, int features, Link link, int scores) {
      double[] weights = new double[features * scores];
      Arrays.setAll(weights, i -> random.nextInt(4) == 0 ? 0 : random.nextGaussian());
      return new Linear(weights, random.doubles(scores, -1, 1).toArray(), link);
    }

    @Override
    public int width() {
      return link == Link.SIGMOID ? 2 : intercepts.length;
    }

    @Override
    public String write(GraphBuilder graph, String matrix) {
      int scores = intercepts.length;
      String weighted =
          graph.node(
              "MatMul", List.of(matrix, graph.doubles(weights, weights.length / scores, scores)));
      String sums = graph.node("Add", List.of(weighted, graph.doubles(intercepts, 1, scores)));
      if (link == Link.NONE) {
        return sums;
      } else if (link == Link.SOFTMAX) {
        return graph.node("Softmax", List.of(sums), Attribute.of("axis", 1L));
      }
      String last = graph.node("Sigmoid", List.of(sums));
      String first = graph.node("Sigmoid", List.of(graph.node("Neg", List.of(sums))));
      return graph.node("Concat", List.of(first, last), Attribute.of("axis", 1L));
    }

    @Override
    public double[] scores(double[] row) {
      double[] sums = intercepts.clone();
      for (int j = 0; j < row.length; j++) {
        for (int k = 0; k < sums.length; k++) {
          sums[k] += row[j] * weights[j * sums.length + k];
        }
      }
      if (link == Link.SIGMOID) {
        return new double[] {1 / (1 + Math.exp(sums[0])), 1 / (1 + Math.exp(-sums[0]))};
      } else if (link == Link.SOFTMAX) {
        double largest = Arrays.stream(sums).max().orElseThrow();
        double[] powers = Arrays.stream(sums).map(sum -> Math.exp(sum - largest)).toArray();
        double all = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / all).toArray();
      }
      return sums;
    }

    @Override
    public double magnitude(double[] row) {
      double largest = 1;
      for (int k = 0; k < intercepts.length; k++) {
        double sum = Math.abs(intercepts[k]);
        for (int j = 0; j < row.length; j++) {
          sum += Math.abs(row[j] * weights[j * intercepts.length + k]);
        }
        largest = Math.max(largest, sum);
      }
      return largest;
    }
  }

  /** Squared distances. */
  record Centroids(List<double[]> centroids) implements PlainHead {
    static Centroids of(Random random, int features) {
      return new Centroids(
          IntStream.rangeClosed(0, random.nextInt(6))
              .mapToObj(k -> random.doubles(features, -2, 2).toArray())
              .toList());
    }

    @Override
    public int width() {
      return centroids.size();
    }

    @Override
    public String write(GraphBuilder graph, String matrix) {
      List<String> distances = new ArrayList<>();
      String axis = graph.longs(new long[] {1}, 1);
      for (double[] centroid : centroids) {
        String difference =
            graph.node("Sub", List.of(matrix, graph.doubles(centroid, 1, centroid.length)));
        distances.add(
            graph.node("ReduceSumSquare", List.of(difference, axis), Attribute.of("keepdims", 1L)));
      }
      return distances.size() == 1
          ? distances.get(0)
          : graph.node("Concat", distances, Attribute.of("axis", 1L));
    }

    @Override
    public double[] scores(double[] row) {
      return centroids.stream()
          .mapToDouble(
              centroid -> {
                double sum = 0;
                for (int j = 0; j < row.length; j++) {
                  sum += (row[j] - centroid[j]) * (row[j] - centroid[j]);
                }
                return sum;
              })
          .toArray();
    }

    @Override
    public double magnitude(double[] row) {
      return Math.max(1, Arrays.stream(scores(row)).max().orElseThrow());
    }
  }

  /** Sums of trees and a base. */
  record Boosted(PlainTrees trees, double base) implements PlainHead {
    @Override
    public int width() {
      return trees.targets();
    }

    @Override
    public String write(GraphBuilder graph, String matrix) {
      boolean single = trees.isSingle();
      String sums = trees.write(graph, single ? graph.cast(matrix, ElementType.FLOAT) : matrix);
      return graph.node(
          "Add",
          List.of(
              single ? graph.cast(sums, ElementType.DOUBLE) : sums,
              graph.doubles(new double[] {base})));
    }

    @Override
    public double[] scores(double[] row) {
      return Arrays.stream(trees.sums(row)).map(sum -> sum + base).toArray();
    }

    @Override
    public double magnitude(double[] row) {
      return 0;
    }
  }

  /** Means of the shares of classes in the leaves that trees lead to. */
  @SuppressWarnings("ArrayRecordComponent")
  record Shares(PlainTrees trees, double[] table, int classes, int atOnce) implements PlainHead {
    static Shares of(Random random, int features) {
      int count = 1 + random.nextInt(9);
      int classes = random.nextInt(20) == 0 ? 1000 : 2 + random.nextInt(4);
      PlainTrees numbers = new PlainTrees(false, count);
      int leaves = 0;
      for (int tree = 0; tree < count; tree++) {
        leaves += RandomTrees.addNumbered(random, features, numbers, tree, leaves);
      }
      return new Shares(
          numbers,
          random.doubles((long) leaves * classes).toArray(),
          classes,
          1 + random.nextInt(count));
    }

    @Override
    public int width() {
      return classes;
    }

    @Override
    public String write(GraphBuilder graph, String matrix) {
      String rows = graph.doubles(table, table.length / classes, classes);
      String numbers = graph.cast(trees.write(graph, matrix), ElementType.INT64);
      String sums = "";
      for (int first = 0; first < trees.targets(); first += atOnce) {
        long[] some =
            IntStream.range(first, Math.min(trees.targets(), first + atOnce))
                .asLongStream()
                .toArray();
        String part =
            some.length == trees.targets()
                ? numbers
                : graph.node(
                    "Gather",
                    List.of(numbers, graph.longs(some, some.length)),
                    Attribute.of("axis", 1L));
        String theirs =
            graph.node(
                "ReduceSum",
                List.of(
                    graph.node("Gather", List.of(rows, part), Attribute.of("axis", 0L)),
                    graph.longs(new long[] {1}, 1)),
                Attribute.of("keepdims", 0L));
        sums = sums.isEmpty() ? theirs : graph.node("Add", List.of(sums, theirs));
      }
      return graph.node("Div", List.of(sums, graph.doubles(new double[] {trees.targets()})));
    }

    @Override
    public double[] scores(double[] row) {
      double[] leaves = trees.sums(row);
      double[] sums = new double[classes];
      for (int first = 0; first < leaves.length; first += atOnce) {
        double[] part = new double[classes];
        for (int tree = first; tree < Math.min(leaves.length, first + atOnce); tree++) {
          for (int k = 0; k < classes; k++) {
            part[k] += table[(int) leaves[tree] * classes + k];
          }
        }
        for (int k = 0; k < classes; k++) {
          sums[k] += part[k];
        }
      }
      return Arrays.stream(sums).map(sum -> sum / leaves.length).toArray();
    }

    @Override
    public double magnitude(double[] row) {
      return 0;
    }
  }
}
