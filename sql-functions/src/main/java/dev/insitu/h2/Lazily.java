package dev.insitu.h2;

import org.h2.engine.SessionLocal;

/** H2's lazy execution, switched for a moment; closing restores what was before. */
final class Lazily implements AutoCloseable {
  private final SessionLocal session;
  private final boolean before;

  private Lazily(SessionLocal session, boolean lazy) {
    this.session = session;
    this.before = session.isLazyQueryExecution();
    session.setLazyQueryExecution(lazy);
  }

  static Lazily on(SessionLocal session) {
    return new Lazily(session, true);
  }

  static Lazily off(SessionLocal session) {
    return new Lazily(session, false);
  }

  @Override
  public void close() {
    session.setLazyQueryExecution(before);
  }
}
