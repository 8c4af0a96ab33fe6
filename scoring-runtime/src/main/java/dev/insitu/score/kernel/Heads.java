package dev.insitu.score.kernel;

import dev.insitu.score.kernel.Producer.Part;
import dev.insitu.score.kernel.Producer.Softmax;
import dev.insitu.score.kernel.Producer.SoftmaxZero;
import dev.insitu.score.kernel.Producer.Unary;
import dev.insitu.score.kernel.Value.Matrix;
import dev.insitu.score.kernel.Value.Names;
import java.util.ArrayList;
import java.util.List;

/** What classifiers and regressors make of their sums. */
final class Heads {
  private Heads() {}

  static List<Column> parts(Producer.Group group, int count, List<Column> outputs) {
    for (int i = 0; i < count; i++) {
      outputs.add(new Column(new Part(group, i)));
    }
    return outputs;
  }

  /**
   * Returns what {@code post_transform} makes of two or more scores, as float32.
   *
   * @param transform its name
   */
  static List<Column> transformed(String transform, List<Column> scores) throws NotCovered {
    List<Column> single = Values.rounded(scores, Kind.SINGLE);
    List<Column> outputs = new ArrayList<>();
    return switch (transform) {
      case "NONE" -> single;
      case "LOGISTIC" -> single.stream().map(Heads::logistic).toList();
      case "SOFTMAX" ->
          Values.rounded(parts(new Softmax(single, outputs), single.size(), outputs), Kind.SINGLE);
      case "SOFTMAX_ZERO" ->
          Values.rounded(
              parts(new SoftmaxZero(single, outputs), single.size(), outputs), Kind.SINGLE);
      default -> throw new NotCovered("post_transform " + transform);
    };
  }

  static Column logistic(Column score) {
    return Values.rounded(new Column(new Unary(Unary.Function.SIGMOID, score)));
  }

  /**
   * Returns the labels of a classifier.
   *
   * @param index the place of each row's label
   * @param texts the labels if they are texts
   * @param numbers the labels if they are not
   */
  static Value labels(Column index, List<String> texts, long[] numbers) throws NotCovered {
    if (!texts.isEmpty()) {
      return new Names(index, texts, List.of());
    }
    double[] table = new double[numbers.length];
    for (int i = 0; i < table.length; i++) {
      table[i] = numbers[i];
      if (Math.abs(table[i]) >= 0x1p53) {
        throw new NotCovered("a label beyond 2^53");
      }
    }
    return new Matrix(
        List.of(new Column(new Producer.Looked(index, table))), List.of(), Kind.WHOLE, false);
  }
}
