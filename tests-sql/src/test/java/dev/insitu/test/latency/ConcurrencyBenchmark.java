package dev.insitu.test.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.insitu.test.Machine;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * How does the number of predictions a second grow with connections that predict at once, each with
 * all of eight models in turn? One, two and 32 connections take turns; predictions a second, and a
 * second of CPU time, which tells of waiting and of other work on the machine. A command: {@code
 * mvn -Dquick -pl tests-sql -am test -Dtest=ConcurrencyBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ConcurrencyBenchmark {
  private static final int ROUNDS = Integer.getInteger("insitu.concurrency.rounds", 7);
  private static final int MILLIS = Integer.getInteger("insitu.concurrency.millis", 2_000);
  private static final List<Integer> CONNECTIONS = List.of(1, 2, 32);
  private static final int PAIRS = 4;

  /** Predictions in a thousand seconds, and in a thousand CPU seconds. */
  private record Rate(Readings elapsed, Readings cpu) {}

  @Test
  void connectionsDoNotWaitForOneAnother() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(32);
    List<Connection> connections = new ArrayList<>();
    Map<Integer, Rate> rates = new LinkedHashMap<>();
    try {
      for (int i = 0; i < 32; i++) {
        connections.add(DriverManager.getConnection("jdbc:insitu:h2:mem:together", "sa", ""));
      }
      LatencyDatabase.make(connections.get(0), PAIRS);
      List<List<PreparedStatement>> statements = new ArrayList<>();
      for (Connection connection : connections) {
        statements.add(prepared(connection));
      }
      double[] expected = new double[2 * PAIRS];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = value(statements.get(0).get(i), 5);
      }
      for (int count : CONNECTIONS) {
        rates.put(count, new Rate(new Readings(), new Readings()));
        measure(threads, statements.subList(0, count), expected); // not counted
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int count : CONNECTIONS) {
          long[] rate = measure(threads, statements.subList(0, count), expected);
          of(rates, count).elapsed.add(rate[0]);
          of(rates, count).cpu.add(rate[1]);
        }
      }
    } finally {
      threads.shutdownNow();
      for (Connection connection : connections) {
        connection.close();
      }
    }
    report(rates);
    // A second of CPU time is worth as much, however many connections share it.
    assertThat(of(rates, 32).cpu.median()).isGreaterThan(0.6 * of(rates, 1).cpu.median());
  }

  private static Rate of(Map<Integer, Rate> rates, int connections) {
    return Objects.requireNonNull(rates.get(connections), "a number that is measured");
  }

  private static List<PreparedStatement> prepared(Connection connection) throws SQLException {
    List<PreparedStatement> all = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      all.add(
          connection.prepareStatement(
              "SELECT predicted_y FROM PREDICT(MODEL => 'trees_"
                  + i
                  + "', DATA => (SELECT * FROM points WHERE id = ?))"));
      all.add(
          connection.prepareStatement(
              "SELECT predicted_late_probability FROM PREDICT(MODEL => 'late_"
                  + i
                  + "', DATA => (SELECT * FROM people WHERE id = ?))"));
    }
    return all;
  }

  private static double value(PreparedStatement statement, int id) throws SQLException {
    statement.setInt(1, id);
    try (ResultSet row = statement.executeQuery()) {
      assertThat(row.next()).isTrue();
      return row.getDouble(1);
    }
  }

  private static long[] measure(
      ExecutorService threads, List<List<PreparedStatement>> statements, double[] expected)
      throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    long end = start + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    List<Future<Long>> working = new ArrayList<>();
    for (List<PreparedStatement> own : statements) {
      working.add(threads.submit(() -> work(own, end, expected)));
    }
    double count = 0;
    for (Future<Long> work : working) {
      count += work.get();
    }
    return new long[] {
      (long) (count * 1e12 / (System.nanoTime() - start)),
      (long) (count * 1e12 / (system.getProcessCpuTime() - cpu))
    };
  }

  private static long work(List<PreparedStatement> statements, long end, double[] expected)
      throws SQLException {
    long count = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < statements.size(); i++) {
        if (value(statements.get(i), 5) != expected[i]) {
          throw new IllegalStateException("model " + i + " predicts another value");
        }
        count++;
      }
    }
    return count;
  }

  private static void report(Map<Integer, Rate> rates) {
    StringBuilder text = new StringBuilder(Machine.line());
    text.append(
        String.format(
            Locale.ROOT, "%n%-12s %16s %16s%n", "connections", "a second", "a CPU second"));
    rates.forEach(
        (count, rate) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-12d %,16.0f %,16.0f%n",
                    count,
                    rate.elapsed.median() / 1e3,
                    rate.cpu.median() / 1e3)));
    text.append(
        String.format(
            Locale.ROOT,
            "2 to 1: %s; 32 to 2: %s%n",
            of(rates, 2).elapsed.ratio(of(rates, 1).elapsed, 1),
            of(rates, 32).elapsed.ratio(of(rates, 2).elapsed, 1)));
    LatencyDatabase.report(text.toString());
  }
}
