package dev.insitu.store;

import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.store.VersionCache.Identity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks up what tells a version from every other by statements that stay prepared, since every
 * execution of a prediction asks. Confined to one thread.
 */
final class VersionIds {
  private static final String COLUMNS =
      """
      SELECT V.ID, V.VERSION_NUMBER, V.ARTIFACT_SHA256, V.CREATED_AT,
        EXISTS (SELECT 1 FROM INSITU.STORED_ARTIFACTS A WHERE A.VERSION_ID = V.ID)
      """;

  /**
   * Keeps H2 from giving the former result of a statement that is executed again: it does so as
   * long as none of the tables is written, though after a rollback a transaction may read another
   * snapshot of them.
   */
  private static final String ALWAYS = " AND SESSION_ID() IS NOT NULL";

  private static final String DEFAULT =
      COLUMNS
          + """
      FROM INSITU.STORED_MODELS M
      JOIN INSITU.STORED_VERSIONS V ON V.MODEL_ID = M.ID AND V.VERSION_NUMBER = M.DEFAULT_VERSION
      WHERE M.SCHEMA_NAME = ? AND M.MODEL_NAME = ?"""
          + ALWAYS;

  private static final String BY_NUMBER =
      COLUMNS
          + """
      FROM INSITU.STORED_MODELS M
      JOIN INSITU.STORED_VERSIONS V ON V.MODEL_ID = M.ID AND V.VERSION_NUMBER = ?
      WHERE M.SCHEMA_NAME = ? AND M.MODEL_NAME = ?"""
          + ALWAYS;

  private static final String BY_ALIAS =
      COLUMNS
          + """
      FROM INSITU.STORED_MODELS M
      JOIN INSITU.STORED_ALIASES N ON N.MODEL_ID = M.ID AND N.ALIAS_NAME = ?
      JOIN INSITU.STORED_VERSIONS V
        ON V.MODEL_ID = M.ID AND V.VERSION_NUMBER = N.VERSION_NUMBER
      WHERE M.SCHEMA_NAME = ? AND M.MODEL_NAME = ?"""
          + ALWAYS;

  private final StoreSession session;
  private @Nullable PreparedStatement byDefault;
  private @Nullable PreparedStatement byNumber;
  private @Nullable PreparedStatement byAlias;

  VersionIds(StoreSession session) {
    this.session = session;
  }

  /** Returns what the name leads to; empty if there is no such model, version or alias. */
  Optional<Identity> find(ModelName name, Selector selector) throws SQLException {
    Connection connection = session.reading();
    if (selector instanceof Selector.Version version) {
      byNumber = ready(byNumber, connection, BY_NUMBER);
      byNumber.setInt(1, version.number());
      return find(byNumber, 2, name);
    } else if (selector instanceof Selector.Alias alias) {
      byAlias = ready(byAlias, connection, BY_ALIAS);
      byAlias.setString(1, alias.name());
      return find(byAlias, 2, name);
    }
    byDefault = ready(byDefault, connection, DEFAULT);
    return find(byDefault, 1, name);
  }

  private static Optional<Identity> find(PreparedStatement statement, int first, ModelName name)
      throws SQLException {
    statement.setString(first, name.schema());
    statement.setString(first + 1, name.name());
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(
              new Identity(
                  rows.getLong(1),
                  rows.getInt(2),
                  rows.getString(3),
                  rows.getObject(4, OffsetDateTime.class),
                  rows.getBoolean(5)))
          : Optional.empty();
    }
  }

  private static PreparedStatement ready(
      @Nullable PreparedStatement statement, Connection connection, String sql)
      throws SQLException {
    if (statement != null && statement.getConnection() == connection && !statement.isClosed()) {
      return statement;
    }
    if (statement != null && !statement.isClosed()) {
      statement.close();
    }
    return connection.prepareStatement(sql);
  }
}
