package dev.insitu.test;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A process with a small heap that trains on more and more rows, and says what it got. Arguments: a
 * URL, then numbers of rows.
 */
final class LargeTraining {
  private LargeTraining() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Connection connection = DriverManager.getConnection(arguments[0], "sa", "");
        Statement statement = connection.createStatement()) {
      for (int i = 1; i < arguments.length; i++) {
        for (String type : new String[] {"linear_reg", "boosted_tree_regressor"}) {
          out.println(arguments[i] + " " + type + ": " + train(statement, type, arguments[i]));
        }
      }
      try (ResultSet count =
          statement.executeQuery(
              "SELECT COUNT(*) FROM PREDICT(MODEL => 'small_linear_reg', DATA => TABLE small)")) {
        count.next();
        out.println("predicted " + count.getInt(1));
      }
    }
  }

  private static String train(Statement statement, String type, String rows) throws SQLException {
    String options =
        " OPTIONS (model_type = '"
            + type
            + "', data_split_method = 'no_split', input_label_cols = ['y']) AS ";
    String what;
    try {
      statement.execute(
          "CREATE OR REPLACE MODEL large"
              + options
              + "SELECT x AS y, MOD(x, 7) AS a, MOD(x, 11) AS b, MOD(x, 13) AS c, MOD(x, 17) AS d,"
              + " MOD(x, 1009) AS e, SIN(x) AS f, COS(x) AS g FROM SYSTEM_RANGE(1, "
              + rows
              + ")");
      what = "trained";
    } catch (SQLException e) {
      what = e.getSQLState() + " " + String.valueOf(e.getMessage()).replace('\n', ' ');
    }
    statement.execute(
        "CREATE TABLE IF NOT EXISTS small AS"
            + " SELECT x AS y, MOD(x, 7) AS a FROM SYSTEM_RANGE(1, 100)");
    statement.execute("CREATE OR REPLACE MODEL small_" + type + options + "SELECT * FROM small");
    return what;
  }
}
