package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.BatchReader;
import dev.insitu.function.InputQuery;
import dev.insitu.model.ColumnSpec;
import dev.insitu.score.FeatureBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.command.Command;
import org.h2.command.CommandContainer;
import org.h2.command.query.Query;
import org.h2.engine.SessionLocal;
import org.h2.expression.ParameterInterface;
import org.h2.message.DbException;
import org.h2.result.LazyResult;
import org.h2.result.ResultInterface;
import org.h2.value.Value;
import org.h2.value.ValueToObjectConverter;
import org.jspecify.annotations.Nullable;

/**
 * A query of the caller that is a statement of its own on his session: the input of a training or
 * of an evaluation.
 *
 * <p>From opening to closing it is H2's running statement, so that it reads one snapshot and the
 * caller's query timeout counts. In auto-commit mode closing it ends the transaction, as the end of
 * any query does.
 */
final class H2Query implements InputQuery {
  private final SessionLocal session;
  private final String sql;
  private final List<ColumnSpec> columns;
  private final int parameterCount;
  private final boolean ordered;

  H2Query(SessionLocal session, String sql) throws SQLException {
    this.session = session;
    this.sql = sql;
    session.lock();
    try {
      InnerQuery query = InnerQuery.of(session, sql);
      this.columns = query.columns();
      this.parameterCount = query.parameterCount();
      this.ordered = query.ordered();
    } catch (DbException e) {
      throw H2Errors.outside(e);
    } finally {
      session.unlock();
    }
  }

  String sql() {
    return sql;
  }

  @Override
  public List<ColumnSpec> columns() {
    return columns;
  }

  @Override
  public int parameterCount() {
    return parameterCount;
  }

  @Override
  public boolean ordered() {
    return ordered;
  }

  @Override
  public BatchReader open(
      List<@Nullable Object> parameters, List<Integer> wantedColumns, List<ColumnSpec> wanted)
      throws SQLException {
    if (parameters.size() != parameterCount) {
      throw new IllegalArgumentException(
          parameters.size() + " values for " + parameterCount + " parameters");
    }
    session.lock();
    try {
      List<Value> values = new ArrayList<>();
      for (Object parameter : parameters) {
        values.add(ValueToObjectConverter.objectToValue(session, parameter, Value.UNKNOWN));
      }
      return session.getCurrentCommand() == null
          ? new StatementReader(values, List.copyOf(wantedColumns))
          : new InnerReader(values, List.copyOf(wantedColumns));
    } catch (DbException e) {
      throw H2Errors.outside(e);
    } finally {
      session.unlock();
    }
  }

  /** Fills a batch from row 0 with the next rows of an input and returns how many it now has. */
  static int fill(
      FeatureBatch batch, List<Integer> wanted, FeatureValues values, InputRows.Reading reading) {
    Value[][] rows = new Value[Math.min(ScoredBlocks.BLOCK, batch.capacity())][];
    int size = 0;
    int read = -1;
    while (read != 0 && size < batch.capacity()) {
      read = reading.read(rows, 0, Math.min(rows.length, batch.capacity() - size));
      int[] places = reading.places();
      for (int i = 0; i < wanted.size(); i++) {
        values.fill(batch, i, size, rows, places[wanted.get(i)], 0, read);
      }
      size += read;
    }
    batch.setRows(size);
    return size;
  }

  /** Reads inside a statement that is already running on the session. */
  private final class InnerReader implements BatchReader {
    private final InputRows.Reading reading;
    private final List<Integer> wanted;

    InnerReader(List<Value> parameters, List<Integer> wanted) {
      this.reading = InnerQuery.of(session, sql).open(parameters);
      this.wanted = wanted;
    }

    @Override
    public int read(FeatureBatch batch) throws SQLException {
      try {
        reading.checkCancelled();
        return fill(batch, wanted, new FeatureValues(session), reading);
      } catch (DbException e) {
        throw H2Errors.outside(e);
      }
    }

    @Override
    public void close() {
      reading.close();
    }
  }

  /** Reads as a statement of its own. */
  private final class StatementReader implements BatchReader {
    private final Command command;
    private final HeldVersion version;
    private final List<Integer> wanted;
    private final Value[][] rows = new Value[ScoredBlocks.BLOCK][];
    private @Nullable TableScan scan;
    private @Nullable LeafPages pages;
    private @Nullable ResultInterface result;
    private boolean closed;

    StatementReader(List<Value> parameters, List<Integer> wanted) {
      this.wanted = wanted;
      if (!(OwnPlan.of(session, sql) instanceof Query query)) {
        throw MlException.of(ErrorCode.CANNOT_RUN, "a statement as input", "it is not a query");
      }
      this.command = new CommandContainer(session, sql, query);
      List<? extends ParameterInterface> markers = command.getParameters();
      for (int i = 0; i < markers.size(); i++) {
        markers.get(i).setValue(parameters.get(i), true);
      }
      this.version = HeldVersion.of(session);
      session.startStatementWithinTransaction(command);
      try (Lazily lazily = Lazily.on(session)) {
        this.result = command.query(0);
        // If it had to be compiled again, the command runs another query than this one.
        this.scan =
            result instanceof LazyResult && !query.needRecompile() ? TableScan.of(query) : null;
        this.pages = scan == null ? null : scan.pages(session).orElse(null);
      } catch (RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    @Override
    public int read(FeatureBatch batch) throws SQLException {
      session.lock();
      try {
        session.checkCanceled();
        return fill(batch);
      } catch (DbException e) {
        throw H2Errors.outside(e);
      } finally {
        session.unlock();
      }
    }

    private int fill(FeatureBatch batch) {
      FeatureValues values = new FeatureValues(session);
      ResultInterface open = result;
      int size = 0;
      int read = -1;
      while (open != null && read != 0 && size < batch.capacity()) {
        read = next(open, Math.min(rows.length, batch.capacity() - size));
        for (int i = 0; i < wanted.size(); i++) {
          int place = scan == null ? wanted.get(i) : scan.places()[wanted.get(i)];
          values.fill(batch, i, size, rows, place, 0, read);
        }
        size += read;
      }
      batch.setRows(size);
      return size;
    }

    private int next(ResultInterface open, int most) {
      if (pages != null) {
        return pages.read(rows, 0, most);
      }
      if (scan != null) {
        return scan.read(open, rows, 0, most);
      }
      int read = 0;
      while (read < most && open.next()) {
        rows[read++] = open.currentRow();
      }
      return read;
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      session.lock();
      try {
        ResultInterface open = result;
        result = null;
        if (open != null) {
          open.close();
        }
        if (session.isOpen()) {
          session.endStatement();
          command.stop(true);
        }
        command.close();
      } finally {
        version.close();
        session.unlock();
      }
    }
  }
}
