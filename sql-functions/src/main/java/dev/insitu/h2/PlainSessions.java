package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.operation.OpenModels;
import java.lang.ref.SoftReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the sessions of plain H2. A function learns of its session with every row, and of
 * its end never, so there is one place for each number of a session (H2 counts them in a process),
 * and in it what was kept last, for as long as there is memory. Thread-safe; who looks up waits for
 * nobody.
 *
 * <p>No thread holds anything: threads of a pool outlive databases and class loaders.
 */
final class PlainSessions {
  private static final int PLACES = 1024;
  private static final AtomicReferenceArray<@Nullable SoftReference<PlainSession>> KEPT =
      new AtomicReferenceArray<>(PLACES);

  private PlainSessions() {}

  static PlainSession of(Connection connection) throws SQLException {
    if (connection instanceof JdbcConnection plain
        && plain.getSession() instanceof SessionLocal local) {
      return of(local);
    }
    if (connection.isWrapperFor(JdbcConnection.class)
        && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal local) {
      return of(local);
    }
    throw MlException.of(
        ErrorCode.REMOTE_SESSION, "A function of Insitu", connection.getMetaData().getURL());
  }

  static PlainSession of(SessionLocal local) {
    int place = local.hashCode() & (PLACES - 1);
    SoftReference<PlainSession> reference = KEPT.get(place);
    PlainSession known = reference == null ? null : reference.get();
    return known != null && known.local() == local ? known : remember(place, local);
  }

  private static PlainSession remember(int place, SessionLocal local) {
    forgetClosed();
    PlainSession made = new PlainSession(local);
    KEPT.set(place, new SoftReference<>(made));
    return made;
  }

  static void forgetClosed() {
    for (int place = 0; place < PLACES; place++) {
      SoftReference<PlainSession> reference = KEPT.get(place);
      PlainSession known = reference == null ? null : reference.get();
      if (known == null || !known.isClosed()) {
        continue;
      }
      KEPT.compareAndSet(place, reference, null);
      if (known.session().isDatabaseClosed()) {
        OpenModels.forget(known.session().identity());
      }
    }
  }
}
