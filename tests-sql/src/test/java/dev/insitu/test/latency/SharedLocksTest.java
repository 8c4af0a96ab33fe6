package dev.insitu.test.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * No lock is on the way of a prediction: thirty-two connections go on predicting with eight models
 * while another thread holds every lock that they could share. {@code -Dinsitu.locks.rounds} for
 * more than a few.
 */
class SharedLocksTest {
  private static final int ROUNDS = Integer.getInteger("insitu.locks.rounds", 6);
  private static final int CONNECTIONS = 32;
  private static final int PAIRS = 4;
  private static final int ROWS = 400;
  private static final int SECONDS = 60;

  @Test
  void predictionsGoOnWhileEveryLockOfOursIsHeld() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(DriverManager.getConnection("jdbc:insitu:h2:mem:locks", "sa", ""));
      }
      make(connections.get(0));
      List<List<PreparedStatement>> statements = new ArrayList<>();
      for (Connection connection : connections) {
        statements.add(prepared(connection));
      }
      List<Double> expected = values(statements.get(0));
      for (List<PreparedStatement> own : statements) {
        assertThat(values(own)).isEqualTo(expected);
        assertThat(values(own)).isEqualTo(expected);
      }
      SharedLocks locks = SharedLocks.find();
      assertThat(
              List.of(
                  "dev.insitu.score.ScorerCache",
                  "dev.insitu.score.ScorerCache$Entry",
                  "dev.insitu.score.ScoreMemos",
                  "dev.insitu.score.ScoreMemo",
                  "dev.insitu.store.VersionCache",
                  "dev.insitu.score.kernel.KernelScorer"))
          .allMatch(locks::has);
      locks.whileHeld(() -> predictAtOnce(threads, statements, expected));
    } finally {
      threads.shutdownNow();
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  /** A statement that is prepared anew looks its model up in both caches. */
  @Test
  void statementsArePreparedWhileTheLocksOfTheCachesAreHeld() throws Exception {
    try (Connection connection =
        DriverManager.getConnection("jdbc:insitu:h2:mem:caches", "sa", "")) {
      make(connection);
      List<Double> expected = values(prepared(connection));
      ExecutorService thread = Executors.newSingleThreadExecutor();
      SharedLocks.of("dev.insitu.jdbc.ModelSession")
          .whileHeld(
              () -> {
                Future<List<Double>> again = thread.submit(() -> values(prepared(connection)));
                assertThat(again).succeedsWithin(SECONDS, TimeUnit.SECONDS).isEqualTo(expected);
              });
      thread.shutdownNow();
    }
  }

  private static void predictAtOnce(
      ExecutorService threads, List<List<PreparedStatement>> statements, List<Double> expected) {
    List<Future<?>> working = new ArrayList<>();
    for (List<PreparedStatement> own : statements) {
      working.add(
          threads.submit(
              () -> {
                for (int round = 0; round < ROUNDS; round++) {
                  assertThat(values(own)).isEqualTo(expected);
                }
                return null;
              }));
    }
    try {
      for (Future<?> work : working) {
        work.get(SECONDS, TimeUnit.SECONDS);
      }
    } catch (TimeoutException e) {
      fail("waiting after %s seconds: %s", SECONDS, waiting());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Returns where threads wait for a lock. */
  private static String waiting() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getState() == Thread.State.BLOCKED)
        .map(thread -> Arrays.stream(thread.getValue()).limit(6).toList().toString())
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  private static void make(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE points(id INT PRIMARY KEY, a DOUBLE PRECISION, b DOUBLE PRECISION, kind"
              + " VARCHAR(9)) AS SELECT X, MOD(X * 31, 17), MOD(X * 7, 13), 'kind ' || MOD(X, 3)"
              + " FROM SYSTEM_RANGE(1, "
              + ROWS
              + ")");
      for (int i = 0; i < PAIRS; i++) {
        statement.execute(
            "CREATE MODEL trees_"
                + i
                + " OPTIONS (model_type = 'boosted_tree_regressor', input_label_cols = ['y'],"
                + " max_iterations = 3, max_tree_depth = 3, data_split_method = 'no_split') AS"
                + " SELECT a, b, kind, a * b + "
                + i
                + " AS y FROM points");
        statement.execute(
            "CREATE MODEL linear_"
                + i
                + " OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
                + " data_split_method = 'no_split') AS SELECT a, b, kind, a + "
                + i
                + " * b AS y FROM points");
        statement.execute("ALTER MODEL linear_" + i + " SET ALIAS best = VERSION 1");
      }
    }
  }

  /** By key as a table and as a function, and a scan whose pages are known, of each model. */
  private static List<PreparedStatement> prepared(Connection connection) throws SQLException {
    List<PreparedStatement> all = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      for (String model : List.of("trees_" + i, "linear_" + i + "@best")) {
        String predict = "predicted_y FROM PREDICT(MODEL => '" + model + "', DATA => ";
        all.add(
            connection.prepareStatement(
                "SELECT " + predict + "(SELECT * FROM points WHERE id = 7))"));
        all.add(
            connection.prepareStatement(
                "SELECT PREDICTION('" + model + "', a, b, kind) FROM points WHERE id = 8"));
        all.add(
            connection.prepareStatement(
                "SELECT AVG(predicted_y)" + predict.replace("predicted_y", "") + "TABLE points)"));
      }
    }
    return all;
  }

  private static List<Double> values(List<PreparedStatement> statements) throws SQLException {
    List<Double> values = new ArrayList<>();
    for (PreparedStatement statement : statements) {
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        values.add(row.getDouble(1));
      }
    }
    return values;
  }
}
