package dev.insitu.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;

/** The demo's tables and view in a file database, for measurements. */
final class Flights {
  private static final Path SCRIPT = Path.of("tests-sql/demo/flights.sql");

  private Flights() {}

  /** Makes a database file with them, unless it is there. */
  static void makeFile(Path file) throws Exception {
    if (!Files.exists(Path.of(file + ".mv.db"))) {
      try (Connection connection = DriverManager.getConnection("jdbc:h2:" + file, "sa", "")) {
        load(connection);
      }
    }
  }

  /** Runs the demo's script up to the view {@code departures}. */
  private static void load(Connection connection) throws Exception {
    String script = Files.readString(SCRIPT);
    String setUp = script.substring(0, script.indexOf("-- Models learn from"));
    try (Statement statement = connection.createStatement()) {
      for (String sql : Arrays.stream(setUp.split(";\\s*\n")).toList()) {
        if (sql.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("--"))) {
          statement.execute(sql);
        }
      }
    }
  }

  /** Returns the columns that are known before a flight leaves, and a label. */
  static String query(String label) {
    return columns(label) + " FROM departures WHERE dep_month <= 9";
  }

  /** Returns the same of the whole year, with {@code later}: whether it is October or after. */
  static String yearQuery(String label) {
    return columns(label) + ", dep_month >= 10 AS later FROM departures";
  }

  private static String columns(String label) {
    return "SELECT carrier, origin, dest, weekday, dep_hour, distance, temp, dewp, humid, wind_dir,"
        + " wind_speed, wind_gust, precip, pressure, visib, built, plane_type, manufacturer,"
        + " engines, seats, engine"
        + (label.isEmpty() ? "" : ", " + label);
  }
}
