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
  private @Nullable DriverResultSet latestKeys;
  private Statement seen = this;
  private volatile @Nullable Settling settling;

  ConnectedStatement(DriverConnection connection, Statement delegate) {
    super(delegate);
    this.connection = connection;
  }

  /** Returns our result set over the database's generated keys; the same one for the same one. */
  final @Nullable DriverResultSet connectedKeys(@Nullable ResultSet keys) {
    if (keys == null) {
      return null;
    }
    DriverResultSet known = latestKeys;
    if (known == null || known.delegate != keys) {
      known = new DriverResultSet(this, keys);
      latestKeys = known;
    }
    return known;
  }

  /** Says what the caller holds in his hands, if that is not this. */
  final void showAs(Statement statement) {
    seen = statement;
  }

  /** Returns what the caller holds in his hands. */
  final Statement seen() {
    return seen;
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

  /** Called before this is executed: an open result is read to its end first. */
  final void settle() throws SQLException {
    Settling reading = connection.settling();
    if (reading == null) {
      return;
    }
    settling = reading;
    try {
      connection.settled(reading);
    } finally {
      settling = null;
    }
  }

  /** Stops this, or what has to be read before it can begin. */
  @Override
  public final void cancel() throws SQLException {
    Settling reading = settling;
    if (reading == null) {
      cancelExecution();
    } else {
      reading.stop();
    }
  }

  /** Stops what is executed, from any thread. */
  void cancelExecution() throws SQLException {
    delegate.cancel();
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    connection.settle();
    return delegate.getQueryTimeout();
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    connection.settle();
    delegate.setQueryTimeout(seconds);
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
    return connectedKeys(delegate.getGeneratedKeys());
  }

  @Override
  public @Nullable ResultSet executeQuery(String sql) throws SQLException {
    return connected(delegate.executeQuery(sql));
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> iface) throws SQLException {
    return iface != null && iface.isInstance(this) ? iface.cast(this) : delegate.unwrap(iface);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> iface) throws SQLException {
    return iface != null && iface.isInstance(this) || delegate.isWrapperFor(iface);
  }
}
