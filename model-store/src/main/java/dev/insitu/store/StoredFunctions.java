package dev.insitu.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * The rows of STORED_FUNCTIONS: which numbered entry point asks which model. Every method works on
 * the connection that it is given; those that write want the control session, as the aliases that
 * the rows belong to are made there.
 */
public final class StoredFunctions {
  private static final String COLUMNS =
      """
      SELECT KIND, NUMBER, SCHEMA_NAME, FUNCTION_NAME, MODEL_TEXT, CLASS_TEXT, CREATED_BY,
        CREATED_AT
      FROM INSITU.STORED_FUNCTIONS\
      """;

  private StoredFunctions() {}

  /** Returns all functions by schema and name. */
  public static List<StoredFunction> all(Connection connection) {
    return StoredRows.readIfThere(
        connection, COLUMNS + " ORDER BY SCHEMA_NAME, FUNCTION_NAME", StoredFunctions::function);
  }

  /** Returns the function that an entry point serves. */
  public static Optional<StoredFunction> find(Connection connection, String kind, int number) {
    return StoredRows.readIfThere(
            connection,
            COLUMNS + " WHERE KIND = ? AND NUMBER = ?",
            StoredFunctions::function,
            kind,
            number)
        .stream()
        .findFirst();
  }

  /** Adds a function; its entry point is free. */
  public static void add(Connection control, StoredFunction function) {
    StoredRows.write(
        control,
        """
        INSERT INTO INSITU.STORED_FUNCTIONS (
          KIND, NUMBER, SCHEMA_NAME, FUNCTION_NAME, MODEL_TEXT, CLASS_TEXT, CREATED_BY, CREATED_AT)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        function.kind(),
        function.number(),
        function.schema(),
        function.name(),
        function.model(),
        function.classText().orElse(null),
        function.createdBy(),
        StoredRows.moment(function.createdAt()));
  }

  /** Removes what an entry point serves; returns whether there was something. */
  public static boolean remove(Connection control, String kind, int number) {
    return StoredRows.write(
            control,
            "DELETE FROM INSITU.STORED_FUNCTIONS WHERE KIND = ? AND NUMBER = ?",
            kind,
            number)
        > 0;
  }

  private static StoredFunction function(ResultSet row) throws SQLException {
    return new StoredFunction(
        row.getString(1),
        row.getInt(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Optional.ofNullable(row.getString(6)),
        row.getString(7),
        row.getObject(8, OffsetDateTime.class).toInstant());
  }
}
