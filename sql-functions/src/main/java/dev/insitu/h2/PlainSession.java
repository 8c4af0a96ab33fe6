package dev.insitu.h2;

import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import dev.insitu.operation.Models;
import dev.insitu.operation.OpenModels;
import dev.insitu.score.verify.KernelStart;
import dev.insitu.store.JdbiModelStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.h2.engine.SessionLocal;

/**
 * A session of plain H2 as our functions see it, which the database calls amid its statements: what
 * is kept from call to call and from row to row.
 *
 * <p>Looking for models, reading and publishing them neither ends nor commits the statement around
 * the call, and belongs to its transaction. Confined to the thread of the session.
 */
public final class PlainSession {
  private final SessionLocal local;
  private final H2Session session;
  private final Models models;

  PlainSession(SessionLocal local) {
    KernelStart.begin();
    this.local = local;
    this.session = H2Session.inside(local);
    String identity = session.identity();
    H2StoreSession store = session.storeSession();
    this.models =
        new Models(
            session,
            JdbiModelStore.of(store, Clock.systemUTC(), OpenModels.versions(), identity),
            store,
            OpenModels.scorersOf(identity));
  }

  /**
   * Returns what is kept of the session behind a connection.
   *
   * @param connection the one that H2 gives to a function, or any other in this process
   * @throws dev.insitu.error.MlException REMOTE_SESSION, DATABASE_VERSION
   */
  public static PlainSession of(Connection connection) throws SQLException {
    return PlainSessions.of(connection);
  }

  /** Lets go of all sessions that are closed, and of the models of their databases. */
  public static void forgetClosed() {
    PlainSessions.forgetClosed();
  }

  /** Returns the session as operations on models see it. */
  public H2Session session() {
    return session;
  }

  /** Returns what can be done with models. */
  public Models models() {
    return models;
  }

  /** Returns the model that a text names, its identifiers folded as this database does. */
  public ModelReference resolve(ModelText text) {
    return text.resolve(session::fold);
  }

  SessionLocal local() {
    return local;
  }

  boolean isClosed() {
    return local.isClosed();
  }
}
