package dev.insitu.train.run;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.model.ColumnSpec;
import dev.insitu.train.TrainingSet;
import dev.insitu.train.option.TrainingOption;
import dev.insitu.train.option.TrainingOptions;
import dev.insitu.train.prepare.RowLabels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The classes of a label column in ascending SQL order, and each row's class and weight. Immutable.
 */
final class ClassLabels implements RowLabels {
  /** The most classes that a classifier takes: more is a column of keys, not of classes. */
  static final int MAX_CLASSES = 1000;

  private final TrainingSet.Column label;
  private final List<String> classes;
  private final int[] classOfCode;
  private final double[] weights;

  private ClassLabels(
      TrainingSet.Column label, List<String> classes, int[] classOfCode, double[] weights) {
    this.label = label;
    this.classes = classes;
    this.classOfCode = classOfCode;
    this.weights = weights;
  }

  /**
   * Reads the classes.
   *
   * @param training the rows that are learnt from, by which automatic class weights are counted
   * @throws MlException ONE_CLASS, TOO_MANY_CLASSES, OPTION_VALUE
   */
  static ClassLabels of(
      Database database,
      TrainingSet set,
      int[] training,
      ColumnSpec column,
      TrainingOptions options) {
    List<String> texts = set.label().texts();
    int first = set.label().code(training[0]);
    if (Arrays.stream(training).allMatch(row -> set.label().code(row) == first)) {
      MlException error = MlException.of(ErrorCode.ONE_CLASS, column.name(), texts.get(first));
      throw texts.size() == 1
          ? error
          : error.withHint("The rows with another value are all held out; see data_split_method.");
    }
    if (texts.size() > MAX_CLASSES) {
      throw MlException.of(ErrorCode.TOO_MANY_CLASSES, column.name(), texts.size(), MAX_CLASSES)
          .withHint("Is it a number? Then train a regression.");
    }
    List<String> classes = database.inOrder(column, texts);
    int[] classOfCode = new int[texts.size()];
    for (int code = 0; code < classOfCode.length; code++) {
      classOfCode[code] = classes.indexOf(texts.get(code));
    }
    double[] weights = new double[classes.size()];
    Arrays.fill(weights, 1);
    if (options.flag(TrainingOption.AUTO_CLASS_WEIGHTS)) {
      double[] rows = new double[weights.length];
      for (int row : training) {
        rows[classOfCode[set.label().code(row)]]++;
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] = rows[i] == 0 ? 1 : training.length / (weights.length * rows[i]);
      }
    }
    for (Map.Entry<String, Double> given : options.classWeights().entrySet()) {
      int index = classes.indexOf(given.getKey());
      if (index < 0) {
        throw MlException.of(
            ErrorCode.OPTION_VALUE,
            TrainingOption.CLASS_WEIGHTS.word(),
            "about the classes " + String.join(", ", classes),
            "'" + given.getKey() + "'");
      }
      weights[index] = given.getValue();
    }
    return new ClassLabels(set.label(), classes, classOfCode, weights);
  }

  List<String> classes() {
    return classes;
  }

  @Override
  public double label(int row) {
    return classOfCode[label.code(row)];
  }

  @Override
  public double weight(int row) {
    return weights[classOfCode[label.code(row)]];
  }
}
