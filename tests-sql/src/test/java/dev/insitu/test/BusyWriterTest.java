package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Slow readings of a file database beside a connection that changes all of its rows all the time,
 * by every way of reading. What is read is of one moment: the writer keeps a sum over each table
 * and a sum over both tables in each row, and every reading has them.
 *
 * <p>For minutes: {@code mvn -pl tests-sql -am test -Dtest=BusyWriterTest
 * -Dinsitu.stress.seconds=250 -Dsurefire.failIfNoSpecifiedTests=false}, also with {@code -Ph2-2.4}:
 * every way is read once, slowly; with {@code -Dinsitu.stress.reading=100} in 100 ms, many times.
 */
class BusyWriterTest {
  private static final int SECONDS = Integer.getInteger("insitu.stress.seconds", 4);
  private static final int ROWS = 1500;
  private static final List<Way> WAYS = ways();

  /** How many milliseconds a reading takes. */
  private static final int READING =
      Integer.getInteger("insitu.stress.reading", SECONDS * 1000 / WAYS.size());

  /** With the writer's sums kept, y = 2 a in every row, and a is 50 on average. */
  private static final String INPUT =
      "SELECT slow(x.id) AS id, x.v AS a, 200 - 2 * z.v AS y FROM x JOIN z ON x.id = z.id";

  /** For what H2 itself does not read in one snapshot: see the last test. */
  private static final String ONE_TABLE = "SELECT slow(id) AS id, v AS a, 2 * v AS y FROM x";

  private static final String PREDICT = "PREDICT(MODEL => 'm', DATA => (" + INPUT + "))";
  private static final String OPTIONS =
      " OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'], data_split_method = 'no_split')";

  @TempDir Path folder;

  /** Reads all rows once and checks them. */
  private interface Way {
    void read(Connection connection, Statement statement) throws SQLException;
  }

