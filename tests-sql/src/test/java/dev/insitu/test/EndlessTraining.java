package dev.insitu.test;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/**
 * A process that trains one version after another until it is killed; says each version that is
 * safe.
 */
final class EndlessTraining {
  private EndlessTraining() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Connection connection = DriverManager.getConnection(arguments[0], "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS points AS SELECT x, MOD(x * 7919, 104729) / 1000.0 AS a, 3 * x AS y"
              + " FROM SYSTEM_RANGE(1, 2000)");
      out.println("ready");
      for (int version = 1; version < Integer.MAX_VALUE; version++) {
        statement.execute(
            "CREATE OR REPLACE MODEL line OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS"
                + " SELECT x, a, y FROM points");
        out.println("published");
      }
    }
  }
}
