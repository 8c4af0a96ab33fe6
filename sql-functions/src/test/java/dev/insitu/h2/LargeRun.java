package dev.insitu.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The program that {@link RouteALargeTest} runs in a small heap; it ends with status 0 if right.
 */
final class LargeRun {
  private LargeRun() {}

  public static void main(String[] arguments) throws Exception {
    long rows = Long.parseLong(arguments[0]);
    try (RouteA route = RouteA.open("jdbc:h2:file:" + arguments[1] + "/large")) {
      streams(route, rows);
      aggregates(route, rows);
      spools(route, Math.min(rows, 1_000_000));
    }
  }

  private static void streams(RouteA route, long rows) throws Exception {
    long count = 0;
    try (StatementTable table = route.predict("SELECT x FROM SYSTEM_RANGE(1, " + rows + ")", 0);
        AutoCloseable lazy = route.session.lazily();
        Statement statement = route.connection.createStatement()) {
      table.beginExecution(List.of());
      try (ResultSet result = statement.executeQuery("SELECT * FROM " + table.sqlName())) {
        while (result.next()) {
          count++;
          check(result.getLong(1) == count, "row " + count);
          check((count % 8 > 4 ? "yes" : "no").equals(result.getString(2)), "class " + count);
        }
      }
      check(count == rows && table.scans() == 1, count + " rows, " + table.scans() + " scans");
    }
  }

  private static void aggregates(RouteA route, long rows) throws SQLException {
    try (StatementTable table = route.predict("SELECT x FROM SYSTEM_RANGE(1, " + rows + ")", 0)) {
      table.beginExecution(List.of());
      Object sum =
          route.query("SELECT COUNT(predicted_late) FROM " + table.sqlName()).get(0).get(0);
      check(sum.equals(rows) && table.scans() == 1, sum + " rows");
    }
  }

  /** Rows that do not fit into the memory of a copy, read in order and by look-up. */
  private static void spools(RouteA route, long rows) throws SQLException {
    try (StatementTable table = route.predict("SELECT x FROM SYSTEM_RANGE(1, " + rows + ")", 0)) {
      table.beginExecution(List.of());
      List<List<Object>> answer =
          route.query(
              "SELECT COUNT(*), SUM(f) FROM (SELECT r.x, (SELECT p.x FROM "
                  + table.sqlName()
                  + " p WHERE p.x = r.x * 7) AS f FROM SYSTEM_RANGE(1, 1000) r)");
      check(
          answer.get(0).get(0).equals(1000L)
              && answer.get(0).get(1).toString().equals("3503500")
              && table.scans() == 1,
          answer + ", " + table.scans() + " scans");
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }
}
