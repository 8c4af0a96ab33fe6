package dev.insitu.h2;

import org.h2.command.Prepared;
import org.h2.engine.SessionLocal;

/**
 * Compiles statements of ours amid a statement of the caller's. If that is {@code CREATE VIEW}, or
 * the opening of a database that has a view, H2 leaves the queries that it compiles without a plan,
 * and ours could not be run.
 */
final class OwnPlan {
  private OwnPlan() {}

  /**
   * Compiles a statement so that it can be run.
   *
   * @throws org.h2.message.DbException the database's own, if it refuses the text
   */
  static Prepared of(SessionLocal session, String sql) {
    try (ViewParsing suspended = ViewParsing.suspended(session)) {
      return session.prepare(sql);
    }
  }
}
