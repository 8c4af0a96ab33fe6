package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.value.Value;

/**
 * Runs several statements on a session as if they were one.
 *
 * <p>In auto-commit mode the whole is committed and made durable at the end; in a transaction an
 * error goes back to where it began and nothing is committed. The caller's auto-commit mode and the
 * identity that {@code IDENTITY()} returns are as before afterwards, whatever happens.
 */
final class AtomicStatement {
  private final SessionLocal session;

  AtomicStatement(SessionLocal session) {
    this.session = session;
  }

  <T> T run(Callable<T> block) throws SQLException {
    session.lock();
    try {
      boolean autoCommit = session.getAutoCommit();
      Value identity = session.getLastIdentity();
      session.setAutoCommit(false);
      Runnable undo = start();
      boolean done = false;
      try {
        T result = block.call();
        done = true;
        return result;
      } catch (SQLException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw MlException.of(ErrorCode.INTERNAL, e.toString()).withCause(e);
      } finally {
        if (session.isOpen()) {
          end(done, autoCommit, undo);
          session.setLastIdentity(identity);
        }
      }
    } catch (DbException e) {
      throw H2Errors.outside(e);
    } finally {
      session.unlock();
    }
  }

  /** Returns what goes back to where this began, which may be amid a statement. */
  private Runnable start() {
    if (session.getCurrentCommand() != null) {
      return NestedPoint.now(session)::goBack;
    }
    SessionLocal.Savepoint before = session.setSavepoint();
    return () -> session.rollbackTo(before);
  }

  private void end(boolean done, boolean autoCommit, Runnable undo) {
    try {
      if (!done) {
        undo.run();
      }
      if (autoCommit) {
        session.commit(false);
        if (done) {
          Durability.sync(session.getDatabase());
        }
      }
    } finally {
      session.setAutoCommit(autoCommit);
    }
  }
}
