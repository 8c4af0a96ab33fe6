package dev.insitu.score;

import dev.insitu.model.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open scorers of a process, shared by all sessions of all databases.
 *
 * <p>What {@link #scorer} hands out is a handle that needs no closing: it holds its scorer for the
 * length of a batch only, and opens it again if it was evicted in between. So a scorer is never
 * closed while a batch is under way, and never kept by a statement that somebody forgot to close.
 * The least recently used scorers go when there are more, or their graphs are larger, than the
 * bounds; the one just used always stays. A failure to open is not remembered. Thread-safe.
 */
public final class ScorerCache implements AutoCloseable {
  private final int maxScorers;
  private final long maxBytes;
  private final Function<ModelVersion, Scorer> opener;
  private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong uses = new AtomicLong();
  private final ScoreMemos memos;

  /**
   * Makes an empty cache.
   *
   * @param maxScorers how many scorers stay open
   * @param maxBytes how large the graphs of the open scorers may be together
   * @param maxMemoBytes how many bytes of answers are kept ({@link Scorer#memo})
   * @param opener opens a scorer, on first use
   */
  public ScorerCache(
      int maxScorers, long maxBytes, long maxMemoBytes, Function<ModelVersion, Scorer> opener) {
    this.maxScorers = maxScorers;
    this.maxBytes = maxBytes;
    this.opener = opener;
    this.memos = new ScoreMemos(maxMemoBytes);
  }

  /**
   * Returns a scorer for a version, opened by now.
   *
   * @param database tells databases apart, whose version ids start anew; has equals and hashCode,
   *     and is held until {@link #forget(Object)} or eviction: not the database object itself
   * @throws dev.insitu.error.MlException of the opener
   */
  public Scorer scorer(Object database, ModelVersion version) {
    Key key = Key.of(database, version);
    Entry entry = acquire(key, version);
    Scorer open = entry.scorer();
    Handle handle =
        new Handle(key, version, open.width(), open.engine(), open.unusedInputs(), entry);
    entry.release();
    return handle;
  }

  /** Closes the scorer of a version that was dropped, once no batch is under way. */
  public void forget(Object database, long versionId) {
    remove(key -> key.database.equals(database) && key.versionId == versionId);
  }

  /** Closes all scorers of a database that was closed. */
  public void forget(Object database) {
    remove(key -> key.database.equals(database));
  }

  /** Returns how many scorers are open. */
  public int size() {
    return entries.size();
  }

  /** Closes all scorers, each once no batch is under way; the cache can be used on. */
  @Override
  public void close() {
    remove(key -> true);
  }

  private void remove(Predicate<Key> which) {
    for (Key key : List.copyOf(entries.keySet())) {
      if (which.test(key)) {
        retire(key);
      }
    }
    memos.forget(scorer -> scorer instanceof Key key && which.test(key));
  }

  private void retire(Key key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      entry.retire();
    }
  }

  private Entry acquire(Key key, ModelVersion version) {
    while (true) {
      // Looked up before, since computeIfAbsent locks what shares a bin with the key.
      Entry entry = entries.get(key);
      if (entry == null) {
        entry = entries.computeIfAbsent(key, k -> new Entry(version.model().artifact().size()));
      }
      if (entry.acquire(uses.incrementAndGet())) {
        try {
          if (entry.open(opener, version)) {
            evict(key);
          }
          return entry;
        } catch (RuntimeException | Error e) {
          entries.remove(key, entry);
          entry.retire();
          entry.release();
          throw e;
        }
      }
      // Retired between look-up and use: the next look-up makes a new one.
      entries.remove(key, entry);
    }
  }

  private void evict(Key justOpened) {
    List<Aged> others = new ArrayList<>();
    int count = 0;
    long bytes = 0;
    for (Map.Entry<Key, Entry> each : entries.entrySet()) {
      count++;
      bytes += each.getValue().bytes;
      if (!each.getKey().equals(justOpened)) {
        others.add(new Aged(each.getKey(), each.getValue().bytes, each.getValue().lastUse));
      }
    }
    others.sort(Comparator.comparingLong(Aged::lastUse));
    for (Aged oldest : others) {
      if (count <= maxScorers && bytes <= maxBytes) {
        return;
      }
      count--;
      bytes -= oldest.bytes;
      retire(oldest.key);
    }
  }

  /** An entry as it was at one moment: others use it while entries are put in order. */
  private record Aged(Key key, long bytes, long lastUse) {}

  /**
   * The hashes guard against a database, or a store in it, that was made anew under the same
   * identity.
   *
   * @param sha256 of the graph, then of what belongs to it
   */
  private record Key(Object database, long versionId, List<String> sha256) {
    static Key of(Object database, ModelVersion version) {
      List<String> hashes = new ArrayList<>();
      hashes.add(version.model().artifact().sha256());
      version.model().attachments().forEach(attachment -> hashes.add(attachment.sha256()));
      return new Key(database, version.id(), List.copyOf(hashes));
    }

    /** Written out: linking what a record has of its own takes the first prediction too long. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && versionId == key.versionId
          && sha256.equals(key.sha256)
          && database.equals(key.database);
    }

    @Override
    public int hashCode() {
      return 31 * database.hashCode() + Long.hashCode(versionId);
    }
  }

  /** A scorer and how many batches use it. Who scores waits for nobody but the opening. */
  private static final class Entry {
    /** Added to the number of holders once nobody may become one any more. */
    private static final int RETIRED = 1 << 30;

    private final long bytes;
    private final Object opening = new Object();
    private final AtomicInteger holders = new AtomicInteger();
    private volatile long lastUse;
    private volatile @Nullable Scorer scorer;

    Entry(long bytes) {
      this.bytes = bytes;
    }

    /** Holds this entry; false if it was retired before. */
    boolean acquire(long use) {
      for (int held = holders.get(); held < RETIRED; held = holders.get()) {
        if (holders.compareAndSet(held, held + 1)) {
          lastUse = use;
          return true;
        }
      }
      return false;
    }

    void release() {
      if (holders.decrementAndGet() == RETIRED) {
        closeScorer();
      }
    }

    void retire() {
      if (holders.getAndUpdate(held -> held | RETIRED) == 0) {
        closeScorer();
      }
    }

    Scorer scorer() {
      Scorer open = scorer;
      if (open == null) {
        throw new IllegalStateException("this entry has not been opened");
      }
      return open;
    }

    /** Opens the scorer if nobody has yet; others wait. Returns whether it did. */
    boolean open(Function<ModelVersion, Scorer> opener, ModelVersion version) {
      if (scorer != null) {
        return false;
      }
      synchronized (opening) {
        if (scorer != null) {
          return false;
        }
        scorer = opener.apply(version);
        return true;
      }
    }

    /** Called once, by whoever was the last. */
    private void closeScorer() {
      Scorer open = scorer;
      if (open != null) {
        scorer = null;
        open.close();
      }
    }
  }

  /** What sessions hold. */
  private final class Handle implements Scorer {
    private final Key key;
    private final ModelVersion version;
    private final int width;
    private final String engine;
    private final Set<Integer> unusedInputs;
    private volatile Entry entry;

    Handle(
        Key key,
        ModelVersion version,
        int width,
        String engine,
        Set<Integer> unusedInputs,
        Entry entry) {
      this.key = key;
      this.version = version;
      this.width = width;
      this.engine = engine;
      this.unusedInputs = unusedInputs;
      this.entry = entry;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public String engine() {
      return engine;
    }

    @Override
    public Set<Integer> unusedInputs() {
      return unusedInputs;
    }

    @Override
    public ScoreMemo memo(List<Integer> columns) {
      return memos.of(key, columns);
    }

    @Override
    public void score(FeatureBatch features, PredictionBatch predictions) {
      score(features, predictions, Cancellation.NEVER);
    }

    @Override
    public void score(
        FeatureBatch features, PredictionBatch predictions, Cancellation cancellation) {
      Entry held = entry;
      if (!held.acquire(uses.incrementAndGet())) {
        held = ScorerCache.this.acquire(key, version);
        entry = held;
      }
      try {
        held.scorer().score(features, predictions, cancellation);
      } finally {
        held.release();
      }
    }

    /** Does nothing: the cache closes what is behind. */
    @Override
    public void close() {}
  }
}
