package dev.insitu.test.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.jdbc.InsituConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random statements do the same whether the planner is on or off: the same rows of the same types,
 * the same changes, the same effects of sequences, variables and functions. {@code
 * -Dinsitu.statements=N} for more, {@code -Dinsitu.seed=N} for others.
 */
class PlannerComparisonTest {
  private static final int STATEMENTS = Integer.getInteger("insitu.statements", 60);
  private static final long SEED = Long.getLong("insitu.seed", 4);

  private int failing;
  private int narrowed;
  private int moved;

  @ParameterizedTest(name = "{0} {1} database")
  @CsvSource({
    "'', ''",
    "'IGNORECASE=TRUE', ''",
    "'', 'SET COLLATION ENGLISH STRENGTH PRIMARY'",
    "'MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE', ''",
    "'MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH', ''"
  })
  void everyStatementDoesTheSame(String settings, String first) throws SQLException {
    String url = "jdbc:insitu:h2:mem:" + (settings.isEmpty() ? "" : ";" + settings);
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      ComparedDatabase.fill(connection, first, settings.contains("PostgreSQL"));
      Sources sources = Sources.of(connection);
      for (int i = 0; i < STATEMENTS; i++) {
        long seed = SEED * 1_000_003L + i;
        RandomStatement statement =
            new Queries(new Choice(seed), sources, seed % 3 == 0).statement();
        compare(connection, statement, settings + first + " seed " + seed);
      }
    }
    assertThat(failing).as("statements that fail").isLessThan(STATEMENTS / 2);
    assertThat(narrowed).as("statements that read less").isGreaterThan(STATEMENTS / 4);
    assertThat(moved).as("statements whose conditions moved").isGreaterThan(STATEMENTS / 20);
  }

  private void compare(Connection connection, RandomStatement statement, String seed)
      throws SQLException {
    Effect plain = Effect.of(connection, statement, false);
    Effect optimized = Effect.of(connection, statement, true);
    String plan = plain.error() == null ? plan(connection, statement) : "";
    failing += plain.error() == null ? 0 : 1;
    narrowed += plan.contains("Opaque(sql=[SELECT \"") ? 1 : 0;
    moved += plan.contains("WHERE \"") || plan.contains("WHERE (\"") ? 1 : 0;
    // What a condition drops raises no error any more.
    boolean fewerErrors = plain.error() != null && optimized.error() == null;
    if (!fewerErrors || !plan(connection, statement).contains("WHERE ")) {
      assertThat(optimized)
          .as(() -> seed + ": " + statement.sql() + " " + statement.values() + "\n" + plan)
          .isEqualTo(plain);
    }
  }

  private static String plan(Connection connection, RandomStatement statement) throws SQLException {
    connection.unwrap(InsituConnection.class).setOptimizing(true);
    try (PreparedStatement explain =
        connection.prepareStatement("EXPLAIN PLAN FOR " + statement.sql())) {
      for (int i = 0; i < statement.values().size(); i++) {
        explain.setObject(i + 1, statement.values().get(i));
      }
      try (ResultSet plan = explain.executeQuery()) {
        plan.next();
        return plan.getString(1);
      }
    } catch (SQLException e) {
      return "";
    }
  }
}
