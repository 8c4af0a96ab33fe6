package dev.insitu.test;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that tries to import files, and says of each what came of it. */
final class HostileImports {
  private HostileImports() {}

  public static void main(String[] files) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        Statement statement = connection.createStatement()) {
      for (String file : files) {
        out.print(file + "\t");
        try {
          statement.execute(
              "CREATE OR REPLACE MODEL m FROM FILE '" + file + "' OPTIONS (max_run_seconds = 2)");
          out.println("imported");
        } catch (SQLException e) {
          out.println(e.getSQLState() + " " + String.valueOf(e.getMessage()).replace('\n', ' '));
        }
      }
      out.println("end");
    }
  }
}
