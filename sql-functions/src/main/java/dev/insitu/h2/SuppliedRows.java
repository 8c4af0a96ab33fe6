package dev.insitu.h2;

import dev.insitu.model.ColumnSpec;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.result.Row;
import org.h2.table.Column;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueToObjectConverter;
import org.jspecify.annotations.Nullable;

/** Rows that Java code makes when they are first read: {@code ML.EVALUATE} and its like. */
final class SuppliedRows implements RowSource {
  private final SessionLocal session;
  private final List<ColumnSpec> specs;
  private final TypeInfo[] types;
  private final Supplier<List<List<@Nullable Object>>> supplier;

  SuppliedRows(
      SessionLocal session,
      List<ColumnSpec> specs,
      Supplier<List<List<@Nullable Object>>> supplier) {
    this.session = session;
    this.specs = List.copyOf(specs);
    this.supplier = supplier;
    this.types =
        specs.stream().map(spec -> H2Types.parse(session, spec.sqlType())).toArray(TypeInfo[]::new);
  }

  @Override
  public Column[] columns() {
    Column[] columns = new Column[specs.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column(specs.get(i).name(), types[i]);
    }
    return columns;
  }

  @Override
  public int parameterCount() {
    return 0;
  }

  @Override
  public void refresh() {}

  @Override
  public List<DbObject> dependencies() {
    return List.of();
  }

  @Override
  public long maxDataModificationId() {
    return 0;
  }

  @Override
  public boolean isDeterministic() {
    return true;
  }

  @Override
  public long estimatedRows() {
    return 100;
  }

  @Override
  public RowStream open(List<Value> parameters) {
    Iterator<List<@Nullable Object>> rows = supplier.get().iterator();
    return new RowStream() {
      @Override
      public @Nullable Row next() {
        return rows.hasNext() ? Row.get(values(rows.next()), Row.MEMORY_CALCULATE) : null;
      }

      @Override
      public void close() {}
    };
  }

  private Value[] values(List<@Nullable Object> row) {
    Value[] values = new Value[types.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          ValueToObjectConverter.objectToValue(session, row.get(i), Value.UNKNOWN)
              .convertTo(types[i], session);
    }
    return values;
  }
}
