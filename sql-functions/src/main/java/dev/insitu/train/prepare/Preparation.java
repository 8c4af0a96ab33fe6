package dev.insitu.train.prepare;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.FeatureStatistics;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.TrainingSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How raw inputs become the prepared matrix, as fitted on the training rows; see the package's own
 * description. Immutable.
 */
public final class Preparation {
  private final List<ColumnSpec> inputs;
  private final List<NumberEncoding> numbers;
  private final List<Integer> missing;
  private final List<TextEncoding> texts;
  private final List<VocabularyEncoding> vocabularies;
  private final List<FeatureStatistics> statistics;
  private final List<PreparedFeature> features;

  Preparation(
      List<ColumnSpec> inputs,
      List<NumberEncoding> numbers,
      List<Integer> missing,
      List<TextEncoding> texts,
      List<VocabularyEncoding> vocabularies,
      List<FeatureStatistics> statistics) {
    this.inputs = List.copyOf(inputs);
    this.numbers = List.copyOf(numbers);
    this.missing = List.copyOf(missing);
    this.texts = List.copyOf(texts);
    this.vocabularies = List.copyOf(vocabularies);
    this.statistics = List.copyOf(statistics);
    this.features = List.copyOf(describe());
  }

  /**
   * Fits a preparation.
   *
   * @param set the rows
   * @param training which of them to fit on
   * @param standardize whether numbers are brought to mean 0 and standard deviation 1
   */
  public static Preparation fit(TrainingSet set, int[] training, boolean standardize) {
    return new PreparationFit(set, training, standardize).fit();
  }

  /** Returns the inputs, in signature order. */
  public List<ColumnSpec> inputs() {
    return inputs;
  }

  /** Returns the columns of the prepared matrix; empty if every input was constant. */
  public List<PreparedFeature> features() {
    return features;
  }

  /** Returns a row per input. */
  public List<FeatureStatistics> statistics() {
    return statistics;
  }

  /**
   * Returns rows of a training set, prepared on demand.
   *
   * @param rows which rows
   * @param labels their labels and weights
   */
  public PreparedRows rows(TrainingSet set, int[] rows, RowLabels labels) {
    return new PreparedSet(this, set, rows, labels);
  }

  /**
   * Returns rows given one by one.
   *
   * @param rows each with one value per input: {@link Double} (NaN is NULL) or {@link String} (null
   *     is NULL)
   */
  public PreparedRows rows(List<List<@Nullable Object>> rows) {
    double[] matrix = new double[rows.size() * features.size()];
    for (int row = 0; row < rows.size(); row++) {
      encode(rows.get(row), matrix, row * features.size());
    }
    return new PreparedMatrix(features, matrix, rows.size());
  }

  /**
   * Writes the inputs and the preparation.
   *
   * @return the value that holds the prepared matrix, double [N, features]
   */
  public String export(GraphBuilder graph) {
    return new PreparationGraph(this, graph).write();
  }

  List<NumberEncoding> numbers() {
    return numbers;
  }

  /** Returns the inputs of numbers that have a missing indicator. */
  List<Integer> missing() {
    return missing;
  }

  List<TextEncoding> texts() {
    return texts;
  }

  List<VocabularyEncoding> vocabularies() {
    return vocabularies;
  }

  private void encode(List<@Nullable Object> row, double[] target, int offset) {
    int next = offset;
    for (NumberEncoding encoding : numbers) {
      target[next++] = encoding.encode(number(row, encoding.input()));
    }
    for (int input : missing) {
      target[next++] = Double.isNaN(number(row, input)) ? 1 : 0;
    }
    for (TextEncoding encoding : texts) {
      int column = encoding.columnOf(text(row, encoding.input()));
      if (column >= 0) {
        target[offset + encoding.first() + column] = 1;
      }
    }
    for (VocabularyEncoding encoding : vocabularies) {
      encoding.fill(encoding.count(text(row, encoding.input())), target, offset);
    }
  }

  private static double number(List<@Nullable Object> row, int input) {
    return row.get(input) instanceof Double value ? value : Double.NaN;
  }

  private static @Nullable String text(List<@Nullable Object> row, int input) {
    String text = (String) row.get(input);
    return GraphBuilder.NULL_TEXT.equals(text) ? null : text;
  }

  private List<PreparedFeature> describe() {
    List<PreparedFeature> described = new ArrayList<>();
    for (NumberEncoding encoding : numbers) {
      described.add(
          new PreparedFeature(
              inputs.get(encoding.input()).name(),
              encoding.part().category(),
              encoding.center(),
              encoding.scale()));
    }
    for (int input : missing) {
      described.add(new PreparedFeature(inputs.get(input).name(), TextEncoding.NULL, 0, 1));
    }
    for (TextEncoding encoding : texts) {
      String input = inputs.get(encoding.input()).name();
      for (String category : encoding.categories()) {
        described.add(new PreparedFeature(input, category, 0, 1));
      }
      if (encoding.other()) {
        described.add(new PreparedFeature(input, TextEncoding.OTHER, 0, 1));
      }
      if (encoding.missing()) {
        described.add(new PreparedFeature(input, TextEncoding.NULL, 0, 1));
      }
    }
    for (VocabularyEncoding encoding : vocabularies) {
      String input = inputs.get(encoding.input()).name();
      for (String word : encoding.words()) {
        described.add(new PreparedFeature(input, word, 0, 1));
      }
    }
    return described;
  }
}
