package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.operation.Models;
import dev.insitu.operation.OpenModels;
import dev.insitu.schedule.ScheduledDatabase;
import dev.insitu.schedule.ScheduledSession;
import dev.insitu.store.JdbiModelStore;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.engine.Constants;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.engine.User;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.schema.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A database of this process, for work that no caller's session does. Its sessions are not
 * registered with the database, so they neither keep it open nor show among its sessions.
 */
public final class WatchedDatabase implements ScheduledDatabase {
  /** No session that H2 opens itself, and no control session, has such a number. */
  private static final AtomicInteger IDS = new AtomicInteger(1 << 26);

  private final WeakReference<Database> database;
  private final int hash;

  private WatchedDatabase(Database database) {
    this.database = new WeakReference<>(database);
    this.hash = System.identityHashCode(database);
  }

  /** Returns the database behind a connection; empty if it is not in this process. */
  public static Optional<WatchedDatabase> of(Connection connection) throws SQLException {
    return connection.isWrapperFor(JdbcConnection.class)
            && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
        ? Optional.of(new WatchedDatabase(session.getDatabase()))
        : Optional.empty();
  }

  @Override
  public boolean isClosed() {
    Database open = database.get();
    return open == null || open.isClosing() || open.getStore().getMvStore().isClosed();
  }

  @Override
  public ScheduledSession elevated() throws SQLException {
    Database open = open();
    return session(open, open.getSystemUser(), open.getMainSchema());
  }

  @Override
  public ScheduledSession as(String user, String schema) throws SQLException {
    Database open = open();
    User found = open.findUser(user);
    Schema current = open.findSchema(schema);
    if (found == null || current == null) {
      throw MlException.of(
          ErrorCode.CANNOT_RUN,
          "the schedule",
          found == null ? "user \"" + user + "\" is gone" : "schema \"" + schema + "\" is gone");
    }
    return session(open, found, current);
  }

  private Database open() throws SQLException {
    Database open = database.get();
    if (open == null || isClosed()) {
      throw DbException.get(org.h2.api.ErrorCode.DATABASE_IS_CLOSED).getSQLException();
    }
    return open;
  }

  private static ScheduledSession session(Database open, User user, Schema schema)
      throws SQLException {
    SessionLocal local = new SessionLocal(open, user, IDS.incrementAndGet());
    local.setCurrentSchema(schema);
    return new OwnSession(local);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WatchedDatabase that
        && that.hash == hash
        && that.database.get() == database.get();
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** A session that nobody else has. */
  private static final class OwnSession implements ScheduledSession {
    private final SessionLocal local;
    private final Connection connection;
    private final H2Session session;
    private final Models models;

    OwnSession(SessionLocal local) throws SQLException {
      this.local = local;
      this.connection = new BorrowedConnection(local, Constants.CONN_URL_INTERNAL);
      this.session =
          H2Session.of(connection)
              .orElseThrow(() -> new IllegalStateException("a local session is in this process"));
      H2StoreSession store = session.storeSession();
      this.models =
          new Models(
              session,
              JdbiModelStore.of(
                  store, Clock.systemUTC(), OpenModels.versions(), session.identity()),
              store,
              OpenModels.scorersOf(session.identity()));
    }

    @Override
    public H2Session database() {
      return session;
    }

    @Override
    public Models models() {
      return models;
    }

    @Override
    public H2StoreSession sessions() {
      return session.storeSession();
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public void cancel() {
      local.cancel();
    }

    @Override
    public void close() {
      if (!local.isOpen()) {
        return;
      }
      session.storeSession().close();
      local.lock();
      try {
        local.close();
      } finally {
        local.unlock();
      }
    }
  }
}
