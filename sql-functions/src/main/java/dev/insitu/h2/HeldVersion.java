package dev.insitu.h2;

import org.h2.engine.SessionLocal;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * A version of the store's chunks that must not be freed while a lazy result reads it.
 *
 * <p>Without it, a lazy result of a file database with one writer beside it soon fails with "Chunk
 * … not found" (H2 issue 4142). The file grows meanwhile. Closing twice is harmless.
 */
final class HeldVersion implements AutoCloseable {
  private final MVStore store;
  private MVStore.@Nullable TxCounter counter;

  private HeldVersion(MVStore store) {
    this.store = store;
    this.counter = store.registerVersionUsage();
  }

  static HeldVersion of(SessionLocal session) {
    return new HeldVersion(session.getDatabase().getStore().getMvStore());
  }

  @Override
  public void close() {
    MVStore.TxCounter held = counter;
    counter = null;
    if (held != null && !store.isClosed()) {
      store.deregisterVersionUsage(held);
    }
  }
}
