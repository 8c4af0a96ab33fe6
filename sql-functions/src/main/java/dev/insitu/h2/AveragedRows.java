package dev.insitu.h2;

import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.score.PredictionBatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.result.Row;
import org.h2.table.Column;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueDecfloat;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * The one row of a statement that asks a prediction for averages and counts and for nothing else:
 * rows are read and scored, and none is handed to H2. The values are H2's own, digit for digit.
 */
final class AveragedRows implements RowSource {
  /**
   * A column of the row.
   *
   * @param output the column of the prediction of which it is the average; empty for the number of
   *     rows
   * @param type as H2 reports it
   */
  record Item(OptionalInt output, TypeInfo type) {}

  private final SessionLocal session;
  private final PredictionRows source;
  private final Prediction prediction;
  private final List<Item> items;

  AveragedRows(
      SessionLocal session, PredictionRows source, Prediction prediction, List<Item> items) {
    this.session = session;
    this.source = source;
    this.prediction = prediction;
    this.items = List.copyOf(items);
  }

  @Override
  public Column[] columns() {
    Column[] columns = new Column[items.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column("C" + i, items.get(i).type());
    }
    return columns;
  }

  @Override
  public int parameterCount() {
    return source.parameterCount();
  }

  @Override
  public void refresh() {
    source.refresh();
  }

  @Override
  public List<DbObject> dependencies() {
    return source.dependencies();
  }

  @Override
  public long maxDataModificationId() {
    return source.maxDataModificationId();
  }

  @Override
  public boolean isDeterministic() {
    return source.isDeterministic();
  }

  @Override
  public long estimatedRows() {
    return 1;
  }

  @Override
  public RowStream open(List<Value> parameters) {
    return new OneRow(parameters);
  }

  /** One pass. */
  private final class OneRow implements RowStream {
    private final List<Sums> parts = new ArrayList<>();
    private final ScoredBlocks blocks;
    private boolean read;

    OneRow(List<Value> parameters) {
      this.blocks = source.blocks(parameters, this::part);
    }

    private Sums part() {
      Sums part = new Sums();
      parts.add(part);
      return part;
    }

    @Override
    public @Nullable Row next() {
      if (read) {
        return null;
      }
      read = true;
      long rows = 0;
      for (int size = blocks.next(); size > 0; size = blocks.next()) {
        rows += size;
      }
      Value[] values = new Value[items.size()];
      for (int i = 0; i < values.length; i++) {
        Item item = items.get(i);
        values[i] = item.output().isEmpty() ? ValueBigint.get(rows) : average(i, item.type());
      }
      return Row.get(values, Row.MEMORY_CALCULATE);
    }

    private Value average(int item, TypeInfo type) {
      DecimalSum sum = new DecimalSum();
      parts.forEach(part -> sum.add(part.sums[item]));
      BigDecimal total = sum.sum();
      return total == null
          ? ValueNull.INSTANCE
          : ValueDecfloat.divide(total, BigDecimal.valueOf(sum.count()), type)
              .castTo(type, session);
    }

    @Override
    public void close() {
      blocks.close();
    }
  }

  /** The sums of some blocks. */
  private final class Sums implements RowBlock.Fold {
    private final DecimalSum[] sums = new DecimalSum[items.size()];

    Sums() {
      Arrays.setAll(sums, i -> new DecimalSum());
    }

    @Override
    public void add(PredictionBatch scores, int rows) {
      for (int i = 0; i < sums.length; i++) {
        if (items.get(i).output().isPresent()) {
          int output = items.get(i).output().getAsInt();
          add(prediction.outputs().get(output), scores, rows, sums[i]);
        }
      }
    }

    private void add(OutputColumn column, PredictionBatch scores, int rows, DecimalSum sum) {
      for (int row = 0; row < rows; row++) {
        sum.add(prediction.number(column, scores, row));
      }
    }
  }
}
