package dev.insitu.h2;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.h2.engine.IsolationLevel;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.mvstore.Page;
import org.h2.mvstore.RootReference;
import org.h2.mvstore.db.MVPrimaryIndex;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.value.Value;
import org.h2.value.VersionedValue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as the running statement sees them, leaf page by leaf page of the tree that
 * keeps them, in the order of their keys.
 *
 * <p>H2 never changes a page that others may read. So a page whose rows are all committed has the
 * same rows for whoever meets it again, and what was computed from them is true as long as the page
 * is there ({@link #isSettled}).
 *
 * <p>The tree is that of the statement's own snapshot, which H2 does not show: this is the one
 * place that looks into its private state. Where it cannot, there are no leaf pages, and rows are
 * read through H2's cursor. Confined to the session's thread.
 */
final class LeafPages {
  private static final @Nullable Access ACCESS = Access.find();

  private final TransactionMap<Long, SearchRow> map;
  private final Leaves<Long, VersionedValue<SearchRow>> leaves;
  private int entry;
  private int entries;
  private boolean settled;

  private LeafPages(
      TransactionMap<Long, SearchRow> map, Page<Long, VersionedValue<SearchRow>> root) {
    this.map = map;
    this.leaves = new Leaves<>(root);
  }

  /**
   * Returns the pages of a table before the first one; empty if the session's isolation level is
   * not READ COMMITTED, or the running statement has no snapshot of the table.
   */
  static Optional<LeafPages> of(SessionLocal session, MVTable table) {
    Access access = ACCESS;
    if (access == null || session.getIsolationLevel() != IsolationLevel.READ_COMMITTED) {
      return Optional.empty();
    }
    Index index = table.getScanIndex(session);
    if (!(index instanceof MVPrimaryIndex primary)) {
      return Optional.empty();
    }
    TransactionMap<Long, SearchRow> map = session.getTransaction().openMapX(primary.getMVMap());
    return access.root(map).map(root -> new LeafPages(map, root));
  }

  /** Goes to the next page that has entries; returns whether there is one. */
  boolean next() {
    boolean more = leaves.next();
    entry = 0;
    entries = more ? leaves.page().getKeyCount() : 0;
    settled = true;
    return more;
  }

  /** Returns the most rows that are still to be read of this page; 0 before the first. */
  int rowsLeft() {
    return entries - entry;
  }

  /** Returns whether nothing of this page has been read. */
  boolean isAtStart() {
    return entry == 0;
  }

  /** Reads no more of this page. */
  void skip() {
    entry = entries;
  }

  /** Returns the page, which tells by its identity what its rows are, if it is settled. */
  KnownPage page() {
    return leaves.known();
  }

  /**
   * Reads rows from here on, over as many pages as it takes.
   *
   * @param rows receives them, from place {@code from} on, before place {@code to}
   * @return how many; all that was asked for, unless these are the last
   */
  int read(Value[][] rows, int from, int to) {
    int next = from;
    while (next < to && (entry < entries || next())) {
      next += readPage(rows, next, to);
    }
    return next - from;
  }

  /**
   * Reads the rows of this page that the statement sees.
   *
   * @return how many
   */
  int readPage(Value[][] rows, int from, int to) {
    Page<Long, VersionedValue<SearchRow>> page = leaves.page();
    int next = from;
    while (entry < entries && next < to) {
      int i = entry++;
      VersionedValue<SearchRow> value = page.getValue(i);
      SearchRow row;
      if (value.getOperationId() == 0) {
        row = value.getCurrentValue();
      } else {
        settled = false;
        row = map.getFromSnapshot(page.getKey(i));
      }
      if (row != null) {
        rows[next++] = ((Row) row).getValueList();
      }
    }
    return next - from;
  }

  /** Returns whether all entries of this page that were read are committed. */
  boolean isSettled() {
    return settled;
  }

  /**
   * How the snapshot of a map is reached.
   *
   * @param snapshot of a map, null if it has none of its own
   * @param root of a snapshot
   */
  private record Access(MethodHandle snapshot, MethodHandle root) {
    static @Nullable Access find() {
      try {
        MethodHandles.Lookup maps =
            MethodHandles.privateLookupIn(TransactionMap.class, MethodHandles.lookup());
        Class<?> snapshots = maps.findClass("org.h2.mvstore.tx.Snapshot");
        return new Access(
            maps.findGetter(TransactionMap.class, "snapshot", snapshots),
            maps.findGetter(snapshots, "root", RootReference.class));
      } catch (ReflectiveOperationException e) {
        return null; // another H2, or one that is closed to others
      }
    }

    @SuppressWarnings("unchecked") // the map's own types
    Optional<Page<Long, VersionedValue<SearchRow>>> root(TransactionMap<Long, SearchRow> map) {
      try {
        Object taken = snapshot.invoke(map);
        return taken == null
            ? Optional.empty()
            : Optional.of(
                ((RootReference<Long, VersionedValue<SearchRow>>) root.invoke(taken)).root);
      } catch (Throwable e) {
        throw new AssertionError("fields are read", e);
      }
    }
  }
}
