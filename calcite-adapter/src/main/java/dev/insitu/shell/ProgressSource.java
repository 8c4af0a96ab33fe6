package dev.insitu.shell;

import dev.insitu.jdbc.InsituConnection;
import java.sql.Connection;
import java.sql.SQLException;

/** Where the shell asks a driver to say how far a statement is. */
@FunctionalInterface
interface ProgressSource {
  /** A driver that says nothing: the shell shows the seconds that pass. */
  ProgressSource NONE = (connection, view) -> {};

  /** Our own driver, where the connection is one of it. */
  ProgressSource DRIVER =
      (connection, view) -> {
        if (connection.isWrapperFor(InsituConnection.class)) {
          connection.unwrap(InsituConnection.class).setProgress(view::step);
        }
      };

  /** Makes the connection's statements tell the view their steps. */
  void connect(Connection connection, ProgressView view) throws SQLException;
}
