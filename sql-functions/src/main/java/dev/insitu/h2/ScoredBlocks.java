package dev.insitu.h2;

import dev.insitu.function.Prediction;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the rows of an input and their scores, block by block.
 *
 * <p>At most {@value #BLOCK} rows are in memory, fewer if they have pictures; the first block is
 * smaller, so that the first row comes early. Of a long input the next block is scored by another
 * processor, if there is one, while the session's thread hands out this one and reads: then two
 * blocks are in memory. What is read, handed out and thrown, and in which order, is the same.
 * Confined to the session's thread; only scorers see another one.
 */
final class ScoredBlocks implements AutoCloseable {
  static final int BLOCK = 1024;
  private static final int FIRST_BLOCK = 64;
  private static final int FEW = 4;

  /** So many rows are turned into features at once: they stay in the processor's first cache. */
  private static final int TILE = 32;

  /** From this row on a block is scored by another processor. */
  private static final long LONG_INPUT = 16 * BLOCK;

  /** A block that takes longer than this would keep a shared thread from others' work. */
  private static final long LONG_NANOS = 20_000_000;

  /** A block that takes less is not worth the telling. */
  private static final long SHORT_NANOS = 50_000;

  private final InputRows input;
  private final Prediction prediction;
  private final boolean scored;
  private final InputRows.Reading reading;
  private final int[] places;
  private final FeatureValues values;
  private final int most;
  private Block current = new Block();
  private @Nullable Block ahead;
  private @Nullable RuntimeException failure;
  private boolean started;
  private boolean ended;
  private long rowsBefore;
  private long nanos;

  /**
   * Makes a pass.
   *
   * @param reading of the input, closed with this
   * @param scored whether rows are scored
   */
  ScoredBlocks(InputRows input, InputRows.Reading reading, Prediction prediction, boolean scored) {
    this.input = input;
    this.prediction = prediction;
    this.scored = scored;
    this.reading = reading;
    this.places = reading.places();
    this.values = new FeatureValues(input.session());
    this.most = FeatureBatch.rowsAtOnce(prediction.version().model().signature(), BLOCK);
  }

  /** Returns for each column of the input where its value stands in a row. */
  int[] places() {
    return places;
  }

  /** Goes to the next block; returns how many rows it has, 0 at the end. */
  int next() {
    try (Lazily off = Lazily.off(input.session())) {
      reading.checkCancelled();
      Block scoring = ahead;
      if (scoring == null) {
        read(current);
        if (current.size == 0 || !scored) {
          return current.size;
        }
        features(current);
        if (!scoresAhead()) {
          scoreHere(current);
          return current.size;
        }
        scoring = current;
        current = new Block();
        scoreElsewhere(scoring);
      }
      return next(scoring);
    }
  }

  /** Reads the next block while another processor scores one, and goes to that. */
  private int next(Block scoring) {
    Block following = current;
    try {
      read(following);
      features(following);
    } catch (RuntimeException e) {
      failure = e; // of rows behind those that are being scored
      following.size = 0;
    }
    ahead = null;
    scoring.await();
    current = scoring;
    if (following.size > 0) {
      scoreElsewhere(following);
    }
    return scoring.size;
  }

  /** Returns a row of the block as the input has it. */
  Value[] row(int row) {
    return current.rows[row];
  }

  /** Returns the scores of the block; null if rows are not scored. */
  @Nullable PredictionBatch scores() {
    return current.scores;
  }

  private void read(Block block) {
    RuntimeException known = failure;
    if (known != null) {
      failure = null;
      throw known;
    }
    block.size = 0;
    int wanted = started ? most : Math.min(most, FIRST_BLOCK);
    started = true;
    while (!ended && block.size < wanted) {
      if (block.size == block.rows.length) {
        block.rows = Arrays.copyOf(block.rows, Math.min(wanted, 4 * block.size));
      }
      int to = Math.min(wanted, block.rows.length);
      block.size += reading.read(block.rows, block.size, to);
      ended = block.size < to;
    }
  }

  /** Makes the features of the rows, in a batch that is no larger than one was needed. */
  private void features(Block block) {
    int size = block.size;
    FeatureBatch batch = block.features;
    if (batch == null || batch.capacity() < size) {
      batch = new FeatureBatch(prediction.version().model().signature(), size);
      block.features = batch;
    }
    batch.setRows(size);
    batch.setFirstRow(rowsBefore);
    rowsBefore += size;
    List<Integer> bindings = prediction.bindings();
    for (int from = 0; from < size; from += TILE) {
      int to = Math.min(size, from + TILE);
      for (int i = 0; i < bindings.size(); i++) {
        int column = bindings.get(i);
        int place = column == Prediction.ABSENT ? InputRows.Reading.UNREAD : places[column];
        values.fill(batch, i, from, block.rows, place, from, to);
      }
    }
  }

  private void scoreHere(Block block) {
    Runnable scoring = scoring(block);
    long start = System.nanoTime();
    scoring.run();
    nanos = System.nanoTime() - start;
  }

  private void scoreElsewhere(Block block) {
    Runnable scoring = scoring(block);
    ForkJoinTask<?> task =
        ForkJoinTask.adapt(
            () -> {
              try {
                scoring.run();
              } catch (RuntimeException | Error e) {
                block.thrown = e;
              }
            });
    block.task = task;
    ahead = block;
    ForkJoinPool.commonPool().execute(task);
  }

  /** Returns what scores a block; the scorer is found now, on the session's thread. */
  private Runnable scoring(Block block) {
    Scorer scorer = prediction.scorer().get();
    FeatureBatch features = block.features;
    PredictionBatch target = block.scores;
    if (target == null || target.width() != scorer.width() || target.capacity() < block.size) {
      target = new PredictionBatch(block.size, scorer.width());
      block.scores = target;
    }
    PredictionBatch scores = target;
    if (features == null) {
      throw new AssertionError("features are made before scores");
    }
    return () -> {
      StatementStop stop = new StatementStop(reading::checkCancelled);
      try {
        scorer.score(features, scores, stop);
      } catch (CancellationException e) {
        throw stop.reason(e);
      }
    };
  }

  private boolean scoresAhead() {
    return rowsBefore > LONG_INPUT
        && nanos > SHORT_NANOS
        && nanos < LONG_NANOS
        && Runtime.getRuntime().availableProcessors() > 1
        && ForkJoinPool.getCommonPoolParallelism() > 0;
  }

  @Override
  public void close() {
    Block scoring = ahead;
    ahead = null;
    try {
      reading.close();
    } finally {
      if (scoring != null && scoring.task != null) {
        scoring.task.quietlyJoin();
      }
    }
  }

  /** Rows, their features and scores; used again for later rows. */
  private static final class Block {
    private Value[][] rows = new Value[FEW][];
    private int size;
    private @Nullable FeatureBatch features;
    private @Nullable PredictionBatch scores;
    private @Nullable ForkJoinTask<?> task;
    private @Nullable Throwable thrown;

    /** Waits until the block has been scored, and throws what that threw. */
    void await() {
      ForkJoinTask<?> running = task;
      if (running != null) {
        running.quietlyJoin();
      }
      Throwable failure = thrown;
      task = null;
      thrown = null;
      if (failure instanceof Error error) {
        throw error;
      } else if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
