package dev.insitu.test;

import java.io.PrintStream;
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

/**
 * The program that {@link PlainFunctionBenchmark} runs: queries of plain H2 over {@link MadeTable}
 * in which a function predicts each row, beside the same queries with the sum of the columns in its
 * place. What the functions answer is compared with the driver's {@code PREDICT} before any clock
 * starts; then each pair takes turns. Results are not reused, and the table is in H2's page cache.
 */
final class PlainFunctionCost {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final int ROWS = Integer.getInteger("insitu.plain.rows", 1_000_000);
  private static final int REPEATS = Integer.getInteger("insitu.plain.repeats", 9);
  private static final int WARM_UP = Integer.getInteger("insitu.plain.warmup", 4);
  private static final int CALLS = Integer.getInteger("insitu.plain.calls", 100_000);
  private static final int COMPARED = 10_000;
  private static final String PARAMETERS = MadeTable.columns("CAST(? AS DOUBLE PRECISION)", ", ");

  /** Where the value stands: which query of H2 is around it. */
  private static final Map<String, String> SHAPES = new LinkedHashMap<>();

  static {
    SHAPES.put("WHERE", "SELECT COUNT(*) FROM t WHERE %s > 1e300");
    SHAPES.put("SUM", "SELECT SUM(%s) FROM t");
    SHAPES.put("rows", "SELECT id, %s FROM t");
  }

  /**
   * A function that predicts.
   *
   * @param form how it is called
   * @param open the call up to the inputs
   */
  private record Function(String model, String form, String open) {
    String of(String inputs) {
      return open + inputs + ")";
    }

    boolean isWanted() {
      return wanted("models", MadeTable.MODELS).contains(model)
          && wanted("forms", FORMS).contains(form);
    }
  }

  private static final List<String> FORMS = List.of("PREDICTION", "CREATE_FUNCTION");

  private static final List<Function> FUNCTIONS =
      List.of(
          new Function(
              "logistic", "PREDICTION", "INSITU.PREDICTION_PROBABILITY('logistic', 'yes', "),
          new Function("logistic", "CREATE_FUNCTION", "RISK("),
          new Function("trees", "PREDICTION", "INSITU.PREDICTION_NUMBER('trees', "),
          new Function("trees", "CREATE_FUNCTION", "EXPECTED("));

  private PlainFunctionCost() {}

  public static void main(String[] arguments) throws Exception {
    OUT.printf(Locale.ROOT, "%s, %,d rows, %d rounds%n", Machine.line(), ROWS, REPEATS);
    String url =
        Path.of(arguments[0]).resolve("db") + ";CACHE_SIZE=4000000;MAX_MEMORY_ROWS=100000000";
    try (Connection driver = DriverManager.getConnection("jdbc:insitu:h2:" + url, "sa", "");
        Connection plain = DriverManager.getConnection("jdbc:h2:" + url, "sa", "")) {
      PlainScalarTest.run(plain, "SET OPTIMIZE_REUSE_RESULTS 0");
      MadeTable.make(driver, ROWS);
      for (String sql :
          List.of(
              PlainDatabases.INSTALL,
              "CALL INSITU.CREATE_FUNCTION('logistic', 'RISK', '{\"class\": \"yes\"}')",
              "CALL INSITU.CREATE_FUNCTION('trees', 'EXPECTED')")) {
        PlainScalarTest.run(plain, sql);
      }
      verify(driver, plain);
      OUT.println(
          "| value in | model | made by | query with the sum, us a row | with the prediction | ratio"
              + " | more, us a row |");
      OUT.println("|---|---|---|---|---|---|---|");
      for (Function function : FUNCTIONS) {
        for (String shape : wanted("shapes", List.copyOf(SHAPES.keySet()))) {
          if (function.isWanted()) {
            rows(plain, shape, function);
          }
        }
      }
      for (String model : wanted("models", MadeTable.MODELS)) {
        calls(plain, model);
      }
    }
    OUT.println(
        "CPU time of the reading thread: medians; ratios and differences are those of two runs one"
            + " after the other: median (least to greatest).");
  }

