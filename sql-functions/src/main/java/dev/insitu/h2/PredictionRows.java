package dev.insitu.h2;

import dev.insitu.function.Prediction;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.h2.engine.DbObject;
import org.h2.table.Column;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an input query, each followed by its prediction; scored in blocks.
 *
 * <p>At most {@value #BLOCK} rows are in memory, fewer if they have pictures; the first block is
 * smaller, so that the first row comes early. Order and number of the rows are the input's.
 */
final class PredictionRows implements RowSource {
  private static final System.Logger LOG = System.getLogger(PredictionRows.class.getName());

  static final int BLOCK = 1024;
  private static final int FIRST_BLOCK = 64;
  private static final int FEW = 4;

  private final InputRows input;
  private final Prediction prediction;
  private final boolean named;
  private final PredictedValues outputs;
  private final int block;
  private boolean scored;
  private boolean whole;

  PredictionRows(InputRows input, Prediction prediction) {
    this(input, prediction, true, false);
  }

  /**
   * Makes the rows.
   *
   * @param scored whether rows are scored; if not, the columns of the prediction are NULL
   * @param named whether only columns are used that the database looks up by name
   */
  PredictionRows(InputRows input, Prediction prediction, boolean scored, boolean named) {
    this.input = input;
    this.prediction = prediction;
    this.scored = scored;
    this.named = named;
    this.outputs = new PredictedValues(input.session(), prediction, prediction.outputs());
    this.block = FeatureBatch.rowsAtOnce(prediction.version().model().signature(), BLOCK);
  }

  @Override
  public Column[] columns() {
    int width = input.columns().size();
    Column[] columns = new Column[width + prediction.outputs().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          i < width
              ? input.column(i)
              : new Column(
                  prediction.outputs().get(i - width).column().name(), outputs.type(i - width));
    }
    return columns;
  }

  /** A column that was thought to be used by nobody: then nothing is left out. */
  @Override
  public void lookedUp(int column) {
    boolean known = column < input.columns().size() ? input.reads(column) : scored;
    if (named && !known && !whole) {
      LOG.log(System.Logger.Level.DEBUG, "column {0} of a prediction is used", column);
      whole = true;
      scored = true;
    }
  }

  @Override
  public int parameterCount() {
    return input.parameterCount();
  }

  @Override
  public void refresh() {
    input.refresh();
  }

  @Override
  public List<DbObject> dependencies() {
    return input.dependencies();
  }

  @Override
  public long maxDataModificationId() {
    return input.maxDataModificationId();
  }

  @Override
  public boolean isDeterministic() {
    return input.isDeterministic();
  }

  @Override
  public long estimatedRows() {
    return input.estimatedRows();
  }

  @Override
  public RowStream open(List<Value> parameters) {
    return new Blocks(whole ? input.openWhole(parameters) : input.open(parameters));
  }

  /** One pass. */
  private final class Blocks implements RowStream {
    private final InputRows.Reading reading;
    private final FeatureValues values = new FeatureValues(input.session());
    private Value[][] rows = new Value[FEW][];
    private @Nullable FeatureBatch features;
    private @Nullable PredictionBatch scores;
    private int size;
    private int position;
    private boolean started;
    private long rowsBefore;

    Blocks(InputRows.Reading reading) {
      this.reading = reading;
    }

    @Override
    public Value @Nullable [] next() {
      if (position == size && !fill()) {
        return null;
      }
      int row = position++;
      Value[] in = rows[row];
      int width = input.columns().size();
      Value[] out = new Value[width + prediction.outputs().size()];
      System.arraycopy(in, 0, out, 0, width);
      PredictionBatch batch = scores;
      for (int i = width; i < out.length; i++) {
        out[i] = batch == null ? ValueNull.INSTANCE : outputs.value(i - width, batch, row);
      }
      return out;
    }

    private boolean fill() {
      try (Lazily off = Lazily.off(input.session())) {
        return fillBlock();
      }
    }

    private boolean fillBlock() {
      reading.checkCancelled();
      int wanted = started ? block : Math.min(block, FIRST_BLOCK);
      started = true;
      size = 0;
      position = 0;
      while (size < wanted) {
        Value[] row = reading.next();
        if (row == null) {
          break;
        }
        if (size == rows.length) {
          rows = Arrays.copyOf(rows, Math.min(wanted, 4 * size));
        }
        rows[size++] = row;
      }
      if (size > 0 && scored) {
        score();
      }
      return size > 0;
    }

    /** Returns the features of the rows, in a batch that is no larger than one was needed. */
    private FeatureBatch features() {
      FeatureBatch batch = features;
      if (batch == null || batch.capacity() < size) {
        batch = new FeatureBatch(prediction.version().model().signature(), size);
        features = batch;
      }
      batch.setRows(size);
      batch.setFirstRow(rowsBefore);
      List<Integer> bindings = prediction.bindings();
      for (int i = 0; i < bindings.size(); i++) {
        int column = bindings.get(i);
        for (int row = 0; row < size; row++) {
          values.put(
              batch, i, row, column == Prediction.ABSENT ? ValueNull.INSTANCE : rows[row][column]);
        }
      }
      return batch;
    }

    private void score() {
      FeatureBatch batch = features();
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
}
