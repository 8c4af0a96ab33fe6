package dev.insitu.test;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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
import org.jspecify.annotations.Nullable;

/**
 * The program that {@link PredictionScanBenchmark} runs: tables of made numbers, models trained on
 * them, and queries that read predictions, each beside the plain reading of the same columns
 * through H2's own JDBC result set. What the queries answer is compared with ONNX Runtime over the
 * exported graphs before any clock starts; then all of them run in turn, in another order in each
 * round.
 *
 * <p>The plain reading is H2's default, an eager result, with a page cache that holds the table and
 * nothing spilled; results are not reused. A ratio is that of two runs of the same round. A query
 * runs for the first time with a model that was just trained, and again, when the scores of the
 * table's pages are known.
 */
final class PredictionScan {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final int ROWS = Integer.getInteger("insitu.scan.rows", 1_000_000);
  private static final int REPEATS = Integer.getInteger("insitu.scan.repeats", 7);
  private static final int WARM_UP = Integer.getInteger("insitu.scan.warmup", 3);
  private static final int COMPARED = 10_000;
  private static final int TRAINED_ON = 30_000;
  private static final String FIRST = "first";
  private static final double TOLERANCE = 1e-6;

  private static final Map<String, String> MODELS = new LinkedHashMap<>();

  static {
    MODELS.put("linear", "model_type = 'linear_reg'");
    MODELS.put(
        "trees",
        "model_type = 'boosted_tree_regressor', max_iterations = 100, max_tree_depth = 6,"
            + " learn_rate = 0.1, early_stop = FALSE");
  }

  private final Connection ours;
  private final Connection plain;
  private final String table;
  private final String features;
  private final int columns;

  private PredictionScan(Connection ours, Connection plain, String type, int columns) {
    this.ours = ours;
    this.plain = plain;
    this.columns = columns;
    this.table = "T_" + type + "_" + columns;
    this.features =
        IntStream.range(0, columns).mapToObj(i -> "f" + i).collect(Collectors.joining(", "));
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    OUT.printf(
        Locale.ROOT, "%s, %s, %,d rows, %d rounds%n", Machine.line(), collector(), ROWS, REPEATS);
    List<String> report = new ArrayList<>();
    report.add(
        "| columns | query | time | model | engine | JDBC CPU s | CPU s | CPU ratio | from | to | JDBC s"
            + " | s | elapsed ratio | from | to | process ratio |");
    report.add("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (String type : System.getProperty("insitu.scan.types", "DOUBLE,REAL").split(",")) {
      for (String columns : System.getProperty("insitu.scan.columns", "12,28").split(",")) {
        String url =
            folder.resolve(type + columns)
                + ";CACHE_SIZE=4000000;MAX_MEMORY_ROWS=100000000;OPTIMIZE_REUSE_RESULTS=0";
        try (Connection ours = DriverManager.getConnection("jdbc:insitu:h2:" + url, "sa", "");
            Connection plain = DriverManager.getConnection("jdbc:h2:" + url, "sa", "")) {
          new PredictionScan(ours, plain, type, Integer.parseInt(columns)).run(folder, report);
          try (Statement statement = plain.createStatement()) {
            statement.execute("DROP ALL OBJECTS DELETE FILES");
          }
        }
      }
    }
    report.forEach(OUT::println);
    OUT.println(
        "Medians. CPU: of the reading thread. A ratio is that of two runs of a round: median, least"
            + " and greatest. Process: CPU time of all threads, compiler and collector included.");
  }

  private static String collector() {
    return ManagementFactory.getGarbageCollectorMXBeans().get(0).getName();
  }

