package dev.insitu.jdbc;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.h2.H2Session;
import dev.insitu.h2.PredictionSession;
import dev.insitu.operation.Models;
import dev.insitu.score.ScorerCache;
import dev.insitu.score.verify.Scorers;
import dev.insitu.store.JdbiModelStore;
import dev.insitu.store.StoreSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/**
 * What statements of ours need of a connection; made by the first of them. Confined to the thread
 * of the session.
 *
 * @param database the session, as predictions see it
 * @param models the operations
 */
record ModelSession(PredictionSession database, Models models) implements AutoCloseable {
  private static final ScorerCache SCORERS = Scorers.cache();

  /**
   * Opens the models of the database behind a connection.
   *
   * @param statement what needs it, for messages
   * @throws MlException REMOTE_SESSION, DATABASE_VERSION
   */
  static ModelSession open(Connection underlying, String statement) throws SQLException {
    PredictionSession database =
        H2Session.of(underlying)
            .orElseThrow(
                () ->
                    MlException.of(ErrorCode.REMOTE_SESSION, statement, url(underlying))
                        .withHint(
                            "Open it as jdbc:insitu:h2:./file in one process. If this URL says so already, another process opened"
                                + " the file first: run the statement there, or close it there."));
    StoreSession sessions = database.storeSession();
    String incarnation = sessions.incarnation();
    return new ModelSession(
        database,
        new Models(
            database,
            JdbiModelStore.of(sessions, Clock.systemUTC()),
            sessions,
            version -> SCORERS.scorer(incarnation, version)));
  }

  private static String url(Connection connection) {
    try {
      return connection.getMetaData().getURL();
    } catch (SQLException e) {
      return "the database";
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
