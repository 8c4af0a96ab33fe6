package dev.insitu.jdbc;

import dev.insitu.error.MlException;
import dev.insitu.h2.H2Session;
import dev.insitu.jdbc.text.UserRoutines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the database behind a connection: in this process by looking at its schemas,
 * which runs nothing on the session; else by asking it.
 */
final class ConnectionRoutines implements UserRoutines {
  private static final String QUERY =
      "SELECT COUNT(*) FROM INFORMATION_SCHEMA.ROUTINES WHERE UPPER(ROUTINE_NAME) = UPPER(?)"
          + " AND (? = '' AND ROUTINE_SCHEMA = CURRENT_SCHEMA AND COALESCE(EXTERNAL_NAME, '')"
          + " NOT LIKE 'dev.insitu.plain.%' OR UPPER(ROUTINE_SCHEMA) = UPPER(?))";

  private final Connection connection;
  private @Nullable Optional<H2Session> local;

  ConnectionRoutines(Connection connection) {
    this.connection = connection;
  }

  @Override
  public boolean exists(String schema, String name) {
    try {
      Optional<H2Session> session = session();
      return session.isPresent()
          ? session
              .get()
              .hasRoutine(schema.isEmpty() ? Optional.empty() : Optional.of(schema), name)
          : isListed(schema, name);
    } catch (SQLException e) {
      return false; // the statement itself will meet the error
    }
  }

  private Optional<H2Session> session() throws SQLException {
    Optional<H2Session> known = local;
    if (known == null) {
      try {
        known = H2Session.of(connection);
      } catch (MlException e) {
        known = Optional.empty(); // an H2 whose internals we do not know
      }
      local = known;
    }
    return known;
  }

  private boolean isListed(String schema, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setString(1, name);
      statement.setString(2, schema);
      statement.setString(3, schema);
      try (ResultSet count = statement.executeQuery()) {
        return count.next() && count.getInt(1) > 0;
      }
    }
  }
}
