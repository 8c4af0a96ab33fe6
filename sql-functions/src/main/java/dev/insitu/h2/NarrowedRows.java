package dev.insitu.h2;

import dev.insitu.h2.PredictionInput.Narrowed;
import dev.insitu.model.ColumnSpec;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.table.Column;
import org.h2.value.DataType;
import org.h2.value.Value;
import org.h2.value.ValueNull;

/**
 * The rows of an input, read by a query that gives some of its columns and some of its rows; the
 * other columns are NULL, and nobody looks at them.
 *
 * @param whole the input
 * @param query what is read of it
 * @param less how they belong together
 * @param nested what to tell while rows of the query are computed
 */
record NarrowedRows(InputRows whole, InputRows query, Narrowed less, NestedReading nested)
    implements InputRows {
  /**
   * Returns what a prediction reads.
   *
   * @param query makes the rows of a query
   */
  static InputRows of(
      PredictionInput input, NestedReading nested, Function<String, InputRows> query) {
    InputRows whole = query.apply(input.sql());
    return input
        .narrowed()
        .<InputRows>map(less -> new NarrowedRows(whole, query.apply(less.sql()), less, nested))
        .orElse(whole);
  }

  @Override
  public List<ColumnSpec> columns() {
    return whole.columns();
  }

  @Override
  public Column column(int i) {
    return whole.column(i);
  }

  @Override
  public int parameterCount() {
    return query.parameterCount();
  }

  @Override
  public SessionLocal session() {
    return whole.session();
  }

  @Override
  public void refresh() {
    whole.refresh();
    query.refresh();
  }

  @Override
  public List<DbObject> dependencies() {
    Set<DbObject> both = new LinkedHashSet<>(whole.dependencies());
    both.addAll(query.dependencies());
    return List.copyOf(both);
  }

  @Override
  public long maxDataModificationId() {
    return whole.maxDataModificationId();
  }

  @Override
  public boolean isDeterministic() {
    return whole.isDeterministic();
  }

  @Override
  public long estimatedRows() {
    return whole.estimatedRows();
  }

  @Override
  public boolean isMostOneRow() {
    return query.isMostOneRow();
  }

  @Override
  public boolean scansTable() {
    return less.allRows() && whole.scansTable() || query.scansTable();
  }

  @Override
  public boolean reads(int column) {
    return less.columns().contains(column);
  }

  @Override
  public Reading openWhole(List<Value> parameters) {
    return whole.open(parameters.subList(0, whole.parameterCount()));
  }

  @Override
  public Reading open(List<Value> parameters) {
    if (!fits(parameters)) {
      return openWhole(parameters);
    }
    if (less.allRows() && whole.scansTable()) {
      return openWhole(parameters); // what is not looked at costs nothing there
    }
    whole.checkColumns();
    Reading reading = query.open(parameters);
    return new WideReading(
        less.nestedOnce() ? new NestedRows(reading, nested) : reading,
        less.columns(),
        columns().size());
  }

  /**
   * Returns whether the parameters of the conditions are of the kinds of their columns. Comparing a
   * text with a number can fail, and must not fail for a row that the statement itself would not
   * have looked at.
   */
  private boolean fits(List<Value> parameters) {
    int first = parameters.size() - less.comparedWith().size();
    for (int i = 0; i < less.comparedWith().size(); i++) {
      Value value = parameters.get(first + i);
      int column = whole.column(less.comparedWith().get(i)).getType().getValueType();
      if (value != ValueNull.INSTANCE
          && !(sameKind(value.getValueType(), column) && isWithin(value, column))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameKind(int value, int column) {
    return value == column
        || (DataType.isNumericType(value) && DataType.isNumericType(column))
        || (DataType.isCharacterStringType(value) && DataType.isCharacterStringType(column));
  }

  /** An index of H2 can be asked for a value in its column's own type, which must exist. */
  private static boolean isWithin(Value value, int column) {
    if (column < Value.TINYINT || column > Value.BIGINT) {
      return true;
    }
    try {
      value.convertTo(column);
      return true;
    } catch (DbException e) {
      return false;
    }
  }

  /**
   * One pass.
   *
   * @param columns to which column of the input each column of the reading belongs
   * @param width of the input
   */
  private record WideReading(Reading reading, List<Integer> columns, int width) implements Reading {
    @Override
    public int read(Value[][] rows, int from, int to) {
      return reading.read(rows, from, to);
    }

    @Override
    public int[] places() {
      int[] narrow = reading.places();
      int[] wide = new int[width];
      Arrays.fill(wide, UNREAD);
      for (int i = 0; i < columns.size(); i++) {
        wide[columns.get(i)] = narrow[i];
      }
      return wide;
    }

    @Override
    public void checkCancelled() {
      reading.checkCancelled();
    }

    @Override
    public void close() {
      reading.close();
    }
  }

  /**
   * One pass over a query whose inner queries are read at most once: they stream, too. Without, H2
   * would compute the whole input before its first row.
   */
  private record NestedRows(Reading reading, NestedReading nested) implements Reading {
    @Override
    public int read(Value[][] rows, int from, int to) {
      try (NestedReading.Scope scope = nested.begin()) {
        return reading.read(rows, from, to);
      }
    }

    @Override
    public int[] places() {
      return reading.places();
    }

    @Override
    public void checkCancelled() {
      reading.checkCancelled();
    }

    @Override
    public void close() {
      reading.close();
    }
  }
}
