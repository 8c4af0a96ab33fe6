package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.score.Scorer;
import dev.insitu.score.ScorerCache;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scores that are kept for the pages of a table: whatever is written, committed and taken back
 * between and beside readings, each row has the prediction of its own values, and the rows are
 * those that H2 reads. More cases with {@code -Dinsitu.memo.cases}.
 */
class RememberedPagesTest {
  private static final int CASES = Integer.getInteger("insitu.memo.cases", 12);
  private static final long SEED = Long.getLong("insitu.seed", 21);
  private static final int STEPS = 60;
  private static final int FIRST_ROWS = 1500;

  /** Rows of a leaf page of H2 at most. */
  private static final int PAGE = 48;

  /** Rows of a reading whose scores are not kept: the first block and the rest of its last page. */
  private static final int START = 64 + PAGE;

  @TempDir Path folder;

  /** A connection that reads predictions through a cache that it may share. */
  private static final class Reader implements AutoCloseable {
    final RouteA route;
    final StatementTable table;
    final StatementTable swapped;
    @Nullable Held held;

    Reader(RouteA route, ScorerCache cache) throws SQLException {
      this.route = route;
      this.table = table(route, cache, "SELECT id, x, y FROM t", 1);
      this.swapped = table(route, cache, "SELECT id, x, y FROM t", 2);
    }

    @Override
    public void close() throws SQLException {
      drop();
      table.close();
      swapped.close();
      route.close();
    }

    void drop() throws SQLException {
      if (held != null) {
        held.close();
        held = null;
      }
    }
  }

  /** A reading under way. */
  private static final class Held implements AutoCloseable {
    private final StatementTable table;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final List<List<Object>> expected;
    private final List<List<Object>> read = new ArrayList<>();

    Held(Reader reader, int first) throws SQLException {
      this.table = reader.table;
      this.expected = expected(reader.route, "x");
      try (Lazily lazily = Lazily.on(reader.route.session.local())) {
        this.statement = reader.route.connection.prepareStatement(select(table));
        table.beginExecution(List.of());
        this.rows = statement.executeQuery();
      }
      for (int i = 0; i < first && next(); i++) {}
    }

    private boolean next() throws SQLException {
      if (!rows.next()) {
        return false;
      }
      read.add(List.of(rows.getLong(1), rows.getDouble(2)));
      return true;
    }

    void finish(String seed) throws SQLException {
      while (next()) {}
      assertThat(read).as("a reading that was under way, %s", seed).isEqualTo(expected);
    }

    @Override
    public void close() throws SQLException {
      rows.close();
      statement.close();
      table.endExecution();
    }
  }

  private static StatementTable table(RouteA route, ScorerCache cache, String input, int column)
      throws SQLException {
    return route.session.addPrediction(
        PredictionInput.whole(input),
        FakeModel.prediction(
            column,
            () -> cache.scorer("database", FakeModel.prediction(0, route.scorer).version()),
            FakeModel.X));
  }

  private static ScorerCache cache(Scorer scorer) {
    return new ScorerCache(4, Long.MAX_VALUE, 64 << 20, version -> scorer);
  }

  private static String select(StatementTable table) {
    return "SELECT id, predicted_late_probability FROM " + table.sqlName();
  }

