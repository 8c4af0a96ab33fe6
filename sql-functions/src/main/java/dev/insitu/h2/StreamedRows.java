package dev.insitu.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.h2.api.ErrorCode;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcResultSet;
import org.h2.message.DbException;
import org.h2.result.LocalResult;
import org.h2.result.ResultInterface;
import org.h2.result.Row;
import org.h2.table.Column;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueLob;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a lazy result of H2: some read ahead, the rest computed when they are asked for,
 * unless {@link #readAll} has copied them before. Forward only. Reading and {@link #readAll}
 * exclude each other; both hold the session, so that it is not closed in the middle of a row.
 */
final class StreamedRows implements ResultInterface {
  private final SessionLocal session;
  private final JdbcResultSet source;
  private final ResultInterface description;
  private final OpenStatement statement;
  private final @Nullable NestedReading nested;
  private final Runnable whenRead;
  private final ArrayDeque<Value[]> ahead = new ArrayDeque<>();
  private final ArrayDeque<Copy> copies = new ArrayDeque<>();
  private @Nullable SQLException failure;
  private Value @Nullable [] current;
  private long rowsRead;
  private long rowId = -1;
  private boolean afterLast;
  private boolean closed;
  private boolean read;

  /**
   * Makes rows of a lazy result.
   *
   * @param statement whose result it is; ended with the reading
   * @param nested what to tell while a row is computed, if the statement's inner queries are read
   *     once; else null
   * @param whenRead run once, when nothing is to be read from the source any more
   */
  StreamedRows(
      SessionLocal session,
      JdbcResultSet source,
      OpenStatement statement,
      @Nullable NestedReading nested,
      Runnable whenRead) {
    this.session = session;
    this.source = source;
    this.description = source.getResult();
    this.statement = statement;
    this.nested = nested;
    this.whenRead = whenRead;
  }

  /** Reads at most so many rows ahead. */
  synchronized void readAhead(int rows) throws SQLException {
    while (ahead.size() < rows) {
      Value[] row = fetch();
      if (row == null) {
        return;
      }
      ahead.add(row);
    }
  }

  /**
   * Copies what is left, so that it no longer depends on what it is computed from. An error of the
   * rest is the reader's: he gets it where he would have got it.
   *
   * @param stopped asked before each row; if so, the reading goes on behind what has been copied
   * @return whether all has been copied
   */
  synchronized boolean readAll(BooleanSupplier stopped) {
    if (read) {
      return true;
    }
    SpooledRows rows = new SpooledRows(session, columns());
    try {
      Value[] row = null;
      while (!stopped.getAsBoolean() && (row = fetch()) != null) {
        rows.add(row);
      }
      if (!read) {
        return false;
      }
    } catch (SQLException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = DbException.toSQLException(e);
    } finally {
      copies.add(new Copy(rows, rows.all()));
    }
    endReading();
    return true;
  }

  private Column[] columns() {
    Column[] columns = new Column[description.getVisibleColumnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column("C" + i, description.getColumnType(i));
    }
    return columns;
  }

  private Value @Nullable [] fetch() throws SQLException {
    if (read) {
      return null;
    }
    boolean more = false;
    session.lock();
    try {
      statement.compute();
      more = advance();
      rowsRead += more ? 1 : 0;
      return more ? kept(source.getResult().currentRow()) : null;
    } finally {
      statement.pause();
      session.unlock();
      if (!more) {
        endReading();
      }
    }
  }

  private boolean advance() throws SQLException {
    NestedReading reading = nested;
    if (reading == null) {
      return source.next();
    }
    try (NestedReading.Scope scope = reading.begin()) {
      return source.next();
    }
  }

  private void endReading() {
    if (read) {
      return;
    }
    read = true;
    session.lock();
    try {
      statement.end();
    } finally {
      try {
        source.close();
      } catch (SQLException e) {
        throw DbException.convert(e);
      } finally {
        session.unlock();
        whenRead.run();
      }
    }
  }

  private Value @Nullable [] nextRow() {
    Value[] row = ahead.poll();
    if (row != null) {
      return row;
    }
    try {
      for (Copy copy = copies.peek(); copy != null; copy = copies.peek()) {
        Row copied = copy.stream().next();
        if (copied != null) {
          return copied.getValueList();
        }
        copies.remove().rows().close();
      }
      SQLException late = failure;
      if (late != null) {
        failure = null;
        throw late;
      }
      return fetch();
    } catch (SQLException e) {
      throw DbException.convert(e);
    }
  }

  private Value[] kept(Value[] row) {
    Value[] copy = row.clone();
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] instanceof ValueLob lob) {
        ValueLob own = lob.copyToResult();
        copy[i] = own == lob ? lob : session.addTemporaryLob(own);
      }
    }
    return copy;
  }

  @Override
  public synchronized boolean next() {
    if (closed && !afterLast) { // by another thread: the reader must not take that for the end
      throw DbException.get(ErrorCode.OBJECT_CLOSED);
    }
    current = closed ? null : nextRow();
    if (current == null) {
      rowId += afterLast ? 0 : 1; // behind the last row, as in a result that is complete
      afterLast = true;
      return false;
    }
    rowId++;
    return true;
  }

  @Override
  public Value @Nullable [] currentRow() {
    return current;
  }

  @Override
  public long getRowId() {
    return rowId;
  }

  @Override
  public boolean isAfterLast() {
    return afterLast;
  }

  @Override
  public synchronized boolean hasNext() {
    if (ahead.isEmpty()) {
      Value[] row = nextRow();
      if (row != null) {
        ahead.add(row);
      }
    }
    return !ahead.isEmpty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    current = null;
    ahead.clear();
    try {
      endReading();
    } finally {
      copies.forEach(copy -> copy.rows().close());
      copies.clear();
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void reset() {
    throw DbException.getUnsupportedException("Method is not supported for streamed results");
  }

  @Override
  public long getRowCount() {
    throw DbException.getUnsupportedException("Row count is unknown for a streamed result");
  }

  @Override
  public boolean needToClose() {
    return true;
  }

  /** Says no, since H2's own lazy result behind it looks after its command. */
  @Override
  public boolean isLazy() {
    return false;
  }

  @Override
  public int getVisibleColumnCount() {
    return description.getVisibleColumnCount();
  }

  @Override
  public String getAlias(int i) {
    return description.getAlias(i);
  }

  @Override
  public String getSchemaName(int i) {
    return description.getSchemaName(i);
  }

  @Override
  public String getTableName(int i) {
    return description.getTableName(i);
  }

  @Override
  public String getColumnName(int i) {
    return description.getColumnName(i);
  }

  @Override
  public TypeInfo getColumnType(int i) {
    return description.getColumnType(i);
  }

  @Override
  public boolean isIdentity(int i) {
    return description.isIdentity(i);
  }

  @Override
  public int getNullable(int i) {
    return description.getNullable(i);
  }

  @Override
  public void setFetchSize(int fetchSize) {}

  @Override
  public int getFetchSize() {
    return description.getFetchSize();
  }

  @Override
  public @Nullable ResultInterface createShallowCopy(Session target) {
    return null;
  }

  /** Returns H2's text for a result that is complete; the rows not yet counted are unknown. */
  @Override
  public synchronized String toString() {
    return LocalResult.class.getName()
        + '@'
        + Integer.toHexString(hashCode())
        + " columns: "
        + getVisibleColumnCount()
        + " rows: "
        + (read ? rowsRead : "unknown")
        + " pos: "
        + rowId;
  }

  /** Rows that have been copied before their reader asked for them. */
  private record Copy(SpooledRows rows, RowStream stream) {}

  /** Returns the rows as a result set of the same statement. */
  ResultSet asResultSet() throws SQLException {
    return new JdbcResultSet(
        source.getStatement().getConnection().unwrap(org.h2.jdbc.JdbcConnection.class),
        source.getStatement().unwrap(org.h2.jdbc.JdbcStatement.class),
        null,
        this,
        0,
        false,
        false,
        false);
  }
}
