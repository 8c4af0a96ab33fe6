package dev.insitu.store;

import dev.insitu.model.ModelName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of STORED_PREDICTED_COLUMNS: which columns keep predictions, and of which version. Every
 * method works on the connection that it is given. What a refresh notes belongs to the transaction
 * that switches the version.
 */
public final class StoredColumns {
  private static final String AUTOMATIC = "automatic";

  private static final String COLUMNS =
      """
      SELECT ID, SCHEMA_NAME, TABLE_NAME, COLUMN_NAME, TRIGGER_NAME, MODEL_SCHEMA, MODEL_NAME,
        PINNED_VERSION, CLASS_TEXT, REFRESH
      FROM INSITU.STORED_PREDICTED_COLUMNS\
      """;

  private StoredColumns() {}

  /** Returns an id for a new column. */
  public static long nextId(Connection connection) {
    return StoredRows.nextId(connection);
  }

  /** Returns all columns in the order in which they were kept. */
  public static List<StoredColumn> all(Connection connection) {
    return StoredRows.readIfThere(connection, COLUMNS + " ORDER BY ID", StoredColumns::column);
  }

  /** Returns the columns of a model in the order in which they were kept. */
  public static List<StoredColumn> of(Connection connection, ModelName model) {
    return StoredRows.readIfThere(
        connection,
        COLUMNS + " WHERE MODEL_SCHEMA = ? AND MODEL_NAME = ? ORDER BY ID",
        StoredColumns::column,
        model.schema(),
        model.name());
  }

  /** Returns the column of an id. */
  public static Optional<StoredColumn> find(Connection connection, long id) {
    return StoredRows.readIfThere(connection, COLUMNS + " WHERE ID = ?", StoredColumns::column, id)
        .stream()
        .findFirst();
  }

  /** Returns the id of the default version of a model, as the connection sees it. */
  public static Optional<Long> defaultVersion(Connection connection, ModelName model) {
    return StoredRows.readIfThere(
            connection,
            """
            SELECT V.ID FROM INSITU.STORED_MODELS M
            JOIN INSITU.STORED_VERSIONS V
              ON V.MODEL_ID = M.ID AND V.VERSION_NUMBER = M.DEFAULT_VERSION
            WHERE M.SCHEMA_NAME = ? AND M.MODEL_NAME = ?""",
            row -> row.getLong(1),
            model.schema(),
            model.name())
        .stream()
        .findFirst();
  }

  /** Adds a column whose rows are yet to be written. */
  public static void add(Connection connection, StoredColumn column) {
    StoredRows.write(
        connection,
        """
        INSERT INTO INSITU.STORED_PREDICTED_COLUMNS (
          ID, SCHEMA_NAME, TABLE_NAME, COLUMN_NAME, TRIGGER_NAME, MODEL_SCHEMA, MODEL_NAME,
          PINNED_VERSION, CLASS_TEXT, REFRESH)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        column.id(),
        column.schema(),
        column.table(),
        column.column(),
        column.trigger(),
        column.model().schema(),
        column.model().name(),
        column.pinned().isPresent() ? column.pinned().getAsInt() : null,
        column.classText().orElse(null),
        column.automatic() ? AUTOMATIC : "manual");
  }

  /** Notes that all rows of a column were written with a version. */
  public static void refreshed(
      Connection connection, long id, String table, int version, Instant now, long rows) {
    StoredRows.write(
        connection,
        """
        UPDATE INSITU.STORED_PREDICTED_COLUMNS
        SET TABLE_NAME = ?, VERSION_NUMBER = ?, REFRESHED_AT = ?, REFRESHED_ROWS = ?
        WHERE ID = ?""",
        table,
        version,
        StoredRows.moment(now),
        rows,
        id);
  }

  /** Forgets a column; returns whether there was one of that id. */
  public static boolean remove(Connection connection, long id) {
    return StoredRows.write(
            connection, "DELETE FROM INSITU.STORED_PREDICTED_COLUMNS WHERE ID = ?", id)
        > 0;
  }

  private static StoredColumn column(ResultSet row) throws SQLException {
    return new StoredColumn(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        new ModelName(row.getString(6), row.getString(7)),
        StoredRows.number(row, 8),
        Optional.ofNullable(row.getString(9)),
        row.getString(10).equals(AUTOMATIC));
  }
}
