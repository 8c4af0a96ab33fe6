package dev.insitu.score.kernel;

import dev.insitu.onnx.NumericGraph.Operator;
import dev.insitu.score.kernel.Producer.Best;
import dev.insitu.score.kernel.Producer.Binary;
import dev.insitu.score.kernel.Producer.Looked;
import dev.insitu.score.kernel.Producer.Unary;
import dev.insitu.score.kernel.Value.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What TreeEnsembleClassifier makes of the sums of its trees: label and scores, in all the cases
 * that ONNX Runtime tells apart. A class has a <i>score</i> if a leaf has a weight for it.
 */
final class TreeClassifier {
  private final String transform;
  private final NamedTrees trees;
  private final List<Column> sums;
  private final double[] base;
  private final Kind kind;

  /** Whether the weights are of one class only, and so the sum is that of the positive class. */
  private final boolean binary;

  TreeClassifier(Operator operator, NamedTrees trees, List<Column> sums, double[] base, Kind kind) {
    this.transform = operator.text("post_transform", "NONE");
    this.trees = trees;
    this.sums = sums;
    this.base = base;
    this.kind = kind;
    this.binary = sums.size() == 2 && trees.weightedClasses() == 1;
  }

  List<Value> outputs(List<String> texts, long[] numbers) throws NotCovered {
    if (sums.size() < 2 || base.length > sums.size()) {
      throw new NotCovered("a classifier of " + sums.size() + " classes");
    } else if (!Arrays.equals(trees.always(), trees.ever())) {
      throw new NotCovered("trees with leaves that have no weight for a class");
    }
    return sums.size() > 2 ? several(texts, numbers) : two(texts, numbers);
  }

  private List<Value> several(List<String> texts, long[] numbers) throws NotCovered {
    List<Column> scores = new ArrayList<>();
    for (int k = 0; k < sums.size(); k++) {
      scores.add(k < base.length ? Trees.plus(sums.get(k), base[k], kind) : sums.get(k));
    }
    int[] candidates =
        IntStream.range(0, sums.size()).filter(k -> k < base.length || hasScore(k)).toArray();
    if (candidates.length == 0) {
      throw new NotCovered("a classifier without weights");
    }
    Column place =
        new Column(new Best(Arrays.stream(candidates).mapToObj(scores::get).toList(), true));
    double[] table = Arrays.stream(candidates).asDoubleStream().toArray();
    Column index =
        candidates.length == scores.size() ? place : new Column(new Looked(place, table));
    return List.of(
        Heads.labels(index, texts, numbers),
        Matrix.of(Heads.transformed(transform, scores), Kind.SINGLE));
  }

  private boolean hasScore(int k) {
    return trees.ever()[k];
  }

  private List<Value> two(List<String> texts, long[] numbers) throws NotCovered {
    Column first = sums.get(0);
    Column second = sums.get(1);
    boolean alone = !hasScore(1);
    if (!hasScore(0) && (alone || base.length > 0)) {
      throw new NotCovered("a classifier whose first class has no weights");
    } else if (base.length == 2) {
      if (alone) {
        throw new NotCovered("a classifier whose second class has no weights");
      }
      // As ONNX Runtime has it: the sum of the first class, with the base of the second.
      second = Trees.plus(first, base[1], kind);
      first = new Column(new Unary(Unary.Function.NEG, second));
    } else if (base.length == 1) {
      first = Trees.plus(first, base[0], kind);
    }
    Column positive = hasScore(1) ? second : first;
    boolean share = binary && trees.isPositive();
    Column isPositive =
        new Column(new Binary(Binary.Function.LESS, Values.constant(share ? 0.5 : 0), positive));
    long[] labels = binary ? numbers : new long[] {0, 1}; // not the classes': ONNX Runtime's own
    List<Column> scores =
        alone ? twoOf(first, share) : Heads.transformed(transform, List.of(first, second));
    return List.of(Heads.labels(isPositive, texts, labels), Matrix.of(scores, Kind.SINGLE));
  }

  /**
   * The scores of both classes of a single sum.
   *
   * @param share whether the sum is a probability
   */
  private List<Column> twoOf(Column sum, boolean share) throws NotCovered {
    if (transform.equals("PROBIT") || (!binary && base.length > 0)) {
      throw new NotCovered("a classifier of one sum without its class");
    } else if (share && binary) {
      Column other = new Column(new Binary(Binary.Function.SUB, Values.constant(1), sum));
      return Values.rounded(List.of(other, sum), Kind.SINGLE);
    }
    Column other = new Column(new Unary(Unary.Function.NEG, sum));
    if (transform.equals("LOGISTIC")) {
      return List.of(Heads.logistic(Values.rounded(other)), Heads.logistic(Values.rounded(sum)));
    }
    return Values.rounded(List.of(other, sum), Kind.SINGLE);
  }
}
