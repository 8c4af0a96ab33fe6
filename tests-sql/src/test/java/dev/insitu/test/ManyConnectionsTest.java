package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sixteen connections that train, bring in, replace, drop, roll back and predict with the same
 * models and with their own. A version predicts one number for every row, and no two versions the
 * same one, so a prediction of two versions would be seen.
 *
 * <p>For minutes: {@code mvn -pl tests-sql -am test -Dtest=ManyConnectionsTest
 * -Dinsitu.stress.seconds=180 -Dsurefire.failIfNoSpecifiedTests=false}, also with {@code -Ph2-2.4}.
 */
class ManyConnectionsTest {
  private static final int SECONDS = Integer.getInteger("insitu.stress.seconds", 4) / 2;
  private static final int CONNECTIONS = 16;

  /** What may happen beside others: the model is gone, changed or taken; the row or table is. */
  private static final Set<String> EXPECTED =
      Set.of("ML010", "ML011", "ML053", "40001", "HYT00", "90131", "90112");

  private final AtomicLong serials = new AtomicLong();
  private final Map<String, Set<Long>> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
  private final LongAdder trained = new LongAdder();
  private final LongAdder predicted = new LongAdder();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"file", "mem"})
  void everyPredictionIsOfOneVersionAndNoneIsLost(String kind) throws Exception {
    String url =
        "jdbc:insitu:h2:" + (kind.equals("file") ? folder.resolve("many").toString() : "mem:many");
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    ProcessMemory before;
    try (Connection main = DriverManager.getConnection(url, "sa", "");
        Statement statement = main.createStatement()) {
      statement.execute("CREATE TABLE points AS SELECT x AS a FROM SYSTEM_RANGE(1, 300)");
      for (String model : new String[] {"kept_0", "kept_1", "brought_kept_0", "brought_kept_1"}) {
        train(main, model);
      }
      SessionLocal session = (SessionLocal) main.unwrap(JdbcConnection.class).getSession();
      predict(main, "kept_0");
      before = ProcessMemory.now();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.max(1, SECONDS));
      List<Future<?>> working = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int worker = i;
        working.add(threads.submit(() -> work(url, worker, end)));
      }
      for (Future<?> work : working) {
        work.get(SECONDS + 120, TimeUnit.SECONDS);
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertNothingLost(main);
      try (ResultSet sessions =
          statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS")) {
        assertThat(sessions.next()).isTrue();
        assertThat(sessions.getInt(1)).isEqualTo(1);
      }
      assertThat(Leftovers.functions(session.getDatabase())).isEmpty();
      assertThat(session.getLocalTempTables()).isEmpty();
      assertThat(trained.sum())
          .as(kind + ": " + predicted.sum() + " predictions, errors " + errors)
          .isGreaterThan(CONNECTIONS);
    } finally {
      threads.shutdownNow();
    }
    assertThat(predicted.sum()).isGreaterThan(CONNECTIONS);
    assertThat(errors.keySet()).isSubsetOf(EXPECTED);
    ProcessMemory after = ProcessMemory.now();
    String said =
        String.format(
            Locale.ROOT,
            "%s: %d trained, %d predictions, errors %s; %s before, %s after",
            kind,
            trained.sum(),
            predicted.sum(),
            errors,
            before,
            after);
    ProcessCpu.report(said);
    // The database is closed: nothing of it may be left, whatever has been trained in it. Resident
    // memory goes down only later, and is printed.
    assertThat(after.heap()).as(said).isLessThan(before.heap() + 32);
    assertThat(after.files()).as(said).isLessThanOrEqualTo(before.files() + 5);
  }

  private Void work(String url, int worker, long end) throws Exception {
    Random random = new Random(20_261_122L + worker);
    String own = "own_" + worker;
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      train(connection, own);
      try (PreparedStatement prepared =
          connection.prepareStatement(
              "SELECT predicted_y FROM PREDICT(MODEL => 'kept_0', DATA => TABLE points) WHERE a > ?")) {
        while (System.nanoTime() < end) {
          String shared =
              (random.nextBoolean() ? "" : "brought_")
                  + (random.nextBoolean() ? "kept_" : "dropped_")
                  + random.nextInt(2);
          String model = random.nextInt(4) == 0 ? own : shared;
          try {
            step(connection, prepared, random.nextInt(20), model);
          } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (!EXPECTED.contains(state)) {
              throw e;
            }
            errors.computeIfAbsent(state, s -> new LongAdder()).increment();
            if (!connection.getAutoCommit()) {
              connection.rollback();
              connection.setAutoCommit(true);
            }
          }
        }
      }
    }
    return null;
  }

  private void step(Connection connection, PreparedStatement prepared, int choice, String model)
      throws SQLException {
    if (choice < 4) {
      train(connection, model);
    } else if (choice == 4 && model.contains("dropped_")) {
      execute(connection, "DROP MODEL IF EXISTS " + model);
    } else if (choice == 5) {
      connection.setAutoCommit(false);
      long serial = create(connection, model);
      assertThat(predict(connection, model)).isEqualTo(serial);
      connection.rollback();
      connection.setAutoCommit(true);
    } else if (choice < 9) {
      prepared.setInt(1, 10);
      try (ResultSet rows = prepared.executeQuery()) {
        one(rows, 290, "kept_0");
      }
    } else if (choice < 11) {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT PREDICTION('" + model + "', a) FROM points WHERE a <= 50")) {
        one(rows, 50, model);
      }
    } else if (choice == 11) {
      execute(connection, "SHOW MODELS");
    } else {
      predict(connection, model);
    }
  }

  private void train(Connection connection, String model) throws SQLException {
    long serial = create(connection, model);
    acknowledged.computeIfAbsent(model, m -> ConcurrentHashMap.newKeySet()).add(serial);
    trained.increment();
  }

  /** Trains, or brings in, a version that predicts a number that no other version does. */
  private long create(Connection connection, String model) throws SQLException {
    long serial = serials.incrementAndGet();
    if (model.startsWith("brought_")) {
      try (PreparedStatement create =
          connection.prepareStatement(
              "CREATE OR REPLACE MODEL "
                  + model
                  + " FROM (SELECT CAST(? AS BLOB)) OPTIONS (task = 'regression')")) {
        create.setBytes(1, SmallGraphs.constant(serial));
        create.execute();
      }
      return serial;
    }
    execute(
        connection,
        "CREATE OR REPLACE MODEL "
            + model
            + " OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'], data_split_method ="
            + " 'no_split') AS SELECT a, CAST("
            + serial
            + " AS DOUBLE PRECISION) AS y FROM points WHERE a <= 40");
    return serial;
  }

  private long predict(Connection connection, String model) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT predicted_y FROM PREDICT(MODEL => '"
                    + model
                    + "', DATA => TABLE points)")) {
      return one(rows, 300, model);
    }
  }

  /** Returns the number that all rows have. */
  private long one(ResultSet rows, int expected, String model) throws SQLException {
    Set<Long> numbers = new HashSet<>();
    int read = 0;
    while (rows.next()) {
      double value = rows.getDouble(1);
      long number = Math.round(value);
      assertThat(Math.abs(value - number)).isLessThan(1e-6);
      numbers.add(number);
      read++;
    }
    assertThat(read).as("rows of " + model).isEqualTo(expected);
    assertThat(numbers).as("versions in one prediction of " + model).hasSize(1);
    predicted.increment();
    return numbers.iterator().next();
  }

  private void assertNothingLost(Connection connection) throws SQLException {
    for (Map.Entry<String, Set<Long>> model : new TreeMap<>(acknowledged).entrySet()) {
      if (model.getKey().contains("dropped_")) {
        continue;
      }
      List<Integer> versions = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT version_number FROM INSITU.MODEL_VERSIONS WHERE model_name = UPPER('"
                      + model.getKey()
                      + "')")) {
        while (rows.next()) {
          versions.add(rows.getInt(1));
        }
      }
      Set<Long> found = new HashSet<>();
      for (int version : versions) {
        found.add(predict(connection, model.getKey() + "@" + version));
      }
      assertThat(found).as("versions of " + model.getKey()).isEqualTo(model.getValue());
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT COUNT(*) FROM INSITU.RUNS WHERE state = 'running'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isZero();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
