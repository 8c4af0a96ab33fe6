package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.command.Command;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function does amid a statement leaves that statement as it was. */
class NestedConnectionTest {
  /** What the function {@code AMID} does, with its argument; what it returns is its value. */
  private static Amid work = (nested, session, argument) -> argument;

  @TempDir Path folder;
  private RouteA route;

  private interface Amid {
    long run(Connection nested, SessionLocal session, long argument) throws SQLException;
  }

  /** What H2 calls. */
  public static final class Functions {
    private Functions() {}

    /** Does the work of the test. */
    public static long amid(Connection connection, long argument) throws SQLException {
      SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      return work.run(NestedConnection.over(session, "jdbc:nested"), session, argument);
    }
  }

  @BeforeEach
  void open() throws SQLException {
    route = RouteA.open("jdbc:h2:" + folder.resolve("db"));
    route.execute("CREATE TABLE t (id INT PRIMARY KEY, a INT)");
    route.execute("INSERT INTO t SELECT x, x FROM SYSTEM_RANGE(1, 5)");
    route.execute("CREATE TABLE store (k INT PRIMARY KEY, v VARCHAR, b BLOB)");
    route.execute("CREATE SEQUENCE numbers");
    route.execute("CREATE ALIAS AMID FOR \"" + Functions.class.getName() + ".amid\"");
  }

  @AfterEach
  void close() throws SQLException {
    route.close();
  }

  @Test
  void theStatementAroundHasItsCommandTimestampAndSnapshotAfterwards() throws Exception {
    List<Object> marks = new ArrayList<>();
    try (Connection other = second()) {
      work =
          (nested, session, argument) -> {
            Command before = session.getCurrentCommand();
            Object started = session.getCommandStartOrEnd();
            long data = session.getStatementModificationDataId();
            try (Statement writer = other.createStatement()) {
              writer.execute("UPDATE t SET a = a + 100");
              writer.execute("INSERT INTO store (k) VALUES (" + argument + ")");
            }
            long count = one(nested, "SELECT COUNT(*) FROM store");
            assertThat(session.getCurrentCommand()).isNotNull().isSameAs(before);
            assertThat(session.getCommandStartOrEnd()).isEqualTo(started);
            assertThat(session.getStatementModificationDataId()).isEqualTo(data);
            marks.add(Arrays.asList(before, started, data));
            return count;
          };
      assertThat(
              route.query(
                  "SELECT id, a, AMID(id), CURRENT_TIMESTAMP = CURRENT_TIMESTAMP FROM t ORDER BY id"))
          .as("rows of the moment when the statement began, the other table as it is by now")
          .containsExactly(
              List.of(1, 1, 1L, true),
              List.of(2, 2, 2L, true),
              List.of(3, 3, 3L, true),
              List.of(4, 4, 4L, true),
              List.of(5, 5, 5L, true));
      assertThat(marks).hasSize(5).containsOnly(marks.get(0));
    }
  }

  @Test
  void aTableOfTheStatementAroundIsReadAsThatOneSeesIt() throws Exception {
    try (Connection other = second()) {
      work =
          (nested, session, argument) -> {
            try (Statement writer = other.createStatement()) {
              writer.execute("INSERT INTO t VALUES (" + (argument + 10) + ", 0)");
            }
            return one(nested, "SELECT COUNT(*) FROM t");
          };
      assertThat(route.query("SELECT AMID(id) FROM t WHERE id <= 2"))
          .containsExactly(List.of(5L), List.of(5L));
      assertThat(route.query("SELECT COUNT(*) FROM t")).containsExactly(List.of(7L));
    }
  }

