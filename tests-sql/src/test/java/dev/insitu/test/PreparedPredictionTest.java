package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A prepared prediction keeps what it was made of only as long as all of it is as it was: the
 * version that its model's name leads to in the session's own transaction, the schema, the mode,
 * the tables. Random changes by several sessions at all isolation levels; what a prediction must be
 * is read from the store's views by the same session. {@code -Dinsitu.prepared.steps} for more of
 * them.
 */
class PreparedPredictionTest {
  private static final int STEPS = Integer.getInteger("insitu.prepared.steps", 30);

  /** The model, version or alias is gone or used, or another transaction has changed it first. */
  private static final Set<String> EXPECTED =
      Set.of(
          "ML010", "ML011", "ML012", "ML013", "ML053", "ML055", "ML086", "40001", "HYT00", "90131");

  private static final Pattern CONSTANT = Pattern.compile("(\\d+)\\.0E0");

  @TempDir Path folder;

  /** A session and the statements that it has prepared once. */
  private static final class Session implements AutoCloseable {
    final Connection connection;
    final Statement statement;
    final List<PreparedStatement> prepared = new ArrayList<>();
    final List<PreparedStatement> aliased = new ArrayList<>();
    @Nullable Savepoint savepoint;
    boolean changing;

    /** Where what is true is read: the session itself, or one that sees what is committed. */
    Connection truth;

    Session(String url, String user) throws SQLException {
      connection = DriverManager.getConnection(url, user, "");
      statement = connection.createStatement();
      truth = connection;
    }

    void prepare() throws SQLException {
      for (String sql :
          List.of(
              "SELECT predicted_y FROM PREDICT(MODEL => 'm', DATA => (SELECT x FROM t WHERE id = ?))",
              "SELECT predicted_y FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE id = ?",
              "SELECT PREDICTION('m', x) FROM t WHERE id = ?",
              "SELECT MAX(predicted_y) FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE x <> ?")) {
        prepared.add(connection.prepareStatement(sql));
      }
    }

    /** To be called when there is an alias {@code champion}. */
    void prepareAliased() throws SQLException {
      for (String sql :
          List.of(
              "SELECT predicted_y FROM PREDICT(MODEL => 'm@champion', DATA => (SELECT x FROM t"
                  + " WHERE id = ?))",
              "SELECT predicted_y FROM ML.PREDICT(MODEL m ALIAS champion, TABLE t) WHERE id = ?",
              "SELECT PREDICTION('m@champion', x) FROM t WHERE id = ?")) {
        aliased.add(connection.prepareStatement(sql));
      }
    }

    /** Returns what a prepared statement predicts; null if there is no such model or alias. */
    @Nullable Long predicted(PreparedStatement of, int id) throws SQLException {
      of.setInt(1, id);
      try (ResultSet row = of.executeQuery()) {
        assertThat(row.next()).isTrue();
        long value = Math.round(row.getDouble(1));
        assertThat(row.next()).isFalse();
        return value;
      } catch (SQLException e) {
        if (Set.of("ML010", "ML013").contains(e.getSQLState())) {
          return null;
        }
        throw e;
      }
    }

