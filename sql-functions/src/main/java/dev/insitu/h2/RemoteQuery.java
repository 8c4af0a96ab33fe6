package dev.insitu.h2;

import dev.insitu.function.BatchReader;
import dev.insitu.function.InputQuery;
import dev.insitu.model.ColumnSpec;
import dev.insitu.score.FeatureBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.message.DbException;
import org.h2.value.Value;
import org.h2.value.ValueToObjectConverter;
import org.jspecify.annotations.Nullable;

/** A query of the caller that his session elsewhere runs: the input of a training. */
final class RemoteQuery implements InputQuery {
  private final ScratchSession scratch;
  private final RemoteInput input;
  private final boolean ordered;

  RemoteQuery(ScratchSession scratch, String sql, boolean ordered) throws SQLException {
    this.scratch = scratch;
    this.ordered = ordered;
    try {
      this.input = new RemoteInput(scratch, sql);
    } catch (DbException e) {
      throw H2Errors.outside(e);
    }
  }

  @Override
  public List<ColumnSpec> columns() {
    return input.columns();
  }

  @Override
  public int parameterCount() {
    return input.parameterCount();
  }

  @Override
  public boolean ordered() {
    return ordered;
  }

  @Override
  public BatchReader open(
      List<@Nullable Object> parameters, List<Integer> wantedColumns, List<ColumnSpec> wanted)
      throws SQLException {
    try {
      List<Value> values = new ArrayList<>();
      for (Object parameter : parameters) {
        values.add(ValueToObjectConverter.objectToValue(scratch.local(), parameter, Value.UNKNOWN));
      }
      return new Batches(input.open(values), List.copyOf(wantedColumns));
    } catch (DbException e) {
      throw H2Errors.outside(e);
    }
  }

  /** One pass. */
  private final class Batches implements BatchReader {
    private final InputRows.Reading reading;
    private final List<Integer> wanted;
    private final FeatureValues values = new FeatureValues(scratch.local());

    Batches(InputRows.Reading reading, List<Integer> wanted) {
      this.reading = reading;
      this.wanted = wanted;
    }

    @Override
    public int read(FeatureBatch batch) throws SQLException {
      try {
        return H2Query.fill(batch, wanted, values, reading);
      } catch (DbException e) {
        throw H2Errors.outside(e);
      }
    }

    @Override
    public void close() {
      reading.close();
    }
  }
}
