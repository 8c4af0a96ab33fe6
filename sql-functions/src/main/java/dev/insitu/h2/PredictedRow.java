package dev.insitu.h2;

import org.h2.message.DbException;
import org.h2.result.DefaultRow;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueNull;

/** A row of an input, as the input has it, and its prediction. */
final class PredictedRow extends Row {
  private static final int BYTES = 64;

  private final Value[] input;
  private final int[] places;
  private final Value[] predicted;

  /**
   * Makes a row; nothing is copied.
   *
   * @param input a row of the input
   * @param places for each column of the input, where its value stands in {@code input}
   * @param predicted the columns of the prediction
   */
  PredictedRow(Value[] input, int[] places, Value[] predicted) {
    this.input = input;
    this.places = places;
    this.predicted = predicted;
  }

  @Override
  public int getColumnCount() {
    return places.length + predicted.length;
  }

  @Override
  public Value getValue(int column) {
    if (column >= places.length) {
      return predicted[column - places.length];
    }
    if (column == SearchRow.ROWID_INDEX) {
      return ValueBigint.get(key);
    }
    return value(input, places[column]);
  }

  /** Returns the value at a place of a row of the input; NULL if it is not read. */
  static Value value(Value[] input, int place) {
    return place == InputRows.Reading.UNREAD ? ValueNull.INSTANCE : input[place];
  }

  @Override
  public void setValue(int column, Value value) {
    throw DbException.getUnsupportedException("a prediction is changed");
  }

  @Override
  public Value[] getValueList() {
    Value[] values = new Value[getColumnCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = getValue(i);
    }
    return values;
  }

  @Override
  public boolean hasSharedData(Row other) {
    return other == this;
  }

  /** Returns no exact number: the values belong to others. */
  @Override
  public int getMemory() {
    return BYTES;
  }

  @Override
  public void copyFrom(SearchRow source) {
    throw DbException.getUnsupportedException("a prediction is changed");
  }

  @Override
  public String toString() {
    return new DefaultRow(getValueList()).toString();
  }
}
