package dev.insitu.test;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The program that {@link PlainFunctionBenchmark} runs: a table of made numbers, two models trained
 * on it, and queries of plain H2 in which a function predicts each row, beside the same queries
 * with the sum of the columns in its place. What the functions answer is compared with the driver's
 * {@code PREDICT} before any clock starts; then each pair runs in turn, the other one first in each
 * second round. Results are not reused, and the table is in H2's page cache.
 */
final class PlainFunctionCost {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final int ROWS = Integer.getInteger("insitu.plain.rows", 1_000_000);
  private static final int REPEATS = Integer.getInteger("insitu.plain.repeats", 9);
  private static final int WARM_UP = Integer.getInteger("insitu.plain.warmup", 4);
  private static final int CALLS = Integer.getInteger("insitu.plain.calls", 100_000);
  private static final int COMPARED = 10_000;
  private static final int COLUMNS = 12;
  private static final String NAMES = columns("f%d", ", ");
  private static final String SUM = columns("f%d", " + ");

  /** Where the value stands: which query of H2 is around it. */
  private static final Map<String, String> SHAPES = new LinkedHashMap<>();

  /** What predicts, by the name in the report. */
  private static final Map<String, String> FUNCTIONS = new LinkedHashMap<>();

  static {
    SHAPES.put("WHERE", "SELECT COUNT(*) FROM t WHERE %s > 1e300");
    SHAPES.put("SUM", "SELECT SUM(%s) FROM t");
    SHAPES.put("rows", "SELECT id, %s FROM t");
    FUNCTIONS.put("logistic", "INSITU.PREDICTION_PROBABILITY('logistic', 'yes', " + NAMES + ")");
    FUNCTIONS.put("trees", "INSITU.PREDICTION_NUMBER('trees', " + NAMES + ")");
  }

  private PlainFunctionCost() {}

  public static void main(String[] arguments) throws Exception {
    OUT.printf(Locale.ROOT, "%s, %,d rows, %d rounds%n", Machine.line(), ROWS, REPEATS);
    String url =
        Path.of(arguments[0]).resolve("db") + ";CACHE_SIZE=4000000;MAX_MEMORY_ROWS=100000000";
    try (Connection ours = DriverManager.getConnection("jdbc:insitu:h2:" + url, "sa", "");
        Connection plain = DriverManager.getConnection("jdbc:h2:" + url, "sa", "")) {
      PlainScalarTest.run(plain, "SET OPTIMIZE_REUSE_RESULTS 0");
      fill(ours);
      PlainScalarTest.aliases(plain);
      verify(ours, plain);
      OUT.println(
          "| value in | model | sum us a row | model us a row | ratio | from | to | more us a row |"
              + " from | to |");
      OUT.println("|---|---|---|---|---|---|---|---|---|---|");
      for (Map.Entry<String, String> shape : SHAPES.entrySet()) {
        if (System.getProperty("insitu.plain.shapes", "WHERE,SUM,rows").contains(shape.getKey())) {
          for (Map.Entry<String, String> function : FUNCTIONS.entrySet()) {
            if (System.getProperty("insitu.plain.models", "logistic,trees")
                .contains(function.getKey())) {
              rows(plain, shape.getKey(), function.getKey());
            }
          }
        }
      }
      for (String model : FUNCTIONS.keySet()) {
        calls(plain, model);
      }
    }
    OUT.println(
        "Medians of the reading thread's CPU time; ratios and differences are those of two runs one"
            + " after the other: median, least and greatest.");
  }

  private static String columns(String pattern, String separator) {
    return IntStream.range(0, COLUMNS)
        .mapToObj(i -> String.format(Locale.ROOT, pattern, i))
        .collect(Collectors.joining(separator));
  }

  private static void fill(Connection ours) throws SQLException {
    PlainScalarTest.run(ours, "CALL RAND(7)");
    PlainScalarTest.run(
        ours,
        "CREATE TABLE t AS SELECT x AS id, "
            + columns("CAST(RAND() * 2 - 1 AS DOUBLE PRECISION) AS f%d", ", ")
            + " FROM SYSTEM_RANGE(1, "
            + ROWS
            + ")");
    String some = " FROM t WHERE id <= 30000";
    PlainScalarTest.run(
        ours,
        "CREATE MODEL logistic OPTIONS (model_type = 'logistic_reg', input_label_cols = ['y']) AS"
            + " SELECT "
            + NAMES
            + ", CASE WHEN "
            + SUM
            + " + RAND() > 0.5 THEN 'yes' ELSE 'no' END AS y"
            + some);
    PlainScalarTest.run(
        ours,
        "CREATE MODEL trees OPTIONS (model_type = 'boosted_tree_regressor', max_iterations = 100,"
            + " max_tree_depth = 6, learn_rate = 0.1, early_stop = FALSE, input_label_cols = ['y'],"
            + " data_split_method = 'no_split') AS SELECT "
            + NAMES
            + ", "
            + columns("SIN(3 * f%d)", " + ")
            + " + f0 * f1 + RAND() AS y"
            + some);
  }

