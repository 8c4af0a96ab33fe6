package dev.insitu.score;

import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import org.jspecify.annotations.Nullable;

/**
 * A block of rows in columns, one column per input of a signature, reused from block to block.
 *
 * <p>An input of form TEXT is a {@code String[]} whose null is SQL NULL; every other form is a
 * {@code double[]} whose NaN is SQL NULL (sql.md, "Types at the edge"). Confined to one thread.
 */
public final class FeatureBatch {
  private final int capacity;
  private final double[] @Nullable [] numbers;
  private final @Nullable String[] @Nullable [] texts;
  private int rows;

  /** Makes an empty batch of {@code capacity} rows for the inputs of a signature. */
  public FeatureBatch(ModelSignature signature, int capacity) {
    this.capacity = capacity;
    int inputs = signature.inputs().size();
    this.numbers = new double[inputs][];
    this.texts = new String[inputs][];
    for (int i = 0; i < inputs; i++) {
      if (signature.inputs().get(i).type().form() == ColumnType.Form.TEXT) {
        texts[i] = new String[capacity];
      } else {
        numbers[i] = new double[capacity];
      }
    }
  }

  /** Returns how many rows fit. */
  public int capacity() {
    return capacity;
  }

  /** Returns how many rows are in it. */
  public int rows() {
    return rows;
  }

  /** Says how many rows have been written. */
  public void setRows(int rows) {
    if (rows < 0 || rows > capacity) {
      throw new IllegalArgumentException(rows + " rows in a batch of " + capacity);
    }
    this.rows = rows;
  }

  /** Returns whether an input is text. */
  public boolean isText(int input) {
    return texts[input] != null;
  }

  /** Returns the column of a numeric input, live, length {@link #capacity()}; NaN is NULL. */
  public double[] numbers(int input) {
    double[] column = numbers[input];
    if (column == null) {
      throw new IllegalArgumentException("input " + input + " is text");
    }
    return column;
  }

  /** Returns the column of a text input, live, length {@link #capacity()}; null is NULL. */
  public @Nullable String[] texts(int input) {
    @Nullable String[] column = texts[input];
    if (column == null) {
      throw new IllegalArgumentException("input " + input + " is a number");
    }
    return column;
  }
}
