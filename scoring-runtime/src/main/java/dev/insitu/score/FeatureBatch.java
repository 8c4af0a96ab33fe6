package dev.insitu.score;

import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import org.jspecify.annotations.Nullable;

/**
 * A block of rows in columns, one column per input of a signature, reused from block to block.
 *
 * <p>An input of form TEXT is a {@code String[]} whose null is SQL NULL, one of form BYTES a {@code
 * byte[][]} and one of form VECTOR a {@code double[][]} likewise; every other form is a {@code
 * double[]} whose NaN is SQL NULL (sql.md, "Types at the edge"). A whole number that a double
 * cannot tell from its neighbours is kept beside it as well. Confined to one thread.
 */
public final class FeatureBatch {
  /** From here on a double has neighbours that are whole numbers themselves, or are skipped. */
  public static final double FIRST_INEXACT = 0x1p53;

  private static final double TWO_TO_63 = 0x1p63;
  private static final int ROWS_OF_BYTES = 16;

  private final int capacity;
  private final double[] @Nullable [] numbers;
  private final @Nullable String[] @Nullable [] texts;
  private final byte[] @Nullable [] @Nullable [] bytes;
  private final double[] @Nullable [] @Nullable [] vectors;
  private final long[] @Nullable [] exact;
  private int rows;
  private long firstRow;

  /**
   * Returns how many rows to hold at once: fewer if some inputs are bytes, which may be large.
   *
   * @param most how many rows of numbers and texts
   */
  public static int rowsAtOnce(ModelSignature signature, int most) {
    boolean large =
        signature.inputs().stream().anyMatch(i -> i.type().form() == ColumnType.Form.BYTES);
    return large ? Math.min(most, ROWS_OF_BYTES) : most;
  }

  /** Makes an empty batch of {@code capacity} rows for the inputs of a signature. */
  public FeatureBatch(ModelSignature signature, int capacity) {
    this.capacity = capacity;
    int inputs = signature.inputs().size();
    this.numbers = new double[inputs][];
    this.texts = new String[inputs][];
    this.bytes = new byte[inputs][][];
    this.vectors = new double[inputs][][];
    this.exact = new long[inputs][];
    for (int i = 0; i < inputs; i++) {
      ColumnType.Form form = signature.inputs().get(i).type().form();
      if (form == ColumnType.Form.TEXT) {
        texts[i] = new String[capacity];
      } else if (form == ColumnType.Form.BYTES) {
        bytes[i] = new byte[capacity][];
      } else if (form == ColumnType.Form.VECTOR) {
        vectors[i] = new double[capacity][];
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

  /** Returns the number of the first row among all rows of the input, from 0; for messages. */
  public long firstRow() {
    return firstRow;
  }

  /** Says which row of the whole input the first one is. */
  public void setFirstRow(long firstRow) {
    this.firstRow = firstRow;
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

  /**
   * Keeps all 64 bits of a whole number whose magnitude is {@link #FIRST_INEXACT} or more, beside
   * the double nearest to it.
   */
  public void keepExact(int input, int row, long value) {
    long[] column = exact[input];
    if (column == null) {
      column = new long[capacity];
      exact[input] = column;
    }
    column[row] = value;
  }

  /** Returns whether a number is whole and has 64 bits at most. */
  public boolean isWhole(int input, int row) {
    double value = numbers(input)[row];
    return value == Math.rint(value)
        && (Math.abs(value) < TWO_TO_63 || value == -TWO_TO_63 || isExact(input, row, value));
  }

  /** Returns a number that {@link #isWhole} with all its bits. */
  public long whole(int input, int row) {
    double value = numbers(input)[row];
    long[] column = exact[input];
    return column != null && isExact(input, row, value) ? column[row] : (long) value;
  }

  private boolean isExact(int input, int row, double value) {
    long[] column = exact[input];
    return column != null && Math.abs(value) >= FIRST_INEXACT && (double) column[row] == value;
  }

  /** Returns the column of a text input, live, length {@link #capacity()}; null is NULL. */
  public @Nullable String[] texts(int input) {
    @Nullable String[] column = texts[input];
    if (column == null) {
      throw new IllegalArgumentException("input " + input + " is a number");
    }
    return column;
  }

  /** Returns whether an input is bytes. */
  public boolean isBytes(int input) {
    return bytes[input] != null;
  }

  /** Returns the column of an input of bytes, live; null is NULL. */
  public byte[] @Nullable [] bytes(int input) {
    byte[] @Nullable [] column = bytes[input];
    if (column == null) {
      throw new IllegalArgumentException("input " + input + " is not bytes");
    }
    return column;
  }

  /** Returns whether an input is an array of numbers. */
  public boolean isVector(int input) {
    return vectors[input] != null;
  }

  /** Returns the column of an input of arrays, live; null is NULL, NaN a NULL inside. */
  public double[] @Nullable [] vectors(int input) {
    double[] @Nullable [] column = vectors[input];
    if (column == null) {
      throw new IllegalArgumentException("input " + input + " is not an array");
    }
    return column;
  }
}
