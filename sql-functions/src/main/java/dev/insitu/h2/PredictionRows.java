package dev.insitu.h2;

import dev.insitu.function.Prediction;
import dev.insitu.score.PredictionBatch;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.h2.engine.DbObject;
import org.h2.result.Row;
import org.h2.table.Column;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an input query, each followed by its prediction; scored in blocks.
 *
 * <p>Order and number of the rows are the input's.
 */
final class PredictionRows implements RowSource {
  private static final System.Logger LOG = System.getLogger(PredictionRows.class.getName());

  private final InputRows input;
  private final Prediction prediction;
  private final boolean named;
  private final PredictedValues outputs;
  private final BitSet lookedUp = new BitSet();
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
    lookedUp.set(column);
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
  public boolean isMostOneRow() {
    return !whole && input.isMostOneRow();
  }

  @Override
  public RowStream open(List<Value> parameters) {
    return new Blocks(blocks(parameters, null));
  }

  /**
   * Starts a pass over the rows and their scores.
   *
   * @param folds makes of the scores what is wanted, each of some blocks; null if the rows
   *     themselves are
   */
  ScoredBlocks blocks(List<Value> parameters, @Nullable Supplier<RowBlock.Fold> folds) {
    InputRows.Reading reading = whole ? input.openWhole(parameters) : input.open(parameters);
    return new ScoredBlocks(input, reading, prediction, scored, folds);
  }

  /**
   * Returns which column of the prediction a column is, if its values are doubles that {@link
   * Prediction#number} tells.
   */
  OptionalInt averaged(int column) {
    int output = column - input.columns().size();
    if (output < 0 || outputs.type(output).getValueType() != Value.DOUBLE) {
      return OptionalInt.empty();
    }
    return switch (prediction.outputs().get(output).kind()) {
      case VALUE, PREDICTED_PROBABILITY, CLASS_PROBABILITY, CENTROID_DISTANCE, NUMBER ->
          OptionalInt.of(output);
      case PREDICTED_CLASS, TOP_CLASSES, TOP_PROBABILITIES, CENTROID_ID, INTEGER, VECTOR, TEXT ->
          OptionalInt.empty();
    };
  }

  /** Returns whether the rows are a table's, taken as the table keeps them. */
  boolean takesTableRows() {
    return input.scansTable();
  }

  /** Returns the same rows' averages and counts. */
  AveragedRows averaged(List<AveragedRows.Item> items) {
    return new AveragedRows(input.session(), this, prediction, items);
  }

  /** Returns which columns of the prediction the statement can look at. */
  private boolean[] wanted() {
    boolean[] wanted = new boolean[prediction.outputs().size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = !named || lookedUp.get(input.columns().size() + i);
    }
    return wanted;
  }

  /** One pass. */
  private final class Blocks implements ColumnStream {
    private final ScoredBlocks blocks;
    private final boolean[] wanted = wanted();

    /** Where the values of the input that the statement looks at stand in a row. */
    private final int[] lookedAt;

    private int size;
    private int position;
    private long nulls;
    private boolean ended;

    Blocks(ScoredBlocks blocks) {
      this.blocks = blocks;
      int[] places = blocks.places();
      this.lookedAt =
          lookedUp.stream()
              .filter(column -> column < places.length)
              .map(column -> places[column])
              .filter(place -> place != InputRows.Reading.UNREAD)
              .toArray();
    }

    /**
     * Looks at the values that the statement will look at: here the processor fetches many from
     * memory at once, there it would wait for each.
     */
    private void fetch() {
      Value[][] rows = blocks.rows();
      long found = 0;
      for (int place : lookedAt) {
        for (int row = 0; row < size; row++) {
          found += rows[row][place] instanceof ValueNull ? 1 : 0;
        }
      }
      nulls += found;
    }

    /** Goes to the next block, unless there are rows left in this one. */
    private boolean hasRow() {
      if (position == size && !ended) {
        position = 0;
        size = 0;
        size = blocks.next();
        ended = size == 0;
        fetch();
      }
      return !ended;
    }

    @Override
    public @Nullable Row next() {
      if (!hasRow()) {
        return null;
      }
      int row = position++;
      Value[] predicted = new Value[wanted.length];
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] = predicted(i, row);
      }
      return new PredictedRow(blocks.rows()[row], blocks.places(), predicted);
    }

    private Value predicted(int output, int row) {
      PredictionBatch scores = blocks.scores();
      return scores == null || !wanted[output]
          ? ValueNull.INSTANCE
          : outputs.value(output, scores, row);
    }

    @Override
    public int take(int[] columns, Value[][] target, int from, int to) {
      if (!hasRow()) {
        return 0;
      }
      int[] places = blocks.places();
      Value[][] rows = blocks.rows();
      int count = Math.min(to - from, size - position);
      for (int i = from; i < from + count; i++) {
        int row = position++;
        Value[] input = rows[row];
        Value[] values = new Value[columns.length];
        for (int k = 0; k < values.length; k++) {
          int column = columns[k];
          values[k] =
              column >= places.length
                  ? predicted(column - places.length, row)
                  : PredictedRow.value(input, places[column]);
        }
        target[i] = values;
      }
      return count;
    }

    @Override
    public void close() {
      blocks.close();
    }
  }
}
