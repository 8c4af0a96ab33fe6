package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An alias that moves is seen by the next execution: of whatever was prepared, made or kept before,
 * at every door, in the session that moves it at once, in every other when the move is committed.
 * The model predicts the number of its version.
 */
class MovingAliasTest {
  private static final String READ = " FROM t WHERE id = 3";

  /** Each returns one number; the driver's alone, then those that plain H2 runs as well. */
  private static final List<String> DRIVERS =
      List.of(
          "SELECT predicted_y FROM PREDICT(MODEL => 'm@champion', DATA => TABLE t) WHERE id = 3",
          "SELECT predicted_y FROM ML.PREDICT(MODEL m ALIAS champion, (SELECT x" + READ + "))",
          "SELECT predicted_y FROM ML.PREDICT(MODEL s.\"M\" ALIAS \"CHAMPION\", TABLE t) WHERE id = 3",
          "SELECT AVG(predicted_y) FROM PREDICT(MODEL => 'm@champion', DATA => TABLE t)",
          "SELECT PREDICTION('m@champion', x)" + READ,
          "SELECT MAX(p.predicted_y + PREDICTION('s.m@\"CHAMPION\"', t.x)) / 2 FROM t"
              + " JOIN PREDICT(MODEL => 'm@champion', DATA => TABLE t) p ON p.id = t.id",
          "SELECT predicted_y FROM TABLE(PREDICT(MODEL => 'm@champion', DATA => TABLE t)) WHERE id = ?");

  private static final List<String> EVERYWHERE =
      List.of(
          "SELECT INSITU.PREDICTION_NUMBER('m@champion', x)" + READ,
          "SELECT CAST(INSITU.PREDICTION('s.m@champion', x) AS DOUBLE PRECISION)" + READ,
          "SELECT predicted_y FROM INSITU.PREDICT('m@champion', 'SELECT * FROM t') WHERE id = 3",
          "SELECT predict_y(x)" + READ,
          "SELECT guess FROM guesses WHERE id = 3",
          "SELECT guess FROM driven WHERE id = 3",
          "SELECT kept" + READ);

  private String name;
  private Connection keeps;

  /** A session and what it has prepared before anything moves. */
  private final class Session implements AutoCloseable {
    private final Connection connection;
    private final List<PreparedStatement> prepared = new ArrayList<>();

    Session(String url, List<String> queries) throws SQLException {
      connection = DriverManager.getConnection(url + name, "sa", "");
      run("SET SCHEMA s");
      for (String query : queries) {
        prepared.add(connection.prepareStatement(query));
      }
    }

    void run(String sql) throws SQLException {
      MovingAliasTest.run(connection, sql);
    }

    /** Returns the versions that its statements predict with, and those not prepared. */
    Set<Long> predicted() throws SQLException {
      Set<Long> versions = new TreeSet<>();
      for (PreparedStatement statement : prepared) {
        if (statement.getParameterMetaData().getParameterCount() == 1) {
          statement.setInt(1, 3);
        }
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          versions.add(Math.round(row.getDouble(1)));
        }
      }
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(EVERYWHERE.get(0))) {
        row.next();
        versions.add(Math.round(row.getDouble(1)));
      }
      return versions;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private Session driver() throws SQLException {
    List<String> all = new ArrayList<>(DRIVERS);
    all.addAll(EVERYWHERE);
    return new Session("jdbc:insitu:h2:", all);
  }

