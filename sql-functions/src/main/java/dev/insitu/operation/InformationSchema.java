package dev.insitu.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the database tells about its objects, each name as stored. */
final class InformationSchema {
  private InformationSchema() {}

  /** Returns the function of a name that calls a method, if there is one. */
  static List<List<String>> routine(
      Connection connection, String schema, String name, String method) throws SQLException {
    return rows(
        connection,
        """
        SELECT ROUTINE_NAME FROM INFORMATION_SCHEMA.ROUTINES
        WHERE ROUTINE_SCHEMA = ? AND ROUTINE_NAME = ? AND EXTERNAL_NAME = ?""",
        schema,
        name,
        method);
  }

  /** Returns the rows of a query, all values as text. */
  static List<List<String>> rows(Connection connection, String sql, String... parameters)
      throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      try (ResultSet row = query.executeQuery()) {
        int columns = row.getMetaData().getColumnCount();
        while (row.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            values.add(String.valueOf(row.getString(i)));
          }
          rows.add(values);
        }
      }
    }
    return rows;
  }
}
