package dev.insitu.test;

import java.sql.Connection;
import java.sql.DriverManager;

/** A process that opens a database by plain H2, does nothing, and waits for a further version. */
final class ReopenedSchedule {
  private ReopenedSchedule() {}

  /** Takes the URL; ends with 0 once there is a version more than at the beginning. */
  public static void main(String[] arguments) throws Exception {
    String versions = "SELECT COUNT(*) FROM INSITU.MODEL_VERSIONS";
    try (Connection connection = DriverManager.getConnection(arguments[0], "sa", "")) {
      Object before = ImportedDoorsTest.rows(connection, versions).get(0).get(0);
      for (int i = 0; i < 300; i++) {
        Thread.sleep(100);
        if (!ImportedDoorsTest.rows(connection, versions).get(0).get(0).equals(before)) {
          return;
        }
      }
    }
    System.exit(1);
  }
}
