package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sessions that write rows of a table with a kept column while another switches the version of its
 * model: whatever is committed, and in whatever order, a column that is said to be current has the
 * current version's predictions in every row.
 */
class KeptColumnRaceTest {
  private static final String STATES = "SELECT DISTINCT state FROM INSITU.PREDICTED_COLUMNS";
  private static final String INSERT =
      "INSERT INTO customers (id, age, income, region) VALUES (1001, 70, 1500, 'north')";

  private final List<Connection> sessions = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private PlainDatabase database;

  /** Isolation levels, as H2 calls them. */
  enum Isolation {
    READ_UNCOMMITTED,
    READ_COMMITTED,
    REPEATABLE_READ,
    SNAPSHOT,
    SERIALIZABLE
  }

  @BeforeEach
  void open() throws SQLException {
    database = PlainDatabase.inMemory();
    database.execute("CALL INSITU.MATERIALIZE('churn', 'customers', 'score')");
    database.execute("SET DEFAULT_LOCK_TIMEOUT 10000");
  }

  @AfterEach
  void close() throws Exception {
    for (Connection session : sessions) {
      session.close();
    }
    threads.shutdownNow();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    database.close();
  }

  private Connection session() throws SQLException {
    return session("jdbc:h2:");
  }

  private Connection session(String driver) throws SQLException {
    Connection session = DriverManager.getConnection(driver + database.name(), "sa", "");
    sessions.add(session);
    session.setAutoCommit(false);
    PlainDatabase.execute(session, "SET LOCK_TIMEOUT 10000");
    return session;
  }

  private Future<Void> later(Connection session, String sql) {
    return threads.submit(
        () -> {
          PlainDatabase.execute(session, sql);
          return null;
        });
  }

