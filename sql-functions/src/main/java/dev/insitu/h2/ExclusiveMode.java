package dev.insitu.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * A session's work in a database that it has for itself ({@code SET EXCLUSIVE}). H2 lets another
 * session wait then, unless it works in a thread that has locked the exclusive one: so the control
 * session of the store would wait for ever for the very statement that needs it.
 */
public final class ExclusiveMode implements AutoCloseable {
  private final @Nullable SessionLocal locked;

  private ExclusiveMode(@Nullable SessionLocal locked) {
    this.locked = locked;
  }

  /** Begins work on a connection; nothing happens if it has not its database for itself. */
  public static ExclusiveMode work(Connection underlying) throws SQLException {
    if (underlying.isWrapperFor(JdbcConnection.class)
        && underlying.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
        && session.getDatabase().getExclusiveSession() == session) {
      session.lock();
      return new ExclusiveMode(session);
    }
    return new ExclusiveMode(null);
  }

  @Override
  public void close() {
    if (locked != null) {
      locked.unlock();
    }
  }
}
