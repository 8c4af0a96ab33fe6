package dev.insitu.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.h2.api.ErrorCode;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcResultSet;
import org.h2.message.DbException;
import org.h2.result.LocalResult;
import org.h2.result.ResultInterface;
import org.h2.result.Row;
import org.h2.table.Column;
import org.h2.value.DataType;
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
  /** So many rows at most are computed when one is asked for. */
  private static final int MOST_AT_ONCE = 64;

  /** Rows that take longer together are computed one by one. */
  private static final long FAST_NANOS = 200_000;

  private final SessionLocal session;
  private final JdbcResultSet source;
  private final ResultInterface description;

  /** The columns whose values may be large objects. */
  private final int[] largeObjects;

  private final OpenStatement statement;
  private final @Nullable NestedReading nested;
  private final Runnable whenRead;
  private final ArrayDeque<Value[]> ahead = new ArrayDeque<>();

  /** The reader's next rows, for which he needs no lock. */
  private Value[][] taken = new Value[MOST_AT_ONCE][];

  private int takenNext;
  private int takenEnd;
  private int atOnce = 1;

  /** What {@link #fetch} has computed. */
  private Value[][] fetched = new Value[MOST_AT_ONCE][];

  private int fetchedEnd;
  private final ArrayDeque<Copy> copies = new ArrayDeque<>();
  private @Nullable SQLException failure;
  private Value @Nullable [] current;
  private long rowsRead;
  private long rowId = -1;
  private boolean afterLast;
  private volatile boolean closed;
  private boolean read;
  private @Nullable DirectRows direct;
  private boolean directKnown;

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
    this.largeObjects =
        IntStream.range(0, description.getVisibleColumnCount())
            .filter(i -> mayBeLarge(description.getColumnType(i).getValueType()))
            .toArray();
  }

  /** Reads at most so many rows ahead. */
  synchronized void readAhead(int rows) throws SQLException {
    while (!read && ahead.size() < rows) {
      if (fetch(1) > 0) {
        ahead.add(fetched[0]);
      }
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
      while (!read && !stopped.getAsBoolean()) {
        if (fetch(1) > 0) {
          rows.add(fetched[0]);
        }
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

  private static boolean mayBeLarge(int type) {
    return DataType.isLargeObject(type) || type == Value.UNKNOWN || type == Value.NULL;
  }

  private Column[] columns() {
    Column[] columns = new Column[description.getVisibleColumnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column("C" + i, description.getColumnType(i));
    }
    return columns;
  }

  /**
   * Computes the next rows, at most so many; returns how many. What fails behind the first of them
   * is the reader's when he gets there.
   */
  private int fetch(int rows) throws SQLException {
    fetchedEnd = 0;
    if (read) {
      return 0;
    }
    boolean more = false;
    session.lock();
    try {
      statement.compute();
      more = advance(rows);
    } catch (SQLException | RuntimeException e) {
      if (fetchedEnd == 0) {
        throw e;
      }
      failure = DbException.toSQLException(e);
    } finally {
      rowsRead += fetchedEnd;
      statement.pause();
      session.unlock();
      if (!more) {
        endReading();
      }
    }
    return fetchedEnd;
  }

  private boolean advance(int rows) throws SQLException {
    NestedReading reading = nested;
    if (reading == null) {
      return compute(rows);
    }
    try (NestedReading.Scope scope = reading.begin()) {
      return compute(rows);
    }
  }

  /** Returns whether there were so many. */
  private boolean compute(int rows) throws SQLException {
    if (!source.next()) {
      return false;
    }
    fetched[0] = kept(description.currentRow());
    fetchedEnd = 1;
    return rows == 1 || computeMore(rows);
  }

  /** Goes on without what H2's result set looks after at each row: closed, cancelled, traced. */
  private boolean computeMore(int rows) throws SQLException {
    Session before = session.setThreadLocalSession();
    try {
      DirectRows plain = direct();
      while (fetchedEnd < rows) {
        int count = plain == null ? computeOne() : plain.take(fetched, fetchedEnd, rows);
        if (count == 0) {
          return false;
        }
        for (int end = fetchedEnd + count; fetchedEnd < end; fetchedEnd++) {
          fetched[fetchedEnd] = kept(fetched[fetchedEnd]);
        }
      }
      return true;
    } finally {
      session.resetThreadLocalSession(before);
    }
  }

  private int computeOne() {
    if (!description.next()) {
      return 0;
    }
    fetched[fetchedEnd] = description.currentRow();
    return 1;
  }

  /** Returns the rows behind the first, if H2 need not make them; asked when it has made that. */
  private @Nullable DirectRows direct() throws SQLException {
    if (!directKnown) {
      directKnown = true;
      direct = source.getStatement().getMaxRows() == 0 ? DirectRows.of(session, description) : null;
    }
    return direct;
  }

  /** Fetches more rows at once as long as they come fast; a slow one is waited for alone. */
  private Value @Nullable [] fetchAhead() throws SQLException {
    long start = System.nanoTime();
    int count = fetch(atOnce);
    atOnce = System.nanoTime() - start < FAST_NANOS ? Math.min(2 * atOnce, MOST_AT_ONCE) : 1;
    Value[][] rows = fetched;
    fetched = taken;
    taken = rows;
    takenNext = 0;
    takenEnd = count;
    return takenNext < takenEnd ? taken[takenNext++] : null;
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
      return fetchAhead();
    } catch (SQLException e) {
      throw DbException.convert(e);
    }
  }

  /** A row of a lazy result is nobody else's; what its large objects refer to may go. */
  private Value[] kept(Value[] row) {
    for (int i : largeObjects) {
      if (row[i] instanceof ValueLob lob) {
        ValueLob own = lob.copyToResult();
        row[i] = own == lob ? lob : session.addTemporaryLob(own);
      }
    }
    return row;
  }

  @Override
  public boolean next() {
    if (takenNext < takenEnd && !closed) {
      current = taken[takenNext++];
      rowId++;
      return true;
    }
    return takeNext();
  }

  private synchronized boolean takeNext() {
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
    if (takenNext < takenEnd && !closed) {
      return true;
    }
    Value[] row = nextRow();
    if (row == null) {
      return false;
    }
    if (takenNext > 0 && taken[takenNext - 1] == row) {
      takenNext--;
    } else {
      ahead.addFirst(row);
    }
    return true;
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
