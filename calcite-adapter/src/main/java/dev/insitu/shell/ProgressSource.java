package dev.insitu.shell;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the shell asks a driver to say how far a statement is. */
@FunctionalInterface
interface ProgressSource {
  /** A driver that says nothing: the shell shows the seconds that pass. */
  ProgressSource NONE = (connection, view) -> {};

  /** Makes the connection's statements tell the view their steps. */
  void connect(Connection connection, ProgressView view) throws SQLException;
}
