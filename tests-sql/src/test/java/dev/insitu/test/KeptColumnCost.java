package dev.insitu.test;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * The program that {@link KeptColumnBenchmark} runs: two tables of the columns of {@link
 * MadeTable}, one of which keeps a model's predictions in one column more. Rows are inserted and
 * updated in both in turn, by one statement for all and by one each; then a version switch writes
 * the kept column of all rows again, beside an update of all rows of the other table. What is kept
 * is compared with the driver's {@code PREDICT} before any clock starts. Tables are emptied and
 * transactions taken back between two runs, which is not timed, nor is a commit of the latter. The
 * database is in memory, so that no pages are written meanwhile.
 */
final class KeptColumnCost {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final int ROWS = Integer.getInteger("insitu.kept.rows", 100_000);
  private static final int REPEATS = Integer.getInteger("insitu.kept.repeats", 9);
  private static final int WARM_UP = Integer.getInteger("insitu.kept.warmup", 4);
  private static final int CALLS = Integer.getInteger("insitu.kept.calls", 50_000);
  private static final String COLUMNS = "id, " + MadeTable.NAMES;

  private final Connection driver;
  private final Connection plain;
  private final String model;

  private KeptColumnCost(Connection driver, Connection plain, String model) {
    this.driver = driver;
    this.plain = plain;
    this.model = model;
  }

  public static void main(String[] arguments) throws Exception {
    OUT.printf(Locale.ROOT, "%s, %,d rows, %d rounds%n", Machine.line(), ROWS, REPEATS);
    String url = "mem:kept;DB_CLOSE_DELAY=-1;MAX_MEMORY_ROWS=100000000";
    try (Connection driver = DriverManager.getConnection("jdbc:insitu:h2:" + url, "sa", "");
        Connection plain = DriverManager.getConnection("jdbc:h2:" + url, "sa", "")) {
      MadeTable.make(driver, ROWS);
      PlainScalarTest.run(plain, PlainDatabases.INSTALL);
      OUT.println(
          "| rows | model | without the column, us a row | with it | ratio | more, us a row |");
      OUT.println("|---|---|---|---|---|---|");
      String models = String.join(",", MadeTable.MODELS);
      for (String model : System.getProperty("insitu.kept.models", models).split(",")) {
        new KeptColumnCost(driver, plain, model).measure();
      }
    }
    OUT.println(
        "CPU time of the writing thread: medians; ratios and differences are those of two runs one"
            + " after the other: median (least to greatest).");
  }

  private void measure() throws Exception {
    for (String table : List.of("bare", "kept")) {
      PlainScalarTest.run(plain, "DROP TABLE IF EXISTS " + table);
      PlainScalarTest.run(
          plain,
          "CREATE TABLE "
              + table
              + " (id BIGINT PRIMARY KEY, "
              + MadeTable.columns("f%d DOUBLE PRECISION", ", ")
              + ")");
      insert(table);
    }
    String options = model.equals("logistic") ? "{\"class\": \"yes\"}" : "{}";
    PlainScalarTest.run(
        plain, "CALL INSITU.MATERIALIZE('" + model + "', 'kept', 'score', '" + options + "')");
    verify("filled");
    insert("kept");
    verify("inserted");
    update("kept");
    verify("updated");
    report("inserted by one statement", () -> insert("bare"), () -> insert("kept"));
    report("inserted one by one", () -> insertEach("bare"), () -> insertEach("kept"));
    insert("bare");
    insert("kept");
    report("updated", () -> update("bare"), () -> update("kept"));
    MadeTable.train(driver, model, 10_000);
    String switched = "DROP MODEL " + model + " VERSION 2"; // the one before is the default again
    verify("of another version");
    takenBack(driver, switched, () -> verify("of the version before"));
    report(
        "written again by a switch",
        () -> takenBack(plain, "UPDATE bare SET f0 = f0", () -> {}),
        () -> takenBack(driver, switched, () -> {}));
    verify("of the version that came back");
    PlainScalarTest.run(plain, "CALL INSITU.DEMATERIALIZE('kept', 'score')");
  }

  private void report(String rows, PairedCost.Measured bare, PairedCost.Measured kept)
      throws Exception {
    PairedCost cost = PairedCost.of(WARM_UP, REPEATS, bare, kept);
    OUT.printf(Locale.ROOT, "| %s | %s | %s |%n", rows, model, cost.cells());
  }

  private void verify(String what) throws SQLException {
    List<List<Object>> kept =
        PlainScalarTest.rows(driver, "SELECT id, score FROM kept ORDER BY id");
    String input = "(SELECT " + COLUMNS + " FROM kept)";
    if (kept.size() != ROWS
        || !kept.equals(PlainScalarTest.rows(driver, MadeTable.predictions(model, input)))) {
      throw new IllegalStateException(model + ": rows " + what + " keep other predictions");
    }
  }

  private double insert(String table) throws Exception {
    PlainScalarTest.run(plain, "TRUNCATE TABLE " + table);
    String sql = "INSERT INTO " + table + "(" + COLUMNS + ") SELECT " + COLUMNS + " FROM t";
    return PairedCost.micros(ROWS, () -> PlainScalarTest.run(plain, sql));
  }

  /** A prepared statement for each row, in one transaction. */
  private double insertEach(String table) throws Exception {
    PlainScalarTest.run(plain, "TRUNCATE TABLE " + table);
    plain.setAutoCommit(false);
    try (PreparedStatement insert =
        plain.prepareStatement(
            "INSERT INTO "
                + table
                + "("
                + COLUMNS
                + ") VALUES (?, "
                + MadeTable.columns("?", ", ")
                + ")")) {
      return PairedCost.micros(
          CALLS,
          () -> {
            for (int i = 0; i < CALLS; i++) {
              insert.setLong(1, i);
              for (int c = 1; c <= MadeTable.COLUMNS; c++) {
                insert.setDouble(c + 1, (i * 31 + c * 7) % 100 / 50.0 - 1);
              }
              insert.executeUpdate();
            }
          });
    } finally {
      plain.setAutoCommit(true);
    }
  }

  private double update(String table) throws Exception {
    String sql = "UPDATE " + table + " SET f0 = f1, f1 = f0";
    return PairedCost.micros(ROWS, () -> PlainScalarTest.run(plain, sql));
  }

  /** Runs a statement that writes all rows, and takes it back. */
  private double takenBack(Connection connection, String sql, ProcessCpu.Work check)
      throws Exception {
    connection.setAutoCommit(false);
    try {
      double micros = PairedCost.micros(ROWS, () -> PlainScalarTest.run(connection, sql));
      check.run();
      return micros;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
