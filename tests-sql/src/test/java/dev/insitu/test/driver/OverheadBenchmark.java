package dev.insitu.test.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.test.Machine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What does a statement without a prediction cost more through our driver? Blocks of the same calls
 * run on both drivers in turn, and the medians of their times and of the differences between
 * neighbours are printed, in nanoseconds a call. A command, not a part of the build: {@code mvn -pl
 * tests-sql -am test -Dtest=OverheadBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class OverheadBenchmark {
  /** A call, or as many as it says. */
  private interface Call {
    long run(Connection connection) throws SQLException;
  }

  private static final int ROUNDS = Integer.getInteger("insitu.overhead.rounds", 400);
  private static final long MOST = Long.getLong("insitu.overhead.most", 2_000);
  private static final long BLOCK_NANOS = 1_500_000;
  private static final int ROWS = 1_000;
  private static final AtomicLong TEXTS = new AtomicLong();
  private static final String LONG_TEXT =
      "SELECT model FROM cars WHERE id = 7" + " AND id < 1000000".repeat(100);

  @Test
  void aStatementWithoutAPredictionCostsLessThanTwoMicrosecondsMore() throws SQLException {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("executeQuery", c -> query(c, "SELECT name FROM cars WHERE id = 7"));
    calls.put("executeQuery, a column model", c -> query(c, "SELECT model FROM cars WHERE id = 7"));
    calls.put(
        "executeQuery, PREDICT( in a string",
        c -> query(c, "SELECT name FROM cars WHERE id = 7 AND name <> 'PREDICT('"));
    calls.put(
        "executeQuery, CREATE MODEL in a comment",
        c -> query(c, "SELECT name FROM cars /* CREATE MODEL m */ WHERE id = 7"));
    calls.put("executeQuery, 1,700 characters with model", c -> query(c, LONG_TEXT));
    calls.put("executeQuery, a new text", c -> query(c, newText("name")));
    calls.put("executeQuery, a new text with model", c -> query(c, newText("model")));
    calls.put("executeUpdate", c -> update(c, "UPDATE cars SET name = 'x' WHERE id = 7"));
    calls.put("executeUpdate, model", c -> update(c, "UPDATE cars SET model = 'x' WHERE id = 7"));
    calls.put("prepareStatement", c -> prepare(c, "SELECT name FROM cars WHERE id = ?"));
    calls.put("prepareStatement, model", c -> prepare(c, "SELECT model FROM cars WHERE id = ?"));
    calls.put("createStatement", OverheadBenchmark::create);
    calls.put("commit", OverheadBenchmark::commit);
    StringBuilder report = new StringBuilder(Machine.line());
    report.append(
        String.format(
            Locale.ROOT,
            "%n%-42s %9s %9s %11s %17s%n",
            "ns a call (median)",
            "H2",
            "ours",
            "difference",
            "quartiles"));
    long worst = 0;
    try (Connection plain = open("jdbc:h2:mem:");
        Connection ours = open("jdbc:insitu:h2:mem:")) {
      for (Map.Entry<String, Call> call : calls.entrySet()) {
        worst = Math.max(worst, measured(call.getKey(), plain, ours, call.getValue(), 1, report));
      }
      try (PreparedStatement a = plain.prepareStatement("SELECT name FROM cars WHERE id = ?");
          PreparedStatement b = ours.prepareStatement("SELECT name FROM cars WHERE id = ?");
          PreparedStatement c = plain.prepareStatement("UPDATE cars SET name = ? WHERE id = 9");
          PreparedStatement d = ours.prepareStatement("UPDATE cars SET name = ? WHERE id = 9")) {
        Call query = on -> executed(on == plain ? a : b);
        Call update = on -> updated(on == plain ? c : d);
        worst = Math.max(worst, measured("prepared executeQuery", plain, ours, query, 1, report));
        worst = Math.max(worst, measured("prepared executeUpdate", plain, ours, update, 1, report));
      }
      try (Statement a = plain.createStatement();
          Statement b = ours.createStatement()) {
        Call rows = on -> rows(on == plain ? a : b);
        worst =
            Math.max(worst, measured("a row: next and 3 getters", plain, ours, rows, ROWS, report));
      }
    }
    Machine.report(report.toString());
    assertThat(worst).as("the largest difference of the medians%n%s", report).isLessThan(MOST);
  }

  private static Connection open(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url, "sa", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE cars(id INT PRIMARY KEY, name VARCHAR(20), model VARCHAR(20)) AS"
              + " SELECT X, 'car ' || X, 'T' FROM SYSTEM_RANGE(1, "
              + ROWS
              + ")");
    }
    return connection;
  }

  /** Measures a call on both, adds a line to the report, and returns the median difference. */
  private static long measured(
      String name, Connection plain, Connection ours, Call call, int each, StringBuilder report)
      throws SQLException {
    for (int i = 0; i < 3_000 / each + 20; i++) {
      assertThat(call.run(ours)).as(name).isEqualTo(call.run(plain));
    }
    long one = Math.max(1, nanos(plain, call, 50) / 50);
    int block = (int) Math.max(1, BLOCK_NANOS / one);
    double[] onPlain = new double[ROUNDS];
    double[] onOurs = new double[ROUNDS];
    double[] differences = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      boolean plainFirst = i % 2 == 0;
      long first = nanos(plainFirst ? plain : ours, call, block);
      long second = nanos(plainFirst ? ours : plain, call, block);
      onPlain[i] = (double) (plainFirst ? first : second) / block / each;
      onOurs[i] = (double) (plainFirst ? second : first) / block / each;
      differences[i] = onOurs[i] - onPlain[i];
    }
    Arrays.sort(onPlain);
    Arrays.sort(onOurs);
    Arrays.sort(differences);
    report.append(
        String.format(
            Locale.ROOT,
            "%-42s %9.0f %9.0f %11.0f %8.0f %8.0f%n",
            name,
            onPlain[ROUNDS / 2],
            onOurs[ROUNDS / 2],
            differences[ROUNDS / 2],
            differences[ROUNDS / 4],
            differences[ROUNDS * 3 / 4]));
    return (long) differences[ROUNDS / 2];
  }

  private static long nanos(Connection connection, Call call, int times) throws SQLException {
    long sum = 0;
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      sum += call.run(connection);
    }
    long nanos = System.nanoTime() - start;
    assertThat(sum).isNotNegative();
    return nanos;
  }

  /** A text that neither driver has seen. */
  private static String newText(String column) {
    return "SELECT "
        + column
        + " FROM cars WHERE id = 7 AND id < "
        + (ROWS + TEXTS.incrementAndGet());
  }

  private static long query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? 1 : 0;
    }
  }

  private static long update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static long prepare(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.isClosed() ? 0 : 1;
    }
  }

  private static long create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.getMaxRows();
    }
  }

  private static long commit(Connection connection) throws SQLException {
    connection.commit();
    return 0;
  }

  private static long executed(PreparedStatement statement) throws SQLException {
    statement.setInt(1, 7);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? 1 : 0;
    }
  }

  private static long updated(PreparedStatement statement) throws SQLException {
    statement.setString(1, "x");
    return statement.executeUpdate();
  }

  private static long rows(Statement statement) throws SQLException {
    long sum = 0;
    try (ResultSet rows = statement.executeQuery("SELECT id, name, model FROM cars")) {
      while (rows.next()) {
        sum += rows.getInt(1) + rows.getString(2).length() + rows.getString("MODEL").length();
      }
    }
    return sum;
  }
}
