package dev.insitu.remote;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs several statements on the caller's connection as if they were one.
 *
 * <p>In auto-commit mode the whole is committed and made durable at the end; in a transaction an
 * error goes back to where it began and nothing is committed. The caller's auto-commit mode is as
 * before afterwards, whatever happens.
 */
final class RemoteTransaction {
  private final Connection connection;
  private final RemoteStoreSession store;

  RemoteTransaction(Connection connection, RemoteStoreSession store) {
    this.connection = connection;
    this.store = store;
  }

  <T> T run(Callable<T> block) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    Savepoint before = null;
    if (autoCommit) {
      connection.setAutoCommit(false);
    } else {
      before = connection.setSavepoint();
    }
    Exception failure = null;
    try {
      T result = block.call();
      succeed(before);
      return result;
    } catch (SQLException | RuntimeException e) {
      failure = e;
      throw e;
    } catch (Exception e) {
      failure = e;
      throw MlException.of(ErrorCode.INTERNAL, e.toString()).withCause(e);
    } finally {
      end(autoCommit, before, failure);
    }
  }

  private void succeed(@Nullable Savepoint before) throws SQLException {
    if (before == null) {
      connection.commit();
      store.sync();
    } else {
      connection.releaseSavepoint(before);
    }
  }

  /** Restores what was; the error of the work is more telling than one of going back. */
  private void end(boolean autoCommit, @Nullable Savepoint before, @Nullable Exception failure)
      throws SQLException {
    try {
      if (failure != null && before == null) {
        connection.rollback();
      } else if (failure != null) {
        connection.rollback(before);
      }
      if (autoCommit) {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      if (failure == null) {
        throw e;
      }
      failure.addSuppressed(e);
    }
  }
}