    String level() throws SQLException {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT ISOLATION_LEVEL FROM INFORMATION_SCHEMA.SESSIONS"
                  + " WHERE SESSION_ID = SESSION_ID()")) {
        row.next();
        return row.getString(1);
      }
    }

    /** Returns the constant of the default version, as this session sees it. */
    @Nullable Long truth() throws SQLException {
      return constant("V.IS_DEFAULT");
    }

    /** Returns the constant of the version that the alias names, as this session sees it. */
    @Nullable Long aliasedTruth() throws SQLException {
      return constant(
          "V.VERSION_NUMBER = (SELECT A.VERSION_NUMBER FROM INSITU.MODEL_ALIASES A WHERE"
              + " A.SCHEMA_NAME = 'PUBLIC' AND A.MODEL_NAME = 'M' AND A.ALIAS_NAME = 'CHAMPION')");
    }

    private @Nullable Long constant(String condition) throws SQLException {
      try (Statement reading = truth.createStatement();
          ResultSet row =
              reading.executeQuery(
                  "SELECT V.TRAINING_QUERY FROM INSITU.MODEL_VERSIONS V WHERE V.MODEL_NAME = 'M' AND"
                      + " V.SCHEMA_NAME = 'PUBLIC' AND "
                      + condition)) {
        if (!row.next()) {
          return null;
        }
        Matcher constant = CONSTANT.matcher(row.getString(1));
        assertThat(constant.find()).isTrue();
        return Long.valueOf(constant.group(1));
      }
    }

    void train(String create, long constant) throws SQLException {
      statement.execute(
          create
              + " m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS SELECT x, "
              + constant
              + ".0E0 AS y FROM t");
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {20261122, 20261123, 20261124})
  void predictsWithTheVersionThatItsSessionSees(long seed) throws SQLException {
    Random random = new Random(seed);
    String url = "jdbc:insitu:h2:" + folder.resolve("db") + ";LOCK_TIMEOUT=20";
    long serial = 1;
    List<String> steps = new ArrayList<>();
    try (Session one = new Session(url, "sa")) {
      one.statement.execute(
          "CREATE TABLE t(id INT PRIMARY KEY, x DOUBLE PRECISION) AS SELECT x, x FROM"
              + " SYSTEM_RANGE(1, 5); CREATE USER u PASSWORD ''; GRANT SELECT ON t TO u");
      one.train("CREATE MODEL", serial);
      one.statement.execute("ALTER MODEL m SET ALIAS champion = VERSION 1");
      try (Session two = new Session(url, "sa");
          Session user = new Session(url, "u");
          Session committed = new Session(url, "sa")) {
        List<Session> all = List.of(one, two, user);
        for (Session session : all) {
          session.prepare();
          session.prepareAliased();
        }
        for (int step = 0; step < STEPS; step++) {
          int who = random.nextInt(2);
          serial++;
          // In H2 a session that wants a row waits for ever in a loop if the one that has it has
          // rolled back to a savepoint: so one session at a time has changed anything.
          boolean mayChange = !all.get(1 - who).changing;
          steps.add(who + ": " + step(all.get(who), mayChange, random, serial));
          for (Session session : all) {
            // There the models of others are those that are committed, unless it has changed some.
            boolean dirty = session.level().equals("READ UNCOMMITTED") && !session.changing;
            session.truth = dirty ? committed.connection : session.connection;
            Long truth = session.truth();
            for (PreparedStatement prepared : session.prepared) {
              assertThat(session.predicted(prepared, 1 + random.nextInt(5)))
                  .as("seed %s, session %s after %s", seed, all.indexOf(session), steps)
                  .isEqualTo(truth);
            }
            Long aliased = session.aliasedTruth();
            for (PreparedStatement prepared : session.aliased) {
              assertThat(session.predicted(prepared, 1 + random.nextInt(5)))
                  .as("seed %s, alias, session %s after %s", seed, all.indexOf(session), steps)
                  .isEqualTo(aliased);
            }
          }
        }
      }
    }
  }

  /** Changes something, and returns what. */
  private static String step(Session session, boolean mayChange, Random random, long constant)
      throws SQLException {
    String done = "?";
    try {
      int what = random.nextInt(15);
      if (what < 9) {
        if (!mayChange) {
          return "nothing";
        }
        session.changing = !session.connection.getAutoCommit();
      }
      switch (what) {
        case 0, 1, 2 -> {
          done = "replace by " + constant;
          session.train("CREATE OR REPLACE MODEL", constant);
        }
        case 3 -> {
          done = "drop";
          session.statement.execute("DROP MODEL IF EXISTS m");
        }
        case 4 -> {
          done = "drop the newest version";
          session.statement.execute("DROP MODEL m VERSION " + newest(session));
        }
        case 5, 6 -> {
          int version = any(session, random);
          done = "champion is version " + version;
          session.statement.execute("ALTER MODEL m SET ALIAS champion = VERSION " + version);
        }
        case 7 -> {
          int version = any(session, random);
          done = "default is version " + version;
          session.statement.execute("ALTER MODEL m SET DEFAULT VERSION " + version);
        }
        case 8 -> {
          done = "drop alias";
          session.statement.execute("ALTER MODEL m DROP ALIAS champion");
        }
        case 9 -> {
          done = "begin";
          session.connection.setAutoCommit(false);
        }
        case 10 -> {
          done = "commit";
          session.savepoint = null;
          session.changing = false;
          session.connection.setAutoCommit(true);
        }
        case 11 -> {
          done = "roll back";
          rollBack(session);
        }
        case 12 -> {
          done = "savepoint";
          session.savepoint =
              session.connection.getAutoCommit() ? null : session.connection.setSavepoint();
        }
        case 13 -> {
          done = "roll back to the savepoint";
          if (session.savepoint != null) {
            session.connection.rollback(session.savepoint);
          }
        }
        default -> {
          String level =
              List.of(
                      "READ UNCOMMITTED",
                      "READ COMMITTED",
                      "REPEATABLE READ",
                      "SNAPSHOT",
                      "SERIALIZABLE")
                  .get(random.nextInt(5));
          done = level;
          session.savepoint = null; // the setting commits
          session.changing = false;
          session.statement.execute(
              "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + level);
        }
      }
    } catch (SQLException e) {
      if (!EXPECTED.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
      rollBack(session);
      return done + " failed: " + e.getSQLState();
    }
    return done;
  }

  private static void rollBack(Session session) throws SQLException {
    session.savepoint = null;
    session.changing = false;
    if (!session.connection.getAutoCommit()) {
      session.connection.rollback();
      session.connection.setAutoCommit(true);
    }
  }

  private static int newest(Session session) throws SQLException {
    try (ResultSet row =
        session.statement.executeQuery(
            "SELECT COALESCE(MAX(VERSION_NUMBER), 1) FROM INSITU.MODEL_VERSIONS")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Returns the number of any version that the session sees. */
  private static int any(Session session, Random random) throws SQLException {
    List<Integer> versions = new ArrayList<>();
    try (ResultSet row =
        session.statement.executeQuery("SELECT VERSION_NUMBER FROM INSITU.MODEL_VERSIONS")) {
      while (row.next()) {
        versions.add(row.getInt(1));
      }
    }
    return versions.isEmpty() ? 1 : versions.get(random.nextInt(versions.size()));
  }

  @Test
  void predictsInTheSchemaOfTheSession() throws SQLException {
    try (Session one = new Session("jdbc:insitu:h2:" + folder.resolve("db"), "sa")) {
      one.statement.execute("CREATE TABLE t(id INT PRIMARY KEY, x DOUBLE PRECISION)");
      one.statement.execute("INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)");
      one.statement.execute("CREATE SCHEMA other");
      one.train("CREATE MODEL", 1);
      one.statement.execute("SET SCHEMA other");
      one.statement.execute("CREATE TABLE t AS TABLE public.t");
      one.train("CREATE MODEL", 2);
      one.prepare();
      for (int round = 0; round < 4; round++) {
        long expected = round % 2 == 0 ? 1 : 2;
        one.statement.execute("SET SCHEMA " + (round % 2 == 0 ? "public" : "other"));
        for (PreparedStatement prepared : one.prepared) {
          for (int i = 0; i < 3; i++) {
            assertThat(one.predicted(prepared, 1)).isEqualTo(expected);
          }
        }
      }
    }
  }

  /** In mode MySQL a comparison of texts ignores case, in regular mode it does not. */
  @Test
  void followsTheModeTheTablesAndTheKeys() throws SQLException {
    try (Session one = new Session("jdbc:insitu:h2:" + folder.resolve("db"), "sa")) {
      one.statement.execute("CREATE TABLE t(id INT PRIMARY KEY, x DOUBLE PRECISION)");
      one.statement.execute("INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)");
      one.train("CREATE MODEL", 7);
      one.prepare();
      PreparedStatement byKey = one.prepared.get(0);
      PreparedStatement named =
          one.connection.prepareStatement(
              "SELECT PREDICTION('m', x) FROM t WHERE id = ? ORDER BY 1");
      for (int i = 0; i < 3; i++) {
        assertThat(one.predicted(byKey, 1)).isEqualTo(7);
        assertThat(one.predicted(named, 1)).isEqualTo(7);
        assertThat(name(named)).isEqualTo("PREDICTION('m', X)");
      }
      one.statement.execute("SET MODE MySQL");
      assertThat(one.predicted(byKey, 2)).isEqualTo(7);
      try (PreparedStatement again =
          one.connection.prepareStatement("SELECT PREDICTION('m', x) FROM t WHERE id = ?")) {
        assertThat(name(again)).isEqualTo("PREDICTION('m', x)");
      }
      one.statement.execute("SET MODE REGULAR");
      // Without the key one value finds two rows, and the statement gives both.
      one.statement.execute("ALTER TABLE t DROP PRIMARY KEY");
      one.statement.execute("INSERT INTO t VALUES (1, 5)");
      assertThat(rows(byKey)).isEqualTo(2);
      assertThat(rows(named)).isEqualTo(2);
      one.statement.execute("DELETE FROM t WHERE x = 5");
      one.statement.execute("ALTER TABLE t ALTER COLUMN x VARCHAR(10)");
      assertThat(state(byKey)).isEqualTo("ML007");
      one.statement.execute("ALTER TABLE t ALTER COLUMN x DOUBLE PRECISION");
      assertThat(one.predicted(byKey, 1)).isEqualTo(7);
    }
  }

  private static String name(PreparedStatement statement) throws SQLException {
    return statement.getMetaData().getColumnLabel(1);
  }

  private static int rows(PreparedStatement statement) throws SQLException {
    statement.setInt(1, 1);
    try (ResultSet rows = statement.executeQuery()) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  private static String state(PreparedStatement statement) {
    try {
      rows(statement);
      return "no error";
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }
}
