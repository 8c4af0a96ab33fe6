package dev.insitu.test.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.test.Machine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much longer than H2's own first key look-up does the first prediction take after a database
 * file was opened in a fresh process? Processes of each kind run in turn, and each says what
 * opening and one statement took. A command: {@code mvn -Dquick -pl tests-sql -am test
 * -Dtest=FirstPredictionBenchmark -Dsurefire.failIfNoSpecifiedTests=false}; {@code
 * -Dinsitu.first.runs} for more or fewer processes.
 */
class FirstPredictionBenchmark {
  private static final int RUNS = Integer.getInteger("insitu.first.runs", 9);
  private static final double MOST =
      Double.parseDouble(System.getProperty("insitu.first.most", "500"));

  @TempDir Path folder;

  /** A statement, the driver, and what its processes said. */
  private record Case(
      String driver, String sql, double expected, Readings times, Readings cpu, Readings classes) {}

  @Test
  void theFirstPredictionTakesLessThanHalfASecondMore() throws Exception {
    String file = "h2:" + folder.resolve("first");
    Map<String, Case> cases = new LinkedHashMap<>();
    try (Connection ours = DriverManager.getConnection("jdbc:insitu:" + file, "sa", "")) {
      LatencyDatabase.make(ours, 1);
      add(cases, ours, "H2, key look-up", "h2", "SELECT * FROM points WHERE id = ?");
      add(cases, ours, "our driver, key look-up", "insitu", "SELECT * FROM points WHERE id = ?");
      add(
          cases,
          ours,
          "PREDICT, 100 trees",
          "insitu",
          "SELECT predicted_y FROM PREDICT(MODEL => 'trees_0', DATA => (SELECT "
              + LatencyDatabase.FEATURE_LIST
              + " FROM points WHERE id = ?))");
      add(
          cases,
          ours,
          "PREDICT, linear with texts",
          "insitu",
          "SELECT predicted_late_probability FROM PREDICT(MODEL => 'late_0', DATA => (SELECT "
              + LatencyDatabase.MIXED_LIST
              + " FROM people WHERE id = ?))");
      add(
          cases,
          ours,
          "PREDICTION, 100 trees",
          "insitu",
          "SELECT PREDICTION('trees_0', "
              + LatencyDatabase.FEATURE_LIST
              + ") FROM points WHERE id = ?");
      add(
          cases,
          ours,
          "PREDICT … WHERE (planned)",
          "insitu",
          "SELECT predicted_y FROM PREDICT(MODEL => 'trees_0', DATA => TABLE points) WHERE id = ?");
    }
    for (int run = 0; run < RUNS; run++) {
      for (Case each : cases.values()) {
        run(each, file);
      }
    }
    report(cases);
    double base = of(cases, "H2, key look-up").times.median();
    for (String name : List.of("PREDICT, 100 trees", "PREDICT, linear with texts")) {
      assertThat((of(cases, name).times.median() - base) / 1e6).as(name).isLessThan(MOST);
    }
  }

  private static Case of(Map<String, Case> cases, String name) {
    return Objects.requireNonNull(cases.get(name), name);
  }

  private static void add(
      Map<String, Case> cases, Connection connection, String name, String driver, String sql)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, 77);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        cases.put(
            name,
            new Case(
                driver, sql, row.getDouble(1), new Readings(), new Readings(), new Readings()));
      }
    }
  }

  private static void run(Case of, String file) throws Exception {
    String url = of.driver.equals("h2") ? "jdbc:" + file : "jdbc:insitu:" + file;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(FirstPrediction.class.getName());
    command.add(url);
    command.add(of.sql);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    String[] words = said.split(" ");
    assertThat(Double.parseDouble(words[2])).isCloseTo(of.expected, within(1e-9));
    of.times.add(Long.parseLong(words[0]));
    of.cpu.add(Long.parseLong(words[1]));
    of.classes.add(Long.parseLong(words[3]));
  }

  private static void report(Map<String, Case> cases) {
    StringBuilder text = new StringBuilder(Machine.line());
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-28s %9s %9s %9s %9s %9s   %s%n",
            "ms after the process began",
            "least",
            "median",
            "most",
            "CPU",
            "classes",
            "more than H2 (quartiles)"));
    Readings base = of(cases, "H2, key look-up").times;
    for (Map.Entry<String, Case> each : cases.entrySet()) {
      Case of = each.getValue();
      text.append(
          String.format(
              Locale.ROOT,
              "%-28s %s %9.0f %9.0f   %s%n",
              each.getKey(),
              of.times.millis(),
              of.cpu.median() / 1e6,
              of.classes.median(),
              of.times.difference(base)));
    }
    LatencyDatabase.report(text.toString());
  }
}
