package dev.insitu.jdbc;

import dev.insitu.calcite.Optimizer;
import dev.insitu.calcite.PlannerStart;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.h2.H2Session;
import dev.insitu.h2.PredictionSession;
import dev.insitu.jdbc.text.QueryOrder;
import dev.insitu.operation.Models;
import dev.insitu.remote.RemoteSession;
import dev.insitu.remote.SecondConnection;
import dev.insitu.score.ScorerCache;
import dev.insitu.score.verify.KernelStart;
import dev.insitu.score.verify.Scorers;
import dev.insitu.store.JdbiModelStore;
import dev.insitu.store.StoreSession;
import dev.insitu.store.VersionCache;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What statements of ours need of a connection; made by the first of them. Confined to the thread
 * of the session.
 *
 * @param database the session, as predictions see it
 * @param models the operations
 * @param optimizer the plans of its statements
 */
record ModelSession(PredictionSession database, Models models, Optimizer optimizer) {
  static final ScorerCache SCORERS = Scorers.cache();
  private static final VersionCache VERSIONS = new VersionCache(256, 64L << 20);

  /**
   * Opens the models of the database behind a connection.
   *
   * @param second opens another connection to the same database
   * @param optimizer the connection's
   * @param scored counts the rows that are scored
   * @param statement what needs it, for messages
   * @throws MlException REMOTE_SESSION, DATABASE_VERSION
   */
  static ModelSession open(
      Connection underlying,
      SecondConnection second,
      Optimizer optimizer,
      LongAdder scored,
      String statement)
      throws SQLException {
    KernelStart.begin();
    PlannerStart.begin();
    Optional<H2Session> local = H2Session.of(underlying);
    Optional<? extends PredictionSession> found =
        local.isPresent() ? local : RemoteSession.of(underlying, second, QueryOrder::isStated);
    PredictionSession database =
        found.orElseThrow(
            () -> MlException.of(ErrorCode.REMOTE_SESSION, statement, url(underlying)));
    StoreSession sessions = database.storeSession();
    String identity = database.identity();
    return new ModelSession(
        database,
        new Models(
            database,
            JdbiModelStore.of(sessions, Clock.systemUTC(), VERSIONS, versionsOf(database)),
            sessions,
            new CountedScorers(SCORERS, identity, scored)),
        optimizer);
  }

  /** Returns whether the caller's database is in another process. */
  boolean isRemote() {
    return database.elsewhere().isPresent();
  }

  /**
   * Returns the error that a function of ours cannot do something over a remote session.
   *
   * @param where the function and the place: {@code PREDICT in a join}
   */
  MlException refused(String where) {
    return MlException.of(ErrorCode.REMOTE_SESSION, where, database.identity())
        .withHint(
            "Over a remote session PREDICT and ML functions stand alone in FROM, below nothing but"
                + " columns, filters, ORDER BY and LIMIT. Put the rest into the query of DATA => (…),"
                + " or run the statement in the process that has the database open.");
  }

  private static String url(Connection connection) {
    try {
      return connection.getMetaData().getURL();
    } catch (SQLException e) {
      return "the database";
    }
  }

  /** Closes what is ours of a connection, then the connection. */
  void close(Connection underlying) throws SQLException {
    String identity = database.identity();
    try {
      database.close();
    } finally {
      underlying.close();
      database.released();
    }
    if (database.isDatabaseClosed()) {
      SCORERS.forget(identity);
      VERSIONS.forget(identity);
    }
  }

  /** Over a wire a user reads the store with his own rights, so what he has read is his. */
  private static String versionsOf(PredictionSession database) {
    return database.elsewhere().isPresent()
        ? database.storeSession().userName() + " " + database.identity()
        : database.identity();
  }
}
