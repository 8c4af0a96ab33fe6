package dev.insitu.h2;

import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.ScoreMemo;
import dev.insitu.score.Scorer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the rows of an input and their scores, block by block.
 *
 * <p>At most {@value #BLOCK} rows are in memory, fewer if they have pictures; the first block is
 * smaller, so that the first row comes early. Of a long input the next blocks are scored by another
 * processor, if there is one, while the session's thread hands out this one and reads: then four
 * blocks are in memory. What is read, handed out and thrown, and in which order, is the same.
 * Confined to the session's thread; only scorers see another one.
 */
final class ScoredBlocks implements AutoCloseable {
  static final int BLOCK = 1024;
  private static final int FIRST_BLOCK = 64;

  /** So many blocks are read before the first of them is handed out. */
  private static final int AHEAD = 3;

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

  /** Where the value of each of the model's inputs stands in a row. */
  private final int[] inputPlaces;

  private final FeatureValues values;
  private final int most;
  private final @Nullable Supplier<RowBlock.Fold> folds;
  private RowBlock current;
  private final Deque<RowBlock> spare = new ArrayDeque<>();
  private final ScoringAhead ahead = new ScoringAhead();
  private @Nullable RememberedPages remembered;
  private @Nullable RuntimeException failure;
  private boolean ended;
  private long rowsBefore;
  private long nanos;

  /**
   * Makes a pass.
   *
   * @param reading of the input, closed with this
   * @param scored whether rows are scored
   * @param folds makes of all scores what is wanted, each of some blocks; null if rows and scores
   *     will be looked at
   */
  ScoredBlocks(
      InputRows input,
      InputRows.Reading reading,
      Prediction prediction,
      boolean scored,
      @Nullable Supplier<RowBlock.Fold> folds) {
    this.input = input;
    this.prediction = prediction;
    this.scored = scored;
    this.folds = folds;
    this.current = newBlock();
    this.reading = reading;
    this.places = reading.places();
    this.inputPlaces = prediction.bindings().stream().mapToInt(this::place).toArray();
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
      if (ahead.size() == 0) {
        read(current);
        if (!hasWork(current)) {
          return current.size;
        }
        Runnable work = work(current);
        if (!worksAhead()) {
          workHere(current, work);
          return current.size;
        }
        ahead.add(current, work);
        current = newBlock();
      }
      readAhead();
      spare.add(current);
      current = ahead.take();
      remember(current);
      return current.size;
    }
  }

  /** Reads some blocks more than the one that is wanted, for others to score. */
  private void readAhead() {
    while (ahead.size() < AHEAD && !ended && failure == null) {
      RowBlock block = spare.isEmpty() ? newBlock() : spare.remove();
      try {
        read(block);
        if (hasWork(block)) {
          ahead.add(block, work(block));
        } else if (block.size > 0) {
          ahead.add(block);
        }
      } catch (RuntimeException e) {
        failure = e; // of rows behind those that are being scored
      }
    }
  }

  private RowBlock newBlock() {
    return new RowBlock(folds == null ? null : folds.get());
  }

  private boolean hasWork(RowBlock block) {
    return block.size > 0 && scored && (folds != null || !block.known);
  }

  /** Returns the rows of the block as the input has them. */
  Value[][] rows() {
    return current.rows;
  }

  /** Returns the scores of the block; null if rows are not scored. */
  @Nullable PredictionBatch scores() {
    return current.scores;
  }

  private void read(RowBlock block) {
    RuntimeException known = failure;
    if (known != null) {
      failure = null;
      throw known;
    }
    block.size = 0;
    block.known = false;
    block.firstRow = rowsBefore;
    if (rowsBefore == 0) {
      readFirst(block, Math.min(most, FIRST_BLOCK));
    } else if (!ended) {
      if (rowsBefore == FIRST_BLOCK) {
        remembered = remembered();
      }
      ended = remembered == null ? !readRows(block, most) : !readPages(remembered, block);
    }
    rowsBefore += block.size;
  }

  private void readFirst(RowBlock block, int wanted) {
    while (!ended && block.size < wanted) {
      block.reserve(block.size + 1, wanted);
      ended = !readRows(block, Math.min(wanted, block.rows.length));
    }
  }

  /** Fills a block; returns whether there may be more rows. */
  private boolean readRows(RowBlock block, int to) {
    block.reserve(to, to);
    block.size += reading.read(block.rows, block.size, to);
    return block.size == to;
  }

  /** Fills a block; returns whether there may be more rows. */
  private boolean readPages(RememberedPages pages, RowBlock block) {
    boolean more = pages.read(block, most);
    if (!more) {
      reading.close();
    }
    return more;
  }

  /** Returns how scores of unchanged pages are taken from the scorer's memo; null if not. */
  private @Nullable RememberedPages remembered() {
    LeafPages pages = reading.pages();
    if (pages == null || !scored || most != BLOCK) {
      return null;
    }
    List<ColumnSpec> inputs = prediction.version().model().signature().inputs();
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      int column = prediction.bindings().get(i);
      if (column != Prediction.ABSENT
          && !FeatureValues.isOfValueAlone(
              inputs.get(i).type().form(), input.column(column).getType())) {
        return null;
      }
      columns.add(place(column));
    }
    Scorer scorer = prediction.scorer().get();
    ScoreMemo memo = scorer.memo(columns);
    if (memo == null) {
      return null;
    }
    return new RememberedPages(pages, memo, scorer.width(), folds == null);
  }

  private int place(int column) {
    return column == Prediction.ABSENT ? InputRows.Reading.UNREAD : places[column];
  }

  /** Makes the features of the rows, in a batch that is no larger than one was needed. */
  private void features(RowBlock block) {
    int size = block.size;
    FeatureBatch batch = block.features;
    if (batch == null || batch.capacity() < size) {
      batch = new FeatureBatch(prediction.version().model().signature(), size);
      block.features = batch;
    }
    batch.setRows(size);
    batch.setFirstRow(block.firstRow);
    values.fill(batch, block.rows, inputPlaces, size);
  }

  private void workHere(RowBlock block, Runnable work) {
    long start = System.nanoTime();
    work.run();
    nanos = System.nanoTime() - start;
    remember(block);
  }

  private void remember(RowBlock block) {
    if (remembered != null) {
      remembered.keep(block);
    }
  }

  /** Returns what is to be done with a block, by any thread. */
  private Runnable work(RowBlock block) {
    if (block.known) {
      return block::fold;
    }
    features(block);
    Runnable scoring = scoring(block);
    return () -> {
      scoring.run();
      block.fold();
    };
  }

  /** Returns what scores a block; the scorer is found now, on the session's thread. */
  private Runnable scoring(RowBlock block) {
    Scorer scorer = prediction.scorer().get();
    FeatureBatch features = block.features;
    PredictionBatch scores = block.scores(block.size, scorer.width());
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

  private boolean worksAhead() {
    return rowsBefore > LONG_INPUT
        && nanos > SHORT_NANOS
        && nanos < LONG_NANOS
        && ScoringAhead.isPossible();
  }

  @Override
  public void close() {
    try {
      reading.close();
    } finally {
      ahead.close();
    }
  }
}