  @Test
  void ownUncommittedRowsAreSeenAndRolledBackWithTheTransaction() throws Exception {
    route.connection.setAutoCommit(false);
    route.execute("INSERT INTO store (k, v) VALUES (1, 'mine')");
    work =
        (nested, session, argument) -> {
          assertThat(nested.getAutoCommit()).isFalse();
          long before = one(nested, "SELECT COUNT(*) FROM store");
          try (PreparedStatement insert =
              nested.prepareStatement("INSERT INTO store VALUES (?, ?, ?)")) {
            insert.setLong(1, argument + 1);
            insert.setString(2, "amid");
            insert.setBinaryStream(3, new ByteArrayInputStream(new byte[100_000]), 100_000);
            assertThat(insert.execute()).isFalse();
            assertThat(insert.getUpdateCount()).isOne();
            assertThat(insert.getConnection()).isSameAs(nested);
          }
          assertThat(one(nested, "SELECT COUNT(*) FROM store WHERE OCTET_LENGTH(b) = 100000"))
              .isEqualTo(argument);
          return before;
        };
    assertThat(route.query("SELECT id, AMID(id) FROM t WHERE id < 3 ORDER BY id"))
        .containsExactly(List.of(1, 1L), List.of(2, 2L));
    assertThat(route.query("SELECT k, v FROM store ORDER BY k"))
        .containsExactly(List.of(1, "mine"), List.of(2, "amid"), List.of(3, "amid"));
    try (Connection other = second()) {
      assertThat(one(other, "SELECT COUNT(*) FROM store")).isZero();
    }
    route.connection.rollback();
    assertThat(route.query("SELECT * FROM store")).isEmpty();
  }

  @Test
  void inAutoCommitItIsCommittedWithTheStatementAround() throws Exception {
    work =
        (nested, session, argument) -> {
          try (PreparedStatement insert =
              nested.prepareStatement("INSERT INTO store (k) VALUES (?)")) {
            insert.setObject(1, argument);
            insert.executeUpdate();
          }
          try (Connection other = second()) {
            assertThat(one(other, "SELECT COUNT(*) FROM store")).isZero();
          }
          return 0;
        };
    route.query("SELECT AMID(id) FROM t");
    try (Connection other = second()) {
      assertThat(one(other, "SELECT COUNT(*) FROM store")).isEqualTo(5);
    }
  }

