package dev.insitu.remote;

import java.sql.SQLException;

/**
 * The database's own error on its way through a method of a port that has no {@code throws}: the
 * connection is broken. The driver takes the cause out again.
 */
public final class RemoteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SQLException error;

  RemoteException(SQLException error) {
    super(error);
    this.error = error;
  }

  /** Returns the database's error. */
  public SQLException error() {
    return error;
  }
}
