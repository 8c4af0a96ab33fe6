package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections and databases that are closed while statements of ours run on them, and databases
 * that are opened and closed again and again: nothing stays open, and nothing of one database shows
 * in another.
 */
class ClosingTest {
  private static final int REOPENINGS = Integer.getInteger("insitu.reopenings", 10);
  private static final String BIG =
      "SELECT tick(r.x) AS a, r.x + 0.5 AS y FROM points CROSS JOIN SYSTEM_RANGE(1, 1000000) r";
  private static final String PREDICT = "PREDICT(MODEL => 'm', DATA => (" + BIG + "))";
  private static final String OPTIONS =
      " OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'], data_split_method = 'no_split')";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a FROM " + PREDICT,
        "SELECT COUNT(*) FROM " + PREDICT,
        "CREATE TABLE made AS SELECT a FROM " + PREDICT,
        "CREATE MODEL n" + OPTIONS + " AS " + BIG,
        "SELECT * FROM ML.EVALUATE(MODEL m, (" + BIG + "))",
        "SELECT PREDICTION('m', a) FROM (" + BIG + ") d",
      })
  void anotherThreadMayCloseTheConnection(String sql) throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Connection first = open("shared");
        Statement statement = first.createStatement()) {
      fill(statement, 2);
      Connection connection = open("shared");
      Ticks.reset();
      Future<?> reading =
          other.submit(
              () -> {
                try (Statement own = connection.createStatement()) {
                  if (own.execute(sql)) {
                    ResultSet rows = own.getResultSet();
                    while (rows.next()) {
                      assertThat(rows.getRow()).isPositive();
                    }
                  }
                }
                return null;
              });
      Ticks.await(5000);
      connection.close();
      assertThatThrownBy(() -> reading.get(20, TimeUnit.SECONDS))
          .rootCause()
          .satisfies(
              e ->
                  assertThat(sqlState(e))
                      .as(e.toString())
                      .isIn("57014", "90007", "90067", "90098", "90121"));
      long read = Ticks.count();
      TimeUnit.MILLISECONDS.sleep(10);
      assertThat(Ticks.count()).isEqualTo(read);
      assertThat(connection.isClosed()).isTrue();
      assertThat(one(statement, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS")).isEqualTo(1);
      SessionLocal session = (SessionLocal) first.unwrap(JdbcConnection.class).getSession();
      assertThat(Leftovers.functions(session.getDatabase())).isEmpty();
      assertThat(Leftovers.heldVersions(session.getDatabase().getStore().getMvStore())).isZero();
      statement.execute("ALTER TABLE points ADD COLUMN extra INT"); // nobody holds a lock
    } finally {
      other.shutdown();
    }
  }

  @Test
  @Timeout(60)
  void aConnectionTrainsInADatabaseThatItHasForItself() throws Exception {
    try (Connection other = open("alone");
        Connection connection = open("alone");
        Statement statement = connection.createStatement()) {
      statement.execute("SET EXCLUSIVE 1");
      fill(statement, 2);
      connection.setAutoCommit(false);
      assertThat(one(statement, "SELECT PREDICTION('m', 3)")).isEqualTo(6);
      statement.execute("DROP MODEL m");
      connection.rollback();
      assertThat(one(statement, "SELECT PREDICTION('m', 4)")).isEqualTo(8);
      connection.commit();
      statement.execute("SET EXCLUSIVE 0");
      try (Statement second = other.createStatement()) {
        assertThat(one(second, "SELECT PREDICTION('m', 5)")).isEqualTo(10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHUTDOWN", "SHUTDOWN IMMEDIATELY", "SHUTDOWN COMPACT"})
  @Timeout(60)
  void anotherConnectionMayShutTheDatabaseDown(String shutdown) throws Exception {
    for (String sql :
        List.of(
            "SELECT a FROM " + PREDICT,
            "SELECT a FROM " + PREDICT + " UNION ALL SELECT a FROM " + PREDICT,
            "SELECT PREDICTION('m', a) FROM (" + BIG + ") d")) {
      try (Connection connection = open("down");
          Connection other =
              DriverManager.getConnection("jdbc:h2:" + folder.resolve("down"), "sa", "");
          Statement statement = connection.createStatement();
          Statement closing = other.createStatement()) {
        fill(statement, 2);
        statement.execute("SET DEFAULT_LOCK_TIMEOUT 100"); // as long H2 waits, twice, for others
        MVStore store = store(connection);
        ResultSet rows = statement.executeQuery(sql);
        assertThat(rows.next()).isTrue();
        closing.execute(shutdown);
        assertThat(store.isClosed()).isTrue();
        assertThatThrownBy(() -> readAll(rows))
            .satisfies(e -> assertThat(sqlState(e)).as(e.toString()).isIn("90098", "90121"));
        assertThat(Leftovers.ofProcess()).noneMatch(left -> left.startsWith("file"));
      }
      try (Connection again = open("down");
          Statement statement = again.createStatement()) {
        assertThat(one(statement, "SELECT PREDICTION('m', 4)")).isEqualTo(8);
        statement.execute("DROP ALL OBJECTS");
      }
    }
  }

  @Test
  @Timeout(60)
  void aDatabaseThatIsShutDownStopsWhoReadsIt() throws Exception {
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try (Connection connection = open("busy");
        Connection other = open("busy");
        Statement statement = connection.createStatement();
        Statement closing = other.createStatement()) {
      fill(statement, 2);
      MVStore store = store(connection);
      ResultSet rows = statement.executeQuery("SELECT a FROM " + PREDICT);
      Ticks.reset();
      Future<?> reading = reader.submit(() -> readAll(rows));
      Ticks.await(5000);
      closing.execute("SHUTDOWN");
      assertThat(store.isClosed()).isTrue();
      assertThatThrownBy(() -> reading.get(20, TimeUnit.SECONDS))
          .rootCause()
          .satisfies(
              e ->
                  assertThat(sqlState(e))
                      .as(e.toString())
                      .isIn("57014", "90098", "90121", "90135"));
    } finally {
      reader.shutdown();
    }
  }

  @Test
  @Timeout(60)
  void aDatabaseMayCloseAfterADelay() throws Exception {
    List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> errors.add(e));
    try {
      MVStore store;
      try (Connection connection = open("delayed");
          Statement statement = connection.createStatement()) {
        fill(statement, 2);
        statement.execute("SET DB_CLOSE_DELAY 1");
        store = store(connection);
        ResultSet rows = statement.executeQuery("SELECT PREDICTION('m', a) FROM (" + BIG + ") d");
        assertThat(rows.next()).isTrue();
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!store.isClosed() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(store.isClosed()).isTrue();
      assertThat(errors).isEmpty();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void nothingKeepsAClosedDatabase() throws Exception {
    List<WeakReference<Object>> databases = new ArrayList<>();
    ProcessMemory before = ProcessMemory.now();
    for (int i = 0; i < REOPENINGS; i++) {
      if (i == REOPENINGS / 2) {
        before = ProcessMemory.now();
      }
      databases.add(useAndForget(i));
      Path file = folder.resolve("again.mv.db");
      Path moved = folder.resolve("moved.mv.db");
      Files.move(file, moved);
      Files.move(moved, file);
      try (Connection plain =
          DriverManager.getConnection("jdbc:h2:" + folder.resolve("again"), "sa", "")) {
        assertThat(plain.isValid(1)).isTrue();
      }
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (databases.stream().anyMatch(database -> database.get() != null)
        && System.nanoTime() < end) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(databases).allSatisfy(database -> assertThat(database.get()).isNull());
    ProcessMemory after = ProcessMemory.now();
    String said = before + " after half of " + REOPENINGS + " openings, " + after + " after all";
    ProcessCpu.report(said);
    assertThat(after.heap()).as(said).isLessThan(before.heap() + 16);
    assertThat(after.resident()).as(said).isLessThan(before.resident() + 200);
    assertThat(after.files()).as(said).isLessThanOrEqualTo(before.files() + 5);
  }

  private WeakReference<Object> useAndForget(int round) throws Exception {
    try (Connection connection = open("again");
        Statement statement = connection.createStatement()) {
      if (round == 0) {
        fill(statement, 2);
      }
      statement.execute(
          "CREATE OR REPLACE MODEL m"
              + OPTIONS
              + " AS SELECT a, "
              + round
              + " * a AS y FROM points");
      assertThat(one(statement, "SELECT PREDICTION('m', 1)")).isEqualTo(round);
      ResultSet open = statement.executeQuery("SELECT a FROM " + PREDICT);
      assertThat(open.next()).isTrue(); // closed with the connection
      SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      return new WeakReference<>(session.getDatabase());
    }
  }

  @Test
  void databasesOfOneProcessDoNotMixTheirModels() throws Exception {
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 1; i <= 4; i++) {
        Connection connection =
            i % 2 == 0
                ? open("db" + i)
                : DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
        connections.add(connection);
        try (Statement statement = connection.createStatement()) {
          fill(statement, i);
        }
      }
      for (int round = 0; round < 3; round++) {
        for (int i = 1; i <= 4; i++) {
          try (Statement statement = connections.get(i - 1).createStatement()) {
            assertThat(one(statement, "SELECT PREDICTION('m', 10)")).isEqualTo(10 * i);
            assertThat(
                    one(
                        statement,
                        "SELECT SUM(predicted_y) FROM PREDICT(MODEL => 'm', DATA => TABLE points)"))
                .isEqualTo(5050 * i);
          }
        }
      }
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  /** A table of the numbers to 100 and a model that multiplies by a factor. */
  private static void fill(Statement statement, int factor) throws SQLException {
    statement.execute("CREATE ALIAS tick DETERMINISTIC FOR 'dev.insitu.test.Ticks.tick'");
    statement.execute(
        "CREATE TABLE points AS SELECT CAST(x AS DOUBLE PRECISION) AS a FROM SYSTEM_RANGE(1, 100)");
    statement.execute(
        "CREATE MODEL m" + OPTIONS + " AS SELECT a, " + factor + " * a AS y FROM points");
  }

  private static Void readAll(ResultSet rows) throws SQLException {
    while (rows.next()) {
      assertThat(rows.getRow()).isPositive();
    }
    return null;
  }

  private static MVStore store(Connection connection) throws SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getStore().getMvStore();
  }

  private static long one(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return Math.round(rows.getDouble(1));
    }
  }

  private static String sqlState(Throwable error) {
    return error instanceof SQLException sql ? sql.getSQLState() : "";
  }

  private Connection open(String name) throws SQLException {
    return DriverManager.getConnection("jdbc:insitu:h2:" + folder.resolve(name), "sa", "");
  }
}
