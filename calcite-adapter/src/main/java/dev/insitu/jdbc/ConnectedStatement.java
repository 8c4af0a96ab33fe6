package dev.insitu.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement whose connection and result sets are ours too, so that nobody slips past us. */
abstract class ConnectedStatement extends DelegatingStatement {
  final DriverConnection connection;
  private @Nullable DriverResultSet latest;

  ConnectedStatement(DriverConnection connection, Statement delegate) {
    super(delegate);
    this.connection = connection;
  }

  /** Returns our result set over the database's; the same one for the same one. */
  final @Nullable DriverResultSet connected(@Nullable ResultSet result) {
    if (result == null) {
      return null;
    }
    DriverResultSet known = latest;
    if (known == null || known.delegate != result) {
      known = new DriverResultSet(this, result);
      latest = known;
    }
    return known;
  }

  /** Called when a result set of this statement has been closed by its reader. */
  void resultClosed() throws SQLException {}

  @Override
  public @Nullable Connection getConnection() throws SQLException {
    return delegate.getConnection() == null ? null : connection;
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    return connected(delegate.getResultSet());
  }

  @Override
  public @Nullable ResultSet getGeneratedKeys() throws SQLException {
    ResultSet keys = delegate.getGeneratedKeys();
    return keys == null ? null : new DriverResultSet(this, keys);
  }

  @Override
  public @Nullable ResultSet executeQuery(String sql) throws SQLException {
    return connected(delegate.executeQuery(sql));
  }

  @Override
  public <T> T unwrap(Class<T> iface) throws SQLException {
    return iface.isInstance(this) ? iface.cast(this) : delegate.unwrap(iface);
  }

  @Override
  public boolean isWrapperFor(Class<?> iface) throws SQLException {
    return iface.isInstance(this) || delegate.isWrapperFor(iface);
  }
}
