package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Blocks of a long input that another processor scores while the session's thread reads on. */
class ScoredBlocksTest {
  private static final int ROWS = 60_000;

  /** As {@link FakeModel.Scores}, slow enough to be worth another processor. */
  private static final class Busy implements Scorer {
    private final FakeModel.Scores scores = new FakeModel.Scores();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final long failingRow;

    Busy(long failingRow) {
      this.failingRow = failingRow;
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public String engine() {
      return "busy";
    }

    @Override
    public void score(FeatureBatch features, PredictionBatch predictions) {
      threads.add(Thread.currentThread());
      long end = System.nanoTime() + 200_000;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      if (features.firstRow() + features.rows() > failingRow) {
        throw MlException.of(ErrorCode.INTERNAL, "row " + failingRow);
      }
      scores.score(features, predictions);
    }

    @Override
    public void close() {}
  }

  private static StatementTable table(RouteA route, String input, Scorer scorer)
      throws SQLException {
    return route.session.addPrediction(
        PredictionInput.whole(input), FakeModel.prediction(0, scorer));
  }

  /** Reads and checks so many rows at most, and returns how many there were. */
  private static int read(RouteA route, StatementTable table, int most) throws SQLException {
    String sql = "SELECT x, predicted_late_probability FROM " + table.sqlName();
    int count = 0;
    try (AutoCloseableScope lazily = new AutoCloseableScope(route);
        PreparedStatement statement = route.connection.prepareStatement(sql)) {
      table.beginExecution(List.of());
      try (ResultSet rows = statement.executeQuery()) {
        while (count < most && rows.next()) {
          count++;
          double x = rows.getDouble(1);
          assertThat(x).isEqualTo(count);
          assertThat(rows.getDouble(2)).isEqualTo(Math.max(x % 8 / 8, 1 - x % 8 / 8));
        }
      } catch (SQLException e) {
        throw new SQLException(e.getMessage() + " after " + count, e);
      } finally {
        table.endExecution();
      }
    }
    return count;
  }

  /** Lazy results, as the driver asks for them. */
  private static final class AutoCloseableScope implements AutoCloseable {
    private final Lazily lazily;

    AutoCloseableScope(RouteA route) {
      this.lazily = Lazily.on(route.session.local());
    }

    @Override
    public void close() {
      lazily.close();
    }
  }

  private static void fill(RouteA route) throws SQLException {
    route.execute(
        "CREATE TABLE t(x DOUBLE PRECISION) AS SELECT x FROM SYSTEM_RANGE(1, " + ROWS + ")");
  }

  @Test
  void everyRowHasItsOwnPrediction() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      fill(route);
      Busy scorer = new Busy(Long.MAX_VALUE);
      try (StatementTable table = table(route, "SELECT x FROM t", scorer)) {
        assertThat(read(route, table, Integer.MAX_VALUE)).isEqualTo(ROWS);
        assertThat(read(route, table, Integer.MAX_VALUE)).isEqualTo(ROWS);
      }
      assertThat(scorer.scores.rows).hasValue(2 * ROWS);
      assumeThat(Runtime.getRuntime().availableProcessors())
          .as("a second processor for the second thread")
          .isGreaterThan(1);
      assertThat(scorer.threads).hasSizeGreaterThan(1);
    }
  }

  @Test
  void whatAScorerThrowsComesAfterTheRowsBefore() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      fill(route);
      try (StatementTable table = table(route, "SELECT x FROM t", new Busy(50_000))) {
        // The first block has 64 rows, the others 1,024.
        assertThatThrownBy(() -> read(route, table, Integer.MAX_VALUE))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("row 50000")
            .hasMessageEndingWith(" after " + (64 + 48 * 1024));
      }
    }
  }

  @Test
  void whatTheInputThrowsComesAfterTheRowsBefore() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      fill(route);
      String input = "SELECT x + 0 / (x - 50000) AS x FROM t";
      try (StatementTable table = table(route, input, new Busy(Long.MAX_VALUE))) {
        assertThatThrownBy(() -> read(route, table, Integer.MAX_VALUE))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("Division by zero")
            .hasMessageEndingWith(" after " + (64 + 48 * 1024));
      }
    }
  }

  @Test
  void aReadingThatIsNotFinishedLetsGoOfItsBlocks() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      fill(route);
      Busy scorer = new Busy(Long.MAX_VALUE);
      try (StatementTable table = table(route, "SELECT x FROM t", scorer)) {
        for (int most = 20_000; most < 30_000; most += 1_700) {
          assertThat(read(route, table, most)).isEqualTo(most);
          int scored = scorer.scores.rows.get();
          assertThat(read(route, table, 1)).isEqualTo(1);
          assertThat(scorer.scores.rows).hasValue(scored + 64);
        }
      }
    }
  }
}
