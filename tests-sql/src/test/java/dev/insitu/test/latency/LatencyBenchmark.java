package dev.insitu.test.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.test.Machine;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How long does a prepared prediction of one row take that a key finds? Blocks of executions of
 * each statement run in turn, H2's own look-up of the same row among them, through H2's own driver;
 * each execution is timed, and the row read. Every answer has been compared before with that of a
 * statement over the whole table. A command: {@code mvn -Dquick -pl tests-sql -am test
 * -Dtest=LatencyBenchmark -Dsurefire.failIfNoSpecifiedTests=false}; {@code -Dinsitu.latency.rounds}
 * for a shorter or longer one.
 */
class LatencyBenchmark {
  private static final int ROUNDS = Integer.getInteger("insitu.latency.rounds", 400);
  private static final int WARM_UP = Integer.getInteger("insitu.latency.warmup", 30_000);
  private static final int BLOCK = 50;

  /** Most a median and a 99th percentile may be, in microseconds. */
  private static final double MEDIAN = Double.parseDouble(System.getProperty("insitu.p50", "50"));

  private static final double NEARLY_ALL =
      Double.parseDouble(System.getProperty("insitu.p99", "200"));

  /** A prepared statement of one parameter, the key, and what it took. */
  private record Case(
      String name, PreparedStatement statement, double[] expected, Readings times, Readings cpu) {
    double run(int id) throws SQLException {
      statement.setInt(1, id);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("no row " + id);
        }
        return row.getDouble(1);
      }
    }
  }

  @Test
  void aPredictionOfOneRowTakesLessThanFiftyMicroseconds() throws SQLException {
    try (Connection ours = DriverManager.getConnection("jdbc:insitu:h2:mem:latency", "sa", "");
        Connection plain = DriverManager.getConnection("jdbc:h2:mem:latency", "sa", "")) {
      LatencyDatabase.make(ours, 1);
      List<Case> cases = new ArrayList<>();
      cases.add(
          prepared(plain, "H2, 28 columns", "SELECT * FROM points WHERE id = ?", "id", "points"));
      cases.add(
          prepared(plain, "H2, 4 columns", "SELECT * FROM people WHERE id = ?", "id", "people"));
      predictions(ours, cases, "trees_0", LatencyDatabase.FEATURE_LIST, "predicted_y", "points");
      predictions(
          ours,
          cases,
          "late_0",
          LatencyDatabase.MIXED_LIST,
          "predicted_late_probability",
          "people");
      verify(cases);
      warmUp(cases);
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < cases.size(); i++) {
          measure(cases.get((i + round) % cases.size()), round);
        }
      }
      report(cases);
      for (Case each : cases) {
        assertThat(each.times.percentile(50) / 1e3).as(each.name).isLessThan(MEDIAN);
        assertThat(each.times.percentile(99) / 1e3).as(each.name).isLessThan(NEARLY_ALL);
      }
    }
  }

  /** Adds the forms in which a prediction of a row is written. */
  private static void predictions(
      Connection ours, List<Case> cases, String model, String columns, String output, String table)
      throws SQLException {
    String whole =
        "SELECT %s FROM PREDICT(MODEL => '" + model + "', DATA => (SELECT %s FROM " + table;
    cases.add(
        prepared(
            ours,
            "PREDICT of " + model,
            String.format(Locale.ROOT, whole, output, columns) + " WHERE id = ?))",
            null,
            null));
    cases.add(
        prepared(
            ours,
            "PREDICT of " + model + ", WHERE outside",
            String.format(Locale.ROOT, whole, output, "*") + ")) WHERE id = ?",
            null,
            null));
    boolean isClass = output.endsWith("probability");
    String call = isClass ? "PREDICTION_PROBABILITY('%s', 'TRUE', %s)" : "PREDICTION('%s', %s)";
    cases.add(
        prepared(
            ours,
            "PREDICTION of " + model,
            "SELECT "
                + String.format(Locale.ROOT, call, model, columns)
                + " FROM "
                + table
                + " WHERE id = ?",
            null,
            null));
    double[] expected = new double[LatencyDatabase.ROWS + 1];
    String value =
        isClass
            ? "CASE WHEN predicted_late THEN predicted_late_probability ELSE 1 -"
                + " predicted_late_probability END"
            : output;
    double[] shown = new double[LatencyDatabase.ROWS + 1];
    try (Statement statement = ours.createStatement();
        ResultSet rows =
            statement.executeQuery(
                String.format(Locale.ROOT, whole, "id, " + output + ", " + value, "*") + "))")) {
      while (rows.next()) {
        shown[rows.getInt(1)] = rows.getDouble(2);
        expected[rows.getInt(1)] = rows.getDouble(3);
      }
    }
    int last = cases.size() - 1;
    System.arraycopy(shown, 0, cases.get(last - 2).expected, 0, shown.length);
    System.arraycopy(shown, 0, cases.get(last - 1).expected, 0, shown.length);
    System.arraycopy(expected, 0, cases.get(last).expected, 0, shown.length);
  }

  /** Prepares a statement; the expected values are those of a column, or come later. */
  private static Case prepared(
      Connection connection,
      String name,
      String sql,
      @org.jspecify.annotations.Nullable String column,
      @org.jspecify.annotations.Nullable String table)
      throws SQLException {
    double[] expected = new double[LatencyDatabase.ROWS + 1];
    if (column != null) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT id, " + column + " FROM " + table)) {
        while (rows.next()) {
          expected[rows.getInt(1)] = rows.getDouble(2);
        }
      }
    }
    return new Case(
        name, connection.prepareStatement(sql), expected, new Readings(), new Readings());
  }

  private static void verify(List<Case> cases) throws SQLException {
    for (Case each : cases) {
      double sum = 0;
      for (int id = 1; id <= LatencyDatabase.ROWS; id += 7) {
        assertThat(each.run(id)).as(each.name).isCloseTo(each.expected[id], within(1e-9));
        sum += Math.abs(each.expected[id]);
      }
      assertThat(sum).as(each.name).isPositive();
    }
  }

  private static void warmUp(List<Case> cases) throws SQLException {
    for (int i = 0; i < WARM_UP; i += BLOCK) {
      for (Case each : cases) {
        for (int j = 0; j < BLOCK; j++) {
          each.run(id(i + j));
        }
      }
    }
  }

  private static void measure(Case of, int round) throws SQLException {
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < BLOCK; i++) {
      int id = id(round * BLOCK + i);
      long start = System.nanoTime();
      double value = of.run(id);
      of.times.add(System.nanoTime() - start);
      if (Math.abs(value - of.expected[id]) > 1e-9) {
        throw new IllegalStateException(of.name + " predicts " + value + " for row " + id);
      }
    }
    of.cpu.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / BLOCK);
  }

  /** Rows in no order that a cache could guess. */
  private static int id(int i) {
    return 1 + (int) (i * 7919L % LatencyDatabase.ROWS);
  }

  private static void report(List<Case> cases) {
    StringBuilder text = new StringBuilder(Machine.line());
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-40s %9s %9s %9s %9s   %s%n",
            "microseconds an execution",
            "p50",
            "p90",
            "p99",
            "CPU",
            "ratio to the first (quartiles)"));
    for (Case each : cases) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-40s %s %9.1f   %s%n",
              each.name,
              each.times.micros(),
              each.cpu.median() / 1e3,
              each.times.ratio(cases.get(0).times, BLOCK)));
    }
    LatencyDatabase.report(text.toString());
  }
}
