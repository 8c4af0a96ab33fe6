package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However a statement reads the input of a prediction or of a training, cancelling it, its query
 * timeout and closing what it returned stop the reading at once, and nothing stays open. The input
 * has a thousand million rows and counts those that are read.
 */
class StoppingTest {
  private static final String BIG =
      "SELECT r.x AS id, tick(r.x) AS a, r.x + 0.5 AS y FROM t CROSS JOIN SYSTEM_RANGE(1, 1000000) r";
  private static final String PREDICT = "PREDICT(MODEL => 'm', DATA => (" + BIG + "))";
  private static final String OPTIONS =
      " OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'], data_split_method = 'no_split')";

  /** A statement that reads the input. */
  enum Way {
    QUERY("SELECT * FROM " + PREDICT),
    FILTER("SELECT id FROM " + PREDICT + " WHERE predicted_y > 10"),
    DERIVED_TABLE("SELECT d.id FROM (SELECT * FROM " + PREDICT + ") d"),
    WITH("WITH p AS (SELECT * FROM " + PREDICT + ") SELECT p.id FROM p"),
    UNION("SELECT id FROM t UNION ALL SELECT id FROM " + PREDICT),
    NESTED(
        "SELECT * FROM PREDICT(MODEL => 'm', DATA => (SELECT id, predicted_y AS a FROM "
            + PREDICT
            + "))"),
    SCALAR("SELECT PREDICTION('m', d.a) FROM (" + BIG + ") d"),
    JOIN_AFTER("SELECT p.id, t.id FROM " + PREDICT + " p LEFT JOIN t ON t.id = p.id"),
    JOIN_BEFORE("SELECT p.id FROM t JOIN " + PREDICT + " p ON p.id = t.id"),
    AGGREGATE("SELECT COUNT(*), SUM(predicted_y) FROM " + PREDICT),
    ORDER("SELECT id FROM " + PREDICT + " ORDER BY predicted_y DESC, id"),
    WINDOW("SELECT RANK() OVER (ORDER BY predicted_y) FROM " + PREDICT),
    SUBQUERY("SELECT id FROM t WHERE id IN (SELECT id FROM " + PREDICT + " WHERE predicted_y < 0)"),
    CREATE_TABLE("CREATE TABLE made AS SELECT id, predicted_y FROM " + PREDICT),
    INSERT("INSERT INTO target SELECT id, predicted_y FROM " + PREDICT),
    UPDATE(
        "UPDATE target SET y = (SELECT predicted_y FROM " + PREDICT + " p WHERE p.id = target.id)"),
    DELETE("DELETE FROM target WHERE id IN (SELECT id FROM " + PREDICT + ")"),
    MERGE(
        "MERGE INTO target USING "
            + PREDICT
            + " p ON p.id = target.id WHEN MATCHED THEN UPDATE SET y = p.predicted_y"),
    CREATE_MODEL("CREATE MODEL n" + OPTIONS + " AS " + BIG),
    CREATE_MODEL_OF_PREDICT(
        "CREATE MODEL n" + OPTIONS + " AS SELECT a, predicted_y AS y FROM " + PREDICT),
    TRAIN(
        "SELECT * FROM TRAIN(MODEL => 'n', DATA => ("
            + BIG
            + "), TARGET => DESCRIPTOR(y), OPTIONS => MAP['model_type', 'linear_reg'])"),
    EVALUATE("SELECT * FROM ML.EVALUATE(MODEL m, (" + BIG + "))"),
    ;

    final String sql;

    Way(String sql) {
      this.sql = sql;
    }

    /** Whether the caller gets rows before the input has been read to its end. */
    boolean streams() {
      return switch (this) {
        case QUERY, FILTER, DERIVED_TABLE, UNION, NESTED, SCALAR, JOIN_AFTER -> true;
        default -> false;
      };
    }
  }

  /** What the caller executes it with. */
  enum Caller {
    STATEMENT {
      @Override
      Statement make(Connection connection, String sql) throws SQLException {
        return connection.createStatement();
      }
    },
    PREPARED {
      @Override
      Statement make(Connection connection, String sql) throws SQLException {
        return connection.prepareStatement(sql);
      }
    },
    SCROLLABLE {
      @Override
      Statement make(Connection connection, String sql) throws SQLException {
        return connection.createStatement(
            ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
      }
    };

    abstract Statement make(Connection connection, String sql) throws SQLException;
  }

  @TempDir static Path folder;
  private static final ExecutorService OTHER = Executors.newSingleThreadExecutor();
  private static Connection connection;
  private static List<String> before;

  @BeforeAll
  static void open() throws Exception {
    connection = connect();
    execute("CREATE ALIAS tick DETERMINISTIC FOR 'dev.insitu.test.Ticks.tick'");
    execute("CREATE TABLE t AS SELECT x AS id FROM SYSTEM_RANGE(1, 1000)");
    execute("CREATE TABLE target AS SELECT x AS id, 0.5 AS y FROM SYSTEM_RANGE(1, 1000)");
    execute(
        "CREATE MODEL m"
            + OPTIONS
            + " AS SELECT CAST(x AS DOUBLE PRECISION) AS a, x + 0.5 AS y FROM SYSTEM_RANGE(1, 100)");
    try (Statement statement = connection.createStatement()) {
      assertThat(smallPrediction(statement)).isEqualTo(1000);
    }
    // The worker of this test is there before what it must not leave is noted.
    OTHER.submit(() -> {}).get();
    before = Leftovers.of(connection);
  }

