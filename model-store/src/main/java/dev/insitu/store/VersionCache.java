package dev.insitu.store;

import dev.insitu.model.Attachment;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelVersion;
import java.lang.ref.WeakReference;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Versions that have been read, by all that tells one from every other. A version never changes, so
 * what is here is as good as what the tables say; whether a name leads to it is asked of the
 * database each time, within the caller's transaction and with his rights. The versions not used
 * for longest go when there are more, or they are larger, than the bounds; what somebody still
 * holds of them is found again for as long, so that nobody reads a second copy. Thread-safe; who
 * looks up waits for nobody.
 */
public final class VersionCache {
  private final int maxVersions;
  private final long maxBytes;
  private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();

  /** What does not stay, while somebody holds it. */
  private final ConcurrentHashMap<Key, WeakReference<ModelVersion>> held =
      new ConcurrentHashMap<>();

  private final AtomicLong uses = new AtomicLong();
  private long bytes;

  /**
   * Makes an empty cache.
   *
   * @param maxVersions how many versions stay
   * @param maxBytes how large they may be together; one that is larger than a quarter of it does
   *     not stay
   */
  public VersionCache(int maxVersions, long maxBytes) {
    this.maxVersions = maxVersions;
    this.maxBytes = maxBytes;
  }

  /** Returns a cache that keeps nothing. */
  public static VersionCache none() {
    return new VersionCache(0, 0);
  }

  /** Lets go of the versions of a database that was closed. */
  public synchronized void forget(String database) {
    for (Key key : List.copyOf(entries.keySet())) {
      if (key.database.equals(database)) {
        remove(key);
      }
    }
    held.keySet().removeIf(key -> key.database.equals(database));
  }

  /** Returns how many versions there are. */
  public int size() {
    return entries.size();
  }

  Optional<ModelVersion> find(Key key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      WeakReference<ModelVersion> reference = held.get(key);
      return reference == null ? Optional.empty() : Optional.ofNullable(reference.get());
    }
    entry.lastUse = uses.incrementAndGet();
    return Optional.of(entry.version);
  }

  synchronized void add(Key key, ModelVersion version) {
    long size = size(version);
    if (entries.containsKey(key)) {
      return;
    } else if (size > maxBytes / 4) {
      hold(key, version);
      return;
    }
    held.remove(key);
    entries.put(key, new Entry(version, size, uses.incrementAndGet()));
    bytes += size;
    if (entries.size() > maxVersions || bytes > maxBytes) {
      removeOldest();
    }
  }

  private void removeOldest() {
    // As they were at one moment: others use them meanwhile.
    List<Aged> byAge = new ArrayList<>();
    entries.forEach((key, entry) -> byAge.add(new Aged(key, entry.lastUse)));
    byAge.sort(Comparator.comparingLong(Aged::lastUse));
    for (Aged oldest : byAge) {
      if (entries.size() <= maxVersions && bytes <= maxBytes) {
        return;
      }
      Entry entry = entries.get(oldest.key);
      remove(oldest.key);
      if (entry != null) {
        hold(oldest.key, entry.version);
      }
    }
  }

  private void hold(Key key, ModelVersion version) {
    held.values().removeIf(reference -> reference.get() == null);
    if (maxVersions > 0) {
      held.put(key, new WeakReference<>(version));
    }
  }

  private void remove(Key key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      bytes -= entry.bytes;
    }
  }

  /** The artifact and what belongs to it, and an estimate for all that is counted. */
  private static long size(ModelVersion version) {
    var model = version.model();
    long details =
        model.features().size()
            + model.weights().size()
            + model.centroids().size()
            + model.iterations().size()
            + (long) model.verification().size() * (model.signature().inputs().size() + 1);
    long evaluated =
        model.evaluation().map(e -> (long) e.confusion().size() + e.roc().size()).orElse(0L);
    long attached = model.attachments().stream().mapToLong(Attachment::size).sum();
    return model.artifact().size() + attached + 4096 + 200 * (details + evaluated);
  }

  /**
   * What tells a version from every other.
   *
   * @param database the incarnation of the database, or what reaches it, and whoever may read it
   * @param name the model's, which may have had another one
   */
  record Key(String database, ModelName name, Identity version) {
    /** Written out: linking what a record has of its own takes the first prediction too long. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && version.equals(key.version)
          && name.equals(key.name)
          && database.equals(key.database);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + version.hashCode();
    }
  }

  /**
   * What the database says of a version when its name is looked up. A store that was dropped and
   * made anew counts its keys from the beginning.
   *
   * @param readable whether its artifact is there for whoever asked
   */
  record Identity(long id, int number, String sha256, OffsetDateTime createdAt, boolean readable) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Identity identity
          && id == identity.id
          && number == identity.number
          && readable == identity.readable
          && sha256.equals(identity.sha256)
          && createdAt.equals(identity.createdAt);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(id);
    }
  }

  private record Aged(Key key, long lastUse) {}

  private static final class Entry {
    private final ModelVersion version;
    private final long bytes;
    private volatile long lastUse;

    Entry(ModelVersion version, long bytes, long lastUse) {
      this.version = version;
      this.bytes = bytes;
      this.lastUse = lastUse;
    }
  }
}
