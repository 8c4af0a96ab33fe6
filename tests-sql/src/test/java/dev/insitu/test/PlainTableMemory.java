package dev.insitu.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads many rows of a table function, once and again and again, and prints how many it was. */
final class PlainTableMemory {
  private PlainTableMemory() {}

  public static void main(String[] arguments) throws SQLException {
    String query = "SELECT x AS id, CAST(x AS DOUBLE PRECISION) AS a, x || ''-'' || x AS text";
    String call = "INSITU.PREDICT('m', '" + query + " FROM SYSTEM_RANGE(1, " + arguments[1] + ")')";
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + arguments[0], "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(PlainDatabases.INSTALL);
      statement.execute(
          "CALL INSITU.TRAIN('m', 'SELECT CAST(x AS DOUBLE PRECISION) AS a, 2.0 * x AS y"
              + " FROM SYSTEM_RANGE(1, 100)', 'y', '{\"model_type\": \"linear_reg\"}')");
      print(statement, "SELECT COUNT(predicted_y) FROM " + call);
      print(
          statement,
          "SELECT COUNT(p.predicted_y) FROM SYSTEM_RANGE(1, 2) r JOIN " + call + " p ON 1 = 1");
      print(statement, "CALL (SELECT COUNT(*) FROM " + call + ")");
    }
  }

  private static void print(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      System.out.println(row.getLong(1));
    }
  }
}
