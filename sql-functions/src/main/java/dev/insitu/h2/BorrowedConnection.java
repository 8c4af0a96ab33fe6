package dev.insitu.h2;

import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/** A second JDBC handle on a session that belongs to somebody else: closing it does nothing. */
final class BorrowedConnection extends JdbcConnection {
  BorrowedConnection(SessionLocal session, String url) {
    super(session, session.getUser().getName(), url);
  }

  @Override
  public void close() {
    // The owner closes the session.
  }
}
