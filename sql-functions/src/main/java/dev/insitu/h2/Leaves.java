package dev.insitu.h2;

import java.util.ArrayDeque;
import java.util.Deque;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * The leaf pages of one of H2's trees that have entries, in the order of their keys. Confined to
 * one thread.
 */
final class Leaves<K, V> {
  private final Deque<Place<K, V>> path = new ArrayDeque<>();
  private @Nullable Place<K, V> leaf;

  /** Makes them, before the first one. */
  Leaves(Page<K, V> root) {
    path.push(new Place<>(root, KnownPage.of(root)));
  }

  /** Goes to the next; returns whether there is one. */
  boolean next() {
    while (!path.isEmpty()) {
      Place<K, V> place = path.element();
      if (place.hasNext()) {
        path.push(place.next());
        continue;
      }
      path.pop();
      if (place.page.isLeaf() && place.page.getKeyCount() > 0) {
        leaf = place;
        return true;
      }
    }
    leaf = null;
    return false;
  }

  /** Returns the page. */
  Page<K, V> page() {
    return leaf().page;
  }

  /** Returns what is known of the page. */
  KnownPage known() {
    return leaf().known;
  }

  private Place<K, V> leaf() {
    if (leaf == null) {
      throw new IllegalStateException("not at a page");
    }
    return leaf;
  }

  /** A page on the way from the root, and which of those below comes next. */
  private static final class Place<K, V> {
    private final Page<K, V> page;
    private final KnownPage known;
    private final int end;
    private int next;

    Place(Page<K, V> page, KnownPage known) {
      this.page = page;
      this.known = known;
      this.end = page.isLeaf() ? 0 : page.getKeyCount() + 1;
    }

    boolean hasNext() {
      return next < end;
    }

    @SuppressWarnings("unchecked") // of the same tree
    Place<K, V> next() {
      int index = next++;
      KnownPage met = known.below(index);
      Page<?, ?> lies = met == null ? null : met.get();
      if (met != null && lies != null) {
        return new Place<>((Page<K, V>) lies, met);
      }
      Page<K, V> found = page.getChildPage(index);
      KnownPage first = KnownPage.of(found);
      known.setBelow(index, first);
      return new Place<>(found, first);
    }
  }
}
