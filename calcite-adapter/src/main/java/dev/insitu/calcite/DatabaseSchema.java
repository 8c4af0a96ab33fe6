package dev.insitu.calcite;

import dev.insitu.model.ColumnSpec;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** A schema of the database, asked table by table; our calls are tables of the current one. */
final class DatabaseSchema extends AbstractSchema {
  private final PlanCatalog catalog;
  private final String name;
  private final Map<String, PredictTable> calls;

  DatabaseSchema(PlanCatalog catalog, String name, Map<String, PredictTable> calls) {
    this.catalog = catalog;
    this.name = name;
    this.calls = calls;
  }

  /** Returns the schema above all schemas of the database. */
  static Schema root(PlanCatalog catalog, String current, Map<String, PredictTable> calls) {
    return new AbstractSchema() {
      @Override
      public Lookup<? extends Schema> subSchemas() {
        return new Exact<Schema>() {
          @Override
          @Nullable Schema find(String schema) throws SQLException {
            return catalog.schemaExists(schema)
                ? new DatabaseSchema(catalog, schema, schema.equals(current) ? calls : Map.of())
                : null;
          }
        };
      }
    };
  }

  @Override
  public Lookup<Table> tables() {
    return new Exact<Table>() {
      @Override
      @Nullable Table find(String table) throws SQLException {
        PredictTable call = calls.get(table);
        if (call != null) {
          return call;
        }
        Optional<List<ColumnSpec>> columns = catalog.columns(name, table);
        return columns.isPresent() ? new DatabaseTable(columns.get()) : null;
      }
    };
  }

  /** Names as the parser has folded them; nothing is listed. */
  private abstract static class Exact<T> implements Lookup<T> {
    abstract @Nullable T find(String name) throws SQLException;

    @Override
    public @Nullable T get(String name) {
      try {
        return find(name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public @Nullable Named<T> getIgnoreCase(String name) {
      T found = get(name);
      return found == null ? null : new Named<>(name, found);
    }

    @Override
    public Set<String> getNames(LikePattern pattern) {
      return Set.of();
    }
  }

  private static final class DatabaseTable extends AbstractTable {
    private final List<ColumnSpec> columns;

    DatabaseTable(List<ColumnSpec> columns) {
      this.columns = columns;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      return RowTypes.row(types, columns);
    }
  }
}