  private void run(Path folder, List<String> report) throws Exception {
    fill();
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender("JDBC", "", "", plain, "SELECT " + features + " FROM " + table));
    contenders.add(
        new Contender("JDBC", "", "", plain, "SELECT id, " + features + " FROM " + table));
    for (String model : System.getProperty("insitu.scan.models", "linear,trees").split(",")) {
      train(model, features);
      String predict = " FROM PREDICT(MODEL => '" + model + "', DATA => TABLE " + table + ")";
      String average = "SELECT AVG(predicted_y)" + predict;
      String rows = "SELECT id, predicted_y" + predict;
      verify(folder, model, average, rows);
      for (String time : List.of(FIRST, "again")) {
        contenders.add(new Contender("AVG", time, model, ours, average));
        contenders.add(new Contender("rows", time, model, ours, rows));
      }
    }
    for (int round = -WARM_UP; round < REPEATS; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        Contender contender = contenders.get(Math.floorMod(i + round, contenders.size()));
        if (contender.time.equals(FIRST)) {
          train(contender.model, features);
          open(contender.model);
        }
        contender.measure(round >= 0);
      }
    }
    for (Contender contender : contenders.subList(2, contenders.size())) {
      Contender beside = contenders.get(contender.name.equals("AVG") ? 0 : 1);
      report.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s | %s | %s | %.2f |",
              table.substring(2).replace('_', ' '),
              contender.name,
              contender.time,
              contender.model,
              engine(contender.model),
              contender.beside(beside, 0),
              contender.beside(beside, 1),
              ProcessCpu.median(contender.ratios(beside, 2))));
    }
  }

  /** Independent columns are the hard case: no path through a tree is likelier than another. */
  private void fill() throws SQLException {
    String type = table.startsWith("T_REAL") ? "REAL" : "DOUBLE PRECISION";
    String made =
        IntStream.range(0, columns)
            .mapToObj(i -> "CAST(RAND() * 2 - 1 AS " + type + ") AS f" + i)
            .collect(Collectors.joining(", "));
    try (Statement statement = plain.createStatement()) {
      statement.execute("CALL RAND(7)");
      statement.execute(
          String.format(
              Locale.ROOT,
              "CREATE TABLE %s AS SELECT X AS id, %s FROM SYSTEM_RANGE(1, %d)",
              table,
              made,
              ROWS));
    }
  }

  private void train(String model, String inputs) throws SQLException {
    String label =
        IntStream.range(0, columns)
            .mapToObj(
                i -> String.format(Locale.ROOT, "%d * SIN(%d * f%d)", 1 + i % 5, 1 + i % 3, i))
            .collect(Collectors.joining(" + "));
    try (Statement statement = ours.createStatement()) {
      statement.execute(
          String.format(
              Locale.ROOT,
              "CREATE OR REPLACE MODEL %s OPTIONS (%s, input_label_cols = ['y'], data_split_method ="
                  + " 'no_split') AS SELECT %s, %s + f0 * f1 + RAND() AS y FROM %s WHERE id <= %d",
              model,
              MODELS.get(model),
              inputs,
              label,
              table,
              TRAINED_ON));
    }
  }

  /** Opens a model, but predicts for no page of the table. */
  private void open(String model) throws SQLException {
    String none = "SELECT * FROM " + table + " WHERE id = 1";
    try (Statement statement = ours.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT * FROM PREDICT(MODEL => '" + model + "', DATA => (" + none + "))")) {
      check(result.next(), "a row");
    }
  }

  /** Compares the first rows with ONNX Runtime, the average with the rows, and counts. */
  private void verify(Path folder, String model, String average, String rows) throws Exception {
    Path file = folder.resolve(model + columns + ".onnx");
    List<String> names = IntStream.range(0, columns).mapToObj(i -> "F" + i).toList();
    double sum = 0;
    long count = 0;
    try (Statement statement = ours.createStatement()) {
      statement.execute("EXPORT MODEL " + model + " TO '" + file + "'");
      List<List<Object>> answers;
      try (PlainOnnx onnx = new PlainOnnx(file)) {
        answers = onnx.run(names, inputs());
      }
      try (ResultSet result = statement.executeQuery(rows)) {
        while (result.next()) {
          count++;
          check(result.getLong(1) == count, "row " + count);
          double value = result.getDouble(2);
          sum += value;
          if (count <= answers.size()) {
            double expected = ((Number) answers.get((int) count - 1).get(0)).doubleValue();
            check(
                Math.abs(value - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)),
                model + " of row " + count + ": " + value + ", not " + expected);
          }
        }
      }
      check(count == ROWS, count + " rows");
      try (ResultSet result = statement.executeQuery(average)) {
        result.next();
        double value = result.getDouble(1);
        check(Math.abs(value - sum / count) < 1e-9 * Math.max(1, Math.abs(value)), "average");
      }
    }
    Files.delete(file);
  }

  private List<List<@Nullable Object>> inputs() throws SQLException {
    List<List<@Nullable Object>> inputs = new ArrayList<>();
    try (Statement statement = plain.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT " + features + " FROM " + table + " ORDER BY id LIMIT " + COMPARED)) {
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(result.getDouble(i));
        }
        inputs.add(row);
      }
    }
    return inputs;
  }

  private String engine(String model) throws SQLException {
    String explain =
        "EXPLAIN PLAN FOR SELECT * FROM PREDICT(MODEL => '" + model + "', DATA => TABLE ";
    try (Statement statement = ours.createStatement();
        ResultSet result = statement.executeQuery(explain + table + ")")) {
      result.next();
      String plan = result.getString(1);
      int at = plan.indexOf("engine=[");
      return at < 0 ? "" : plan.substring(at + 8, plan.indexOf(']', at));
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  /** A query that is read to its end. */
  private static final class Contender {
    private final String name;
    private final String time;
    private final String model;
    private final Connection connection;
    private final String sql;

    /** Of each round: CPU seconds of this thread, elapsed ones, CPU seconds of the process. */
    private final List<double[]> measured = new ArrayList<>();

    Contender(String name, String time, String model, Connection connection, String sql) {
      this.name = name;
      this.time = time;
      this.model = model;
      this.connection = connection;
      this.sql = sql;
    }

    void measure(boolean counted) throws SQLException {
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      System.gc();
      long process = system.getProcessCpuTime();
      long elapsed = System.nanoTime();
      long thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      double sum = read();
      double[] seconds = {
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - thread) / 1e9,
        (System.nanoTime() - elapsed) / 1e9,
        (system.getProcessCpuTime() - process) / 1e9
      };
      check(Double.isFinite(sum), "a sum");
      if (counted) {
        measured.add(seconds);
      }
    }

    private double read() throws SQLException {
      double sum = 0;
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        int width = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int i = 1; i <= width; i++) {
            sum += rows.getDouble(i);
          }
        }
      }
      return sum;
    }

    double[] seconds(int kind) {
      return measured.stream().mapToDouble(seconds -> seconds[kind]).toArray();
    }

    /** Returns five fields of the table. */
    String beside(Contender beside, int kind) {
      double[] ratios = ratios(beside, kind);
      return String.format(
          Locale.ROOT,
          "%.3f | %.3f | **%.2f** | %.2f | %.2f",
          ProcessCpu.median(beside.seconds(kind)),
          ProcessCpu.median(seconds(kind)),
          ProcessCpu.median(ratios),
          Arrays.stream(ratios).min().orElseThrow(),
          Arrays.stream(ratios).max().orElseThrow());
    }

    double[] ratios(Contender beside, int kind) {
      return IntStream.range(0, measured.size())
          .mapToDouble(round -> measured.get(round)[kind] / beside.measured.get(round)[kind])
          .toArray();
    }
  }
}
