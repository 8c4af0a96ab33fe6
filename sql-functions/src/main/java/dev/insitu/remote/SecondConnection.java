package dev.insitu.remote;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens another connection to the caller's database, as the same user. */
public interface SecondConnection {
  /**
   * Opens it.
   *
   * @throws SQLException the database's own
   */
  Connection open() throws SQLException;
}
