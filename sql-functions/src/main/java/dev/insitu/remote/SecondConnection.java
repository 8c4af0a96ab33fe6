package dev.insitu.remote;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens another connection to the caller's database, as the same user. */
public interface SecondConnection {
  /** Opens none: the first connection is closed, or has no need of another one. */
  SecondConnection NONE =
      () -> {
        throw new SQLException("no second connection to this database", "08003");
      };

  /**
   * Opens it.
   *
   * @throws SQLException the database's own
   */
  Connection open() throws SQLException;
}
