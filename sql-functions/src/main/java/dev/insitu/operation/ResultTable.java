package dev.insitu.operation;

import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small result with typed columns.
 *
 * @param columns names and types
 * @param rows values in column order: {@link String}, {@link Integer}, {@link Long}, {@link Double}
 *     (never NaN: a figure that is not defined is null), {@link Boolean} or null
 */
public record ResultTable(List<ColumnSpec> columns, List<List<@Nullable Object>> rows) {
  /** Copies the lists. */
  public ResultTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Returns an empty result with the given columns, to be filled by {@link Builder#row}. */
  static Builder of(ColumnSpec... columns) {
    return new Builder(List.of(columns));
  }

  static ColumnSpec text(String name) {
    return new ColumnSpec(name, ColumnType.VARCHAR, "CHARACTER VARYING", true);
  }

  static ColumnSpec integer(String name) {
    return new ColumnSpec(name, ColumnType.INTEGER, "INTEGER", true);
  }

  static ColumnSpec bigint(String name) {
    return new ColumnSpec(name, ColumnType.BIGINT, "BIGINT", true);
  }

  static ColumnSpec number(String name) {
    return new ColumnSpec(name, ColumnType.DOUBLE, "DOUBLE PRECISION", true);
  }

  /** Collects rows. */
  static final class Builder {
    private final List<ColumnSpec> columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    Builder(List<ColumnSpec> columns) {
      this.columns = columns;
    }

    /** Adds a row; NaN becomes NULL. */
    Builder row(@Nullable Object... values) {
      @Nullable Object[] row = values.clone();
      for (int i = 0; i < row.length; i++) {
        if (row[i] instanceof Double number && number.isNaN()) {
          row[i] = null;
        }
      }
      rows.add(Collections.unmodifiableList(Arrays.asList(row)));
      return this;
    }

    ResultTable build() {
      return new ResultTable(columns, rows);
    }
  }
}