  private static List<String> wanted(String property, List<String> all) {
    String names = System.getProperty("insitu.plain." + property, String.join(",", all));
    return Arrays.asList(names.split(","));
  }

  /** Compares rows with the driver's table function. */
  private static void verify(Connection driver, Connection plain) throws SQLException {
    String some = " FROM t WHERE id <= " + COMPARED;
    for (Function function : FUNCTIONS) {
      List<List<Object>> rows =
          PlainScalarTest.rows(
              plain, "SELECT id, " + function.of(MadeTable.NAMES) + some + " ORDER BY id");
      String expected = MadeTable.predictions(function.model, "(SELECT *" + some + ")");
      if (rows.size() != COMPARED || !rows.equals(PlainScalarTest.rows(driver, expected))) {
        throw new IllegalStateException(function + " answers otherwise than PREDICT");
      }
    }
  }

  private static void rows(Connection plain, String shape, Function function) throws Exception {
    String query = SHAPES.getOrDefault(shape, "");
    String sum = String.format(Locale.ROOT, query, MadeTable.SUM);
    String predicted = String.format(Locale.ROOT, query, function.of(MadeTable.NAMES));
    PairedCost cost =
        PairedCost.of(WARM_UP, REPEATS, () -> read(plain, sum), () -> read(plain, predicted));
    OUT.printf(
        Locale.ROOT, "| %s | %s | %s | %s |%n", shape, function.model, function.form, cost.cells());
  }

  /** Returns the microseconds a row of reading a query to its end. */
  private static double read(Connection plain, String sql) throws Exception {
    double[] sum = {0};
    double micros =
        PairedCost.micros(
            ROWS,
            () -> {
              try (Statement statement = plain.createStatement();
                  ResultSet rows = statement.executeQuery(sql)) {
                int last = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                  sum[0] += rows.getDouble(last);
                }
              }
            });
    if (!Double.isFinite(sum[0])) {
      throw new IllegalStateException(sql + ": " + sum[0]);
    }
    return micros;
  }

  /** One prediction a statement, by position, by name and by a function, beside a sum. */
  private static void calls(Connection plain, String model) throws Exception {
    Map<String, String> calls = new LinkedHashMap<>();
    calls.put("sum", PARAMETERS.replace(", ", " + "));
    for (Function function : FUNCTIONS) {
      if (function.model.equals(model)) {
        calls.put(function.form, function.of(PARAMETERS));
        calls.putIfAbsent(
            "JSON",
            function.of(
                "JSON_OBJECT("
                    + MadeTable.columns("'f%d': CAST(? AS DOUBLE PRECISION)", ", ")
                    + ")"));
      }
    }
    List<PreparedStatement> statements = new ArrayList<>();
    for (String call : calls.values()) {
      statements.add(plain.prepareStatement("SELECT " + call));
    }
    double[][] micros = new double[statements.size()][REPEATS];
    for (int round = -WARM_UP; round < REPEATS; round++) {
      for (int i = 0; i < statements.size(); i++) {
        int turn = Math.floorMod(i + round, statements.size());
        double one = PairedCost.micros(CALLS, () -> execute(statements.get(turn)));
        if (round >= 0) {
          micros[turn][round] = one;
        }
      }
    }
    StringBuilder line = new StringBuilder("us a prepared statement, " + model + ":");
    int next = 0;
    for (String call : calls.keySet()) {
      line.append(String.format(Locale.ROOT, " %s %.2f", call, ProcessCpu.median(micros[next++])));
    }
    OUT.println(line);
    for (PreparedStatement statement : statements) {
      statement.close();
    }
  }

  private static void execute(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < CALLS; i++) {
      for (int c = 1; c <= MadeTable.COLUMNS; c++) {
        statement.setDouble(c, (i * 31 + c * 7) % 100 / 50.0 - 1);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
      }
    }
  }
}
