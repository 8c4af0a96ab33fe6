package dev.insitu.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.insitu.operation.OpenModels;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Thirty-two connections predict by more models than a process keeps open: each prediction is its
 * model's, and no more scorers stay than the cache may hold. {@code -Dinsitu.evict.predictions} for
 * more than a few.
 */
class EvictionTest {
  private static final int PREDICTIONS = Integer.getInteger("insitu.evict.predictions", 300);
  private static final int CONNECTIONS = 32;
  private static final int MODELS = 72;

  /** What {@code Scorers.cache()} keeps. */
  private static final int KEPT = 64;

  @Test
  void moreModelsThanAreKeptAnswerManyConnections() throws Exception {
    String url = "jdbc:insitu:h2:mem:evict";
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try (Connection main = DriverManager.getConnection(url, "sa", "")) {
      try (Statement statement = main.createStatement()) {
        statement.execute("CREATE TABLE points AS SELECT X AS a FROM SYSTEM_RANGE(1, 8)");
        for (int i = 0; i < MODELS; i++) {
          statement.execute(
              "CREATE MODEL m"
                  + i
                  + " OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'],"
                  + " data_split_method = 'no_split') AS SELECT a, a + "
                  + i
                  + " AS y FROM points");
        }
      }
      List<Future<?>> working = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int worker = i;
        working.add(threads.submit(() -> predict(url, worker)));
      }
      for (Future<?> work : working) {
        work.get(120, TimeUnit.SECONDS);
      }
      assertThat(OpenModels.scorers().size()).isLessThanOrEqualTo(KEPT);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void predict(String url, int worker) throws SQLException {
    long seed = 20_261_122L + worker;
    Random random = new Random(seed);
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      List<PreparedStatement> prepared = new ArrayList<>();
      List<Integer> models = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        int model = random.nextInt(MODELS);
        models.add(model);
        prepared.add(
            connection.prepareStatement(
                i % 2 == 0
                    ? "SELECT predicted_y FROM PREDICT(MODEL => 'm"
                        + model
                        + "', DATA => (SELECT a FROM points WHERE a = ?))"
                    : "SELECT PREDICTION('m" + model + "', a) FROM points WHERE a = ?"));
      }
      for (int i = 0; i < PREDICTIONS; i++) {
        int which = random.nextInt(prepared.size());
        int a = 1 + random.nextInt(8);
        prepared.get(which).setInt(1, a);
        try (ResultSet row = prepared.get(which).executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getDouble(1))
              .as("model %s of row %s, seed %s", models.get(which), a, seed)
              .isCloseTo(a + models.get(which), within(1e-6));
        }
        // Those that others are opening come on top.
        assertThat(OpenModels.scorers().size()).isLessThanOrEqualTo(KEPT + CONNECTIONS);
      }
    }
    return null;
  }
}
