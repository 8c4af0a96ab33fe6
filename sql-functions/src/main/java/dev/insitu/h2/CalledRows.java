package dev.insitu.h2;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.h2.engine.SessionLocal;
import org.h2.result.Row;
import org.h2.table.Column;
import org.h2.util.json.JsonConstructorUtils;
import org.h2.value.Value;
import org.h2.value.ValueJson;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a table function gives.
 *
 * @param columns names and types
 * @param rows starts to read, each time from the first row
 */
record CalledRows(List<Column> columns, Supplier<RowStream> rows) {
  /** Copies the list. */
  CalledRows {
    columns = List.copyOf(columns);
  }

  static CalledRows of(RowSource source, List<Value> parameters) {
    return new CalledRows(List.of(source.columns()), () -> source.open(parameters));
  }

  /**
   * Returns the columns that a call declares, found by name, with the types that it declares.
   *
   * @throws dev.insitu.error.MlException ARGUMENT
   */
  CalledRows declared(SessionLocal session, DeclaredColumns declared) {
    int[] places = declared.places(columns);
    return reshaped(
        declared.columns(),
        row -> {
          Value[] values = new Value[places.length];
          for (int i = 0; i < values.length; i++) {
            values[i] =
                row[places[i]].convertForAssignTo(declared.type(i), session, declared.name(i));
          }
          return values;
        });
  }

  /** Returns one column with each row as a JSON object. */
  CalledRows asJson(Column column) {
    return reshaped(List.of(column), row -> new Value[] {object(row)});
  }

  private Value object(Value[] row) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.write('{');
    for (int i = 0; i < row.length; i++) {
      JsonConstructorUtils.jsonObjectAppend(
          json, columns.get(i).getName(), row[i] == ValueNull.INSTANCE ? ValueJson.NULL : row[i]);
    }
    return JsonConstructorUtils.jsonObjectFinish(json, 0);
  }

  private CalledRows reshaped(List<Column> others, UnaryOperator<Value[]> shape) {
    return new CalledRows(
        others,
        () -> {
          RowStream source = rows.get();
          return new RowStream() {
            @Override
            public @Nullable Row next() {
              Row row = source.next();
              return row == null
                  ? null
                  : Row.get(shape.apply(row.getValueList()), Row.MEMORY_CALCULATE);
            }

            @Override
            public void close() {
              source.close();
            }
          };
        });
  }
}
