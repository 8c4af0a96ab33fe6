package dev.insitu.score;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one scorer has answered for blocks of rows that never change, kept as long as the block is
 * there and {@link ScoreMemos} has room.
 *
 * <p>A block is any object whose identity tells the rows that are in it and their order. It is held
 * weakly. Thread-safe; who looks up waits for nobody.
 */
public final class ScoreMemo {
  /** What {@link #copy} returns for a block that is not known. */
  public static final int UNKNOWN = -1;

  /** Bytes of an answer beside its numbers: two objects, the reference, the place in the map. */
  private static final long OVERHEAD = 160;

  /** No room is made for less. */
  private static final int FEW = 64;

  private final ScoreMemos memos;
  private volatile ConcurrentHashMap<Object, Answers> known = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private long bytes;
  private boolean dropped;

  ScoreMemo(ScoreMemos memos) {
    this.memos = memos;
  }

  /** Returns whether nothing is known of any block. */
  public boolean isEmpty() {
    return known.isEmpty();
  }

  /**
   * Copies what is known of a block.
   *
   * @param target receives it, from a row on; has the scorer's width and room
   * @return how many rows the block has; {@link #UNKNOWN} if nothing was copied
   */
  public int copy(Object block, PredictionBatch target, int row) {
    Answers answers = known.get(new Probe(block));
    if (answers == null) {
      return UNKNOWN;
    }
    int width = target.width();
    System.arraycopy(answers.scores, 0, target.scores(), row * width, answers.scores.length);
    if (answers.labels != null) {
      System.arraycopy(answers.labels, 0, target.labels(), row, answers.labels.length);
    }
    return answers.scores.length / width;
  }

  /**
   * Makes room for so many blocks, as far as they can be kept, in a memo that has none: a map that
   * grows while it is filled moves each of them about once.
   */
  public void expect(long blocks) {
    int room = (int) Math.min(blocks, memos.maxBytes() / (2 * OVERHEAD));
    if (room > FEW && known.isEmpty()) { // who has nothing to keep waits for nobody
      makeRoom(room);
    }
  }

  private synchronized void makeRoom(int room) {
    if (known.isEmpty()) {
      known = new ConcurrentHashMap<>(room);
    }
  }

  /** Keeps what was answered for a block, in rows {@code from} to before {@code to}. */
  public void keep(Object block, PredictionBatch source, int from, int to) {
    if (source.hasColumns() || source.width() == 0) {
      return; // there is more to keep than numbers
    }
    long more = bytes(source, to - from);
    memos.give(expunge());
    if (memos.take(this, more) && !add(block, Answers.of(source, from, to), more)) {
      memos.give(more);
    }
  }

  private static long bytes(PredictionBatch source, int rows) {
    return OVERHEAD + rows * (8L * source.width() + (source.hasLabels() ? 4 : 0));
  }

  private synchronized boolean add(Object block, Answers answers, long more) {
    if (dropped || known.put(new Identity(block, gone, more), answers) != null) {
      return false; // if another session was faster, its key stays, and the answers are the same
    }
    bytes += more;
    return true;
  }

  /** Forgets the blocks that are no longer there; returns how many bytes that gave. */
  private synchronized long expunge() {
    long freed = 0;
    for (Reference<?> next = gone.poll(); next != null; next = gone.poll()) {
      if (next instanceof Identity identity && known.remove(identity) != null) {
        freed += identity.bytes;
      }
    }
    bytes -= freed;
    return freed;
  }

  /** Forgets everything for good; returns how many bytes that gave. */
  synchronized long drop() {
    dropped = true;
    known.clear();
    long freed = bytes;
    bytes = 0;
    return freed;
  }

  /**
   * The answers for a block.
   *
   * @param scores row-major
   * @param labels the classes that the graph names, null if it names none
   */
  private record Answers(double[] scores, int @Nullable [] labels) {
    static Answers of(PredictionBatch source, int from, int to) {
      int width = source.width();
      double[] scores = new double[(to - from) * width];
      System.arraycopy(source.scores(), from * width, scores, 0, scores.length);
      int[] labels = null;
      if (source.hasLabels()) {
        labels = new int[to - from];
        System.arraycopy(source.labels(), from, labels, 0, labels.length);
      }
      return new Answers(scores, labels);
    }
  }

  /** A block as a key; equal to itself alone once the block is gone. */
  private static final class Identity extends WeakReference<Object> {
    private final int hash;
    private final long bytes;

    Identity(Object block, ReferenceQueue<Object> queue, long bytes) {
      super(block, queue);
      this.hash = System.identityHashCode(block);
      this.bytes = bytes;
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object block = get();
      return block != null && other instanceof Identity that && that.get() == block;
    }
  }

  /** What a block is looked up by. */
  private record Probe(Object block) {
    @Override
    public int hashCode() {
      return System.identityHashCode(block);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Identity identity && identity.get() == block;
    }
  }
}
