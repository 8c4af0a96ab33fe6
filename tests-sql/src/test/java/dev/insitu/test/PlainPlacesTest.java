package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.tools.Restore;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where functions, kept columns and schedules get to: other databases, sessions and places. */
class PlainPlacesTest {
  private static final String SCHEDULE =
      "CALL INSITU.SCHEDULE('churn', 'SELECT age, income, region, churned FROM customers"
          + " WHERE churned IS NOT NULL', '{\"every\": \"1 day\"}')";
  private static final String KEPT = "SELECT id, score FROM customers ORDER BY id";
  private static final String CALLED =
      "SELECT id, PREDICT_CHURN(age, income, region) FROM customers ORDER BY id";

  private PlainDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = PlainDatabase.inMemory();
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private static void fill(PlainDatabase made) throws SQLException {
    made.execute("CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')");
    made.execute("CALL INSITU.CREATE_FUNCTION('churn@1', 'FIRST_CHURN')");
    made.execute("CALL INSITU.MATERIALIZE('churn', 'customers', 'score')");
    made.execute(SCHEDULE);
    made.execute(
        "CREATE VIEW scored AS SELECT id, PREDICT_CHURN(age, income, region) AS p FROM customers");
    made.execute(
        "CREATE VIEW predicted AS"
            + " SELECT * FROM INSITU.PREDICT('churn', 'SELECT * FROM customers')");
  }