  @Test
  void aSavepointTakesBackWhatCameAfterIt() throws Exception {
    work =
        (nested, session, argument) -> {
          one(nested, "SELECT NEXT VALUE FOR numbers");
          update(nested, "INSERT INTO store (k) VALUES (1)");
          Savepoint kept = nested.setSavepoint();
          update(nested, "INSERT INTO store (k) VALUES (2)");
          nested.releaseSavepoint(kept);
          Savepoint start = nested.setSavepoint();
          update(nested, "INSERT INTO store (k) VALUES (3)");
          assertThatThrownBy(
                  () ->
                      update(nested, "INSERT INTO store (k) SELECT x FROM SYSTEM_RANGE(9, 1, -1)"))
              .isInstanceOfSatisfying(
                  SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
          assertThat(one(nested, "SELECT COUNT(*) FROM store")).as("of a failed one").isEqualTo(3);
          nested.rollback(start);
          return one(nested, "SELECT COUNT(*) FROM store");
        };
    assertThat(route.query("CALL AMID(1)")).containsExactly(List.of(2L));
    assertThat(route.query("SELECT k FROM store ORDER BY k"))
        .containsExactly(List.of(1), List.of(2));
  }

  @Test
  void aSequenceGoesOnInEveryExecution() throws Exception {
    List<Long> given = new ArrayList<>();
    work =
        (nested, session, argument) -> {
          given.add(one(nested, "SELECT NEXT VALUE FOR numbers"));
          return 0;
        };
    route.query("SELECT AMID(id) FROM t");
    assertThat(given).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void batchesAndPreparedStatementsAreUsedAgain() throws Exception {
    work =
        (nested, session, argument) -> {
          try (PreparedStatement insert =
                  nested.prepareStatement("INSERT INTO store (k, v) VALUES (?, ?)");
              PreparedStatement select =
                  nested.prepareStatement("SELECT v FROM store WHERE k = ?")) {
            for (int k = 1; k <= 3; k++) {
              insert.setInt(1, k);
              insert.setObject(2, k == 2 ? null : "v" + k);
              insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            for (int k = 1; k <= 3; k++) {
              select.setInt(1, k);
              try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo(k == 2 ? null : "v" + k);
                assertThat(row.next()).isFalse();
              }
            }
            select.close();
            assertThat(select.isClosed()).isTrue();
            assertThatThrownBy(select::executeQuery).hasMessageContaining("closed");
          }
          return 0;
        };
    route.query("CALL AMID(1)");
  }

  @Test
  void whatWouldEndTheStatementIsRefused() throws Exception {
    work =
        (nested, session, argument) -> {
          assertThatThrownBy(nested::commit)
              .isInstanceOf(SQLFeatureNotSupportedException.class)
              .hasMessageContaining("commit inside a statement");
          assertThatThrownBy(nested::rollback).hasMessageContaining("rollback inside a statement");
          assertThatThrownBy(() -> nested.setAutoCommit(true))
              .hasMessageContaining("setAutoCommit inside a statement");
          assertThatThrownBy(nested::createStatement)
              .hasMessageContaining("createStatement inside a statement");
          assertThatThrownBy(() -> nested.prepareStatement("CREATE TABLE u (a INT)"))
              .hasMessageContaining("DDL inside a statement");
          assertThatThrownBy(() -> nested.prepareStatement("SELECT nothing"))
              .isInstanceOfSatisfying(
                  SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42S22"));
          nested.close();
          assertThat(nested.isClosed()).isFalse();
          return session.getCurrentCommand() == null ? 0 : 1;
        };
    assertThat(route.query("SELECT AMID(id) FROM t WHERE id = 1")).containsExactly(List.of(1L));
  }

  @Test
  void theStatementAroundCanBeCancelled() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Statement statement = route.connection.createStatement()) {
      work =
          (nested, session, argument) -> {
            if (calls.incrementAndGet() == 200) {
              statement.cancel();
            }
            return one(nested, "SELECT COUNT(*) FROM store");
          };
      assertThatThrownBy(
              () -> statement.execute("SELECT SUM(AMID(x)) FROM SYSTEM_RANGE(1, 1000000)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(calls.get()).isBetween(200, 400);
    }
  }

  @Test
  void aBusyWriterBesideItDoesNotDisturb() throws Exception {
    route.execute("INSERT INTO store SELECT x, 'v', NULL FROM SYSTEM_RANGE(1, 1000)");
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<Throwable> failed = new AtomicReference<>();
    Thread writer =
        new Thread(
            () -> {
              try (Connection other = second();
                  Statement statement = other.createStatement()) {
                for (int i = 0; !stop.get(); i++) {
                  statement.execute("UPDATE store SET v = 'v" + i + "'");
                }
              } catch (Throwable e) {
                failed.set(e);
              }
            });
    writer.start();
    try {
      work =
          (nested, session, argument) -> {
            assertThat(one(nested, "SELECT COUNT(DISTINCT v) FROM store")).isOne();
            return one(nested, "SELECT COUNT(*) FROM store WHERE k = " + argument);
          };
      for (int round = 0; round < 10; round++) {
        assertThat(route.query("SELECT SUM(AMID(x)), COUNT(*) FROM SYSTEM_RANGE(1, 100)"))
            .hasToString("[[100, 100]]");
      }
    } finally {
      stop.set(true);
      writer.join();
    }
    assertThat(failed.get()).isNull();
  }

  @Test
  void sessionsAreKeptAsLongAsTheyLive() throws Exception {
    PlainSession first = PlainSession.of(route.connection);
    assertThat(PlainSession.of(route.connection)).isSameAs(first);
    try (Connection other = second()) {
      PlainSession second = PlainSession.of(other);
      assertThat(second).isNotSameAs(first);
      assertThat(PlainSession.of(other)).isSameAs(second);
      assertThat(PlainSession.of(route.connection)).isSameAs(first);
      assertThat(second.session().identity()).isEqualTo(first.session().identity());
    }
    PlainSession.forgetClosed();
    assertThat(PlainSession.of(route.connection)).isSameAs(first);
    assertThat(first.session().storeSession().state()).as("no store yet").isEmpty();
  }

  private Connection second() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:" + folder.resolve("db"), "sa", "");
  }

  private static void update(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  private static long one(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }
}
