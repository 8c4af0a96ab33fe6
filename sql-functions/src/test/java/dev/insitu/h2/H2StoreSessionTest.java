package dev.insitu.h2;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StoreSessionTest {
  @Test
  void theControlSessionNeitherCommitsNorSeesTheUsersTransaction() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      route.execute("CREATE TABLE t (a INT)");
      route.connection.setAutoCommit(false);
      route.execute("INSERT INTO t VALUES (1)");
      H2StoreSession store = route.session.storeSession();
      try (Statement control = store.control().createStatement()) {
        control.execute("CREATE SCHEMA insitu");
        control.execute("CREATE TABLE insitu.runs (id INT)");
        control.execute("INSERT INTO insitu.runs VALUES (7)");
        try (ResultSet rows = control.executeQuery("SELECT COUNT(*) FROM t")) {
          rows.next();
          assertThat(rows.getInt(1)).isZero();
        }
      }
      store.sync();
      route.connection.rollback();
      assertThat(route.query("SELECT * FROM t")).isEmpty();
      assertThat(route.query("SELECT * FROM insitu.runs")).containsExactly(List.of(7));
    }
  }

  @Test
  void theUsersHandleSharesHisTransactionAndLeavesHisObjectsAlone() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      route.execute("CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY, a INT)");
      route.connection.setAutoCommit(false);
      try (PreparedStatement insert =
          route.connection.prepareStatement(
              "INSERT INTO t(a) VALUES (5)", Statement.RETURN_GENERATED_KEYS)) {
        insert.executeUpdate();
        try (Connection user = route.session.storeSession().user();
            Statement inner = user.createStatement();
            ResultSet rows = inner.executeQuery("SELECT a FROM t")) {
          rows.next();
          assertThat(rows.getInt(1)).isEqualTo(5);
        }
        try (ResultSet keys = insert.getGeneratedKeys()) {
          keys.next();
          assertThat(keys.getInt(1)).isEqualTo(1);
        }
      }
      assertThat(route.connection.isClosed()).isFalse();
      route.connection.rollback();
      assertThat(route.query("SELECT * FROM t")).isEmpty();
    }
  }

  @Test
  void theDatabaseClosesWithItsLastUser(@TempDir Path folder) throws SQLException {
    String url = "jdbc:h2:" + folder.resolve("db");
    String first;
    try (RouteA route = RouteA.open(url)) {
      try (Statement control = route.session.storeSession().control().createStatement()) {
        control.execute("CREATE TABLE made (a INT)");
      }
      first = route.session.storeSession().incarnation();
      assertThat(route.session.storeSession().incarnation()).isEqualTo(first);
    }
    assertThat(folder.resolve("db.mv.db")).exists();
    try (RouteA route = RouteA.open(url + ";FILE_LOCK=FS")) {
      assertThat(route.query("SELECT * FROM made")).isEmpty();
      assertThat(route.session.storeSession().incarnation()).isNotEqualTo(first);
    }
  }

  @Test
  void theDatabaseClosesEvenIfTheControlSessionIsForgotten(@TempDir Path folder)
      throws SQLException {
    String url = "jdbc:h2:" + folder.resolve("db");
    RouteA forgotten = RouteA.open(url);
    try (Statement control = forgotten.session.storeSession().control().createStatement()) {
      control.execute("CREATE TABLE made (a INT)");
    }
    forgotten.connection.close();
    forgotten.session.close();
    try (RouteA route = RouteA.open(url + ";FILE_LOCK=FS")) {
      assertThat(route.query("SELECT * FROM made")).isEmpty();
    }
  }

  @Test
  void aPlainUserReadsThroughTheElevatedSession() throws SQLException {
    String url = "jdbc:h2:mem:plain";
    try (RouteA admin = RouteA.open(url)) {
      admin.execute("CREATE USER clerk PASSWORD 'c'");
      try (RouteA clerk = new RouteA(DriverManager.getConnection(url, "clerk", "c"))) {
        H2StoreSession store = clerk.session.storeSession();
        assertThat(store.administrator()).isFalse();
        assertThat(store.userName()).isEqualTo("CLERK");
        assertThat(store.reading()).isSameAs(store.control());
        assertThat(store.sessionId()).isEqualTo(clerk.query("CALL SESSION_ID()").get(0).get(0));
      }
      assertThat(admin.session.storeSession().reading())
          .isSameAs(admin.session.storeSession().user());
      assertThat(admin.query("SELECT COUNT(*) FROM information_schema.sessions"))
          .containsExactly(List.of(1L));
    }
  }

  @Test
  void aBlockIsOneStatement() throws SQLException {
    try (RouteA route = RouteA.open("jdbc:h2:mem:")) {
      route.execute("CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY, a INT)");
      assertThat(
              route.session.<Integer>atomically(
                  () -> {
                    assertThat(route.connection.getAutoCommit()).isFalse();
                    route.execute("INSERT INTO t(a) VALUES (1)");
                    return 42;
                  }))
          .isEqualTo(42);
      assertThat(route.connection.getAutoCommit()).isTrue();
      assertThatThrownBy(
              () ->
                  route.session.atomically(
                      () -> {
                        route.execute("INSERT INTO t(a) VALUES (2)");
                        throw new SQLException("no", "22000");
                      }))
          .hasMessage("no");
      assertThat(route.query("SELECT a FROM t")).containsExactly(List.of(1));

      route.connection.setAutoCommit(false);
      route.execute("INSERT INTO t(a) VALUES (3)");
      assertThatThrownBy(
              () ->
                  route.session.atomically(
                      () -> {
                        route.execute("DELETE FROM t");
                        throw new IllegalStateException("no");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(route.query("SELECT a FROM t ORDER BY a")).containsExactly(List.of(1), List.of(3));
      route.connection.rollback();
      assertThat(route.query("SELECT a FROM t")).containsExactly(List.of(1));
    }
  }
}
