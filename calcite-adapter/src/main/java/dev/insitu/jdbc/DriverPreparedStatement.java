package dev.insitu.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A prepared statement of the database. */
class DriverPreparedStatement extends DelegatingPreparedStatement {
  DriverPreparedStatement(DriverConnection connection, PreparedStatement delegate) {
    super(connection, delegate);
  }

  @Override
  public @Nullable ResultSet executeQuery() throws SQLException {
    settle();
    return connected(prepared.executeQuery());
  }

  @Override
  public boolean execute() throws SQLException {
    settle();
    return prepared.execute();
  }

  @Override
  public int executeUpdate() throws SQLException {
    settle();
    return prepared.executeUpdate();
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    settle();
    return prepared.executeLargeUpdate();
  }

  @Override
  public int[] executeBatch() throws SQLException {
    settle();
    return prepared.executeBatch();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    settle();
    return prepared.executeLargeBatch();
  }
}