  private Session plain() throws SQLException {
    return new Session("jdbc:h2:", EVERYWHERE);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @BeforeEach
  void make() throws SQLException {
    name = "mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=200";
    keeps = DriverManager.getConnection("jdbc:insitu:h2:" + name, "sa", "");
    run(keeps, "CREATE SCHEMA s");
    run(keeps, "SET SCHEMA s");
    run(keeps, "CREATE TABLE t(id INT PRIMARY KEY, x DOUBLE PRECISION)");
    run(keeps, "INSERT INTO t SELECT x, x FROM SYSTEM_RANGE(1, 5)");
    for (int version = 1; version <= 3; version++) {
      run(
          keeps,
          "CREATE OR REPLACE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'])"
              + " AS SELECT x, "
              + version
              + ".0E0 AS y FROM t");
    }
    run(keeps, "ALTER MODEL m SET ALIAS champion = VERSION 1");
    run(keeps, "CALL INSITU.INSTALL()");
    run(keeps, "CALL INSITU.CREATE_FUNCTION('m@champion', 'predict_y')");
    run(keeps, "CALL INSITU.MATERIALIZE('m@champion', 't', 'kept')");
    run(
        keeps,
        "CREATE VIEW guesses AS SELECT id, INSITU.PREDICTION_NUMBER('s.m@champion', x) AS guess"
            + " FROM s.t");
    run(keeps, "CREATE VIEW driven AS SELECT id, PREDICTION('m@champion', x) AS guess FROM t");
  }

  @AfterEach
  void close() throws SQLException {
    keeps.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "READ UNCOMMITTED",
        "READ COMMITTED",
        "REPEATABLE READ",
        "SNAPSHOT",
        "SERIALIZABLE"
      })
  void isSeenByTheNextExecution(String level) throws SQLException {
    String isolation = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + level;
    try (Session one = driver();
        Session two = driver();
        Session plain = plain()) {
      for (Session session : List.of(one, two, plain)) {
        session.run(isolation);
        assertThat(session.predicted()).containsExactly(1L);
      }
      one.connection.setAutoCommit(false);
      one.run("ALTER MODEL m SET ALIAS champion = VERSION 2");
      assertThat(one.predicted()).as("where it is moved").containsExactly(2L);
      if (!level.equals("READ UNCOMMITTED")) { // rows that are not committed are seen there
        assertThat(two.predicted()).as("before the commit").containsExactly(1L);
        assertThat(plain.predicted()).as("before the commit").containsExactly(1L);
      }
      one.connection.rollback();
      assertThat(one.predicted()).as("taken back").containsExactly(1L);
      one.run("ALTER MODEL m SET ALIAS champion = VERSION 3");
      Savepoint savepoint = one.connection.setSavepoint();
      one.run("ALTER MODEL m SET ALIAS champion = VERSION 2");
      assertThat(one.predicted()).containsExactly(2L);
      one.connection.rollback(savepoint);
      assertThat(one.predicted()).as("back to the savepoint").containsExactly(3L);
      one.connection.commit();
      assertThat(two.predicted()).as("another session").containsExactly(3L);
      assertThat(plain.predicted()).as("plain H2").containsExactly(3L);
      one.connection.setAutoCommit(true);
      plain.run("CALL INSITU.SET_ALIAS('m', 'champion', 2)");
      assertThat(plain.predicted()).containsExactly(2L);
      assertThat(one.predicted()).containsExactly(2L);
      assertThat(two.predicted()).containsExactly(2L);
    }
  }

