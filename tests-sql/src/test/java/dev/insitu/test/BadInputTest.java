package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong around a model, through the driver: each with its code, and nothing half done.
 */
class BadInputTest {
  private static final String URL = "jdbc:insitu:h2:mem:bad";
  private static final String LINE = model("CREATE MODEL line", "points");

  @TempDir Path folder;
  private Connection connection;
  private Statement statement;

  private static String model(String create, String from) {
    return create
        + " OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS SELECT x, y FROM "
        + from;
  }

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection(URL, "sa", "");
    statement = connection.createStatement();
    statement.execute(
        "CREATE TABLE points AS SELECT x, 3 * x + MOD(x * 7, 5) AS y FROM SYSTEM_RANGE(1, 300)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void aCorruptArtifactIsNamedWithBothHashesAndReplaced() throws SQLException {
    statement.execute(LINE);
    statement.execute("UPDATE INSITU.STORED_ARTIFACTS SET artifact = artifact || X'00' WHERE TRUE");
    assertThatThrownBy(
            () -> one("SELECT COUNT(*) FROM PREDICT(MODEL => 'line', DATA => TABLE points)"))
        .hasFieldOrPropertyWithValue("SQLState", "ML050")
        .hasMessageMatching("(?s).*SHA-256 [0-9a-f]{64} was stored, [0-9a-f]{64} was read.*");
    statement.execute(model("CREATE OR REPLACE MODEL line", "points"));
    assertThat(one("SELECT COUNT(*) FROM PREDICT(MODEL => 'line', DATA => TABLE points)"))
        .isEqualTo("300");
  }

  @Test
  void aNewerStoreIsRefusedWithBothNumbers() throws SQLException {
    statement.execute(LINE);
    statement.execute(
        "INSERT INTO INSITU.STORED_MIGRATIONS SELECT 99, title, applied_at FROM INSITU.STORED_MIGRATIONS"
            + " FETCH FIRST ROW ONLY");
    for (String sql :
        List.of("SHOW MODELS", "SELECT PREDICTION('line', 1)", LINE.replace("line", "other"))) {
      try (Connection later = DriverManager.getConnection(URL, "sa", "");
          Statement asking = later.createStatement()) {
        assertThatThrownBy(() -> asking.execute(sql))
            .as(sql)
            .hasFieldOrPropertyWithValue("SQLState", "ML051")
            .hasMessageContaining("format 99, but this version reads up to ");
      }
    }
    assertThat(one("SELECT COUNT(*) FROM INSITU.STORED_VERSIONS")).isEqualTo("1");
  }

  @Test
  void aFullDiskIsTheDatabasesErrorAndNothingHalfWrittenServes() throws SQLException {
    FilePath.register(new FullDisk());
    String url = "jdbc:insitu:h2:full:" + folder.resolve("small") + ";WRITE_DELAY=0";
    try (Connection files = DriverManager.getConnection(url, "sa", "");
        Statement own = files.createStatement()) {
      own.execute("CREATE TABLE points AS SELECT x, 3 * x AS y FROM SYSTEM_RANGE(1, 300)");
      own.execute(LINE);
    }
    int failures = 0;
    for (long free : new long[] {4096, 30_000, 60_000}) {
      failures += replaceWithLittleSpace(url, free) ? 0 : 1;
      try (Connection files = DriverManager.getConnection(url, "sa", "");
          Statement own = files.createStatement()) {
        assertThat(
                one(
                    own,
                    "SELECT COUNT(*) FROM PREDICT(MODEL => 'line', DATA => TABLE points)"
                        + " WHERE ABS(predicted_y - y) < 0.1"))
            .isEqualTo("300");
        long versions = Long.parseLong(one(own, "SELECT COUNT(*) FROM INSITU.MODEL_VERSIONS"));
        assertThat(one(own, "SELECT COUNT(*) FROM INSITU.STORED_ARTIFACTS"))
            .isEqualTo(String.valueOf(versions));
        own.execute(model("CREATE OR REPLACE MODEL line", "points"));
        assertThat(one(own, "SELECT COUNT(*) FROM INSITU.RUNS WHERE state = 'succeeded'"))
            .isEqualTo(String.valueOf(versions + 1));
        assertThat(one(own, "SELECT COUNT(*) FROM INSITU.RUNS WHERE state = 'running'"))
            .isEqualTo("0");
      }
    }
    assertThat(failures).isGreaterThan(1);
  }

  /** Returns whether the model could be trained, with no more than so many bytes free. */
  private static boolean replaceWithLittleSpace(String url, long free) {
    boolean trained = false;
    try (Connection files = DriverManager.getConnection(url, "sa", "");
        Statement own = files.createStatement()) {
      FullDisk.setFree(free);
      own.execute(model("CREATE OR REPLACE MODEL line", "points"));
      trained = true;
    } catch (SQLException e) {
      assertThat(causes(e)).containsAnyOf("No space left", "90028", "90031", "90098");
    } finally {
      FullDisk.setFree(Long.MAX_VALUE);
    }
    return trained;
  }

