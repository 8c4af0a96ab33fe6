package dev.insitu.jdbc;

import java.sql.CallableStatement;

/** A callable statement of the database. */
final class DriverCallableStatement extends DelegatingCallableStatement {
  DriverCallableStatement(DriverConnection connection, CallableStatement delegate) {
    super(connection, delegate);
  }
}