  /** Whose transaction reads one snapshot from its first statement on keeps to it. */
  @Test
  void aSnapshotKeepsTheVersionThatItBeganWith() throws SQLException {
    try (Session one = driver();
        Session two = driver()) {
      two.run("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
      two.connection.setAutoCommit(false);
      assertThat(two.predicted()).containsExactly(1L);
      one.run("ALTER MODEL m SET ALIAS champion = VERSION 2");
      assertThat(two.predicted()).containsExactly(1L);
      two.connection.commit();
      assertThat(two.predicted()).containsExactly(2L);
    }
  }

  /** Nothing is written between the second execution and the third; another snapshot is read. */
  @ParameterizedTest
  @CsvSource({
    "SNAPSHOT, false",
    "SNAPSHOT, true",
    "SERIALIZABLE, false",
    "SERIALIZABLE, true",
  })
  void isSeenByTheNextTransaction(String level, boolean commits) throws SQLException {
    int version = 1;
    for (String url : List.of("jdbc:h2:", "jdbc:insitu:h2:")) {
      for (String sql :
          List.of(
              "SELECT INSITU.PREDICTION_NUMBER('s.m@champion', 1)",
              "SELECT predicted_y FROM INSITU.PREDICT('s.m@champion', 'SELECT 1 AS x')",
              "SELECT predicted_y FROM PREDICT(MODEL => 's.m@champion', DATA => (SELECT 1 AS x))")) {
        if (url.equals("jdbc:h2:") && sql.contains("=>")) {
          continue;
        }
        try (Connection one = DriverManager.getConnection(url + name, "sa", "")) {
          run(one, "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + level);
          try (PreparedStatement prepared = one.prepareStatement(sql)) {
            assertThat(row(prepared)).as(sql).containsExactly((long) version);
            one.setAutoCommit(false);
            assertThat(row(prepared)).as(sql).containsExactly((long) version);
            int next = version % 3 + 1;
            run(keeps, "ALTER MODEL m SET ALIAS champion = VERSION " + next);
            assertThat(row(prepared)).as(sql).containsExactly((long) version);
            if (commits) {
              one.commit();
            } else {
              one.rollback();
            }
            assertThat(row(prepared)).as(url + sql).containsExactly((long) next);
            version = next;
          }
        }
      }
    }
  }

  @Test
  void plainFunctionsMoveInTheTransactionOfTheirSession() throws SQLException {
    try (Session one = plain();
        Session two = driver()) {
      one.connection.setAutoCommit(false);
      one.run("CALL INSITU.SET_ALIAS('m', 'champion', 2)");
      assertThat(one.predicted()).containsExactly(2L);
      assertThat(two.predicted()).containsExactly(1L);
      one.connection.rollback();
      assertThat(one.predicted()).containsExactly(1L);
      Savepoint savepoint = one.connection.setSavepoint();
      one.run("CALL INSITU.SET_ALIAS('m', 'champion', 3)");
      one.run("CALL INSITU.SET_DEFAULT_VERSION('m', 1)");
      one.connection.rollback(savepoint);
      assertThat(one.predicted()).containsExactly(1L);
      one.run("CALL INSITU.SET_ALIAS('m', 'champion', 2)");
      one.connection.commit();
      assertThat(two.predicted()).containsExactly(2L);
      assertThat(numbers("SELECT default_version FROM INSITU.MODELS")).containsExactly(3L);
    }
  }

  @Test
  void aMoveByHandIsSeen() throws SQLException {
    String sql = "SELECT predicted_y FROM PREDICT(MODEL => 'm@champion', DATA => (SELECT 1 AS x))";
    try (PreparedStatement prepared = keeps.prepareStatement(sql)) {
      for (long version = 1; version <= 3; version++) {
        run(keeps, "UPDATE INSITU.STORED_ALIASES SET version_number = " + version);
        assertThat(row(prepared)).containsExactly(version);
        assertThat(row(prepared)).containsExactly(version);
      }
    }
  }

  @Test
  void aNewVersionAndAnotherDefaultLeaveIt() throws SQLException {
    try (Session one = driver()) {
      one.run("ALTER MODEL m SET DEFAULT VERSION 2");
      assertThat(one.predicted()).containsExactly(1L);
      one.run(
          "CREATE OR REPLACE MODEL m OPTIONS (model_type = 'linear_reg', input_label_cols = ['y'])"
              + " AS SELECT x, 4.0E0 AS y FROM t");
      assertThat(one.predicted()).containsExactly(1L);
    }
  }

  /** What follows the default version goes with it, and only that. */
  @Test
  void anotherDefaultVersionIsSeenByTheNextExecution() throws SQLException {
    run(keeps, "CALL INSITU.CREATE_FUNCTION('m', 'predict_default')");
    run(keeps, "CALL INSITU.CREATE_FUNCTION('m@2', 'predict_second')");
    run(keeps, "CALL INSITU.MATERIALIZE('m', 't', 'latest')");
    run(keeps, "CALL INSITU.MATERIALIZE('m@3', 't', 'third')");
    String all =
        "SELECT predicted_y, PREDICTION('m', x), predict_default(x), latest, predict_second(x),"
            + " third, kept FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE id = 2";
    try (PreparedStatement prepared = keeps.prepareStatement(all)) {
      assertThat(row(prepared)).containsExactly(3L, 3L, 3L, 3L, 2L, 3L, 1L);
      keeps.setAutoCommit(false);
      run(keeps, "ALTER MODEL m SET DEFAULT VERSION 1");
      assertThat(row(prepared)).containsExactly(1L, 1L, 1L, 1L, 2L, 3L, 1L);
      run(keeps, "ALTER MODEL m SET ALIAS champion = VERSION 2");
      assertThat(row(prepared)).containsExactly(1L, 1L, 1L, 1L, 2L, 3L, 2L);
      keeps.rollback();
      keeps.setAutoCommit(true);
      assertThat(row(prepared)).containsExactly(3L, 3L, 3L, 3L, 2L, 3L, 1L);
      run(keeps, "ALTER MODEL m SET DEFAULT VERSION 2");
      run(keeps, "INSERT INTO t (id, x) VALUES (6, 6)");
      assertThat(numbers("SELECT DISTINCT latest FROM t")).containsExactly(2L);
      assertThat(numbers("SELECT DISTINCT kept FROM t")).containsExactly(1L);
    }
    assertThat(
            rows(
                "SELECT c.column_name, state, version_number, pinned_version, alias_name"
                    + " FROM INSITU.PREDICTED_COLUMNS c LEFT JOIN INSITU.ALIASED_COLUMNS a"
                    + " ON a.column_name = c.column_name ORDER BY 1"))
        .containsExactly(
            "KEPT, current, 1, 1, CHAMPION",
            "LATEST, current, 2, null, null",
            "THIRD, current, 3, 3, null");
  }

  @Test
  void whatAsksItKeepsIt() throws SQLException {
    for (String used :
        List.of(
            "DROP MODEL m VERSION 1",
            "ALTER MODEL m DROP ALIAS champion",
            "ALTER MODEL IF EXISTS m DROP ALIAS IF EXISTS champion",
            "CALL INSITU.DROP_ALIAS('m', 'champion')")) {
      assertThatThrownBy(() -> run(keeps, used)).as(used).hasMessageStartingWith("ML086: ");
    }
    assertThatThrownBy(() -> run(keeps, "ALTER MODEL m DROP ALIAS champion"))
        .hasMessageContaining("alias \"CHAMPION\" of model \"S.M\" is used by function S.PREDICT_Y")
        .hasMessageContaining("column S.T.KEPT")
        .hasMessageContaining("view S.GUESSES")
        .hasMessageContaining("view S.DRIVEN");
    run(keeps, "DROP VIEW guesses");
    run(keeps, "DROP VIEW driven");
    run(keeps, "CALL INSITU.DEMATERIALIZE('t', 'kept')");
    run(keeps, "CALL INSITU.DROP_FUNCTION('predict_y')");
    assertThatThrownBy(() -> run(keeps, "DROP MODEL m VERSION 1"))
        .hasMessageContaining("model \"S.M\" version 1 is used by alias CHAMPION");
    run(keeps, "ALTER MODEL m DROP ALIAS champion");
    assertThat(numbers("SELECT COUNT(*) FROM INSITU.MODEL_ALIASES")).containsExactly(0L);
    run(keeps, "DROP MODEL m VERSION 1");
  }

  @Test
  void aVersionTakesItsAliasesAndWhatAsksThemWithIt() throws SQLException {
    run(keeps, "DROP VIEW guesses");
    run(keeps, "DROP VIEW driven");
    run(keeps, "CALL INSITU.CREATE_FUNCTION('m@2', 'predict_second')");
    run(keeps, "ALTER MODEL m SET ALIAS other = VERSION 2");
    run(keeps, "DROP MODEL m VERSION 1 CASCADE");
    assertThat(rows("SELECT alias_name FROM INSITU.MODEL_ALIASES")).containsExactly("OTHER");
    assertThat(rows("SELECT function_name FROM INSITU.FUNCTIONS"))
        .containsExactly("PREDICT_SECOND");
    assertThat(numbers("SELECT COUNT(*) FROM INSITU.PREDICTED_COLUMNS")).containsExactly(0L);
    run(keeps, "INSERT INTO t (id, x, kept) VALUES (9, 9, 7)");
    assertThat(numbers("SELECT kept FROM t WHERE id = 9")).containsExactly(7L);
    run(keeps, "DROP MODEL m CASCADE");
    assertThat(numbers("SELECT COUNT(*) FROM INSITU.STORED_ALIASES")).containsExactly(0L);
  }

  /** A row that is written beside a move does not keep the score of the former version. */
  @Test
  void rowsAreWrittenWithTheVersionThatIsCommitted() throws SQLException {
    try (Session one = driver();
        Session two = plain()) {
      one.connection.setAutoCommit(false);
      two.connection.setAutoCommit(false);
      one.run("ALTER MODEL m SET ALIAS champion = VERSION 2");
      assertThatThrownBy(() -> two.run("INSERT INTO t (id, x) VALUES (7, 7)"))
          .hasMessageContaining("Timeout trying to lock");
      one.connection.commit();
      two.run("INSERT INTO t (id, x) VALUES (7, 7)");
      assertThatThrownBy(() -> one.run("ALTER MODEL m SET ALIAS champion = VERSION 3"))
          .hasMessageStartingWith("ML090");
      two.connection.commit();
      one.connection.rollback();
      assertThat(numbers("SELECT DISTINCT kept FROM t")).containsExactly(2L);
      two.run("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
      assertThat(two.predicted()).containsExactly(2L);
      one.run("ALTER MODEL m SET ALIAS champion = VERSION 3");
      one.connection.commit();
      assertThatThrownBy(() -> two.run("INSERT INTO t (id, x) VALUES (8, 8)"))
          .hasMessageContaining("has another version as CHAMPION");
      two.connection.rollback();
      two.run("INSERT INTO t (id, x) VALUES (8, 8)");
      two.connection.commit();
      assertThat(numbers("SELECT DISTINCT kept FROM t")).containsExactly(3L);
    }
  }

  private static List<Long> row(PreparedStatement of) throws SQLException {
    try (ResultSet row = of.executeQuery()) {
      row.next();
      List<Long> values =
          new ArrayList<>(Collections.nCopies(row.getMetaData().getColumnCount(), 0L));
      for (int i = 0; i < values.size(); i++) {
        values.set(i, Math.round(row.getDouble(i + 1)));
      }
      return values;
    }
  }

  private List<Long> numbers(String sql) throws SQLException {
    return rows(sql).stream().map(text -> Math.round(Double.parseDouble(text))).toList();
  }

  private List<String> rows(String sql) throws SQLException {
    return ImportedDoorsTest.rows(keeps, sql).stream()
        .map(row -> String.join(", ", row.stream().map(String::valueOf).toList()))
        .toList();
  }
}
