package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.test.KeptColumnRaceTest.Isolation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many transactions that write rows of tables with kept columns, beside others that switch the
 * versions of their models: at the end every row has the current version's prediction.
 *
 * <p>For minutes: {@code mvn -pl tests-sql -am test -Dtest=KeptColumnStressTest
 * -Dinsitu.stress.seconds=250 -Dsurefire.failIfNoSpecifiedTests=false}, also with {@code -Ph2-2.4}.
 */
class KeptColumnStressTest {
  private static final int SECONDS = Integer.getInteger("insitu.stress.seconds", 4);

  private final List<Connection> sessions = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private PlainDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = PlainDatabase.inMemory();
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
    PlainDatabase.execute(session, "SET LOCK_TIMEOUT 2000");
    return session;
  }

  /** Two tables of two models, one of which keeps both; writers of all isolation levels. */
  @Test
  void afterMinutesOfWritingAndSwitchingEveryScoreIsTheCurrentOne() throws Exception {
    database.execute("CALL INSITU.MATERIALIZE('churn', 'customers', 'score')");
    database.execute("CREATE TABLE clients AS SELECT * FROM customers");
    database.execute("CALL INSITU.MATERIALIZE('churn', 'clients', 'score')");
    database.driver("CREATE MODEL other" + PlainDatabase.CHURN_OPTIONS);
    database.execute("CALL INSITU.MATERIALIZE('other', 'customers', 'other_score')");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    AtomicInteger written = new AtomicInteger();
    AtomicInteger switched = new AtomicInteger();
    List<Future<?>> work = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(i);
      Connection session = session();
      int writer = i;
      work.add(
          threads.submit(
              () -> {
                while (System.nanoTime() < end) {
                  written.addAndGet(transaction(session, random, writer));
                }
                return null;
              }));
    }
    for (int i = 0; i < 2; i++) {
      Random random = new Random(100 + i);
      Connection session = session(i == 0 ? "jdbc:insitu:h2:" : "jdbc:h2:");
      boolean driver = i == 0;
      work.add(
          threads.submit(
              () -> {
                while (System.nanoTime() < end) {
                  switched.addAndGet(switchOnce(session, random, driver));
                }
                return null;
              }));
    }
    for (Future<?> each : work) {
      each.get(SECONDS + 60, TimeUnit.SECONDS);
    }
    assertThat(database.rows("SELECT DISTINCT state FROM INSITU.PREDICTED_COLUMNS"))
        .containsExactly(List.of("current"));
    KeptColumnRaceTest.isCurrent(database, "customers", "score", "churn");
    KeptColumnRaceTest.isCurrent(database, "clients", "score", "churn");
    KeptColumnRaceTest.isCurrent(database, "customers", "other_score", "other");
    assertThat(written.get()).as("transactions").isGreaterThan(20);
    assertThat(switched.get()).as("switches").isGreaterThan(3);
    System.out.println(written + " transactions beside " + switched + " switches");
  }

  /** Errors that may meet whoever works beside others: of locks, of snapshots, of the model. */
  private static final Set<String> EXPECTED =
      Set.of("90131", "50200", "40001", "23505", "ML090", "ML087", "ML055", "ML056");

  private static int transaction(Connection session, Random random, int writer)
      throws SQLException {
    Isolation isolation = Isolation.values()[random.nextInt(Isolation.values().length)];
    try {
      KeptColumnRaceTest.set(session, isolation);
      for (int i = random.nextInt(4); i >= 0; i--) {
        String table = random.nextBoolean() ? "customers" : "clients";
        int id = 1000 + writer * 100 + random.nextInt(100);
        int age = 18 + random.nextInt(60);
        switch (random.nextInt(5)) {
          case 0 ->
              PlainDatabase.execute(
                  session,
                  "UPDATE " + table + " SET age = " + age + " WHERE MOD(id, 17) = " + id % 17);
          case 1 -> PlainDatabase.execute(session, "DELETE FROM " + table + " WHERE id = " + id);
          case 2 -> PlainDatabase.execute(session, "SELECT COUNT(*) FROM " + table);
          default ->
              PlainDatabase.execute(
                  session,
                  "MERGE INTO "
                      + table
                      + " (id, age, income, region) KEY (id) VALUES ("
                      + id
                      + ", "
                      + age
                      + ", 2000, 'south')");
        }
      }
      if (random.nextInt(5) == 0) {
        session.rollback();
        return 0;
      }
      session.commit();
      return 1;
    } catch (SQLException e) {
      session.rollback();
      assertThat(EXPECTED).as(isolation + ": " + e).contains(code(e));
      return 0;
    }
  }

  private static String code(SQLException e) {
    return e.getSQLState().startsWith("ML") ? e.getSQLState() : Integer.toString(e.getErrorCode());
  }

  private static int switchOnce(Connection session, Random random, boolean driver)
      throws SQLException {
    String model = random.nextBoolean() ? "churn" : "other";
    String query =
        "SELECT age, income, region, churned FROM customers WHERE MOD(id, "
            + (2 + random.nextInt(9))
            + ") > 0 AND churned IS NOT NULL";
    try {
      session.setAutoCommit(random.nextBoolean());
      if (driver) {
        PlainDatabase.execute(
            session,
            "CREATE OR REPLACE MODEL "
                + model
                + " OPTIONS (model_type = 'logistic_reg', input_label_cols = ['churned'],"
                + " data_split_method = 'no_split') AS "
                + query);
      } else {
        PlainDatabase.execute(
            session,
            "CALL INSITU.TRAIN('"
                + model
                + "', '"
                + query
                + "', 'churned',"
                + " '{\"model_type\": \"logistic_reg\", \"data_split_method\": \"no_split\"}')");
      }
      if (!session.getAutoCommit()) {
        if (random.nextInt(4) == 0) {
          session.rollback();
          return 0;
        }
        session.commit();
      }
      return 1;
    } catch (SQLException e) {
      if (!session.getAutoCommit()) {
        session.rollback();
      }
      assertThat(EXPECTED).as(e.toString()).contains(code(e));
      return 0;
    }
  }
}
