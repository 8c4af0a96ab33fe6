package dev.insitu.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Keeps Jdbi away from transactions: they belong to the caller. Jdbi sees none, so closing a handle
 * ends none; asking it for one is a mistake of ours. Immutable.
 */
final class ForeignTransactions implements TransactionHandler {
  @Override
  public boolean isInTransaction(Handle handle) {
    return false;
  }

  @Override
  public void begin(Handle handle) {
    throw refused();
  }

  @Override
  public void commit(Handle handle) {
    throw refused();
  }

  @Override
  public void rollback(Handle handle) {
    throw refused();
  }

  @Override
  public void savepoint(Handle handle, String savepointName) {
    throw refused();
  }

  @Override
  public void rollbackToSavepoint(Handle handle, String savepointName) {
    throw refused();
  }

  @Override
  public void releaseSavepoint(Handle handle, String savepointName) {
    throw refused();
  }

  @Override
  public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> callback) {
    throw refused();
  }

  @Override
  public <R, X extends Exception> R inTransaction(
      Handle handle, TransactionIsolationLevel level, HandleCallback<R, X> callback) {
    throw refused();
  }

  private static AssertionError refused() {
    return new AssertionError("transactions of the store belong to its caller");
  }
}