  /** Returns when as many threads as there are statements wait for the lock of a column. */
  private static void waits(Future<?>... statements) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (waiting() < statements.length) {
      assertThat(System.nanoTime()).as("waiting in vain").isLessThan(until);
      for (Future<?> statement : statements) {
        if (statement.isDone()) {
          statement.get();
          fail("it does not wait");
        }
      }
      Thread.sleep(5);
    }
    for (Future<?> statement : statements) {
      assertThat(statement).isNotDone();
    }
  }

  private static long waiting() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            frames ->
                Arrays.stream(frames)
                    .anyMatch(f -> f.getClassName().equals("dev.insitu.h2.KeptLocks$Wait")))
        .count();
  }

  private static void ends(Future<?> statement) throws Exception {
    statement.get(20, TimeUnit.SECONDS);
  }

  private void isCurrent() throws SQLException {
    isCurrent("customers", "churn");
    assertThat(database.rows(STATES)).containsExactly(List.of("current"));
  }

  private void isCurrent(String table, String model) throws SQLException {
    isCurrent(database, table, "score", model);
  }

  /** Checks that each row has what the default version predicts. */
  static void isCurrent(PlainDatabase database, String table, String column, String model)
      throws SQLException {
    assertThat(database.rows("SELECT id, " + column + " FROM " + table + " ORDER BY id"))
        .isNotEmpty()
        .isEqualTo(
            database.expected(
                "SELECT id, predicted_churned FROM PREDICT(MODEL => '"
                    + model
                    + "', DATA => TABLE "
                    + table
                    + ") ORDER BY id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        INSERT,
        "INSERT INTO customers (id, age, income, region)"
            + " SELECT id + 1000, age, income, region FROM customers",
        "UPDATE customers SET age = 96 - age",
        "MERGE INTO customers (id, age, income, region) KEY (id)"
            + " VALUES (1, 66, 1, 'south'), (2001, 21, 1, 'south')",
        "MERGE INTO customers c USING (VALUES (2, 75), (2002, 75)) s(id, age) ON c.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET age = s.age"
            + " WHEN NOT MATCHED THEN INSERT (id, age) VALUES (s.id, s.age)",
        "DELETE FROM customers WHERE id < 5"
      })
  void aWriterWaitsForTheSwitchAndAReaderDoesNot(String write) throws Exception {
    List<List<Object>> before = database.rows("SELECT id, score FROM customers ORDER BY id");
    for (boolean commit : new boolean[] {false, true}) {
      Connection switching = session("jdbc:insitu:h2:");
      Connection writer = session();
      retrain(switching, 2);
      Future<Void> waiting = later(writer, write);
      waits(waiting);
      assertThat(database.rows("SELECT id, score FROM customers ORDER BY id")).isEqualTo(before);
      assertThat(database.rows(STATES)).containsExactly(List.of("current"));
      if (commit) {
        switching.commit();
      } else {
        switching.rollback();
      }
      ends(waiting);
      if (commit) {
        writer.commit();
      } else {
        writer.rollback();
      }
      isCurrent();
    }
  }

  private static void retrain(Connection session, int modulus) throws SQLException {
    PlainDatabase.execute(
        session,
        "CREATE OR REPLACE MODEL churn"
            + PlainDatabase.CHURN_OPTIONS
            + " WHERE MOD(id, "
            + modulus
            + ") > 0 OR age > 50");
  }

  @Test
  void theSwitchWaitsForRowsThatAreNotCommittedAndWritesThemToo() throws Exception {
    Connection writer = session();
    PlainDatabase.execute(writer, INSERT);
    Connection switching = session("jdbc:insitu:h2:");
    Future<?> waiting =
        threads.submit(
            () -> {
              retrain(switching, 3);
              return null;
            });
    waits(waiting);
    // Who comes later waits behind the switch, who has begun ends.
    Connection late = session();
    Future<Void> behind =
        later(late, "INSERT INTO customers (id, age, income) VALUES (1002, 80, 0)");
    waits(waiting, behind);
    PlainDatabase.execute(writer, "UPDATE customers SET age = 20 WHERE id = 7");
    writer.commit();
    ends(waiting);
    waits(behind);
    switching.commit();
    ends(behind);
    late.commit();
    isCurrent();
  }

  @Test
  void aSwitchThatWaitsTooLongChangesNothing() throws Exception {
    Connection writer = session();
    PlainDatabase.execute(writer, INSERT);
    Object number = ImportedDoorsTest.rows(writer, "CALL SESSION_ID()").get(0).get(0);
    database.driver("SET LOCK_TIMEOUT 300");
    assertThatThrownBy(database::retrain)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("ML090"))
        .hasMessageContaining(
            "ML090: column \"PUBLIC.CUSTOMERS.SCORE\" cannot be written: session "
                + number
                + " has uncommitted rows of its table")
        .hasMessageContaining("wait longer than 300 ms: SET LOCK_TIMEOUT 60000.")
        .hasRootCauseMessage(((SQLException) causeOf(database::retrain)).getMessage());
    database.execute("SET LOCK_TIMEOUT 300");
    assertThatThrownBy(
            () ->
                database.execute(
                    "CALL INSITU.TRAIN('churn', 'SELECT age, income, region, churned FROM customers',"
                        + " 'churned', '{\"model_type\": \"logistic_reg\"}')"))
        .hasMessageContaining("ML090");
    assertThat(database.rows("SELECT version_number FROM INSITU.MODEL_VERSIONS"))
        .containsExactly(List.of(1));
    assertThat(database.rows("SELECT state FROM INSITU.RUNS WHERE state = 'failed'")).hasSize(3);
    writer.commit();
    isCurrent();
    database.retrain();
    isCurrent();
  }

  private static Throwable causeOf(ThrowingCallable call) {
    try {
      call.call();
    } catch (Throwable e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause;
    }
    throw new AssertionError("it succeeds");
  }

  @Test
  void aWriterThatWaitsTooLongGetsTheDatabasesOwnError() throws Exception {
    Connection switching = session("jdbc:insitu:h2:");
    retrain(switching, 2);
    Connection writer = session();
    PlainDatabase.execute(writer, "SET LOCK_TIMEOUT 300");
    assertThatThrownBy(() -> PlainDatabase.execute(writer, INSERT))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(50200));
    switching.commit();
    PlainDatabase.execute(writer, INSERT);
    writer.commit();
    isCurrent();
  }

  @Test
  void aWriterThatWaitsIsCancelled() throws Exception {
    Connection switching = session("jdbc:insitu:h2:");
    retrain(switching, 2);
    Connection writer = session();
    try (var statement = writer.createStatement()) {
      Future<?> waiting = threads.submit(() -> statement.execute(INSERT));
      waits(waiting);
      statement.cancel();
      assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("canceled");
    }
    switching.commit();
    writer.commit();
    isCurrent();
  }

  /** A snapshot that is older than the switch is refused, or does not hold the version. */
  @ParameterizedTest
  @EnumSource(Isolation.class)
  void aWriterOfAnOlderSnapshotWritesNoOldScore(Isolation isolation) throws Exception {
    for (String before :
        List.of(
            "SELECT COUNT(*) FROM customers",
            "SELECT INSITU.PREDICTION('churn', 20, 1e3, 'north')",
            "SELECT * FROM INSITU.MODELS",
            "SELECT 1")) {
      for (String write : List.of(INSERT, "UPDATE customers SET age = 96 - age WHERE id = 5")) {
        Connection writer = session();
        set(writer, isolation);
        PlainDatabase.execute(writer, before);
        database.retrain();
        int error = 0;
        try {
          PlainDatabase.execute(writer, write);
        } catch (SQLException e) {
          error = e.getErrorCode();
        }
        writer.commit();
        isCurrent();
        boolean whole = isolation == Isolation.SNAPSHOT || isolation == Isolation.SERIALIZABLE;
        if (whole && !before.equals("SELECT 1")) {
          assertThat(error).as(isolation + " " + before + write).isEqualTo(40001);
        } else if (isolation.ordinal() < Isolation.REPEATABLE_READ.ordinal()) {
          assertThat(error).as(isolation + " " + before + write).isZero();
        } else {
          assertThat(error).as(isolation + " " + before + write).isIn(0, 40001);
        }
        database.execute("DELETE FROM customers WHERE id > 1000");
        writer.close();
      }
    }
  }

  /** H2 has the statement read the store as it was before it waited. */
  @Test
  void aStatementThatReadsTheStoreItselfWritesNoOldScore() throws Exception {
    Connection switching = session("jdbc:insitu:h2:");
    retrain(switching, 2);
    Connection writer = session();
    Future<Void> waiting =
        later(
            writer,
            "INSERT INTO customers (id, age, income)"
                + " SELECT 1000 + x, 20 + x, 1000 FROM SYSTEM_RANGE(1, 50)"
                + " WHERE (SELECT COUNT(*) FROM INSITU.MODEL_VERSIONS) > 0");
    waits(waiting);
    switching.commit();
    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .hasMessageContaining("another default version");
    writer.commit();
    isCurrent();
  }

  static void set(Connection session, Isolation isolation) throws SQLException {
    PlainDatabase.execute(
        session,
        "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL "
            + isolation.name().replace('_', ' '));
  }

  @ParameterizedTest
  @EnumSource(Isolation.class)
  void aSwitchThatDoesNotSeeAllRowsIsRefusedWhole(Isolation isolation) throws Exception {
    Connection switching = session("jdbc:insitu:h2:");
    set(switching, isolation);
    PlainDatabase.execute(switching, "SELECT COUNT(*) FROM customers");
    database.execute(INSERT);
    if (isolation.ordinal() < Isolation.REPEATABLE_READ.ordinal()) {
      retrain(switching, 2);
    } else {
      assertThatThrownBy(() -> retrain(switching, 2))
          .hasMessageContaining(
              "ML087: column \"PUBLIC.CUSTOMERS.SCORE\" cannot keep predictions: others have"
                  + " written 1 rows that this transaction does not see");
    }
    switching.commit();
    isCurrent();
    PlainDatabase.execute(switching, "DELETE FROM customers WHERE id = 1001 OR id < 5");
    retrain(switching, 2);
    switching.commit();
    isCurrent();
  }

  /** The statement around reads the table as it was when it began. */
  @Test
  void aTrainingAmidAStatementOverTheTableSeesAllRows() throws Exception {
    Connection writer = session();
    PlainDatabase.execute(writer, INSERT);
    Connection switching = session();
    Future<Void> waiting =
        later(
            switching,
            "SELECT COUNT(*) FROM customers"
                + " WHERE id = 1 AND EXISTS (SELECT * FROM INSITU.TRAIN('churn',"
                + " 'SELECT age, income, region, churned FROM customers WHERE MOD(id, 3) > 0',"
                + " 'churned', '{\"model_type\": \"logistic_reg\"}'))");
    waits(waiting);
    writer.commit();
    waiting.get(20, TimeUnit.SECONDS);
    switching.commit();
    assertThat(database.rows("SELECT refreshed_rows FROM INSITU.PREDICTED_COLUMNS"))
        .containsExactly(List.of(201L));
    isCurrent();
  }

  /** The statement has met the model before it comes to the table. */
  @Test
  void aCascadeIntoTheTableScoresWithTheVersionThatIsThereBy() throws Exception {
    database.execute("CREATE TABLE agents (id INT PRIMARY KEY)");
    database.execute("INSERT INTO agents VALUES 1, 2");
    database.execute(
        "ALTER TABLE customers ADD COLUMN agent INT REFERENCES agents ON DELETE SET NULL");
    database.execute("UPDATE customers SET agent = 1 WHERE id < 50");
    Connection switching = session("jdbc:insitu:h2:");
    retrain(switching, 2);
    Connection writer = session();
    Future<Void> waiting =
        later(
            writer,
            "DELETE FROM agents"
                + " WHERE INSITU.PREDICTION('\"PUBLIC\".\"CHURN\"', id, 1e3, 'north') <> '?'");
    waits(waiting);
    switching.commit();
    ends(waiting);
    writer.commit();
    assertThat(database.one("SELECT COUNT(agent) FROM customers")).isEqualTo(0L);
    isCurrent();
  }

  @Test
  void aVersionThatIsDroppedIsFollowedByWhoWaits() throws Exception {
    database.retrain();
    Connection switching = session("jdbc:insitu:h2:");
    PlainDatabase.execute(switching, "DROP MODEL churn VERSION 2");
    Connection writer = session();
    Future<Void> waiting = later(writer, "UPDATE customers SET age = 96 - age");
    waits(waiting);
    switching.commit();
    ends(waiting);
    writer.commit();
    isCurrent();
  }

  @Test
  void aSwitchThroughAFunctionIsFollowedByWhoWaits() throws Exception {
    Connection switching = session();
    PlainDatabase.execute(
        switching,
        "CALL INSITU.TRAIN('churn', 'SELECT age, income, region, churned FROM customers"
            + " WHERE MOD(id, 3) > 0 OR age > 50', 'churned', '{\"model_type\": \"logistic_reg\"}')");
    Connection writer = session();
    Future<Void> waiting = later(writer, INSERT);
    waits(waiting);
    switching.commit();
    ends(waiting);
    writer.commit();
    isCurrent();
  }

  @Test
  void aSwitchOverAWireIsFollowedByWhoWaits() throws Exception {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifExists").start();
    try (Connection switching =
        DriverManager.getConnection(
            "jdbc:insitu:h2:tcp://localhost:" + server.getPort() + "/" + database.name(),
            "sa",
            "")) {
      switching.setAutoCommit(false);
      retrain(switching, 2);
      Connection writer = session();
      Future<Void> waiting = later(writer, INSERT);
      waits(waiting);
      switching.commit();
      ends(waiting);
      writer.commit();
      isCurrent();
    } finally {
      server.stop();
    }
  }

  @Test
  void aManualColumnIsCurrentWhenItHasBeenWrittenAgain() throws Exception {
    database.execute("CALL INSITU.DEMATERIALIZE('customers', 'score')");
    database.execute(
        "CALL INSITU.MATERIALIZE('churn', 'customers', 'score', '{\"refresh\": \"manual\"}')");
    Connection old = session();
    set(old, Isolation.SNAPSHOT);
    PlainDatabase.execute(old, "SELECT COUNT(*) FROM customers");
    Connection switching = session("jdbc:insitu:h2:");
    retrain(switching, 2);
    PlainDatabase.execute(switching, INSERT.replace("1001", "1002")); // by the version of its own
    switching.commit();
    assertThat(database.rows(STATES)).containsExactly(List.of("stale"));
    Connection writing = session();
    PlainDatabase.execute(writing, "CALL INSITU.MATERIALIZE('churn', 'customers', 'score')");
    Connection writer = session();
    Future<Void> waiting = later(writer, INSERT.replace("1001", "1003"));
    waits(waiting);
    writing.commit();
    ends(waiting);
    writer.commit();
    assertThatThrownBy(() -> PlainDatabase.execute(old, INSERT))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(40001));
    old.commit();
    isCurrent();
  }

  @Test
  void writersOfSeveralTablesAndASwitchDoNotWaitForEachOther() throws Exception {
    database.execute("CREATE TABLE clients AS SELECT * FROM customers");
    database.execute("CALL INSITU.MATERIALIZE('churn', 'clients', 'score')");
    Connection writer = session();
    PlainDatabase.execute(writer, "UPDATE clients SET age = 96 - age");
    Connection switching = session("jdbc:insitu:h2:");
    Future<?> waiting =
        threads.submit(
            () -> {
              retrain(switching, 3);
              return null;
            });
    waits(waiting);
    // A switch that had taken the first table by now would wait for the second for ever.
    ends(later(writer, "UPDATE customers SET age = 96 - age"));
    writer.commit();
    ends(waiting);
    switching.commit();
    isCurrent();
    isCurrent("clients", "churn");
  }

  @Test
  void whoeverSharesAColumnWithAnotherSwitchIsToldAtOnce() throws Exception {
    Connection one = session("jdbc:insitu:h2:");
    Connection two = session();
    PlainDatabase.execute(one, INSERT);
    PlainDatabase.execute(two, INSERT.replace("1001", "1002"));
    Future<?> waiting =
        threads.submit(
            () -> {
              retrain(one, 3);
              return null;
            });
    waits(waiting);
    long begin = System.nanoTime();
    assertThatThrownBy(
            () ->
                PlainDatabase.execute(
                    two, "CALL INSITU.MATERIALIZE('churn', 'customers', 'score')"))
        .hasMessageContaining("ML090")
        .hasMessageContaining("It waits for this session in turn");
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(8));
    two.rollback();
    ends(waiting);
    one.commit();
    isCurrent();
  }

  @Test
  void theLockIsShown() throws Exception {
    Connection writer = session();
    PlainDatabase.execute(writer, INSERT);
    assertThat(
            database.rows(
                "SELECT lock_type FROM INFORMATION_SCHEMA.LOCKS WHERE table_name LIKE 'INSITU$%'"))
        .hasSize(1);
    writer.commit();
    assertThat(
            database.rows(
                "SELECT lock_type FROM INFORMATION_SCHEMA.LOCKS WHERE table_name LIKE 'INSITU$%'"))
        .isEmpty();
  }
}
