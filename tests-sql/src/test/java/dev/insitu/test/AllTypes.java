package dev.insitu.test;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tables with a column of every type that can be a feature: {@code THINGS} to train on, with NULLs
 * everywhere, and {@code ODD} to predict, with extremes and texts never seen.
 */
final class AllTypes {
  static final int TRAINING_ROWS = 320;
  static final int ODD_ROWS = 250;

  /** A feature: its SQL type, ordinary values, and values at or beyond the edge. */
  private record Feature(String type, List<String> usual, List<String> odd) {}

  private static final Map<String, Feature> FEATURES = new LinkedHashMap<>();

  static {
    feature("TI", "TINYINT", List.of("-3", "0", "5", "12"), List.of("-128", "127"));
    feature("SI", "SMALLINT", List.of("100", "200", "-300"), List.of("-32768", "32767"));
    feature(
        "I",
        "INTEGER",
        List.of("1", "2", "3", "40", "50", "77"),
        List.of("-2147483648", "2147483647"));
    feature(
        "BI",
        "BIGINT",
        List.of("10000000000", "10000000001", "-7"),
        List.of("-9223372036854775808", "9223372036854775807", "9007199254740993"));
    feature(
        "DE",
        "DECIMAL(24, 4)",
        List.of("0.1", "12345.6789", "-99.5", "3"),
        List.of("99999999999999999999.9999", "-99999999999999999999.9999", "0.0001"));
    feature(
        "RE",
        "REAL",
        List.of("0.1", "-2.5", "1e10", "33"),
        List.of("NaN", "Infinity", "-Infinity", "3.4e38", "1e-45"));
    feature(
        "DP",
        "DOUBLE PRECISION",
        List.of("0.25", "-1.5", "1000000000.5", "1000000000.25", "3"),
        List.of("NaN", "Infinity", "-Infinity", "1.7e308", "-1.7e308", "4.9e-324", "-0.0"));
    feature(
        "DF",
        "DECFLOAT(20)",
        List.of("0.1", "7.5", "-3"),
        List.of("NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1e-400"));
    feature("FLAG", "BOOLEAN", List.of("TRUE", "FALSE"), List.of("TRUE"));
    feature("CH", "CHAR(4)", List.of("ab", "abcd", "x"), List.of("", "zzzz", "ab"));
    feature(
        "VC",
        "VARCHAR",
        List.of("a", "b", "", "\uD83D\uDC27", "nul\0inside", "B"),
        List.of("never", "\uD83D\uDC28", "nul\0", "nul", " ", "a ", "\uD83D", "\uFDD0", "A"));
    feature(
        "CL", "CLOB", List.of("short", "long ".repeat(60)), List.of("x".repeat(100_000), "long "));
    feature("VI", "VARCHAR_IGNORECASE", List.of("Yes", "No"), List.of("yes", "NO", "maybe"));
    feature(
        "DA",
        "DATE",
        List.of("2013-01-01", "2013-06-30", "2012-02-29", "1969-12-31"),
        List.of("0001-01-01", "9999-12-31", "-1000000000-01-01", "1000000000-12-31"));
    feature(
        "TM",
        "TIME(6)",
        List.of("00:00:00", "12:30:15.5", "07:00:00"),
        List.of("23:59:59.999999", "00:00:00.000001"));
    feature(
        "TZ",
        "TIME(6) WITH TIME ZONE",
        List.of("00:00:00+00", "12:30:15+02", "07:00:00-05:30"),
        List.of("23:59:59.999999-18", "00:00:00+18"));
    feature(
        "TS",
        "TIMESTAMP(6)",
        List.of("2013-01-01 05:00:00", "2013-07-01 17:45:00.123456", "1969-12-31 23:59:59"),
        List.of(
            "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "1000000000-12-31 23:59:59.9"));
    feature(
        "TSZ",
        "TIMESTAMP(6) WITH TIME ZONE",
        List.of("2013-01-01 05:00:00+00", "2013-07-01 17:45:00-04", "2013-03-10 02:30:00+05:30"),
        List.of("0001-01-01 00:00:00+18", "9999-12-31 23:59:59-18"));
    feature("EN", "ENUM('red', 'green', 'blue')", List.of("red", "green"), List.of("blue"));
    feature("MANY", "VARCHAR", List.of(), List.of("name 9999", ""));
    feature("SAME", "INTEGER", List.of("7"), List.of("8", "-1"));
    feature("NOTHING", "DOUBLE PRECISION", List.of(), List.of("1", "NaN"));
  }

  private AllTypes() {}

  private static void feature(String name, String type, List<String> usual, List<String> odd) {
    FEATURES.put(name, new Feature(type, usual, odd));
  }

  /** Returns the feature columns, in order, with commas between. */
  static String features() {
    return String.join(", ", FEATURES.keySet());
  }

  /**
   * Returns the feature columns as a file takes them, by H2's own arithmetic; texts as they are.
   */
  static String rawFeatures() {
    return FEATURES.entrySet().stream()
        .map(feature -> raw(feature.getKey(), feature.getValue().type()))
        .collect(Collectors.joining(", "));
  }

  private static String raw(String name, String type) {
    String epoch = "CAST(EXTRACT(EPOCH FROM " + name + ") AS DECIMAL(60, 6))";
    if (type.equals("DATE")) {
      return "DATEDIFF(DAY, DATE '1970-01-01', " + name + ")";
    } else if (type.equals("BOOLEAN")) {
      return "CAST(" + name + " AS INTEGER)";
    } else if (type.startsWith("TIME(6) WITH")) {
      return "1000000 * (" + epoch + " - 86400 * FLOOR(" + epoch + " / 86400))";
    } else if (type.startsWith("TIME")) {
      return "1000000 * " + epoch;
    } else if (type.contains("CHAR") || type.equals("CLOB") || type.startsWith("ENUM")) {
      return "CAST(" + name + " AS VARCHAR)";
    }
    return name;
  }

  /** Makes both tables; {@code ODD} ends with rows of nothing but NULL and of nothing but edges. */
  static void create(Connection connection) throws SQLException {
    String columns =
        FEATURES.entrySet().stream()
            .map(feature -> feature.getKey() + " " + feature.getValue().type())
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE things(id INTEGER PRIMARY KEY, "
              + columns
              + ", two BOOLEAN, three VARCHAR, five INTEGER, amount DOUBLE PRECISION)");
      statement.execute("CREATE TABLE odd(id INTEGER PRIMARY KEY, " + columns + ")");
    }
    Random random = new Random(20_131);
    insert(connection, "things", TRAINING_ROWS, random, 0, 0.12, 4);
    insert(connection, "odd", ODD_ROWS, random, 0.35, 0.12, 0);
    try (Statement statement = connection.createStatement()) {
      // Labels that follow the features, with noise of the row number and a NULL here and there.
      statement.execute(
          """
          UPDATE things SET
            amount = CASE WHEN MOD(id, 41) = 0 THEN NULL WHEN MOD(id, 43) = 0 THEN CAST('NaN' AS DOUBLE PRECISION) ELSE
              COALESCE(i, 20) * 1.5E0 + CASE WHEN flag THEN 10 ELSE -10 END
              + CASE vc WHEN 'a' THEN 25 WHEN '' THEN -25 ELSE 0 END + MOD(id * 7919, 13) END,
            two = CASE WHEN MOD(id, 37) = 0 THEN NULL ELSE
              COALESCE(i, 20) + CASE WHEN flag THEN 20 ELSE 0 END + MOD(id * 7919, 17) > 40 END,
            three = CASE WHEN MOD(id, 47) = 0 THEN NULL WHEN vc = 'a' OR i > 60 THEN U&'high \\+01F427'
              WHEN COALESCE(i, 0) + MOD(id * 31, 11) > 20 THEN '' ELSE 'low' END,
            five = CASE MOD(COALESCE(i, 0) + MOD(id, 3), 5) WHEN 0 THEN -1 WHEN 1 THEN 0 WHEN 2 THEN 7
              WHEN 3 THEN 100 ELSE 2000000000 END
          """);
    }
  }

  private static void insert(
      Connection connection,
      String table,
      int rows,
      Random random,
      double odd,
      double nulls,
      int labels)
      throws SQLException {
    int columns = 1 + FEATURES.size();
    String sql =
        "INSERT INTO "
            + table
            + " VALUES (?"
            + ", ?".repeat(FEATURES.size())
            + ", NULL".repeat(labels)
            + ")";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int row = 1; row <= rows; row++) {
        insert.setInt(1, row);
        int column = 2;
        for (Map.Entry<String, Feature> feature : FEATURES.entrySet()) {
          boolean edges = labels == 0 && row > rows - 12;
          insert.setString(
              column++,
              edges && row % 4 == 0
                  ? null
                  : value(
                      feature.getKey(),
                      feature.getValue(),
                      random,
                      edges ? 1 : odd,
                      edges ? 0 : nulls));
        }
        if (column != columns + 1) {
          throw new AssertionError(column);
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static @Nullable String value(
      String name, Feature feature, Random random, double odd, double nulls) {
    double dice = random.nextDouble();
    if (dice < nulls) {
      return null;
    } else if (dice < nulls + odd) {
      return feature.odd().get(random.nextInt(feature.odd().size()));
    } else if (name.equals("MANY")) {
      return "name " + (random.nextInt(3) == 0 ? random.nextInt(400) : random.nextInt(10));
    } else if (feature.usual().isEmpty()) {
      return null;
    }
    return feature.usual().get(random.nextInt(feature.usual().size()));
  }
}