  /** Compares rows with the driver's table function. */
  private static void verify(Connection ours, Connection plain) throws SQLException {
    String input = "DATA => (SELECT * FROM t WHERE id <= " + COMPARED + ")";
    Map<String, String> expected =
        Map.of(
            "logistic",
            "SELECT id, probability_yes FROM PREDICT(MODEL => 'logistic', "
                + input
                + ", probabilities => TRUE) ORDER BY id",
            "trees",
            "SELECT id, predicted_y FROM PREDICT(MODEL => 'trees', " + input + ") ORDER BY id");
    for (Map.Entry<String, String> function : FUNCTIONS.entrySet()) {
      List<List<Object>> rows =
          PlainScalarTest.rows(
              plain,
              "SELECT id, "
                  + function.getValue()
                  + " FROM t WHERE id <= "
                  + COMPARED
                  + " ORDER BY id");
      if (rows.size() != COMPARED
          || !rows.equals(
              PlainScalarTest.rows(ours, expected.getOrDefault(function.getKey(), "")))) {
        throw new IllegalStateException(function.getKey() + " answers otherwise than PREDICT");
      }
    }
  }

  private static void rows(Connection plain, String shape, String model) throws SQLException {
    String query = SHAPES.getOrDefault(shape, "");
    String sum = String.format(Locale.ROOT, query, SUM);
    String predicted = String.format(Locale.ROOT, query, FUNCTIONS.getOrDefault(model, ""));
    List<double[]> rounds = new ArrayList<>();
    for (int round = -WARM_UP; round < REPEATS; round++) {
      System.gc();
      boolean sumFirst = (round & 1) == 0;
      double first = read(plain, sumFirst ? sum : predicted);
      double second = read(plain, sumFirst ? predicted : sum);
      if (round >= 0) {
        rounds.add(sumFirst ? new double[] {first, second} : new double[] {second, first});
      }
    }
    double[] ratios = rounds.stream().mapToDouble(r -> r[1] / r[0]).toArray();
    double[] more = rounds.stream().mapToDouble(r -> r[1] - r[0]).toArray();
    OUT.printf(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f | **%.2f** | %.2f | %.2f | **%.2f** | %.2f | %.2f |%n",
        shape,
        model,
        ProcessCpu.median(rounds.stream().mapToDouble(r -> r[0]).toArray()),
        ProcessCpu.median(rounds.stream().mapToDouble(r -> r[1]).toArray()),
        ProcessCpu.median(ratios),
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow(),
        ProcessCpu.median(more),
        Arrays.stream(more).min().orElseThrow(),
        Arrays.stream(more).max().orElseThrow());
  }

  /** Returns the microseconds a row of reading a query to its end. */
  private static double read(Connection plain, String sql) throws SQLException {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    double sum = 0;
    try (Statement statement = plain.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int last = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        sum += rows.getDouble(last);
      }
    }
    double micros =
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e3 / ROWS;
    if (!Double.isFinite(sum)) {
      throw new IllegalStateException(sql + ": " + sum);
    }
    return micros;
  }

  /** One prediction a statement, by position and by name, beside a sum. */
  private static void calls(Connection plain, String model) throws SQLException {
    String function = FUNCTIONS.getOrDefault(model, "").replace(NAMES, "");
    Map<String, String> calls = new LinkedHashMap<>();
    calls.put("sum", "SELECT " + columns("CAST(? AS DOUBLE PRECISION)", " + "));
    calls.put(
        "position",
        "SELECT " + function.replace(")", columns("CAST(? AS DOUBLE PRECISION)", ", ") + ")"));
    calls.put(
        "JSON",
        "SELECT "
            + function.replace(
                ")", "JSON_OBJECT(" + columns("'f%d': CAST(? AS DOUBLE PRECISION)", ", ") + "))"));
    StringBuilder line = new StringBuilder("us a prepared statement, " + model + ":");
    for (Map.Entry<String, String> call : calls.entrySet()) {
      double[] micros = new double[REPEATS];
      try (PreparedStatement statement = plain.prepareStatement(call.getValue())) {
        for (int round = -WARM_UP; round < REPEATS; round++) {
          long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
          for (int i = 0; i < CALLS; i++) {
            for (int c = 1; c <= COLUMNS; c++) {
              statement.setDouble(c, (i * 31 + c * 7) % 100 / 50.0 - 1);
            }
            try (ResultSet row = statement.executeQuery()) {
              row.next();
            }
          }
          if (round >= 0) {
            micros[round] =
                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
                    / 1e3
                    / CALLS;
          }
        }
      }
      line.append(String.format(Locale.ROOT, " %s %.2f", call.getKey(), ProcessCpu.median(micros)));
    }
    OUT.println(line);
  }
}
