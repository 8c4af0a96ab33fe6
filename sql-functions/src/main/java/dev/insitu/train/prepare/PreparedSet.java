package dev.insitu.train.prepare;

import dev.insitu.train.PreparedFeature;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.TrainingSet;
import java.util.Arrays;
import java.util.List;

/** Rows of a training set, prepared on demand. Immutable, thread-safe. */
final class PreparedSet implements PreparedRows {
  private final List<PreparedFeature> features;
  private final int[] rows;
  private final RowLabels labels;
  private final NumberEncoding[] numbers;
  private final TrainingSet.Column[] numberColumns;
  private final TrainingSet.Column[] missingColumns;
  private final TrainingSet.Column[] textColumns;
  private final int[] textFirst;
  private final int[][] textCodes;
  private final List<CountedTexts> counted;

  PreparedSet(Preparation preparation, TrainingSet set, int[] rows, RowLabels labels) {
    this.features = preparation.features();
    this.rows = rows;
    this.labels = labels;
    this.numbers = preparation.numbers().toArray(new NumberEncoding[0]);
    this.numberColumns =
        Arrays.stream(numbers)
            .map(encoding -> set.feature(encoding.input()))
            .toArray(TrainingSet.Column[]::new);
    this.missingColumns =
        preparation.missing().stream().map(set::feature).toArray(TrainingSet.Column[]::new);
    int texts = preparation.texts().size();
    this.textColumns = new TrainingSet.Column[texts];
    this.textFirst = new int[texts];
    this.textCodes = new int[texts][];
    for (int i = 0; i < texts; i++) {
      TextEncoding encoding = preparation.texts().get(i);
      textColumns[i] = set.feature(encoding.input());
      textFirst[i] = encoding.first();
      textCodes[i] = encoding.columnsOf(textColumns[i].texts());
    }
    this.counted =
        preparation.vocabularies().stream()
            .map(encoding -> new CountedTexts(encoding, set.feature(encoding.input()), rows))
            .toList();
  }

  @Override
  public List<PreparedFeature> features() {
    return features;
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public void fill(int row, double[] target, int offset) {
    int source = rows[row];
    int next = offset;
    for (int i = 0; i < numbers.length; i++) {
      target[next++] = numbers[i].encode(numberColumns[i].number(source));
    }
    for (TrainingSet.Column column : missingColumns) {
      target[next++] = Double.isNaN(column.number(source)) ? 1 : 0;
    }
    Arrays.fill(target, next, offset + features.size(), 0);
    for (int i = 0; i < textColumns.length; i++) {
      int column = textColumn(i, source);
      if (column >= 0) {
        target[offset + column] = 1;
      }
    }
    for (CountedTexts texts : counted) {
      texts.fill(source, target, offset);
    }
  }

  @Override
  public int fillSparse(int row, int[] indices, double[] values) {
    int source = rows[row];
    int count = 0;
    for (int i = 0; i < numbers.length; i++) {
      double value = numbers[i].encode(numberColumns[i].number(source));
      if (value != 0) {
        indices[count] = i;
        values[count++] = value;
      }
    }
    for (int i = 0; i < missingColumns.length; i++) {
      if (Double.isNaN(missingColumns[i].number(source))) {
        indices[count] = numbers.length + i;
        values[count++] = 1;
      }
    }
    for (int i = 0; i < textColumns.length; i++) {
      int column = textColumn(i, source);
      if (column >= 0) {
        indices[count] = column;
        values[count++] = 1;
      }
    }
    for (CountedTexts texts : counted) {
      count = texts.fillSparse(source, indices, values, count);
    }
    return count;
  }

  @Override
  public boolean column(int feature, double[] target) {
    if (feature < numbers.length) {
      NumberEncoding encoding = numbers[feature];
      TrainingSet.Column column = numberColumns[feature];
      for (int row = 0; row < rows.length; row++) {
        target[row] = encoding.encode(column.number(rows[row]));
      }
      return true;
    }
    if (feature < numbers.length + missingColumns.length) {
      TrainingSet.Column column = missingColumns[feature - numbers.length];
      for (int row = 0; row < rows.length; row++) {
        target[row] = Double.isNaN(column.number(rows[row])) ? 1 : 0;
      }
      return true;
    }
    return false;
  }

  /** Returns the column of the matrix that is 1, or a negative number. */
  private int textColumn(int text, int source) {
    int[] columns = textCodes[text];
    int code = textColumns[text].code(source);
    int column = columns[code < 0 ? columns.length - 1 : code];
    return column < 0 ? TextEncoding.NONE : textFirst[text] + column;
  }

  @Override
  public double label(int row) {
    return labels.label(rows[row]);
  }

  @Override
  public double weight(int row) {
    return labels.weight(rows[row]);
  }
}
