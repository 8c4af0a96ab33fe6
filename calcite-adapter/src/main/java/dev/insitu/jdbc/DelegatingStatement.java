package dev.insitu.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.NullUnmarked;

/** Hands every call to the database's own statement; what differs is overridden below it. */
@NullUnmarked
abstract class DelegatingStatement implements Statement {
  final Statement delegate;

  DelegatingStatement(Statement delegate) {
    this.delegate = delegate;
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    delegate.addBatch(sql);
  }

  @Override
  public void cancel() throws SQLException {
    delegate.cancel();
  }

  @Override
  public void clearBatch() throws SQLException {
    delegate.clearBatch();
  }

  @Override
  public void clearWarnings() throws SQLException {
    delegate.clearWarnings();
  }

  @Override
  public void close() throws SQLException {
    delegate.close();
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    delegate.closeOnCompletion();
  }

  @Override
  public String enquoteIdentifier(String name, boolean flag) throws SQLException {
    return delegate.enquoteIdentifier(name, flag);
  }

  @Override
  public String enquoteLiteral(String value) throws SQLException {
    return delegate.enquoteLiteral(value);
  }

  @Override
  public String enquoteNCharLiteral(String name) throws SQLException {
    return delegate.enquoteNCharLiteral(name);
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return delegate.execute(sql);
  }

  @Override
  public boolean execute(String sql, String[] columns) throws SQLException {
    return delegate.execute(sql, columns);
  }

  @Override
  public boolean execute(String sql, int generatedKeys) throws SQLException {
    return delegate.execute(sql, generatedKeys);
  }

  @Override
  public boolean execute(String sql, int[] columns) throws SQLException {
    return delegate.execute(sql, columns);
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return delegate.executeBatch();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    return delegate.executeLargeBatch();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return delegate.executeLargeUpdate(sql);
  }

  @Override
  public long executeLargeUpdate(String sql, String[] columns) throws SQLException {
    return delegate.executeLargeUpdate(sql, columns);
  }

  @Override
  public long executeLargeUpdate(String sql, int generatedKeys) throws SQLException {
    return delegate.executeLargeUpdate(sql, generatedKeys);
  }

  @Override
  public long executeLargeUpdate(String sql, int[] columns) throws SQLException {
    return delegate.executeLargeUpdate(sql, columns);
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    return delegate.executeQuery(sql);
  }

  @Override
  public int executeUpdate(String sql) throws SQLException {
    return delegate.executeUpdate(sql);
  }

  @Override
  public int executeUpdate(String sql, String[] columns) throws SQLException {
    return delegate.executeUpdate(sql, columns);
  }

  @Override
  public int executeUpdate(String sql, int generatedKeys) throws SQLException {
    return delegate.executeUpdate(sql, generatedKeys);
  }

  @Override
  public int executeUpdate(String sql, int[] columns) throws SQLException {
    return delegate.executeUpdate(sql, columns);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return delegate.getConnection();
  }

  @Override
  public int getFetchDirection() throws SQLException {
    return delegate.getFetchDirection();
  }

  @Override
  public int getFetchSize() throws SQLException {
    return delegate.getFetchSize();
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    return delegate.getGeneratedKeys();
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    return delegate.getLargeMaxRows();
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    return delegate.getLargeUpdateCount();
  }

  @Override
  public int getMaxFieldSize() throws SQLException {
    return delegate.getMaxFieldSize();
  }

  @Override
  public int getMaxRows() throws SQLException {
    return delegate.getMaxRows();
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return delegate.getMoreResults();
  }

  @Override
  public boolean getMoreResults(int value) throws SQLException {
    return delegate.getMoreResults(value);
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    return delegate.getQueryTimeout();
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return delegate.getResultSet();
  }

  @Override
  public int getResultSetConcurrency() throws SQLException {
    return delegate.getResultSetConcurrency();
  }

  @Override
  public int getResultSetHoldability() throws SQLException {
    return delegate.getResultSetHoldability();
  }

  @Override
  public int getResultSetType() throws SQLException {
    return delegate.getResultSetType();
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return delegate.getUpdateCount();
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return delegate.getWarnings();
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    return delegate.isCloseOnCompletion();
  }

  @Override
  public boolean isClosed() throws SQLException {
    return delegate.isClosed();
  }

  @Override
  public boolean isPoolable() throws SQLException {
    return delegate.isPoolable();
  }

  @Override
  public boolean isSimpleIdentifier(String sql) throws SQLException {
    return delegate.isSimpleIdentifier(sql);
  }

  @Override
  public void setCursorName(String name) throws SQLException {
    delegate.setCursorName(name);
  }

  @Override
  public void setEscapeProcessing(boolean flag) throws SQLException {
    delegate.setEscapeProcessing(flag);
  }

  @Override
  public void setFetchDirection(int value) throws SQLException {
    delegate.setFetchDirection(value);
  }

  @Override
  public void setFetchSize(int value) throws SQLException {
    delegate.setFetchSize(value);
  }

  @Override
  public void setLargeMaxRows(long value) throws SQLException {
    delegate.setLargeMaxRows(value);
  }

  @Override
  public void setMaxFieldSize(int value) throws SQLException {
    delegate.setMaxFieldSize(value);
  }

  @Override
  public void setMaxRows(int value) throws SQLException {
    delegate.setMaxRows(value);
  }

  @Override
  public void setPoolable(boolean flag) throws SQLException {
    delegate.setPoolable(flag);
  }

  @Override
  public void setQueryTimeout(int value) throws SQLException {
    delegate.setQueryTimeout(value);
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
