package dev.insitu.h2;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * The pages below a page of H2's trees. Those of a page that is in the file are looked for in H2's
 * cache, which takes several times as long as to go to where they lie; so who has found one leaves
 * word where, for as long as both are in memory. Nothing is kept there by that.
 *
 * <p>A page that has been saved never gets other pages below it. Thread-safe.
 */
final class ChildPages<K, V> {
  private static final ConcurrentMap<Object, AtomicReferenceArray<WeakReference<Page<?, ?>>>>
      FOUND = new ConcurrentHashMap<>();

  private static final ReferenceQueue<Page<?, ?>> GONE = new ReferenceQueue<>();

  private final Page<K, V> parent;

  /** Where they were found; null if the page is not in a file, but knows them itself. */
  private final @Nullable AtomicReferenceArray<WeakReference<Page<?, ?>>> found;

  private ChildPages(
      Page<K, V> parent, @Nullable AtomicReferenceArray<WeakReference<Page<?, ?>>> found) {
    this.parent = parent;
    this.found = found;
  }

  /** Returns those of a page that is not a leaf. */
  static <K, V> ChildPages<K, V> of(Page<K, V> parent) {
    if (!parent.isSaved()) {
      return new ChildPages<>(parent, null);
    }
    AtomicReferenceArray<WeakReference<Page<?, ?>>> found = FOUND.get(new Probe(parent));
    if (found == null) {
      for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
        FOUND.remove(gone);
      }
      found = new AtomicReferenceArray<>(count(parent));
      FOUND.put(new Parent(parent), found);
    }
    return new ChildPages<>(parent, found);
  }

  /** Returns of how many parents the pages below are known; some of them may be gone. */
  static int knownParents() {
    return FOUND.size();
  }

  /** Returns how many there are. */
  int count() {
    return count(parent);
  }

  private static int count(Page<?, ?> parent) {
    return parent.getKeyCount() + 1;
  }

  /** Returns one of them. */
  @SuppressWarnings("unchecked") // of the parent's own types
  Page<K, V> get(int index) {
    if (found == null) {
      return parent.getChildPage(index);
    }
    WeakReference<Page<?, ?>> reference = found.getAcquire(index);
    Page<?, ?> page = reference == null ? null : reference.get();
    if (page == null) {
      page = parent.getChildPage(index);
      found.setRelease(index, new WeakReference<>(page));
    }
    return (Page<K, V>) page;
  }

  /** A page as a key; equal to itself alone once the page is gone. */
  private static final class Parent extends WeakReference<Page<?, ?>> {
    private final int hash;

    Parent(Page<?, ?> page) {
      super(page, GONE);
      this.hash = System.identityHashCode(page);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || other instanceof Parent that && refersTo(get(), that);
    }

    private static boolean refersTo(@Nullable Page<?, ?> page, Parent that) {
      return page != null && that.refersTo(page);
    }
  }

  /** What a page is looked up by. */
  private record Probe(Page<?, ?> page) {
    @Override
    public int hashCode() {
      return System.identityHashCode(page);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Parent parent && parent.refersTo(page);
    }
  }
}