  @AfterAll
  static void close() throws Exception {
    connection.close();
    OTHER.shutdownNow();
    assertThat(OTHER.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void cancelStopsTheReading(Way way) throws Exception {
    for (Caller caller : way.streams() ? List.of(Caller.values()) : List.of(callerOf(way))) {
      try (Statement statement = caller.make(connection, way.sql)) {
        Ticks.reset();
        Future<?> cancel =
            OTHER.submit(
                () -> {
                  Ticks.await(3000);
                  statement.cancel();
                  return null;
                });
        assertThatThrownBy(() -> readAll(statement, way.sql))
            .as(way + " by " + caller)
            .isInstanceOfSatisfying(
                SQLException.class,
                e -> assertThat(e.getSQLState()).as(e.toString()).isEqualTo("57014"));
        cancel.get();
        if (way.streams() && caller != Caller.SCROLLABLE) {
          // The cancel that has done its work does not meet the next execution.
          try (ResultSet rows = query(statement, way.sql)) {
            for (int i = 0; i < 3000; i++) {
              assertThat(rows.next()).isTrue();
            }
          }
        }
      }
      assertStopped(way + " by " + caller);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void timeoutStopsTheReading(Way way) throws Exception {
    try (Statement setting = connection.createStatement()) {
      setting.execute("SET QUERY_TIMEOUT 200");
    }
    Caller caller = callerOf(way);
    try (Statement statement = caller.make(connection, way.sql)) {
      Ticks.reset();
      assertThatThrownBy(() -> readAll(statement, way.sql))
          .as(way + " by " + caller)
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getSQLState()).as(e.toString()).isEqualTo("57014"));
    }
    execute("SET QUERY_TIMEOUT 0");
    assertStopped(way + " by " + caller);
  }

  private static Caller callerOf(Way way) {
    return Caller.values()[way.ordinal() % Caller.values().length];
  }

  static Stream<Way> streamingWays() {
    return Stream.of(Way.values()).filter(Way::streams);
  }

  @ParameterizedTest
  @MethodSource("streamingWays")
  void rowsComeEarlyAndClosingStopsTheReading(Way way) throws Exception {
    for (Caller caller : List.of(Caller.STATEMENT, Caller.PREPARED)) {
      for (boolean closeStatement : List.of(false, true)) {
        String name = way + " by " + caller;
        Statement statement = caller.make(connection, way.sql);
        Ticks.reset();
        ResultSet rows = query(statement, way.sql);
        for (int i = 0; i < 5000; i++) {
          assertThat(rows.next()).isTrue();
        }
        assertThat(Ticks.count()).as("rows read for 5000 rows of " + name).isLessThan(20_000);
        if (closeStatement) {
          statement.close();
        } else {
          rows.close();
          assertNothingRead(name);
          statement.close();
        }
        assertStopped(name);
      }
    }
  }

  private static void assertStopped(String what) throws Exception {
    long read = Ticks.count();
    assertThat(read).as("rows read: " + what).isBetween(1L, 100_000_000L);
    assertThat(Leftovers.of(connection)).as("left by " + what).isEqualTo(before);
    assertNothingRead(what);
    try (Statement statement = connection.createStatement();
        Connection second = connect();
        Statement exclusive = second.createStatement()) {
      assertThat(smallPrediction(statement)).isEqualTo(1000);
      exclusive.execute("ALTER TABLE t ADD COLUMN IF NOT EXISTS extra INT");
      exclusive.execute("ALTER TABLE t DROP COLUMN extra");
    }
  }

  private static void assertNothingRead(String what) throws InterruptedException {
    long read = Ticks.count();
    TimeUnit.MILLISECONDS.sleep(5);
    assertThat(Ticks.count()).as("rows read afterwards: " + what).isEqualTo(read);
  }

  private static int smallPrediction(Statement statement) throws SQLException {
    int rows = 0;
    try (ResultSet result =
        statement.executeQuery(
            "SELECT * FROM PREDICT(MODEL => 'm', DATA => (SELECT id AS a FROM t))")) {
      while (result.next()) {
        rows++;
      }
    }
    return rows;
  }

  private static ResultSet query(Statement statement, String sql) throws SQLException {
    return statement instanceof PreparedStatement prepared
        ? prepared.executeQuery()
        : statement.executeQuery(sql);
  }

  private static void readAll(Statement statement, String sql) throws SQLException {
    boolean rows =
        statement instanceof PreparedStatement prepared
            ? prepared.execute()
            : statement.execute(sql);
    if (rows) {
      try (ResultSet result = statement.getResultSet()) {
        while (result.next()) {
          assertThat(result.getRow()).isPositive();
        }
      }
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:insitu:h2:" + folder.resolve("db"), "sa", "");
  }
}
