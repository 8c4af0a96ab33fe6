package dev.insitu.h2;

import org.h2.engine.Database;
import org.h2.mvstore.MVStore;

/** Makes what has been committed safe from the end of the process. */
final class Durability {
  private Durability() {}

  /**
   * Writes all that has been committed. {@code Database.sync}, and so CHECKPOINT SYNC, does not
   * wait for what H2's background writer took over just before: that is still on its way to the
   * file, and there is nothing left to write ({@code MVStore.tryCommit}, H2 2.4.240).
   */
  static void sync(Database database) {
    if (database.isReadOnly()) {
      return;
    }
    database.getStore().flush();
    MVStore store = database.getStore().getMvStore();
    if (store.getFileStore() != null) {
      store.executeFilestoreOperation(() -> {});
      store.sync();
    }
  }
}
