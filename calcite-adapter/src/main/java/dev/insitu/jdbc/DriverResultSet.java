package dev.insitu.jdbc;

import dev.insitu.h2.H2Errors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The database's result set, whose statement is ours. */
final class DriverResultSet extends DelegatingResultSet {
  private final ConnectedStatement statement;

  DriverResultSet(ConnectedStatement statement, ResultSet delegate) {
    super(delegate);
    this.statement = statement;
  }

  /** Returns what the database gets as a value: its own result set in the place of ours. */
  static @Nullable Object ofDatabase(@Nullable Object value) {
    return value instanceof DriverResultSet rows ? rows.delegate : value;
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    return delegate.getStatement() == null ? null : statement.seen();
  }

  /** A row of a prediction may be computed only now, and fail only now. */
  @Override
  public boolean next() throws SQLException {
    try {
      return delegate.next();
    } catch (SQLException e) {
      throw H2Errors.outside(e);
    } catch (NullPointerException e) {
      // The database's result set is not made for another thread that closes it; if one has, this
      // says so.
      delegate.getRow();
      throw e;
    }
  }

  @Override
  public void insertRow() throws SQLException {
    statement.connection.settle();
    delegate.insertRow();
  }

  @Override
  public void updateRow() throws SQLException {
    statement.connection.settle();
    delegate.updateRow();
  }

  @Override
  public void deleteRow() throws SQLException {
    statement.connection.settle();
    delegate.deleteRow();
  }

  @Override
  public void refreshRow() throws SQLException {
    statement.connection.settle();
    delegate.refreshRow();
  }

  @Override
  public void close() throws SQLException {
    delegate.close();
    statement.resultClosed();
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
