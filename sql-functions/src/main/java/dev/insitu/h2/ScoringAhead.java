package dev.insitu.h2;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Blocks that are scored by another processor, in the JVM's common pool, before anyone asks for
 * them. They come back in their order. Who would have to wait for a block scores one of those
 * behind it that nobody has begun. Confined to the session's thread; only what scores sees others.
 */
final class ScoringAhead implements AutoCloseable {
  private final Deque<Work> queue = new ArrayDeque<>();

  /** Returns whether another processor may score. */
  static boolean isPossible() {
    return Runtime.getRuntime().availableProcessors() > 1
        && ForkJoinPool.getCommonPoolParallelism() > 0;
  }

  int size() {
    return queue.size();
  }

  /** Adds a block that has its scores. */
  void add(RowBlock block) {
    queue.add(new Work(block, null));
  }

  /** Adds a block and begins to score it. */
  void add(RowBlock block, Runnable scoring) {
    Work work = new Work(block, scoring);
    queue.add(work);
    ForkJoinPool.commonPool().execute(work.task);
  }

  /** Takes the first block, with its scores, or throws what scoring it threw. */
  RowBlock take() {
    Work first = queue.remove();
    for (Work next = first; next != null && !first.isDone(); next = unclaimed()) {
      next.run();
    }
    first.await();
    return first.block;
  }

  private @Nullable Work unclaimed() {
    for (Work work : queue) {
      if (!work.claimed.get()) {
        return work;
      }
    }
    return null;
  }

  /** Waits for what has begun; the rest is not scored. */
  @Override
  public void close() {
    for (Work work : queue) {
      if (!work.claimed.compareAndSet(false, true)) {
        work.task.quietlyJoin();
      }
    }
    queue.clear();
  }

  /** A block, and what scores it, whoever comes first; null if it has its scores. */
  private static final class Work {
    private final RowBlock block;
    private final @Nullable Runnable scoring;
    private final AtomicBoolean claimed;
    private final ForkJoinTask<?> task = ForkJoinTask.adapt(this::run);
    private volatile boolean done;
    private volatile @Nullable Throwable thrown;

    Work(RowBlock block, @Nullable Runnable scoring) {
      this.block = block;
      this.scoring = scoring;
      this.done = scoring == null;
      this.claimed = new AtomicBoolean(scoring == null);
    }

    boolean isDone() {
      return done;
    }

    void run() {
      if (scoring != null && claimed.compareAndSet(false, true)) {
        try {
          scoring.run();
        } catch (RuntimeException | Error e) {
          thrown = e;
        }
        done = true;
      }
    }

    void await() {
      if (!done) {
        task.quietlyJoin();
      }
      if (thrown instanceof Error error) {
        throw error;
      } else if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
