package dev.insitu.store;

import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelText;
import dev.insitu.store.schema.StoreSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

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
        PINNED_VERSION, CLASS_TEXT, REFRESH, %s
      FROM INSITU.STORED_PREDICTED_COLUMNS C\
      """;

  private StoredColumns() {}

  /**
   * Returns the query of all columns. A trigger may be the first that reads a store of an older
   * format, and is not to upgrade it amid the statement that it is part of.
   */
  private static String columns(Connection connection) {
    return String.format(
        Locale.ROOT,
        COLUMNS,
        hasAliases(connection)
            ? "(SELECT F.ALIAS_NAME FROM INSITU.STORED_FOLLOWED_ALIASES F WHERE F.COLUMN_ID = C.ID)"
            : "NULL");
  }

  private static boolean hasAliases(Connection connection) {
    return StoredRows.readIfThere(
            connection, "SELECT MAX(NUMBER) FROM INSITU.STORED_MIGRATIONS", row -> row.getInt(1))
        .stream()
        .anyMatch(format -> format >= StoreSchema.ALIASES);
  }

  /** Returns an id for a new column. */
  public static long nextId(Connection connection) {
    return StoredRows.nextId(connection);
  }

  /** Returns all columns in the order in which they were kept. */
  public static List<StoredColumn> all(Connection connection) {
    return StoredRows.readIfThere(
        connection, columns(connection) + " ORDER BY ID", StoredColumns::column);
  }

  /** Returns the columns of a model in the order in which they were kept. */
  public static List<StoredColumn> of(Connection connection, ModelName model) {
    return StoredRows.readIfThere(
        connection,
        columns(connection) + " WHERE MODEL_SCHEMA = ? AND MODEL_NAME = ? ORDER BY ID",
        StoredColumns::column,
        model.schema(),
        model.name());
  }

  /** Returns the column of an id. */
  public static Optional<StoredColumn> find(Connection connection, long id) {
    return StoredRows.readIfThere(
            connection, columns(connection) + " WHERE ID = ?", StoredColumns::column, id)
        .stream()
        .findFirst();
  }

  /**
   * Returns the id of the version that a selector leads to, as the connection sees it.
   *
   * @param selector the default version, or an alias
   */
  public static Optional<Long> version(Connection connection, ModelName model, Selector selector) {
    List<Long> found =
        selector instanceof Selector.Alias alias
            ? StoredRows.readIfThere(
                connection,
                """
                SELECT V.ID FROM INSITU.STORED_MODELS M
                JOIN INSITU.STORED_ALIASES A ON A.MODEL_ID = M.ID
                JOIN INSITU.STORED_VERSIONS V
                  ON V.MODEL_ID = M.ID AND V.VERSION_NUMBER = A.VERSION_NUMBER
                WHERE M.SCHEMA_NAME = ? AND M.MODEL_NAME = ? AND A.ALIAS_NAME = ?""",
                row -> row.getLong(1),
                model.schema(),
                model.name(),
                alias.name())
            : StoredRows.readIfThere(
                connection,
                """
                SELECT V.ID FROM INSITU.STORED_MODELS M
                JOIN INSITU.STORED_VERSIONS V
                  ON V.MODEL_ID = M.ID AND V.VERSION_NUMBER = M.DEFAULT_VERSION
                WHERE M.SCHEMA_NAME = ? AND M.MODEL_NAME = ?""",
                row -> row.getLong(1),
                model.schema(),
                model.name());
    return found.stream().findFirst();
  }

  /**
   * Adds a column whose rows are yet to be written.
   *
   * @param version the number of the version that predicts it now
   */
  public static void add(Connection connection, StoredColumn column, int version) {
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
        column.selector() instanceof Selector.Default ? null : version,
        column.classText().orElse(null),
        column.automatic() ? AUTOMATIC : "manual");
    if (column.selector() instanceof Selector.Alias alias) {
      StoredRows.write(
          connection,
          "INSERT INTO INSITU.STORED_FOLLOWED_ALIASES (COLUMN_ID, ALIAS_NAME) VALUES (?, ?)",
          column.id(),
          alias.name());
    }
  }

  /** Notes that the alias that columns follow names another version. */
  static void moved(Handle handle, ModelName model, String alias, int version) {
    handle
        .createUpdate(
            """
            UPDATE INSITU.STORED_PREDICTED_COLUMNS SET PINNED_VERSION = :version
            WHERE MODEL_SCHEMA = :schema AND MODEL_NAME = :name AND ID IN (
              SELECT COLUMN_ID FROM INSITU.STORED_FOLLOWED_ALIASES WHERE ALIAS_NAME = :alias)""")
        .bind("version", version)
        .bind("schema", model.schema())
        .bind("name", model.name())
        .bind("alias", alias)
        .execute();
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
    if (hasAliases(connection)) {
      StoredRows.write(
          connection, "DELETE FROM INSITU.STORED_FOLLOWED_ALIASES WHERE COLUMN_ID = ?", id);
    }
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
        selector(row),
        Optional.ofNullable(row.getString(9)),
        row.getString(10).equals(AUTOMATIC));
  }

  private static Selector selector(ResultSet row) throws SQLException {
    String alias = row.getString(11);
    if (alias != null) {
      return new Selector.Alias(alias);
    }
    OptionalInt pinned = StoredRows.number(row, 8);
    return pinned.isPresent() ? new Selector.Version(pinned.getAsInt()) : ModelText.DEFAULT_VERSION;
  }
}
