package dev.insitu.h2;

import dev.insitu.function.Prediction;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the rows of an input and their scores, block by block.
 *
 * <p>At most {@value #BLOCK} rows are in memory, fewer if they have pictures; the first block is
 * smaller, so that the first row comes early. Confined to the session's thread.
 */
final class ScoredBlocks implements AutoCloseable {
  static final int BLOCK = 1024;
  private static final int FIRST_BLOCK = 64;
  private static final int FEW = 4;

  /** So many rows are turned into features at once: they stay in the processor's first cache. */
  private static final int TILE = 32;

  private final InputRows input;
  private final Prediction prediction;
  private final boolean scored;
  private final InputRows.Reading reading;
  private final int[] places;
  private final FeatureValues values;
  private final int block;
  private Value[][] rows = new Value[FEW][];
  private @Nullable FeatureBatch features;
  private @Nullable PredictionBatch scores;
  private boolean started;
  private long rowsBefore;

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
    this.block = FeatureBatch.rowsAtOnce(prediction.version().model().signature(), BLOCK);
  }

  /** Returns for each column of the input where its value stands in a row. */
  int[] places() {
    return places;
  }

  /** Reads and scores the next block; returns how many rows it has, 0 at the end. */
  int next() {
    try (Lazily off = Lazily.off(input.session())) {
      reading.checkCancelled();
      int most = started ? block : Math.min(block, FIRST_BLOCK);
      started = true;
      int size = read(most);
      if (size > 0 && scored) {
        score(size);
      }
      return size;
    }
  }

  /** Returns a row of the block as the input has it. */
  Value[] row(int row) {
    return rows[row];
  }

  /** Returns the scores of the block; null if rows are not scored. */
  @Nullable PredictionBatch scores() {
    return scores;
  }

  private int read(int most) {
    int size = 0;
    while (true) {
      int to = Math.min(most, rows.length);
      int read = reading.read(rows, size, to);
      size += read;
      if (size < to || size == most) {
        return size;
      }
      rows = Arrays.copyOf(rows, Math.min(most, 4 * size));
    }
  }

  /** Returns the features of the rows, in a batch that is no larger than one was needed. */
  private FeatureBatch features(int size) {
    FeatureBatch batch = features;
    if (batch == null || batch.capacity() < size) {
      batch = new FeatureBatch(prediction.version().model().signature(), size);
      features = batch;
    }
    batch.setRows(size);
    batch.setFirstRow(rowsBefore);
    List<Integer> bindings = prediction.bindings();
    for (int from = 0; from < size; from += TILE) {
      int to = Math.min(size, from + TILE);
      for (int i = 0; i < bindings.size(); i++) {
        int column = bindings.get(i);
        int place = column == Prediction.ABSENT ? InputRows.Reading.UNREAD : places[column];
        values.fill(batch, i, from, rows, place, from, to);
      }
    }
    return batch;
  }

  private void score(int size) {
    FeatureBatch batch = features(size);
    Scorer scorer = prediction.scorer().get();
    PredictionBatch target = scores;
    if (target == null || target.width() != scorer.width() || target.capacity() < size) {
      target = new PredictionBatch(size, scorer.width());
      scores = target;
    }
    rowsBefore += size;
    StatementStop stop = new StatementStop(reading::checkCancelled);
    try {
      scorer.score(batch, target, stop);
    } catch (CancellationException e) {
      throw stop.reason(e);
    }
  }

  @Override
  public void close() {
    reading.close();
  }
}
