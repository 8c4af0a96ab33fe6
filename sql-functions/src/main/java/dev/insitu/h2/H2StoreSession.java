package dev.insitu.h2;

import dev.insitu.store.StoreSession;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;
import org.h2.engine.Constants;
import org.h2.engine.Database;
import org.h2.engine.IsolationLevel;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * The two sessions of the model store in H2: the caller's own, through a second JDBC handle, and an
 * elevated one of the same {@link Database} object.
 *
 * <p>The control session is not registered with the database, so it neither keeps the database open
 * nor shows among its sessions; it is in auto-commit mode, idle between statements, and closed with
 * the driver connection that it belongs to. Confined to the thread of the caller's session, but for
 * {@link #control()}, whose connection is thread-safe.
 */
public final class H2StoreSession implements StoreSession {
  private static final System.Logger LOGGER = System.getLogger(H2StoreSession.class.getName());

  /** Added to the caller's session number: no session that H2 opens itself has such a number. */
  private static final int CONTROL_ID_OFFSET = 1 << 24;

  private static final Map<Database, String> INCARNATIONS = new WeakHashMap<>();

  private final SessionLocal session;
  private final Connection user;
  private final int controlId;

  /** Whether what is read and written here is so amid the session's running statement. */
  private final boolean nested;

  private @Nullable SessionLocal controlSession;
  private @Nullable Connection control;

  private H2StoreSession(SessionLocal session, boolean nested) {
    this.session = session;
    this.nested = nested;
    this.controlId = (nested ? 2 : 1) * CONTROL_ID_OFFSET + session.getId();
    this.user =
        nested
            ? NestedConnection.over(session, Constants.CONN_URL_INTERNAL)
            : new BorrowedConnection(session, Constants.CONN_URL_INTERNAL);
  }

  /** Returns the sessions of a caller whose statements are run by us. */
  static H2StoreSession of(SessionLocal session) {
    return new H2StoreSession(session, false);
  }

  /**
   * Returns the sessions of a caller whose statements are the database's own, which calls us amid
   * them: what is done on {@link #user} ends none of them.
   */
  static H2StoreSession inside(SessionLocal session) {
    return new H2StoreSession(session, true);
  }

  @Override
  public Connection user() {
    return user;
  }

  @Override
  public synchronized Connection control() {
    Connection known = control;
    if (known == null) {
      Database database = session.getDatabase();
      SessionLocal elevated = new SessionLocal(database, database.getSystemUser(), controlId);
      controlSession = elevated;
      known = new BorrowedConnection(elevated, Constants.CONN_URL_INTERNAL);
      control = known;
    }
    return known;
  }

  @Override
  public Connection reading() {
    return readsAsUser() ? user() : control();
  }

  /**
   * A session that reads what others have not committed would find half of a version, or a default
   * version that never is one; only of its own it sees everything.
   */
  private boolean readsAsUser() {
    return administrator()
        && (session.getIsolationLevel() != IsolationLevel.READ_UNCOMMITTED
            || StoreState.isChangedBy(session));
  }

  @Override
  public Optional<Object> state() {
    if (readsAsUser()) {
      return nested ? StoreState.seenInside(session) : StoreState.seenBy(session);
    }
    SessionLocal elevated = controlSession;
    return elevated == null ? Optional.empty() : StoreState.seenBy(elevated);
  }

  @Override
  public boolean administrator() {
    return session.getUser().isAdmin();
  }

  @Override
  public String userName() {
    return session.getUser().getName();
  }

  @Override
  public int sessionId() {
    return session.getId();
  }

  @Override
  public String incarnation() {
    synchronized (INCARNATIONS) {
      return INCARNATIONS.computeIfAbsent(
          session.getDatabase(), database -> UUID.randomUUID().toString());
    }
  }

  @Override
  public boolean isOpening() {
    return session.getDatabase().isStarting();
  }

  @Override
  public void sync() {
    Durability.sync(session.getDatabase());
  }

  /** Closes the control session; to be called before the caller's session is closed. */
  public synchronized void close() {
    SessionLocal elevated = controlSession;
    controlSession = null;
    control = null;
    if (elevated != null && session.isOpen()) {
      elevated.lock();
      try {
        elevated.close();
      } catch (DbException e) {
        // The database is broken, for example by a full disk: the caller's own close tells him so.
        LOGGER.log(System.Logger.Level.DEBUG, "closing the control session failed", e);
      } finally {
        elevated.unlock();
      }
    }
  }
}
