package dev.insitu.h2;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.h2.command.Command;
import org.h2.engine.IsolationLevel;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.Page;
import org.h2.mvstore.db.MVPrimaryIndex;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.result.SearchRow;
import org.h2.schema.Schema;
import org.h2.table.Table;
import org.h2.value.VersionedValue;
import org.jspecify.annotations.Nullable;

/**
 * What the store's tables held at a moment, told by the root pages of their maps. H2 never changes
 * a page that others may read: whatever is written, committed, taken back or truncated gives its
 * map another root, and the commit of another session has done so when it returns. So equal states
 * mean that a statement that begins now sees the same rows, unless the session's transaction reads
 * an older snapshot than its statement, for which there is no state.
 */
final class StoreState {
  /** The table that says which version of a model is the default one. */
  static final String MODELS = "STORED_MODELS";

  /** The table that a store of an older format does not have. */
  private static final String ALIASES = "STORED_ALIASES";

  private static final List<String> TABLES =
      List.of(MODELS, "STORED_VERSIONS", "STORED_ARTIFACTS", ALIASES);

  private final SessionLocal reader;
  private final @Nullable Page<?, ?>[] roots;

  private StoreState(SessionLocal reader, @Nullable Page<?, ?>[] roots) {
    this.reader = reader;
    this.roots = roots;
  }

  /** Returns the state as a statement of a session would see it. */
  static Optional<Object> seenBy(SessionLocal reader) {
    IsolationLevel isolation = reader.getIsolationLevel();
    if (isolation != IsolationLevel.READ_COMMITTED
        && isolation != IsolationLevel.READ_UNCOMMITTED) {
      return Optional.empty();
    }
    Schema schema = reader.getDatabase().findSchema(H2Session.fold(reader, "INSITU"));
    if (schema == null) {
      return Optional.empty();
    }
    @Nullable Page<?, ?>[] roots = new Page<?, ?>[TABLES.size()];
    for (int i = 0; i < roots.length; i++) {
      String table = H2Session.fold(reader, TABLES.get(i));
      Page<?, ?> root = root(reader, schema, table);
      boolean ofOlderFormat =
          TABLES.get(i).equals(ALIASES) && schema.findTableOrView(null, table) == null;
      if (root == null && !ofOlderFormat) {
        return Optional.empty();
      }
      roots[i] = root;
    }
    return Optional.of(new StoreState(reader, roots));
  }

  /**
   * Returns the state as it is read amid the session's running statement; none if that statement
   * reads tables of the store itself, since it then sees them as they were when it began.
   */
  static Optional<Object> seenInside(SessionLocal reader) {
    Command around = reader.getCurrentCommand();
    String store = H2Session.fold(reader, "INSITU");
    boolean readsStore =
        around != null
            && around.getDependencies().stream()
                .anyMatch(
                    object ->
                        object instanceof Table table && table.getSchema().getName().equals(store));
    return readsStore ? Optional.empty() : seenBy(reader);
  }

  /** Returns whether a session's transaction has written which versions are the default ones. */
  static boolean isChangedBy(SessionLocal session) {
    Schema schema = session.getDatabase().findSchema(H2Session.fold(session, "INSITU"));
    MVMap<Long, VersionedValue<SearchRow>> models =
        schema == null ? null : rows(session, schema, H2Session.fold(session, MODELS));
    if (models == null || !session.hasPendingTransaction()) {
      return false;
    }
    TransactionMap<Long, SearchRow> own = session.getTransaction().openMapX(models);
    for (Iterator<Long> keys = models.keyIterator(null); keys.hasNext(); ) {
      if (own.isSameTransaction(keys.next())) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Page<?, ?> root(SessionLocal reader, Schema schema, String table) {
    MVMap<Long, VersionedValue<SearchRow>> rows = rows(reader, schema, table);
    return rows == null ? null : rows.getRootPage();
  }

  private static @Nullable MVMap<Long, VersionedValue<SearchRow>> rows(
      SessionLocal reader, Schema schema, String table) {
    return schema.findTableOrView(null, table) instanceof MVTable found
            && found.getScanIndex(reader) instanceof MVPrimaryIndex primary
        ? primary.getMVMap()
        : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof StoreState that) || that.reader != reader) {
      return false;
    }
    for (int i = 0; i < roots.length; i++) {
      if (roots[i] != that.roots[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(roots[0]);
  }
}
