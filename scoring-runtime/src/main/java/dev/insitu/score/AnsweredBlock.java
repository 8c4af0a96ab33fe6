package dev.insitu.score;

import dev.insitu.score.ScoreMemo.Answers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What scorers have answered for a block of rows that never change. It stands for the block: who
 * has that keeps this with it, and says so when it is gone ({@link #forget}).
 *
 * <p>Thread-safe; who looks up waits for nobody.
 */
public final class AnsweredBlock {
  private static final Answers[] NONE = {};

  /** Those of a few scorers, replaced as a whole under the lock. */
  private volatile Answers[] answers = NONE;

  private boolean forgotten;

  /** Returns the answers that a memo keeps; null if there are none. */
  @Nullable Answers of(ScoreMemo memo) {
    for (Answers some : answers) {
      if (some.memo == memo) {
        return some;
      }
    }
    return null;
  }

  /** Adds the answers of a memo that has none here; returns whether they are kept. */
  synchronized boolean add(Answers more) {
    if (forgotten || of(more.memo) != null) {
      return false; // if another session was faster, the answers are the same
    }
    Answers[] all = Arrays.copyOf(answers, answers.length + 1);
    all[all.length - 1] = more;
    answers = all;
    return true;
  }

  /** Takes answers away. */
  synchronized void remove(Answers gone) {
    answers = Arrays.stream(answers).filter(some -> some != gone).toArray(Answers[]::new);
  }

  /** Forgets all answers, for good: the block is gone. */
  public void forget() {
    for (Answers some : takeAll()) {
      some.memo.forget(some);
    }
  }

  private synchronized Answers[] takeAll() {
    Answers[] all = answers;
    answers = NONE;
    forgotten = true;
    return all;
  }
}