  /** What H2 reads, and the model's formula. */
  private static List<List<Object>> expected(RouteA route, String column) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    for (List<Object> row : route.query("SELECT id, " + column + " FROM t")) {
      double yes = row.get(1) == null ? 0.25 : (double) row.get(1) % 8 / 8;
      rows.add(List.of(((Number) row.get(0)).longValue(), Math.max(yes, 1 - yes)));
    }
    return rows;
  }

  private static List<List<Object>> predicted(RouteA route, StatementTable table)
      throws SQLException {
    table.beginExecution(List.of());
    try {
      List<List<Object>> rows = new ArrayList<>();
      for (List<Object> row : route.query(select(table))) {
        rows.add(List.of(((Number) row.get(0)).longValue(), row.get(1)));
      }
      return rows;
    } finally {
      table.endExecution();
    }
  }

  private static List<List<Object>> averaged(RouteA route, StatementTable table)
      throws SQLException {
    String sql = "SELECT COUNT(*), AVG(predicted_late_probability) FROM " + table.sqlName();
    PredictionSession.Averaged averaged = route.session.addAverages(sql, table).orElseThrow();
    StatementTable row = averaged.table();
    row.beginExecution(List.of());
    try {
      return route.query(averaged.sql());
    } finally {
      row.endExecution();
      row.close();
    }
  }

  private static void create(RouteA route) throws SQLException {
    route.execute(
        "CREATE TABLE t(id BIGINT PRIMARY KEY, x DOUBLE PRECISION, y DOUBLE PRECISION) AS SELECT"
            + " x, CASE WHEN MOD(x, 13) > 0 THEN x END, x / 3e0 FROM SYSTEM_RANGE(1, "
            + FIRST_ROWS
            + ")");
  }

  @Test
  void unchangedPagesAreScoredOnce() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      create(route);
      try (Reader reader = new Reader(route, cache(route.scorer))) {
        assertThat(predicted(route, reader.table)).isEqualTo(expected(route, "x"));
        assertThat(route.scorer.rows).hasValue(FIRST_ROWS);
        assertThat(predicted(route, reader.table)).isEqualTo(expected(route, "x"));
        assertThat(route.scorer.rows.getAndSet(0)).isBetween(FIRST_ROWS, FIRST_ROWS + START);
        route.execute("UPDATE t SET x = 7 WHERE id = 900");
        assertThat(predicted(route, reader.table)).isEqualTo(expected(route, "x"));
        assertThat(route.scorer.rows.getAndSet(0)).isBetween(1, START + PAGE);
        assertThat(predicted(route, reader.swapped)).isEqualTo(expected(route, "y"));
        assertThat(route.scorer.rows.getAndSet(0)).isEqualTo(FIRST_ROWS);
        List<List<Object>> average = averaged(route, reader.table);
        assertThat(route.scorer.rows.get()).isLessThan(START);
        double sum = expected(route, "x").stream().mapToDouble(row -> (double) row.get(1)).sum();
        assertThat(average.get(0).get(0)).isEqualTo((long) FIRST_ROWS);
        assertThat(((Number) average.get(0).get(1)).doubleValue()).isEqualTo(sum / FIRST_ROWS);
      }
    }
  }

  @Test
  void aNewVersionOfTheModelForgets() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      create(route);
      ScorerCache cache = cache(route.scorer);
      try (Reader reader = new Reader(route, cache)) {
        predicted(route, reader.table);
        route.scorer.rows.set(0);
        cache.forget("database", 1);
        predicted(route, reader.table);
        assertThat(route.scorer.rows).hasValue(FIRST_ROWS);
      }
    }
  }

  @Test
  void uncommittedRowsAreTheirSessionsAlone() throws SQLException {
    try (RouteA one = RouteA.open("jdbc:h2:mem:uncommitted");
        RouteA two = RouteA.open("jdbc:h2:mem:uncommitted")) {
      create(one);
      ScorerCache cache = cache(one.scorer);
      try (Reader writer = new Reader(one, cache);
          Reader reader = new Reader(two, cache)) {
        List<List<Object>> before = expected(two, "x");
        predicted(two, reader.table);
        one.connection.setAutoCommit(false);
        one.execute("UPDATE t SET x = 1 WHERE id BETWEEN 700 AND 800");
        one.execute("DELETE FROM t WHERE id BETWEEN 1000 AND 1200");
        assertThat(predicted(one, writer.table)).isEqualTo(expected(one, "x")).isNotEqualTo(before);
        assertThat(predicted(two, reader.table)).isEqualTo(before);
        assertThat(predicted(one, writer.table)).isEqualTo(expected(one, "x"));
        one.connection.rollback();
        assertThat(predicted(one, writer.table)).isEqualTo(before);
        assertThat(predicted(two, reader.table)).isEqualTo(before);
      }
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whateverIsWrittenEachRowHasItsOwnPrediction() throws SQLException {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED * 1000 + i;
      String url =
          i % 3 == 2
              ? "jdbc:h2:" + folder.resolve("memo" + i) + ";CACHE_SIZE=64"
              : "jdbc:h2:mem:memo" + i;
      try {
        randomWork(new Random(seed), url, "seed " + seed);
      } catch (SQLException | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void randomWork(Random random, String url, String seed) throws SQLException {
    try (RouteA first = RouteA.open(url)) {
      create(first);
      ScorerCache cache = cache(first.scorer);
      List<Reader> readers = new ArrayList<>();
      try {
        for (int i = 0; i < 3; i++) {
          readers.add(new Reader(RouteA.open(url), cache));
          readers.get(i).route.connection.setAutoCommit(random.nextBoolean());
        }
        for (int step = 0; step < STEPS; step++) {
          int session = random.nextInt(readers.size());
          Reader reader = readers.get(session);
          if (random.nextInt(3) > 0) {
            reader.drop();
            change(random, reader.route, session);
          } else if (reader.held != null) {
            reader.held.finish(seed);
            reader.drop();
          } else if (random.nextInt(3) == 0) {
            reader.held = new Held(reader, random.nextInt(400));
          } else {
            check(reader, seed + " step " + step);
          }
        }
        for (Reader reader : readers) {
          if (reader.held != null) {
            reader.held.finish(seed);
            reader.drop();
          }
          check(reader, seed + " at the end");
        }
      } finally {
        for (Reader reader : readers) {
          reader.close();
        }
      }
    }
  }

  private static void check(Reader reader, String seed) throws SQLException {
    RouteA route = reader.route;
    List<List<Object>> expected = expected(route, "x");
    assertThat(predicted(route, reader.table)).as(seed).isEqualTo(expected);
    assertThat(averaged(route, reader.table).get(0).get(0))
        .as(seed)
        .isEqualTo((long) expected.size());
    assertThat(predicted(route, reader.swapped)).as(seed).isEqualTo(expected(route, "y"));
  }

  /**
   * Changes something. Each session has rows of its own, beside the others' in the same pages: H2
   * spins for ever, whatever the timeout, where an older transaction wants a row of a younger one
   * that does not go on.
   */
  private static void change(Random random, RouteA route, int session) throws SQLException {
    Connection connection = route.connection;
    int from = 1 + random.nextInt(FIRST_ROWS);
    int to = from + random.nextInt(random.nextInt(4) == 0 ? 800 : 20);
    String range = " WHERE MOD(id, 3) = " + session + " AND id BETWEEN " + from + " AND " + to;
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> route.execute("UPDATE t SET x = " + random.nextInt(100) + range);
      case 3 -> route.execute("UPDATE t SET x = NULL, y = x" + range);
      case 4 -> route.execute("DELETE FROM t" + range);
      case 5, 6 ->
          route.execute(
              "INSERT INTO t SELECT id, id + 0.5, -id FROM (SELECT x AS id FROM SYSTEM_RANGE("
                  + from
                  + ", "
                  + to
                  + ")) s"
                  + range
                  + " AND NOT EXISTS (SELECT 1 FROM t WHERE id = s.id)");
      case 7 -> end(connection, true);
      case 8 -> end(connection, false);
      case 9 -> connection.setAutoCommit(!connection.getAutoCommit());
      case 10 -> {
        boolean auto = connection.getAutoCommit();
        connection.setAutoCommit(false);
        var before = connection.setSavepoint();
        route.execute("UPDATE t SET x = 3" + range);
        connection.rollback(before);
        connection.setAutoCommit(auto);
      }
      default ->
          connection.setTransactionIsolation(
              List.of(
                      Connection.TRANSACTION_READ_COMMITTED,
                      Connection.TRANSACTION_READ_COMMITTED,
                      Connection.TRANSACTION_READ_UNCOMMITTED,
                      Connection.TRANSACTION_REPEATABLE_READ,
                      Connection.TRANSACTION_SERIALIZABLE)
                  .get(random.nextInt(5)));
    }
  }

  private static void end(Connection connection, boolean commit) throws SQLException {
    if (!connection.getAutoCommit() && commit) {
      connection.commit();
    } else if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }
}
