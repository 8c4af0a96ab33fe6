package dev.insitu.score;

import org.jspecify.annotations.Nullable;

/**
 * What one scorer has answered for blocks of rows that never change, kept with each as long as the
 * block is there and {@link ScoreMemos} has room. Thread-safe; who looks up waits for nobody.
 */
public final class ScoreMemo {
  /** What {@link #copy} returns for a block that is not known. */
  public static final int UNKNOWN = -1;

  /** Bytes of an answer beside its numbers, the block's own among them. */
  private static final long OVERHEAD = 160;

  private final ScoreMemos memos;
  private @Nullable Answers first;
  private long bytes;
  private boolean dropped;

  ScoreMemo(ScoreMemos memos) {
    this.memos = memos;
  }

  /**
   * Copies what is known of a block.
   *
   * @param target receives it, from a row on; has the scorer's width and room
   * @return how many rows the block has; {@link #UNKNOWN} if nothing was copied
   */
  public int copy(AnsweredBlock block, PredictionBatch target, int row) {
    Answers answers = block.of(this);
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

  /** Keeps what was answered for a block, in rows {@code from} to before {@code to}. */
  public void keep(AnsweredBlock block, PredictionBatch source, int from, int to) {
    if (source.hasColumns() || source.width() == 0) {
      return; // there is more to keep than numbers
    }
    Answers answers = new Answers(this, block, source, from, to);
    if (memos.take(this, answers.bytes) && !add(answers)) {
      memos.give(answers.bytes);
    }
  }

  private synchronized boolean add(Answers more) {
    if (dropped || !more.block.add(more)) {
      return false;
    }
    more.next = first;
    if (first != null) {
      first.previous = more;
    }
    first = more;
    more.linked = true;
    bytes += more.bytes;
    return true;
  }

  /** Called when the block of some answers is gone. */
  void forget(Answers gone) {
    if (unlink(gone)) {
      memos.give(gone.bytes);
    }
  }

  private synchronized boolean unlink(Answers gone) {
    if (!gone.linked) {
      return false;
    }
    gone.linked = false;
    if (gone.previous == null) {
      first = gone.next;
    } else {
      gone.previous.next = gone.next;
    }
    if (gone.next != null) {
      gone.next.previous = gone.previous;
    }
    bytes -= gone.bytes;
    return true;
  }

  /** Forgets everything for good; returns how many bytes that gave. */
  synchronized long drop() {
    dropped = true;
    for (Answers some = first; some != null; some = some.next) {
      some.linked = false;
      some.block.remove(some);
    }
    first = null;
    long freed = bytes;
    bytes = 0;
    return freed;
  }

  /** The answers for a block. What is no constant is its memo's. */
  static final class Answers {
    final ScoreMemo memo;
    private final AnsweredBlock block;

    /** Row-major. */
    private final double[] scores;

    /** The classes that the graph names, null if it names none. */
    private final int @Nullable [] labels;

    private final long bytes;
    private @Nullable Answers previous;
    private @Nullable Answers next;
    private boolean linked;

    private Answers(ScoreMemo memo, AnsweredBlock block, PredictionBatch source, int from, int to) {
      int width = source.width();
      int rows = to - from;
      this.memo = memo;
      this.block = block;
      this.scores = new double[rows * width];
      System.arraycopy(source.scores(), from * width, scores, 0, scores.length);
      this.labels = source.hasLabels() ? new int[rows] : null;
      if (labels != null) {
        System.arraycopy(source.labels(), from, labels, 0, rows);
      }
      this.bytes = OVERHEAD + rows * (8L * width + (labels != null ? 4 : 0));
    }
  }
}
