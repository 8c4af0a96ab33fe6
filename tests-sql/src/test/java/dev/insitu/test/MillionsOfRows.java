package dev.insitu.test;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The program that {@link MillionsOfRowsTest} runs in a small heap: reads, stores or copies so many
 * rows in each of the named ways, checks them, and says what that took.
 */
final class MillionsOfRows {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final AtomicLong HEAP = new AtomicLong();

  private final Connection connection;
  private final Statement statement;
  private final long rows;
  private long firstRow;

  private MillionsOfRows(Connection connection, Statement statement, long rows) {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
  }

  /** What is done with all rows; the plain ones are H2's own, without a prediction. */
  enum Way {
    SELECT,
    SCALAR,
    AGGREGATE,
    CREATE_TABLE,
    INSERT,
    INSERT_IN_TRANSACTION,
    OPEN_RESULT,
    PLAIN_SELECT,
    PLAIN_CREATE_TABLE,
    PLAIN_INSERT,
    PLAIN_INSERT_IN_TRANSACTION;

    boolean plain() {
      return name().startsWith("PLAIN_");
    }
  }

  public static void main(String[] arguments) throws Exception {
    long rows = Long.parseLong(arguments[0]);
    Path folder = Path.of(arguments[1]);
    watchHeap();
    for (String name : List.of(arguments).subList(2, arguments.length)) {
      Way way = Way.valueOf(name);
      // A plain way is H2 alone: none of our classes is loaded.
      String driver = way.plain() ? "jdbc:h2:" : "jdbc:insitu:h2:";
      try (Connection connection =
              DriverManager.getConnection(driver + folder.resolve(name), "sa", "");
          Statement statement = connection.createStatement()) {
        if (!way.plain()) {
          statement.execute(
              "CREATE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
                  + " data_split_method = 'no_split') AS SELECT CAST(x AS DOUBLE PRECISION) AS a,"
                  + " 2 * x + 1 AS y FROM SYSTEM_RANGE(1, 100)");
        }
        new MillionsOfRows(connection, statement, rows).measure(way);
        statement.execute("DROP ALL OBJECTS DELETE FILES");
      }
    }
  }

  private void measure(Way way) throws Exception {
    System.gc();
    HEAP.set(0);
    firstRow = -1;
    long start = System.nanoTime();
    double cpu = ProcessCpu.seconds(() -> run(way, start));
    System.gc();
    OUT.printf(
        Locale.ROOT,
        "%-28s %,11d rows: live heap at most %3d MB, resident at most %3d MB, first row %5d"
            + " ms, %6.1f s of CPU, %6.1f s elapsed%n",
        way,
        rows,
        HEAP.get() >> 20,
        ProcessMemory.kilobytes("VmHWM:") >> 10,
        firstRow / 1_000_000,
        cpu,
        (System.nanoTime() - start) / 1e9);
  }

  private void run(Way way, long start) throws SQLException {
    String range = "SELECT x, CAST(x AS DOUBLE PRECISION) AS a FROM SYSTEM_RANGE(1, " + rows + ")";
    String plain = "SELECT x, a, 2 * a + 1 AS p FROM (" + range + ")";
    String predicted =
        way.plain()
            ? plain
            : "SELECT x, a, predicted_y AS p FROM PREDICT(MODEL => 'm', DATA => (" + range + "))";
    switch (way) {
      case SELECT, PLAIN_SELECT -> read(predicted, start, false);
      case SCALAR -> read("SELECT x, a, PREDICTION('m', a) FROM (" + range + ")", start, false);
      case OPEN_RESULT -> read(predicted, start, true);
      case AGGREGATE ->
          check(
              Math.abs(number("SELECT SUM(p - 2 * a) FROM (" + predicted + ")") - rows)
                  < 1e-3 * rows,
              "sum");
      case CREATE_TABLE, PLAIN_CREATE_TABLE -> {
        statement.execute("CREATE TABLE made AS " + predicted);
        stored();
      }
      case INSERT, PLAIN_INSERT -> {
        statement.execute("CREATE TABLE made (x BIGINT, a DOUBLE PRECISION, p DOUBLE PRECISION)");
        check(statement.executeLargeUpdate("INSERT INTO made " + predicted) == rows, "count");
        stored();
      }
      case INSERT_IN_TRANSACTION, PLAIN_INSERT_IN_TRANSACTION -> {
        statement.execute("CREATE TABLE made (x BIGINT, a DOUBLE PRECISION, p DOUBLE PRECISION)");
        connection.setAutoCommit(false);
        check(statement.executeLargeUpdate("INSERT INTO made " + predicted) == rows, "count");
        connection.commit();
        connection.setAutoCommit(true);
        stored();
      }
    }
  }

  /**
   * Reads all rows; if asked, another statement runs after ten of them, which has the rest copied.
   */
  private void read(String query, long start, boolean interrupted) throws SQLException {
    long read = 0;
    try (ResultSet result = statement.executeQuery(query);
        Statement other = connection.createStatement()) {
      while (result.next()) {
        if (read++ == 0) {
          firstRow = System.nanoTime() - start;
        }
        check(result.getLong(1) == read, "row " + read);
        check(result.getDouble(2) == read, "input of row " + read);
        check(Math.abs(result.getDouble(3) - 2 * read - 1) < 1e-6 * read, "value of row " + read);
        if (interrupted && read == 10) {
          other.execute("CREATE TABLE beside AS SELECT 1 AS one");
        }
      }
    }
    check(read == rows, read + " rows");
  }

  private void stored() throws SQLException {
    check(number("SELECT COUNT(*) FROM made") == rows, "rows stored");
    check(Math.abs(number("SELECT SUM(p - 2 * a) FROM made") - rows) < 1e-3 * rows, "sum stored");
  }

  private double number(String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getDouble(1);
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  /** Notes how much every full collection leaves in the heap, and collects all the time. */
  private static void watchHeap() {
    Thread collecting = new Thread(MillionsOfRows::collect, "collecting");
    collecting.setDaemon(true);
    collecting.start();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, handback) -> {
                GarbageCollectionNotificationInfo info =
                    GarbageCollectionNotificationInfo.from(
                        (CompositeData) notification.getUserData());
                if (!info.getGcAction().equals("end of major GC")) {
                  return; // leaves garbage among the old objects
                }
                long used =
                    info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> pool.getKey().matches(".*(Eden|Survivor|Old|Tenured).*"))
                        .map(java.util.Map.Entry::getValue)
                        .mapToLong(MemoryUsage::getUsed)
                        .sum();
                HEAP.accumulateAndGet(used, Math::max);
              },
              null,
              null);
    }
  }

  private static void collect() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(300);
        System.gc();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