  @Test
  void oneOfTwoSessionsCreatesTheModel() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 6; round++) {
        String name = "m" + round;
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<String>> outcomes = new ArrayList<>();
        for (int session = 0; session < 2; session++) {
          outcomes.add(threads.submit(() -> create(name, start)));
        }
        List<String> ended = List.of(outcomes.get(0).get(), outcomes.get(1).get());
        assertThat(ended).as(name).contains("created");
        assertThat(ended).as(name).containsAnyOf("ML053", "ML011");
        String runs =
            " FROM INSITU.RUNS WHERE model_name = '"
                + name.toUpperCase(Locale.ROOT)
                + "' AND state ";
        assertThat(one("SELECT COUNT(*)" + runs + "= 'succeeded'")).isEqualTo("1");
        assertThat(one("SELECT COUNT(*)" + runs + "NOT IN ('succeeded', 'failed')")).isEqualTo("0");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String create(String name, CyclicBarrier start) throws Exception {
    try (Connection session = DriverManager.getConnection(URL, "sa", "");
        Statement own = session.createStatement()) {
      start.await();
      own.execute(model("CREATE MODEL " + name, "points"));
      return "created";
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "READ UNCOMMITTED",
        "READ COMMITTED",
        "REPEATABLE READ",
        "SNAPSHOT",
        "SERIALIZABLE"
      })
  void aRolledBackModelIsGoneAndNothingOfTheUserIsCommitted(String isolation) throws SQLException {
    statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + isolation);
    connection.setAutoCommit(false);
    statement.execute("INSERT INTO points VALUES (1000, 3000)");
    statement.execute(LINE);
    assertThat(one("SELECT rows_trained FROM INSITU.MODEL_VERSIONS")).isEqualTo("301");
    assertThat(one("SELECT COUNT(*) FROM PREDICT(MODEL => 'line', DATA => TABLE points)"))
        .isEqualTo("301");
    try (Connection other = DriverManager.getConnection(URL, "sa", "");
        Statement reading = other.createStatement()) {
      assertThat(one(reading, "SELECT COUNT(*) FROM points")).isEqualTo("300");
      assertThat(one(reading, "SELECT COUNT(*) FROM INSITU.MODEL_VERSIONS")).isEqualTo("0");
    }
    connection.rollback();
    assertThat(one("SELECT COUNT(*) FROM points")).isEqualTo("300");
    assertThat(one("SELECT COUNT(*) FROM INSITU.MODEL_VERSIONS")).isEqualTo("0");
    assertThat(one("SELECT state FROM INSITU.RUNS")).isEqualTo("rolled_back");
    assertThatThrownBy(() -> one("SELECT PREDICTION('line', 1)"))
        .hasFieldOrPropertyWithValue("SQLState", "ML010");
  }

  @Test
  void aUserWithoutRightsOnTheInputGetsTheDatabasesError() throws SQLException {
    statement.execute(LINE);
    statement.execute("CREATE USER reader PASSWORD 'p'");
    try (Connection session = DriverManager.getConnection(URL, "reader", "p");
        Statement own = session.createStatement()) {
      assertThatThrownBy(
              () ->
                  own.executeQuery("SELECT * FROM PREDICT(MODEL => 'line', DATA => TABLE points)"))
          .hasFieldOrPropertyWithValue("errorCode", 90096);
      assertThat(one(own, "SELECT PREDICTION('line', 10) BETWEEN 29 AND 36")).isEqualTo("TRUE");
      assertThatThrownBy(() -> own.execute(LINE.replace("line", "other")))
          .hasFieldOrPropertyWithValue("SQLState", "ML005");
    }
    statement.execute("DROP USER reader");
  }

  @Test
  void aTimeoutEndsATrainingAndTheConnectionLives() throws SQLException {
    statement.setQueryTimeout(1);
    assertThatThrownBy(
            () ->
                statement.execute(
                    model(
                        "CREATE MODEL slow",
                        "(SELECT a.x, b.x AS y FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b"
                            + " WHERE MOD(a.x * b.x, 1000003) = 1)")))
        .isInstanceOf(SQLTimeoutException.class);
    statement.setQueryTimeout(0);
    assertThat(one("SELECT state FROM INSITU.RUNS")).isIn("cancelled", "failed");
    statement.execute(LINE);
    assertThat(one("SELECT PREDICTION('line', 10) IS NOT NULL")).isEqualTo("TRUE");
  }

  @Test
  void aQueryThatFailsInTheMiddleIsTheDatabasesErrorAndAFailedRun() throws SQLException {
    assertThatThrownBy(
            () ->
                statement.execute(
                    model(
                        "CREATE MODEL line",
                        "(SELECT x, 1 / (100000 - x) AS y FROM SYSTEM_RANGE(1, 200000))")))
        .hasFieldOrPropertyWithValue("errorCode", 22012);
    assertThat(one("SELECT state FROM INSITU.RUNS")).isEqualTo("failed");
    assertThat(one("SELECT COUNT(*) FROM INSITU.MODEL_VERSIONS")).isEqualTo("0");
    statement.execute(LINE);
  }

  private String one(String sql) throws SQLException {
    return one(statement, sql);
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).as(sql).isTrue();
      return String.valueOf(result.getString(1));
    }
  }

  private static String causes(Throwable error) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      text.append(cause).append('\n');
      if (cause instanceof SQLException e) {
        text.append(e.getErrorCode()).append('\n');
      }
    }
    return text.toString();
  }
}
