package dev.insitu.h2;

import dev.insitu.model.ColumnSpec;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.command.CommandInterface;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.expression.ParameterInterface;
import org.h2.message.DbException;
import org.h2.result.ResultInterface;
import org.h2.table.Column;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The input query of a prediction, run by the caller's session elsewhere: with his rights, in his
 * transaction. Its rows come page by page, as values of H2, unchanged.
 *
 * <p>Unless the caller has switched lazy execution on, the server has the whole result before it
 * sends the first page: a lazy result does not hold its version of the database (H2 issue 4142),
 * and a client cannot make it do so.
 */
final class RemoteInput implements InputRows {
  /** Rows in a page. */
  static final int PAGE = 1000;

  private final ScratchSession scratch;
  private final String sql;
  private final InputColumns columns;
  private final int parameterCount;

  RemoteInput(ScratchSession scratch, String sql) {
    this.scratch = scratch;
    this.sql = sql;
    try (CommandInterface command = scratch.command(sql);
        ResultInterface meta = command.getMetaData()) {
      this.columns = InputColumns.of(meta);
      this.parameterCount = command.getParameters().size();
    }
  }

  @Override
  public List<ColumnSpec> columns() {
    return columns.specs();
  }

  @Override
  public Column column(int i) {
    return columns.column(i);
  }

  @Override
  public int parameterCount() {
    return parameterCount;
  }

  @Override
  public void refresh() {
    try {
      scratch.refresh();
    } catch (SQLException e) {
      throw DbException.convert(e);
    }
  }

  @Override
  public List<DbObject> dependencies() {
    return List.of();
  }

  @Override
  public long maxDataModificationId() {
    return 0;
  }

  @Override
  public boolean isDeterministic() {
    return true;
  }

  @Override
  public long estimatedRows() {
    return PAGE;
  }

  @Override
  public SessionLocal session() {
    return scratch.local();
  }

  @Override
  public void checkColumns() {
    try (CommandInterface command = scratch.command(sql);
        ResultInterface meta = command.getMetaData()) {
      columns.check(meta);
    }
  }

  @Override
  public Reading open(List<Value> parameters) {
    return new Pages(parameters);
  }

  /** One pass over the rows. */
  private final class Pages implements Reading {
    private final CommandInterface command;
    private @Nullable ResultInterface result;

    Pages(List<Value> parameters) {
      this.command = scratch.command(sql);
      scratch.running().add(command);
      boolean done = false;
      try {
        List<? extends ParameterInterface> markers = command.getParameters();
        for (int i = 0; i < markers.size(); i++) {
          markers.get(i).setValue(parameters.get(i), true);
        }
        ResultInterface rows = command.executeQuery(0, PAGE, false);
        result = rows;
        columns.check(rows);
        done = true;
      } finally {
        if (!done) {
          close();
        }
      }
    }

    @Override
    public int read(Value[][] rows, int from, int to) {
      ResultInterface open = result;
      if (open == null) {
        return 0;
      }
      int next = from;
      while (next < to && open.next()) {
        rows[next++] = open.currentRow();
      }
      if (next < to) {
        close();
      }
      return next - from;
    }

    @Override
    public int[] places() {
      return IntStream.range(0, columns.specs().size()).toArray();
    }

    @Override
    public void checkCancelled() {
      scratch.local().checkCanceled();
    }

    @Override
    public void close() {
      ResultInterface open = result;
      result = null;
      if (scratch.running().remove(command)) {
        try {
          if (open != null) {
            open.close();
          }
        } finally {
          command.close();
        }
      }
    }
  }
}
