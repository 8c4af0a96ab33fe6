package dev.insitu.h2;

import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.MVStore;
import org.h2.util.TempFileDeleter;

/**
 * A version of the store's chunks that must not be freed while a lazy result reads it.
 *
 * <p>Without it, a lazy result of a file database with one writer beside it soon fails with "Chunk
 * … not found" (H2 issue 4142). The file grows meanwhile. Closing twice is harmless, from any
 * thread.
 *
 * <p>A database that closes ({@code SHUTDOWN} beside an open result) lets go of it first, as of its
 * temporary files: H2 asserts that nobody holds a version of a store that is closed.
 */
final class HeldVersion implements AutoCloseable {
  private final TempFileDeleter resources;
  private final Held held;
  private final Reference<?> registration;

  private HeldVersion(MVStore store, TempFileDeleter resources) {
    this.resources = resources;
    this.held = new Held(store, new AtomicReference<>(store.registerVersionUsage()));
    this.registration = resources.addFile(held, this);
  }

  static HeldVersion of(SessionLocal session) {
    return new HeldVersion(
        session.getDatabase().getStore().getMvStore(), session.getDatabase().getTempFileDeleter());
  }

  @Override
  public void close() {
    held.close();
    resources.deleteFile(registration, held);
  }

  /** What the database closes if we do not. */
  private record Held(MVStore store, AtomicReference<MVStore.TxCounter> counter)
      implements AutoCloseable {
    @Override
    public void close() {
      MVStore.TxCounter taken = counter.getAndSet(null);
      if (taken != null && !store.isClosed()) {
        store.deregisterVersionUsage(taken);
      }
    }
  }
}
