package dev.insitu.remote;

import dev.insitu.store.StoreSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The two sessions of the model store over a wire: the caller's own connection, and a second one of
 * the same user, opened when it is first needed.
 *
 * <p>There is no elevated session: a user without ADMIN reads the store with his own rights.
 */
final class RemoteStoreSession implements StoreSession {
  private static final System.Logger LOGGER = System.getLogger(RemoteStoreSession.class.getName());

  private static final String TOKEN = "SELECT TOKEN FROM INSITU.STORED_INCARNATION WHERE ID = 1";

  private final Connection user;
  private final SecondConnection second;
  private final String userName;
  private final int sessionId;
  private final String ownToken = UUID.randomUUID().toString();
  private @Nullable Connection control;

  private RemoteStoreSession(
      Connection user, SecondConnection second, String userName, int sessionId) {
    this.user = user;
    this.second = second;
    this.userName = userName;
    this.sessionId = sessionId;
  }

  static RemoteStoreSession of(Connection user, SecondConnection second) throws SQLException {
    try (PreparedStatement statement = user.prepareStatement("SELECT CURRENT_USER, SESSION_ID()");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new RemoteStoreSession(user, second, row.getString(1), row.getInt(2));
    }
  }

  @Override
  public Connection user() {
    return user;
  }

  @Override
  public synchronized Connection control() {
    try {
      Connection known = control;
      if (known == null || known.isClosed()) {
        known = second.open();
        known.setAutoCommit(true);
        control = known;
      }
      return known;
    } catch (SQLException e) {
      throw new RemoteException(e);
    }
  }

  @Override
  public Connection reading() {
    return user;
  }

  @Override
  public boolean administrator() {
    return exists(
        "SELECT 1 FROM INFORMATION_SCHEMA.USERS WHERE USER_NAME = CURRENT_USER AND IS_ADMIN");
  }

  @Override
  public String userName() {
    return userName;
  }

  @Override
  public int sessionId() {
    return sessionId;
  }

  /**
   * Returns the token that is in the store, since a client cannot tell when the server opened the
   * database: it settles no runs of earlier openings. Whoever has the database in his process does,
   * and leaves the runs of living sessions alone.
   */
  @Override
  public String incarnation() {
    if (!exists(
        "SELECT 1 FROM INFORMATION_SCHEMA.TABLES"
            + " WHERE UPPER(TABLE_SCHEMA) = 'INSITU' AND UPPER(TABLE_NAME) = 'STORED_INCARNATION'")) {
      return ownToken;
    }
    try (PreparedStatement statement = control().prepareStatement(TOKEN);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getString(1) : ownToken;
    } catch (SQLException e) {
      throw new RemoteException(e);
    }
  }

  @Override
  public void sync() {
    try (Statement statement = control().createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    } catch (SQLException e) {
      throw new RemoteException(e);
    }
  }

  private boolean exists(String query) {
    try (PreparedStatement statement = control().prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      return row.next();
    } catch (SQLException e) {
      throw new RemoteException(e);
    }
  }

  /** Closes the second connection. */
  synchronized void close() {
    Connection open = control;
    control = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (SQLException e) {
      // The server is gone: the caller's own close tells him so.
      LOGGER.log(System.Logger.Level.DEBUG, "closing the control session failed", e);
    }
  }
}
