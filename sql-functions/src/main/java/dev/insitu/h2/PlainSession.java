package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import dev.insitu.operation.Models;
import dev.insitu.operation.OpenModels;
import dev.insitu.operation.PredictedColumns;
import dev.insitu.score.verify.KernelStart;
import dev.insitu.store.JdbiModelStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.engine.SessionLocal;
import org.jspecify.annotations.Nullable;

/**
 * A session of plain H2 as our functions see it, which the database calls amid its statements: what
 * is kept from call to call and from row to row.
 *
 * <p>Looking for models, reading and publishing them neither ends nor commits the statement around
 * the call, and belongs to its transaction. Confined to the thread of the session.
 */
public final class PlainSession {
  private static final int MOST_PREDICTORS = 32;

  private final SessionLocal local;
  private final H2Session session;
  private final Models models;
  private final TableCalls tables;
  private final NamedRows named = new NamedRows(this);
  private final Map<Long, KeptRow> kept = new HashMap<>();
  private final Map<Long, KeptHold> holds = new HashMap<>();

  /** The one that rows of a statement find without a map. */
  private @Nullable KeptRow lastKept;

  /** What predicts, the last used last. */
  private final Map<Call, RowPredictor> predictors =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Call, RowPredictor> eldest) {
          return size() > MOST_PREDICTORS;
        }
      };

  /** Those that were used last, which calls of a row find without a map. */
  private final @Nullable RowPredictor[] recent = new RowPredictor[4];

  private int next;

  PlainSession(SessionLocal local) {
    KernelStart.begin();
    this.local = local;
    this.session = H2Session.inside(local);
    this.tables = new TableCalls(local);
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

  /**
   * Returns what predicts rows with a model, from statement to statement.
   *
   * @param kind what is wanted of it
   * @param model {@code [schema.]name[@version]}
   * @param classText the class whose probability is wanted; else null
   * @throws MlException ARGUMENT, MODEL_NAME
   */
  public RowPredictor row(
      RowPredictor.Kind kind, @Nullable String model, @Nullable String classText) {
    for (RowPredictor each : recent) {
      if (each != null && each.isFor(kind, model, classText)) {
        return each;
      }
    }
    if (model == null) {
      throw MlException.of(ErrorCode.ARGUMENT, kind.function(), "the model is NULL");
    }
    RowPredictor found =
        predictors.computeIfAbsent(
            new Call(kind, model, classText),
            call -> new RowPredictor(this, kind, model, classText));
    recent[next] = found;
    next = (next + 1) % recent.length;
    return found;
  }

  /** Returns the functions of models that this session has called. */
  NamedRows named() {
    return named;
  }

  /** Returns the column that a trigger writes. */
  KeptRow kept(String schema, long id) {
    KeptRow last = lastKept;
    if (last == null || !last.isFor(id)) {
      last = kept.computeIfAbsent(id, key -> new KeptRow(this, schema, key));
      lastKept = last;
    }
    return last;
  }

  /** Returns what the session has of the lock of a kept column. */
  KeptHold hold(long column) {
    return holds.computeIfAbsent(
        column,
        key ->
            new KeptHold(
                local, local.getDatabase().getMainSchema(), PredictedColumns.PREFIX + key, key));
  }

  /** What a call wants. */
  private record Call(RowPredictor.Kind kind, String model, @Nullable String classText) {}

  /** Returns how often this session has changed what models there are. */
  int changes() {
    return session.changes();
  }

  /** Returns the table functions that the session's statements call. */
  TableCalls tables() {
    return tables;
  }

  SessionLocal local() {
    return local;
  }

  boolean isClosed() {
    return local.isClosed();
  }
}
