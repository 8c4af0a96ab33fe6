package dev.insitu.jdbc;

import java.sql.Statement;

/** A statement whose text comes with each execution. */
final class DriverStatement extends ConnectedStatement {
  DriverStatement(DriverConnection connection, Statement delegate) {
    super(connection, delegate);
  }
}
