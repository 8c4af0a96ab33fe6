package dev.insitu.train;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType.Form;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a training query in compact columns: 8 bytes a number, 4 bytes a text plus each
 * distinct text once. Rows without a label are not in it. Immutable, thread-safe.
 */
public final class TrainingSet {
  private final TrainingColumns columns;
  private final int rows;
  private final long rowsRead;
  private final List<Column> features;
  private final @Nullable Column label;
  private final @Nullable Column split;

  private TrainingSet(
      TrainingColumns columns,
      int rows,
      long rowsRead,
      List<Column> features,
      @Nullable Column label,
      @Nullable Column split) {
    this.columns = columns;
    this.rows = rows;
    this.rowsRead = rowsRead;
    this.features = List.copyOf(features);
    this.label = label;
    this.split = split;
  }

  /**
   * Takes over the columns that a reader filled: features, then label, then split.
   *
   * @param ordered whether the rows stay as they came; else they are put in order of their content
   */
  static TrainingSet of(
      TrainingColumns columns,
      List<GrowingColumn> grown,
      int rows,
      long rowsRead,
      boolean ordered) {
    List<Column> all = new ArrayList<>();
    for (GrowingColumn column : grown) {
      if (column instanceof GrowingColumn.Texts texts) {
        List<String> dictionary = texts.dictionary();
        all.add(new Column(null, texts.toArray(rows, dictionary), dictionary));
      } else if (column instanceof GrowingColumn.Numbers numbers) {
        all.add(new Column(numbers.toArray(rows), null, List.of()));
      }
    }
    if (!ordered) {
      int[] order = ContentOrder.of(all, rows);
      all.replaceAll(column -> column.inOrder(order));
    }
    int width = columns.features().size();
    int next = width;
    Column label = columns.label() == null ? null : all.get(next++);
    Column split = columns.split() == null ? null : all.get(next);
    return new TrainingSet(columns, rows, rowsRead, all.subList(0, width), label, split);
  }

  /** Returns which columns it has. */
  public TrainingColumns columns() {
    return columns;
  }

  /** Returns the number of rows, all with a label. */
  public int rows() {
    return rows;
  }

  /** Returns how many rows the query returned. */
  public long rowsRead() {
    return rowsRead;
  }

  /** Returns how many rows were left out because their label was NULL. */
  public long rowsSkipped() {
    return rowsRead - rows;
  }

  /** Returns a feature column. */
  public Column feature(int index) {
    return features.get(index);
  }

  /** Returns the label column: numbers of a regression, texts of a classification. */
  public Column label() {
    if (label == null) {
      throw new IllegalStateException("a clustering has no label");
    }
    return label;
  }

  /** Returns the column that splits the rows. */
  public Column split() {
    if (split == null) {
      throw new IllegalStateException("no column splits the rows");
    }
    return split;
  }

  /** Returns whether a column of this spec is held as text. */
  static boolean isText(ColumnSpec column) {
    return column.type().form() == Form.TEXT;
  }

  /** A column: either numbers or texts. Immutable. */
  public static final class Column {
    private final double @Nullable [] numbers;
    private final int @Nullable [] codes;
    private final List<String> texts;

    Column(double @Nullable [] numbers, int @Nullable [] codes, List<String> texts) {
      this.numbers = numbers;
      this.codes = codes;
      this.texts = Collections.unmodifiableList(texts);
    }

    /** Returns whether it holds texts. */
    public boolean isText() {
      return codes != null;
    }

    /** Returns a number; NaN is NULL. */
    public double number(int row) {
      if (numbers == null) {
        throw new IllegalStateException("the column holds texts");
      }
      return numbers[row];
    }

    /** Returns the position of a text in {@link #texts()}; -1 is NULL. */
    public int code(int row) {
      if (codes == null) {
        throw new IllegalStateException("the column holds numbers");
      }
      return codes[row];
    }

    /** Returns the distinct texts by code point. */
    public List<String> texts() {
      return texts;
    }

    /** Compares two rows: NULL last of numbers, first of texts. */
    public int compare(int a, int b) {
      return numbers != null
          ? Double.compare(numbers[a], numbers[b])
          : Integer.compare(code(a), code(b));
    }

    long bits(int row) {
      return numbers != null ? Double.doubleToLongBits(numbers[row]) : code(row);
    }

    private Column inOrder(int[] order) {
      if (numbers != null) {
        double[] sorted = new double[order.length];
        for (int i = 0; i < order.length; i++) {
          sorted[i] = numbers[order[i]];
        }
        return new Column(sorted, null, texts);
      }
      int[] sorted = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        sorted[i] = code(order[i]);
      }
      return new Column(null, sorted, texts);
    }
  }
}
