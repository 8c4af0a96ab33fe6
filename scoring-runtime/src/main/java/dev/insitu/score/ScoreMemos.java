package dev.insitu.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The memos of all scorers of a process, under one bound of memory. When it is reached, the memo
 * that was asked for the longest ago goes; the one that wants more stays, and then keeps what it
 * has. Thread-safe.
 */
final class ScoreMemos {
  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong uses = new AtomicLong();
  private final Map<Key, Used> memos = new ConcurrentHashMap<>();

  ScoreMemos(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Returns the memo of a scorer.
   *
   * @param scorer tells scorers apart
   * @param columns which columns of the blocks feed it
   */
  ScoreMemo of(Object scorer, List<Integer> columns) {
    Key key = new Key(scorer, List.copyOf(columns));
    // Looked up before, since computeIfAbsent locks what shares a bin with the key.
    Used used = memos.get(key);
    if (used == null) {
      used = memos.computeIfAbsent(key, k -> new Used(new ScoreMemo(this), new AtomicLong()));
    }
    used.lastUse.set(uses.incrementAndGet());
    return used.memo;
  }

  /** Forgets what scorers have answered. */
  void forget(Predicate<Object> scorers) {
    for (Key key : List.copyOf(memos.keySet())) {
      if (scorers.test(key.scorer)) {
        drop(key);
      }
    }
  }

  /** Returns how many bytes are kept, by a close estimate. */
  long bytes() {
    return bytes.get();
  }

  /** Returns how many bytes may be kept. */
  long maxBytes() {
    return maxBytes;
  }

  /**
   * Takes bytes for a memo, from others if need be.
   *
   * @return whether they were there
   */
  boolean take(ScoreMemo asking, long amount) {
    if (bytes.addAndGet(amount) <= maxBytes) {
      return true;
    }
    List<Map.Entry<Key, Used>> byAge = new ArrayList<>(memos.entrySet());
    byAge.sort(Comparator.comparingLong(entry -> entry.getValue().lastUse.get()));
    for (Map.Entry<Key, Used> entry : byAge) {
      if (entry.getValue().memo == asking) {
        break; // the others have been asked for since
      }
      drop(entry.getKey());
      if (bytes.get() <= maxBytes) {
        return true;
      }
    }
    bytes.addAndGet(-amount);
    return false;
  }

  /** Gives bytes back. */
  void give(long amount) {
    bytes.addAndGet(-amount);
  }

  private void drop(Key key) {
    Used used = memos.remove(key);
    if (used != null) {
      bytes.addAndGet(-used.memo.drop());
    }
  }

  private record Key(Object scorer, List<Integer> columns) {}

  private record Used(ScoreMemo memo, AtomicLong lastUse) {}
}
