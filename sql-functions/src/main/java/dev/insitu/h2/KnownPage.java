package dev.insitu.h2;

import dev.insitu.score.AnsweredBlock;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a page of H2's trees: of a leaf what scorers have answered for its rows, of
 * another where the pages below it lie. H2 looks for those of a file in its cache, which takes
 * several times as long as to go there. The page is held weakly, so nothing stays in memory by
 * this.
 *
 * <p>A page that others may read never changes. One that is met again below another, because that
 * was written anew, is the same. Thread-safe.
 */
final class KnownPage extends WeakReference<Page<?, ?>> {
  private static final ConcurrentMap<Object, KnownPage> ALL = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Page<?, ?>> GONE = new ReferenceQueue<>();

  private static final AtomicReferenceArray<KnownPage> NONE = new AtomicReferenceArray<>(0);

  private final int hash;

  private final AnsweredBlock answers = new AnsweredBlock();

  /** Those below that have been met; empty of a leaf. */
  private final AtomicReferenceArray<KnownPage> below;

  private KnownPage(Page<?, ?> page) {
    super(page, GONE);
    this.hash = System.identityHashCode(page);
    this.below = page.isLeaf() ? NONE : new AtomicReferenceArray<>(page.getKeyCount() + 1);
  }

  /** Returns what is known of a page. */
  static KnownPage of(Page<?, ?> page) {
    KnownPage known = ALL.get(new Probe(page));
    if (known != null) {
      return known;
    }
    forgetGone();
    KnownPage made = new KnownPage(page);
    known = ALL.putIfAbsent(made, made);
    return known == null ? made : known;
  }

  /** Forgets what was known of pages that are gone. */
  static void forgetGone() {
    for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      if (gone instanceof KnownPage known) {
        ALL.remove(known);
        known.answers.forget();
      }
    }
  }

  /** Returns of how many pages something is known; some of them may be gone. */
  static int count() {
    return ALL.size();
  }

  /** Returns what scorers have answered for the rows of a leaf. */
  AnsweredBlock answers() {
    return answers;
  }

  /** Returns one of the pages below, if it has been met; it may be gone. */
  @Nullable KnownPage below(int index) {
    return below.getAcquire(index);
  }

  /** Leaves word where one of the pages below lies. */
  void setBelow(int index, KnownPage page) {
    below.setRelease(index, page);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Equal to what is known of the same page; to itself alone once that is gone. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    Page<?, ?> page = get();
    return page != null && other instanceof KnownPage that && that.refersTo(page);
  }

  /** What a page is looked up by. */
  private record Probe(Page<?, ?> page) {
    @Override
    public int hashCode() {
      return System.identityHashCode(page);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof KnownPage known && known.refersTo(page);
    }
  }
}
