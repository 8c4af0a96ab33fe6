package dev.insitu.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A store session made of two JDBC connections of one database. */
final class TwoConnections implements StoreSession, AutoCloseable {
  static final String PASSWORD = "";

  final Connection user;
  final Connection control;
  private final String userName;
  private final boolean administrator;
  private final String incarnation;
  int syncs;

  private TwoConnections(String url, String userName, boolean administrator, String incarnation)
      throws SQLException {
    this.user = DriverManager.getConnection(url, userName, PASSWORD);
    this.control = DriverManager.getConnection(url, "SA", PASSWORD);
    this.userName = userName;
    this.administrator = administrator;
    this.incarnation = incarnation;
    user.setAutoCommit(false);
  }

  /** Returns the URL of a new in-memory database that lives as long as a session of it. */
  static String memory() {
    return "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=1000";
  }

  static TwoConnections administrator(String url) throws SQLException {
    return new TwoConnections(url, "SA", true, "first");
  }

  static TwoConnections administrator(String url, String incarnation) throws SQLException {
    return new TwoConnections(url, "SA", true, incarnation);
  }

  /** Creates the user if needed. */
  static TwoConnections ordinary(String url, String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "SA", PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE USER IF NOT EXISTS " + name + " PASSWORD ''");
    }
    return new TwoConnections(url, name, false, "first");
  }

  @Override
  public Connection user() {
    return user;
  }

  @Override
  public Connection control() {
    return control;
  }

  @Override
  public Connection reading() {
    return administrator ? user : control;
  }

  @Override
  public boolean administrator() {
    return administrator;
  }

  @Override
  public String userName() {
    return userName;
  }

  @Override
  public int sessionId() {
    return Integer.parseInt(Rows.one(user, "CALL SESSION_ID()"));
  }

  @Override
  public String incarnation() {
    return incarnation;
  }

  @Override
  public void sync() {
    syncs++;
    Rows.execute(control, "CHECKPOINT SYNC");
  }

  @Override
  public void close() throws SQLException {
    try {
      user.rollback();
    } finally {
      user.close();
      control.close();
    }
  }

  /** Statements of tests. */
  static final class Rows {
    private Rows() {}

    static void execute(Connection connection, String sql) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new AssertionError(sql, e);
      }
    }

    static String one(Connection connection, String sql) {
      List<String> rows = all(connection, sql);
      if (rows.size() != 1) {
        throw new AssertionError(sql + " gave " + rows);
      }
      return rows.get(0);
    }

    /** Returns the rows, their values joined by a bar. */
    static List<String> all(Connection connection, String sql) {
      List<String> rows = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(sql)) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            values.add(String.valueOf(result.getString(i)));
          }
          rows.add(String.join("|", values));
        }
      } catch (SQLException e) {
        throw new AssertionError(sql, e);
      }
      return rows;
    }
  }
}
