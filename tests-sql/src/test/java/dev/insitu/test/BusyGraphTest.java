package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A graph that takes years for one of the values: through every door a statement can be stopped.
 */
class BusyGraphTest {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT predicted_y FROM PREDICT(MODEL => 'slow', DATA => TABLE long_one)",
          "SELECT PREDICTION('slow', a) FROM long_one",
          "SELECT * FROM ML.EVALUATE(MODEL slow, (SELECT a, a AS y FROM long_one))",
          "INSERT INTO kept SELECT predicted_y FROM PREDICT(MODEL => 'slow', DATA => TABLE long_one)",
          "UPDATE kept SET a = PREDICTION('slow', 1E12)",
          "SELECT INSITU.PREDICTION_NUMBER('slow', a) FROM long_one",
          "UPDATE kept SET a = INSITU.PREDICTION_NUMBER('slow', 1E12)");

  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "");
    statement = connection.createStatement();
    try (PreparedStatement create =
        connection.prepareStatement(
            "CREATE MODEL slow FROM (SELECT CAST(? AS BLOB)) OPTIONS (task = 'regression')")) {
      create.setBytes(1, SmallGraphs.slow());
      create.execute();
    }
    PlainScalarTest.aliases(connection);
    statement.execute("CREATE TABLE long_one AS SELECT CAST(1E12 AS DOUBLE PRECISION) AS a");
    statement.execute("CREATE TABLE kept AS SELECT CAST(1 AS DOUBLE PRECISION) AS a");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void aTimeoutStopsIt() throws SQLException {
    statement.setQueryTimeout(1);
    for (String sql : STATEMENTS) {
      long start = System.nanoTime();
      stopped(sql);
      assertThat(System.nanoTime() - start).as(sql).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }
    statement.setQueryTimeout(0);
    goesOn();
  }

  @Test
  void cancellingStopsIt() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      for (String sql : STATEMENTS) {
        Future<?> work = thread.submit(() -> stopped(sql));
        for (int i = 0; i < 100 && !work.isDone(); i++) {
          TimeUnit.MILLISECONDS.sleep(100);
          statement.cancel();
        }
        assertThat(work.isDone()).as(sql).isTrue();
        work.get();
      }
    } finally {
      thread.shutdownNow();
    }
    goesOn();
  }

  @Test
  void aCancelledStatementCanBeExecutedAgain() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE kept SET a = PREDICTION('slow', ?)")) {
      update.setDouble(1, 1E12);
      Future<?> work =
          thread.submit(
              () ->
                  assertThatThrownBy(update::executeUpdate)
                      .hasFieldOrPropertyWithValue("SQLState", "57014"));
      TimeUnit.MILLISECONDS.sleep(500);
      update.cancel();
      work.get(10, TimeUnit.SECONDS);
      update.setDouble(1, 5);
      assertThat(update.executeUpdate()).isEqualTo(1);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void aModelsOwnLimitStopsIt() throws SQLException {
    try (PreparedStatement create =
        connection.prepareStatement(
            "CREATE OR REPLACE MODEL slow FROM (SELECT CAST(? AS BLOB))"
                + " OPTIONS (task = 'regression', max_run_seconds = 1)")) {
      create.setBytes(1, SmallGraphs.slow());
      create.execute();
    }
    for (String sql : STATEMENTS) {
      assertThatThrownBy(() -> statement.execute(sql))
          .as(sql)
          .hasFieldOrPropertyWithValue("SQLState", "ML079");
    }
    goesOn();
  }

  private void stopped(String sql) {
    assertThatThrownBy(() -> statement.execute(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).as(sql).isEqualTo("57014"));
  }

  private void goesOn() throws SQLException {
    assertThat(ImportedDoorsTest.rows(connection, "SELECT a, PREDICTION('slow', 7) FROM kept"))
        .containsExactly(List.of(1.0, 7.0));
  }
}
