package dev.insitu.h2;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcResultSet;
import org.h2.message.DbException;
import org.h2.result.ResultInterface;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueLob;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a lazy result of H2: some read ahead, the rest computed when they are asked for,
 * unless {@link #readAll} has read them before. Forward only. Reading and {@link #readAll} exclude
 * each other.
 */
final class StreamedRows implements ResultInterface {
  private final SessionLocal session;
  private final JdbcResultSet source;
  private final ResultInterface description;
  private final Runnable whenRead;
  private final ArrayDeque<Value[]> ahead = new ArrayDeque<>();
  private Value @Nullable [] current;
  private long rowId = -1;
  private boolean afterLast;
  private boolean closed;
  private boolean read;

  /**
   * Makes rows of a lazy result.
   *
   * @param whenRead run once, when nothing is to be read from the source any more
   */
  StreamedRows(SessionLocal session, JdbcResultSet source, Runnable whenRead) {
    this.session = session;
    this.source = source;
    this.description = source.getResult();
    this.whenRead = whenRead;
  }

  /** Reads at most so many rows ahead. */
  synchronized void readAhead(int rows) throws SQLException {
    while (ahead.size() < rows && fetch()) {}
  }

  /** Reads what is left, so that it no longer depends on what it is computed from. */
  synchronized void readAll() throws SQLException {
    while (fetch()) {}
  }

  private boolean fetch() throws SQLException {
    if (read) {
      return false;
    }
    boolean more = false;
    try {
      more = source.next();
      if (more) {
        ahead.add(kept(source.getResult().currentRow()));
      }
      return more;
    } finally {
      if (!more) {
        endReading();
      }
    }
  }

  private void endReading() {
    if (read) {
      return;
    }
    read = true;
    try {
      source.close();
    } catch (SQLException e) {
      throw DbException.convert(e);
    } finally {
      whenRead.run();
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
    if (ahead.isEmpty()) {
      try {
        fetch();
      } catch (SQLException e) {
        throw DbException.convert(e);
      }
    }
    current = ahead.poll();
    if (current == null) {
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
    try {
      readAhead(1);
    } catch (SQLException e) {
      throw DbException.convert(e);
    }
    return !ahead.isEmpty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    current = null;
    ahead.clear();
    endReading();
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
