package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * A table of ordered rows that belong to a version: how a record becomes a row, and back.
 * Immutable.
 *
 * @param name the table, in schema INSITU
 * @param columns its columns after VERSION_ID and ORDINAL
 * @param values the values of a record, in the order of {@code columns}
 * @param mapper reads a record from the columns, which begin at 1
 */
record DetailTable<T>(
    String name,
    List<String> columns,
    Function<T, List<@Nullable Object>> values,
    StoredRows.RowReader<T> mapper) {

  DetailTable {
    columns = List.copyOf(columns);
  }

  void insert(Handle handle, long version, Collection<T> rows) {
    if (rows.isEmpty()) {
      return;
    }
    String sql =
        String.format(
            Locale.ROOT,
            "INSERT INTO INSITU.%s (VERSION_ID, ORDINAL, %s) VALUES (?, ?%s)",
            name,
            String.join(", ", columns),
            ", ?".repeat(columns.size()));
    try (PreparedBatch batch = handle.prepareBatch(sql)) {
      int ordinal = 0;
      for (T row : rows) {
        batch.bind(0, version).bind(1, ordinal++);
        int position = 2;
        for (Object value : values.apply(row)) {
          batch.bind(position++, value);
        }
        batch.add();
      }
      batch.execute();
    }
  }

  /** Reads the rows of a version in order; a gap in their numbers is damage. */
  List<T> read(Connection connection, long version) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT %s, ORDINAL FROM INSITU.%s WHERE VERSION_ID = ? ORDER BY ORDINAL",
            String.join(", ", columns),
            name);
    AtomicInteger ordinal = new AtomicInteger();
    return Collections.unmodifiableList(
        StoredRows.read(
            connection,
            sql,
            row -> {
              int wanted = ordinal.getAndIncrement();
              if (row.getInt(columns.size() + 1) != wanted) {
                throw MlException.of(
                    ErrorCode.STORE_DAMAGED,
                    String.format(
                        Locale.ROOT,
                        "INSITU.%s lacks row %d of version id %d",
                        name,
                        wanted,
                        version));
              }
              return mapper.read(row);
            },
            version));
  }

  void delete(Handle handle, long version) {
    handle
        .createUpdate("DELETE FROM INSITU." + name + " WHERE VERSION_ID = ?")
        .bind(0, version)
        .execute();
  }
}
