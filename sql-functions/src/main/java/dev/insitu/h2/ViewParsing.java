package dev.insitu.h2;

import org.h2.engine.SessionLocal;

/**
 * H2's parsing of a view, suspended: while it parses one, it makes no plans, and what is compiled
 * inside, as for the columns of a table function, could not be run. Closing goes on.
 */
final class ViewParsing implements AutoCloseable {
  private final SessionLocal session;
  private int levels;

  private ViewParsing(SessionLocal session) {
    this.session = session;
    while (session.isParsingCreateView()) {
      session.setParsingCreateView(false); // H2 counts
      levels++;
    }
  }

  static ViewParsing suspended(SessionLocal session) {
    return new ViewParsing(session);
  }

  @Override
  public void close() {
    for (; levels > 0; levels--) {
      session.setParsingCreateView(true);
    }
  }
}
