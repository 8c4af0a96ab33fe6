package dev.insitu.h2;

import org.h2.engine.SessionLocal;

/**
 * Whether the rows that a session is computing are those of a statement all of whose inner queries
 * are read at most once. While they are, H2 computes derived tables row by row, and {@link
 * CallChain} takes a table inside of one as read once. Confined to the session's thread.
 */
final class NestedReading {
  private final SessionLocal session;
  private boolean once;

  NestedReading(SessionLocal session) {
    this.session = session;
  }

  boolean once() {
    return once;
  }

  /** Begins to compute rows of such a statement, until the returned scope is closed. */
  Scope begin() {
    return new Scope();
  }

  /** Ends with the computing of a row. */
  final class Scope implements AutoCloseable {
    private final boolean before = once;
    private final Lazily lazily = Lazily.on(session);

    private Scope() {
      once = true;
    }

    @Override
    public void close() {
      once = before;
      lazily.close();
    }
  }
}