  private static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    String columns = "SELECT a, y, predicted_y FROM ";
    for (String query :
        List.of(
            columns + PREDICT,
            columns + PREDICT + " WHERE predicted_y IS NOT NULL",
            columns + "(SELECT * FROM " + PREDICT + ") d",
            "WITH p AS (SELECT * FROM " + PREDICT + ") " + columns + "p",
            columns
                + PREDICT
                + " WHERE a > 50 UNION ALL "
                + columns
                + "(SELECT * FROM "
                + PREDICT
                + ") d WHERE a <= 50",
            "SELECT p.a, p.y, q.predicted_y FROM "
                + PREDICT
                + " p JOIN "
                + PREDICT
                + " q ON p.id = q.id",
            "SELECT a, y, PREDICTION('m', a) FROM (" + INPUT + ") d",
            columns + PREDICT + " ORDER BY id",
            "SELECT a, y, FIRST_VALUE(predicted_y) OVER (PARTITION BY id ORDER BY a) FROM "
                + PREDICT,
            columns
                + "PREDICT(MODEL => 'm', DATA => (SELECT id, predicted_y / 2 AS a, y FROM "
                + PREDICT.replace("predicted_y", "p")
                + "))")) {
      ways.add((connection, statement) -> check(statement.executeQuery(query)));
      ways.add(
          (connection, statement) -> {
            try (PreparedStatement prepared = connection.prepareStatement(query)) {
              check(prepared.executeQuery());
            }
          });
    }
    ways.add(
        (connection, statement) -> {
          try (Statement scrollable =
              connection.createStatement(
                  ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            check(scrollable.executeQuery(columns + PREDICT));
          }
        });
    ways.add(
        (connection, statement) -> {
          // Another statement has the rest of the result copied.
          try (ResultSet rows = statement.executeQuery(columns + PREDICT);
              Statement other = connection.createStatement()) {
            assertThat(rows.next()).isTrue();
            double first = rows.getDouble(1);
            assertThat(rows.getDouble(3)).isCloseTo(2 * first, within(1e-6));
            other.execute("DELETE FROM target WHERE id < 0");
            checkRest(rows, 1, first);
          }
        });
    String made = "SELECT id, a, y, predicted_y FROM " + PREDICT;
    ways.add(
        (connection, statement) -> {
          statement.execute("CREATE TABLE made AS " + made.replace(INPUT, ONE_TABLE));
          check(statement.executeQuery("SELECT a, y, predicted_y FROM made"));
          statement.execute("DROP TABLE made");
        });
    ways.add(
        (connection, statement) -> {
          statement.execute("DELETE FROM target");
          statement.execute("INSERT INTO target " + made);
          check(statement.executeQuery("SELECT a, y, p FROM target"));
        });
    ways.add(
        (connection, statement) -> {
          statement.execute(
              "UPDATE target SET (a, y, p) = (SELECT a, y, predicted_y FROM "
                  + PREDICT
                  + " p WHERE p.id = target.id)");
          check(statement.executeQuery("SELECT a, y, p FROM target"));
        });
    ways.add(
        (connection, statement) -> {
          statement.execute(
              "MERGE INTO target USING "
                  + PREDICT.replace(INPUT, ONE_TABLE)
                  + " s ON s.id = target.id WHEN MATCHED THEN UPDATE SET a = s.a, y = s.y, p ="
                  + " s.predicted_y");
          check(statement.executeQuery("SELECT a, y, p FROM target"));
        });
    ways.add(
        (connection, statement) -> {
          long deleted =
              statement.executeLargeUpdate(
                  "DELETE FROM target WHERE id IN (SELECT id FROM "
                      + PREDICT
                      + " WHERE ABS(predicted_y - y) < 1e-6)");
          assertThat(deleted).isEqualTo(ROWS);
          statement.execute("INSERT INTO target " + made);
        });
    ways.add(
        (connection, statement) -> {
          statement.execute(
              "CREATE OR REPLACE MODEL n" + OPTIONS + " AS SELECT a, y FROM (" + INPUT + ")");
          assertTrained(statement);
        });
    ways.add(
        (connection, statement) -> {
          statement
              .executeQuery(
                  "SELECT * FROM TRAIN(MODEL => 'n', DATA => (SELECT a, y FROM ("
                      + INPUT
                      + ")), TARGET => DESCRIPTOR(y), OPTIONS => MAP['model_type', 'linear_reg',"
                      + " 'data_split_method', 'no_split'])")
              .close();
          assertTrained(statement);
        });
    ways.add(
        (connection, statement) -> {
          try (ResultSet rows =
              statement.executeQuery(
                  "SELECT mean_absolute_error FROM ML.EVALUATE(MODEL m, (" + INPUT + "))")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getDouble(1)).isLessThan(1e-6);
          }
        });
    return ways;
  }

  @Test
  void everyWayOfReadingSeesOneMoment() throws Exception {
    AtomicBoolean reading = new AtomicBoolean(true);
    AtomicLong commits = new AtomicLong();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (Connection connection = open("jdbc:insitu:h2:");
        Statement statement = connection.createStatement()) {
      fill(statement);
      Ticks.pause(TimeUnit.MILLISECONDS.toNanos(READING) / ROWS);
      Future<?> writing = writer.submit(() -> write(reading, commits));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      int readings = 0;
      int next = 0;
      while (readings < WAYS.size() || System.nanoTime() < end) {
        long before = commits.get();
        try {
          WAYS.get(next).read(connection, statement);
        } catch (SQLException | AssertionError e) {
          fail("way " + next + " at reading " + readings, e);
        }
        if (commits.get() > before) { // else it was not beside a writer: again
          readings++;
          next = (next + 1) % WAYS.size();
        }
        assertThat(writing).isNotDone();
      }
      reading.set(false);
      writing.get();
      assertThat(commits.get()).isGreaterThan(WAYS.size());
      ProcessCpu.report(
          readings + " readings, " + WAYS.size() + " ways, beside " + commits + " commits");
    } finally {
      reading.set(false);
      Ticks.pause(0);
      writer.shutdown(); // an interrupt would close the database's file
    }
  }

  /** Proves that the writer is one that H2's own lazy reading does not survive. */
  @Test
  void aReadingThatHoldsNothingFailsBesideThisWriter() throws Exception {
    AtomicBoolean reading = new AtomicBoolean(true);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (Connection connection = open("jdbc:h2:");
        Statement statement = connection.createStatement()) {
      fill(statement);
      statement.execute("SET LAZY_QUERY_EXECUTION 1");
      Future<?> writing = writer.submit(() -> write(reading, new AtomicLong()));
      Ticks.pause(TimeUnit.MILLISECONDS.toNanos(1500) / ROWS);
      assertThat(failure(statement, "SELECT slow(id), v, 2 * v FROM x"))
          .matches("(?s).*Chunk .* not found.*");
      assertThat(failure(statement, INPUT)).matches("two moments|(?s).*Chunk .* not found.*");
      reading.set(false);
      writing.get();
    } finally {
      reading.set(false);
      Ticks.pause(0);
      writer.shutdown(); // an interrupt would close the database's file
    }
  }

  /**
   * H2 tells its snapshot only the tables that a statement names as its own: for CREATE TABLE AS
   * none, for MERGE USING a query not those of the query. There every look-up reads what is
   * committed by then, with or without a prediction.
   */
  @Test
  void theDatabaseTakesNoSnapshotForCreateTableAndMerge() throws Exception {
    AtomicBoolean reading = new AtomicBoolean(true);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (Connection connection = open("jdbc:h2:");
        Statement statement = connection.createStatement()) {
      fill(statement);
      statement.execute("CREATE TABLE target AS " + INPUT);
      Future<?> writing = writer.submit(() -> write(reading, new AtomicLong()));
      Ticks.pause(TimeUnit.MILLISECONDS.toNanos(1000) / ROWS);
      assertThat(
              failure(
                  statement,
                  "SELECT id, a, y FROM made",
                  "DROP TABLE IF EXISTS made",
                  "CREATE TABLE made AS " + INPUT))
          .isEqualTo("two moments");
      assertThat(
              failure(
                  statement,
                  "SELECT id, a, y FROM target",
                  "MERGE INTO target USING ("
                      + INPUT
                      + ") s ON s.id = target.id WHEN MATCHED THEN UPDATE SET a = s.a, y = s.y"))
          .isEqualTo("two moments");
      reading.set(false);
      writing.get();
    } finally {
      reading.set(false);
      Ticks.pause(0);
      writer.shutdown(); // an interrupt would close the database's file
    }
  }

  /** Reads again and again, after some statements, until that fails; says how. */
  private static String failure(Statement statement, String sql, String... before)
      throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      for (String text : before) {
        statement.execute(text);
      }
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          if (rows.getDouble(3) != 2 * rows.getDouble(2)) {
            return "two moments";
          }
        }
      } catch (SQLException e) {
        return String.valueOf(e.getMessage());
      }
    }
    return "it did not fail";
  }

  private static void check(ResultSet rows) throws SQLException {
    try (rows) {
      checkRest(rows, 0, 0);
    }
  }

  private static void checkRest(ResultSet rows, int readBefore, double sumBefore)
      throws SQLException {
    int read = readBefore;
    double sum = sumBefore;
    while (rows.next()) {
      double a = rows.getDouble(1);
      assertThat(rows.getDouble(2))
          .as("row " + read + " of both tables")
          .isCloseTo(2 * a, within(1e-6));
      assertThat(rows.getDouble(3)).as("prediction").isCloseTo(2 * a, within(1e-6));
      sum += a;
      read++;
    }
    assertThat(read).isEqualTo(ROWS);
    assertThat(sum).as("sum of the table").isCloseTo(50.0 * ROWS, within(1e-3));
  }

  private static void assertTrained(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT PREDICTION('n', 70)")) {
      assertThat(rows.next()).isTrue();
      assertThat(Math.abs(rows.getDouble(1) - 140)).as("trained on y = 2 a").isLessThan(1e-6);
    }
  }

  private static void fill(Statement statement) throws SQLException {
    // Pages are read from chunks, not kept, and a chunk that nobody holds is gone at once.
    statement.execute("SET CACHE_SIZE 512");
    statement.execute("SET RETENTION_TIME 0");
    statement.execute("CREATE ALIAS slow DETERMINISTIC FOR 'dev.insitu.test.Ticks.slow'");
    for (String table : List.of("x", "z")) {
      statement.execute(
          "CREATE TABLE "
              + table
              + " (id BIGINT PRIMARY KEY, v INT, filler VARCHAR) AS SELECT x, 50, RPAD('', 200, 'a')"
              + " FROM SYSTEM_RANGE(1, "
              + ROWS
              + ")");
    }
    if (statement.getConnection().getMetaData().getURL().startsWith("jdbc:insitu:")) {
      statement.execute(
          "CREATE MODEL m"
              + OPTIONS
              + " AS SELECT CAST(x AS INT) AS a, CAST(2 * x AS INT) AS y FROM SYSTEM_RANGE(1, 100)");
      statement.execute("CREATE TABLE target AS SELECT id, a, y, predicted_y AS p FROM " + PREDICT);
    }
  }

  private Void write(AtomicBoolean reading, AtomicLong commits)
      throws SQLException, InterruptedException {
    try (Connection connection = open("jdbc:h2:");
        PreparedStatement x = update(connection, "x", "+");
        PreparedStatement z = update(connection, "z", "-")) {
      connection.setAutoCommit(false);
      while (reading.get()) {
        long commit = commits.get();
        long first = commit * 7919 % (ROWS - 500) + 1;
        for (PreparedStatement update : List.of(x, z)) {
          update.setInt(1, (int) (commit % 7) - 3);
          update.setString(2, Long.toString(commit % 10));
          update.setLong(3, first);
          update.setLong(4, first + 499);
          update.executeUpdate();
        }
        connection.commit();
        commits.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
    return null;
  }

  /** Five hundred rows, of which every other one gets what the rest loses. */
  private static PreparedStatement update(Connection connection, String table, String sign)
      throws SQLException {
    return connection.prepareStatement(
        "UPDATE "
            + table
            + " SET v = v "
            + sign
            + " ? * (2 * MOD(id, 2) - 1), filler = RPAD('', 200, ?) WHERE id BETWEEN ? AND ?");
  }

  private Connection open(String prefix) throws SQLException {
    return DriverManager.getConnection(prefix + folder.resolve("busy"), "sa", "");
  }
}