  @Test
  void twoSessionsWriteAGeneratedColumnAtOnce() throws Exception {
    database.execute("CALL INSITU.CREATE_FUNCTION('churn@1', 'FIRST_CHURN')");
    database.execute(
        "CREATE TABLE made (id INT PRIMARY KEY, age INT, income DOUBLE PRECISION,"
            + " region VARCHAR(10), p VARCHAR(3) AS (FIRST_CHURN(age, income, region)))");
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        int first = 1000 * thread;
        work.add(
            threads.submit(
                () -> {
                  try (Connection session =
                          DriverManager.getConnection("jdbc:h2:" + database.name(), "sa", "");
                      PreparedStatement insert =
                          session.prepareStatement(
                              "INSERT INTO made (id, age, income, region) VALUES (?, ?, ?, ?)")) {
                    for (int i = 0; i < 500; i++) {
                      insert.setInt(1, first + i);
                      insert.setInt(2, 18 + i % 60);
                      insert.setDouble(3, 1000 + first + i);
                      insert.setString(4, i % 3 == 0 ? null : "north");
                      insert.executeUpdate();
                    }
                  }
                  return null;
                }));
      }
      work.add(
          threads.submit(
              () -> {
                database.retrain();
                return null;
              }));
      for (Future<?> each : work) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(database.rows("SELECT id, p FROM made ORDER BY id"))
        .hasSize(1000)
        .isEqualTo(
            database.expected(
                "SELECT id, PREDICTION('churn@1', age, income, region) FROM made ORDER BY id"));
  }

  /** H2's scripts are for an empty database, or drop first what they make. */
  @ParameterizedTest
  @CsvSource({"false, SCRIPT, 0", "true, SCRIPT, 90076", "true, SCRIPT DROP, 0"})
  void aScriptBringsAllOfItIntoAnotherDatabase(
      boolean installed, String script, int error, @TempDir Path directory) throws SQLException {
    fill(database);
    database.driver("ALTER MODEL churn SET ALIAS champion = VERSION 1");
    Path file = directory.resolve("saved.sql");
    database.rows(script + " TO '" + file + "'");
    List<List<Object>> kept = database.rows(KEPT);
    try (Connection fresh = DriverManager.getConnection("jdbc:h2:mem:", "sa", "")) {
      if (installed) {
        PlainDatabase.execute(fresh, PlainDatabases.INSTALL);
      }
      String run = "RUNSCRIPT FROM '" + file + "'";
      if (error != 0) {
        assertThatThrownBy(() -> PlainDatabase.execute(fresh, run))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(error));
        return;
      }
      PlainDatabase.execute(fresh, run);
      assertThat(ImportedDoorsTest.rows(fresh, KEPT)).isEqualTo(kept);
      assertThat(ImportedDoorsTest.rows(fresh, CALLED)).isEqualTo(kept);
      for (String view : List.of("MODEL_VERSIONS", "MODEL_ALIASES", "ALIASED_COLUMNS")) {
        String aliases = "SELECT * FROM INSITU." + view;
        assertThat(ImportedDoorsTest.rows(fresh, aliases)).isEqualTo(database.rows(aliases));
      }
      // A table that was altered has a higher number than the view, and H2 goes by numbers.
      PlainDatabase.execute(fresh, "ALTER VIEW scored RECOMPILE");
      assertThat(ImportedDoorsTest.rows(fresh, "SELECT * FROM scored ORDER BY id")).isEqualTo(kept);
      PlainDatabase.execute(fresh, "ALTER VIEW predicted RECOMPILE");
      assertThat(
              ImportedDoorsTest.rows(
                  fresh, "SELECT id, predicted_churned FROM predicted ORDER BY id"))
          .isEqualTo(kept);
      PlainDatabase.execute(fresh, "INSERT INTO customers (id, age) VALUES (1001, 70)");
      assertThat(ImportedDoorsTest.rows(fresh, CALLED))
          .hasSize(201)
          .isEqualTo(ImportedDoorsTest.rows(fresh, KEPT));
      PlainDatabase.execute(
          fresh,
          "CALL INSITU.TRAIN('churn', 'SELECT age, income, region, churned FROM customers"
              + " WHERE churned IS NOT NULL AND age > 40', 'churned',"
              + " '{\"model_type\": \"logistic_reg\"}')");
      assertThat(ImportedDoorsTest.rows(fresh, CALLED))
          .isNotEqualTo(kept)
          .isEqualTo(ImportedDoorsTest.rows(fresh, KEPT));
      assertThat(
              ImportedDoorsTest.rows(
                  fresh,
                  "SELECT state, (SELECT COUNT(*) FROM INSITU.SCHEDULES),"
                      + " (SELECT COUNT(*) FROM INSITU.FUNCTIONS) FROM INSITU.PREDICTED_COLUMNS"))
          .containsExactly(List.of("current", 1L, 2L));
      assertThat(ImportedDoorsTest.rows(fresh, "CALL INSITU.INSTALL()").toString())
          .contains("0 of them new; schedules: 1");
      PlainDatabase.execute(fresh, "ALTER VIEW scored RECOMPILE");
      assertThat(ImportedDoorsTest.rows(fresh, "SELECT object FROM INSITU.DETACH() ORDER BY 1"))
          .containsExactly(
              List.of("PUBLIC.CUSTOMERS.SCORE"),
              List.of("PUBLIC.PREDICTED"),
              List.of("PUBLIC.SCORED"));
      PlainDatabase.execute(fresh, "CALL INSITU.UNINSTALL()");
    }
  }

  @Test
  void aViewThatH2sScriptLeavesInvalidIsDetachedToo(@TempDir Path directory) throws SQLException {
    fill(database);
    Path file = directory.resolve("saved.sql");
    database.rows("SCRIPT TO '" + file + "'");
    try (Connection fresh = DriverManager.getConnection("jdbc:h2:mem:", "sa", "")) {
      PlainDatabase.execute(fresh, "RUNSCRIPT FROM '" + file + "'");
      assertThat(ImportedDoorsTest.rows(fresh, "SELECT object FROM INSITU.DETACH() ORDER BY 1"))
          .contains(List.of("PUBLIC.SCORED"));
      assertThat(ImportedDoorsTest.rows(fresh, "SELECT COUNT(p) FROM scored"))
          .containsExactly(List.of(200L));
    }
  }

  /** Both are open in one process, and each has a schedule of the same id that is due. */
  @Test
  void aBackupIsADatabaseOfItsOwn(@TempDir Path directory) throws Exception {
    Path zip = directory.resolve("saved.zip");
    try (PlainDatabase shop = PlainDatabase.inFile(directory.resolve("shop"))) {
      fill(shop);
      shop.execute("BACKUP TO '" + zip + "'");
      Restore.execute(zip.toString(), directory.resolve("copies").toString(), null);
      try (PlainDatabase copy = PlainDatabase.open(directory.resolve("copies/shop"))) {
        assertThat(copy.rows(KEPT)).isEqualTo(shop.rows(KEPT));
        copy.execute("DELETE FROM customers WHERE MOD(id, 3) = 0 AND age <= 50");
        copy.execute("UPDATE INSITU.STORED_SCHEDULES SET NEXT_RUN = CURRENT_TIMESTAMP");
        copy.execute("CALL INSITU.INSTALL()"); // looks at once
        String versions = "SELECT MAX(version_number) FROM INSITU.MODEL_VERSIONS";
        for (int i = 0; i < 300 && copy.one(versions).equals(1); i++) {
          Thread.sleep(100);
        }
        assertThat(copy.one(versions)).isEqualTo(2);
        assertThat(shop.one(versions)).isEqualTo(1);
        assertThat(copy.rows(CALLED)).isEqualTo(copy.rows(KEPT));
        assertThat(shop.rows(CALLED)).isEqualTo(shop.rows(KEPT)).isNotEqualTo(copy.rows(CALLED));
        assertThat(copy.rows("SELECT outcome, version_number FROM INSITU.SCHEDULE_RUNS"))
            .containsExactly(List.of("trained", 2));
        assertThat(shop.rows("SELECT * FROM INSITU.SCHEDULE_RUNS")).isEmpty();
        shop.execute("CALL INSITU.UNSCHEDULE('churn')");
        assertThat(copy.rows("SELECT * FROM INSITU.SCHEDULES")).hasSize(1);
      }
    }
  }

  @Test
  void overAWireTheDriverMakesThemInTheDatabasesProcess() throws SQLException {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifExists").start();
    try (Connection wire =
        DriverManager.getConnection(
            "jdbc:insitu:h2:tcp://localhost:" + server.getPort() + "/" + database.name(),
            "sa",
            "")) {
      for (String call :
          List.of(
              "CALL INSITU.CREATE_FUNCTION('churn', 'PREDICT_CHURN')",
              "CALL INSITU.MATERIALIZE('churn', 'customers', 'score')",
              SCHEDULE)) {
        assertThat(ImportedDoorsTest.rows(wire, call)).hasSize(1);
      }
      assertThat(ImportedDoorsTest.rows(wire, CALLED))
          .isEqualTo(database.rows(KEPT))
          .isEqualTo(database.rows(CALLED));
      PlainDatabase.execute(
          wire, "CREATE OR REPLACE MODEL churn" + PlainDatabase.CHURN_OPTIONS + " WHERE age > 30");
      assertThat(database.rows("SELECT state, version_number FROM INSITU.PREDICTED_COLUMNS"))
          .containsExactly(List.of("current", 2));
      assertThat(ImportedDoorsTest.rows(wire, CALLED)).isEqualTo(database.rows(KEPT));
      assertThatThrownBy(
              () ->
                  PlainDatabase.execute(
                      wire, "CALL INSITU.MATERIALIZE('churn', 'nowhere', 'score')"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("ML087"));
      for (String call :
          List.of(
              "CALL INSITU.UNSCHEDULE('churn')",
              "CALL INSITU.DEMATERIALIZE('customers', 'score')",
              "CALL INSITU.DROP_FUNCTION('PREDICT_CHURN')")) {
        assertThat(ImportedDoorsTest.rows(wire, call)).hasSize(1);
      }
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({"'java.lang.*,dev.insitu.*', '[[201, 201]]'", "java.lang.*, 90134"})
  void whereClassesAreAllowedOursMustBe(String allowed, String said) throws Exception {
    List<String> command = ChildProcess.java("-Xmx256m", "-Dh2.allowedClasses=" + allowed);
    command.add(AllowedClasses.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).endsWith(said);
  }

  /** H2 evaluates the arguments of a table function before it has a row of another table. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT o.id, p.* FROM customers o, INSITU.PREDICT('churn',"
            + " 'SELECT * FROM customers WHERE id = ' || o.id) p",
        "SELECT (SELECT COUNT(*) FROM INSITU.PREDICT('churn', 'SELECT * FROM customers"
            + " WHERE id = ?', NULL, 'predicted_churned VARCHAR(3)', o.id)) FROM customers o",
        "SELECT id FROM customers o WHERE EXISTS (SELECT * FROM INSITU.PREDICT('churn',"
            + " 'SELECT * FROM customers WHERE id = ' || o.id))"
      })
  void aTableFunctionKnowsNoColumnOfTheStatementAround(String query) {
    assertThatThrownBy(() -> database.rows(query))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(42122))
        .hasMessageContaining("Column \"O.ID\" not found");
  }

  /** The query counts how often it is read. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneCallThatIsWrittenTwiceIsReadOnce(boolean lazy) throws SQLException {
    database.execute("CREATE SEQUENCE read");
    String call =
        "INSITU.PREDICT('churn', 'SELECT NEXT VALUE FOR read AS n, * FROM customers"
            + " WHERE region = ''north''')";
    long rows = (Long) database.one("SELECT COUNT(*) FROM customers WHERE region = 'north'");
    database.execute("SET LAZY_QUERY_EXECUTION " + (lazy ? 1 : 0));
    int times = 0;
    for (String query :
        List.of(
            "SELECT a.id, b.id FROM " + call + " a JOIN " + call + " b ON a.n = b.n",
            "SELECT id FROM " + call + " WHERE age > 40 UNION SELECT id FROM " + call,
            "SELECT id FROM " + call + " WHERE id IN (SELECT id FROM " + call + ")",
            "WITH w AS (SELECT * FROM " + call + ") SELECT w.id FROM w JOIN w x ON w.n = x.n",
            "SELECT id FROM " + call)) {
      assertThat(database.rows(query)).as(query).hasSize((int) rows);
      times++;
      assertThat(database.one("SELECT CURRENT VALUE FOR read")).as(query).isEqualTo(times * rows);
    }
    database.execute("SET LAZY_QUERY_EXECUTION 0");
  }
}
