package dev.insitu.test.latency;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A process that opens a database, runs one statement and says on its standard output what that
 * took: elapsed nanoseconds, CPU nanoseconds of the process, value, loaded classes.
 */
final class FirstPrediction {
  private FirstPrediction() {}

  /** Takes the JDBC URL and the statement, which has one parameter, the key. */
  public static void main(String[] arguments) throws SQLException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    double value;
    long nanos;
    try (Connection connection = DriverManager.getConnection(arguments[0], "sa", "");
        PreparedStatement statement = connection.prepareStatement(arguments[1])) {
      statement.setInt(1, 77);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("no row");
        }
        value = row.getDouble(1);
      }
      nanos = System.nanoTime() - start;
      cpu = system.getProcessCpuTime() - cpu;
    }
    System.out.printf(
        "%d %d %s %d%n",
        nanos, cpu, value, ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
  }
}
