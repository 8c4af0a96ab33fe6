package dev.insitu.schedule;

import java.sql.SQLException;

/**
 * A database that this process has open. Equal to another if it is the same database. Holds it by a
 * weak reference. Thread-safe.
 */
public interface ScheduledDatabase {
  /** Returns whether it is closed, or being closed. */
  boolean isClosed();

  /** Opens an elevated session that reads and writes only the schema {@code INSITU}. */
  ScheduledSession elevated() throws SQLException;

  /**
   * Opens a session of a user.
   *
   * @param user the name, as stored
   * @param schema the current schema, as stored
   * @throws dev.insitu.error.MlException if there is no such user or schema any more
   */
  ScheduledSession as(String user, String schema) throws SQLException;
}
