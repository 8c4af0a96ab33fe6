package dev.insitu.operation;

import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.KeptTables;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelVersion;
import dev.insitu.store.StoreSession;
import dev.insitu.store.StoredColumn;
import dev.insitu.store.StoredColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes columns again that keep predictions: nobody else writes rows of their tables from then on
 * until the caller's transaction ends, so that none keeps the score of a former version. Confined
 * to the thread of the caller's session.
 */
final class ColumnRefresh {
  private final Database database;
  private final Models models;
  private final StoreSession sessions;
  private final Clock clock;

  ColumnRefresh(Database database, Models models, StoreSession sessions, Clock clock) {
    this.database = database;
    this.models = models;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Writes the columns that follow what has been switched, as the caller's transaction sees it.
   *
   * @param switched the default version, or an alias
   * @throws MlException KEPT_COLUMN_BUSY, PREDICTED_COLUMN
   */
  void all(ModelName model, ModelReference.Selector switched) throws SQLException {
    Map<StoredColumn, SqlName> columns = new LinkedHashMap<>();
    for (StoredColumn column : StoredColumns.of(sessions.user(), model)) {
      if (!column.automatic() || !column.selector().equals(switched)) {
        continue;
      }
      Optional<SqlName> table = PredictedColumns.tableOf(sessions.user(), column);
      if (table.isEmpty()) {
        StoredColumns.remove(sessions.user(), column.id());
      } else {
        columns.put(column, table.get());
      }
    }
    if (columns.isEmpty()) {
      return;
    }
    if (database.keptTables().isEmpty()) {
      for (Map.Entry<StoredColumn, SqlName> column : columns.entrySet()) {
        writeThere(column.getKey(), column.getValue());
      }
      return;
    }
    lock(columns);
    for (Map.Entry<StoredColumn, SqlName> column : columns.entrySet()) {
      write(sessions.user(), column.getKey(), column.getValue());
    }
  }

  /** A table of another process is locked and written there. */
  private void writeThere(StoredColumn column, SqlName table) throws SQLException {
    try (PreparedStatement call =
        sessions.user().prepareStatement("CALL INSITU.MATERIALIZE(?, ?, ?, ?)")) {
      call.setString(1, PredictedColumns.model(column));
      call.setString(2, table.sql());
      call.setString(3, SqlName.quoted(column.column()));
      call.setString(4, PredictedColumns.options(column));
      call.execute();
    }
  }

  private void lock(Map<StoredColumn, SqlName> columns) throws SQLException {
    KeptTables tables = database.keptTables().orElseThrow();
    Map<Long, String> names = new TreeMap<>();
    columns.forEach((column, table) -> names.put(column.id(), table + "." + column.column()));
    Set<Long> beside = new TreeSet<>();
    for (StoredColumn other : StoredColumns.all(sessions.control())) {
      if (!other.isPinned()
          && !names.containsKey(other.id())
          && PredictedColumns.tableOf(sessions.control(), other)
              .filter(columns::containsValue)
              .isPresent()) {
        beside.add(other.id());
      }
    }
    tables.lock(names, beside);
  }

  /** Writes a column of which nobody else writes rows; the trigger writes every row. */
  long writeAlone(Connection connection, StoredColumn column, SqlName table) throws SQLException {
    if (!column.isPinned()) {
      lock(Map.of(column, table));
    }
    return write(connection, column, table);
  }

  private long write(Connection connection, StoredColumn column, SqlName table)
      throws SQLException {
    ModelReference reference =
        new ModelReference(
            Optional.of(column.model().schema()), column.model().name(), column.selector());
    ModelVersion version = models.catalog().find(reference);
    String quoted = SqlName.quoted(column.column());
    long rows;
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE " + table.sql() + " SET " + quoted + " = " + quoted)) {
      rows = update.executeUpdate();
    }
    long unseen = database.keptTables().orElseThrow().unseen(table.schema(), table.name());
    if (unseen > 0) {
      throw PredictedColumns.refused(
              table + "." + column.column(),
              "others have written " + unseen + " rows that this transaction does not see")
          .withHint("Have it written in a transaction of its own, or one that reads committed.");
    }
    StoredColumns.refreshed(
        connection, column.id(), table.name(), version.number(), clock.instant(), rows);
    return rows;
  }
}
