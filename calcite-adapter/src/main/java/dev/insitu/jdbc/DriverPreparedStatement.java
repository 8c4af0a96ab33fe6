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
    return connected(prepared.executeQuery());
  }
}
