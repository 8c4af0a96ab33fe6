package dev.insitu.jdbc;

import dev.insitu.train.Progress;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The database's own connection, whose statements are read by us first. */
final class DriverConnection extends DelegatingConnection implements InsituConnection {
  private volatile Progress progress = Progress.NONE;

  DriverConnection(Connection delegate) {
    super(delegate);
  }

  @Override
  public void setProgress(Progress progress) {
    this.progress = progress;
  }

  Progress progress() {
    return progress;
  }

  @Override
  public Statement createStatement() throws SQLException {
    return new DriverStatement(this, delegate.createStatement());
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return new DriverStatement(this, delegate.createStatement(type, concurrency));
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return new DriverStatement(this, delegate.createStatement(type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return prepare(sql, text -> delegate.prepareStatement(text));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
    return prepare(sql, text -> delegate.prepareStatement(text, generatedKeys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    return prepare(sql, text -> delegate.prepareStatement(text, columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    return prepare(sql, text -> delegate.prepareStatement(text, columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return prepare(sql, text -> delegate.prepareStatement(text, type, concurrency));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return prepare(sql, text -> delegate.prepareStatement(text, type, concurrency, holdability));
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    return new DriverCallableStatement(this, delegate.prepareCall(sql));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    return new DriverCallableStatement(this, delegate.prepareCall(sql, type, concurrency));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return new DriverCallableStatement(
        this, delegate.prepareCall(sql, type, concurrency, holdability));
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    return DriverMetaData.of(this, delegate.getMetaData());
  }

  @Override
  public <T> T unwrap(Class<T> iface) throws SQLException {
    return iface.isInstance(this) ? iface.cast(this) : delegate.unwrap(iface);
  }

  @Override
  public boolean isWrapperFor(Class<?> iface) throws SQLException {
    return iface.isInstance(this) || delegate.isWrapperFor(iface);
  }

  private PreparedStatement prepare(String sql, Preparation preparation) throws SQLException {
    return new DriverPreparedStatement(this, preparation.prepare(sql));
  }

  /** How the caller wants a text prepared. */
  interface Preparation {
    PreparedStatement prepare(String sql) throws SQLException;
  }
}
