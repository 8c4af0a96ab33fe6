package dev.insitu.remote;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.InputQuery;
import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.h2.H2Errors;
import dev.insitu.h2.PredictionInput;
import dev.insitu.h2.PredictionSession;
import dev.insitu.h2.ResultStream;
import dev.insitu.h2.ScalarExpression;
import dev.insitu.h2.ScratchSession;
import dev.insitu.h2.StatementTable;
import dev.insitu.model.ColumnSpec;
import dev.insitu.store.StoreSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session of a database that is not in this process: {@code tcp:}, {@code ssl:}, the second
 * process of {@code AUTO_SERVER}.
 *
 * <p>Queries of the caller, the inputs of predictions, run on his own connection. Their rows are
 * scored in this process, and the little that stands around a prediction is evaluated by a {@link
 * ScratchSession}. Confined to the thread of the caller's connection, but for {@link #cancel}.
 */
public final class RemoteSession implements PredictionSession {
  private final Connection connection;
  private final ScratchSession scratch;
  private final RemoteStoreSession store;

  private RemoteSession(Connection connection, ScratchSession scratch, RemoteStoreSession store) {
    this.connection = connection;
    this.scratch = scratch;
    this.store = store;
  }

  /**
   * Opens the session behind a connection; empty if the connection leads to no H2 elsewhere.
   *
   * @param connection the caller's
   * @param second opens another one like it, for the store
   * @param ordered tells of a query whether it states the order of its rows
   * @throws MlException DATABASE_VERSION
   */
  public static Optional<RemoteSession> of(
      Connection connection, SecondConnection second, Predicate<String> ordered)
      throws SQLException {
    Optional<ScratchSession> scratch = ScratchSession.of(connection, ordered);
    return scratch.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RemoteSession(
                connection, scratch.get(), RemoteStoreSession.of(connection, second)));
  }

  @Override
  public StatementTable addPrediction(PredictionInput input, Prediction prediction)
      throws SQLException {
    return scratch.addPrediction(input, prediction);
  }

  @Override
  public boolean hasRoutine(Optional<String> schema, String name) {
    // Without a schema in any: rather one too many than one overlooked, but for those of ours.
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT 1 FROM INFORMATION_SCHEMA.ROUTINES WHERE UPPER(ROUTINE_NAME) = UPPER(?)"
                + (schema.isPresent()
                    ? " AND ROUTINE_SCHEMA = ?"
                    : " AND NOT (UPPER(ROUTINE_SCHEMA) = 'INSITU'"
                        + " AND EXTERNAL_NAME LIKE 'dev.insitu.plain.%')"))) {
      statement.setString(1, fold(name));
      if (schema.isPresent()) {
        statement.setString(2, fold(schema.get()));
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      throw new RemoteException(e);
    }
  }

  @Override
  public StatementTable addRows(
      String functionName, List<ColumnSpec> columns, Supplier<List<List<@Nullable Object>>> rows)
      throws SQLException {
    return scratch.addRows(functionName, columns, rows);
  }

  /** Statements with scalar predictions are refused before they come here. */
  @Override
  public ScalarExpression addScalar(
      Prediction prediction, OutputColumn output, List<String> argumentSql) {
    throw MlException.of(ErrorCode.INTERNAL, "a scalar prediction over a remote session");
  }

  @Override
  public String expressionName(String written, String sql, String function) {
    return scratch.session().expressionName(written, sql, function);
  }

  /** The server's plan, whose comments say which indexes it would use. */
  @Override
  public String inFull(String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + query);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public ResultStream stream() {
    return scratch.session().stream();
  }

  @Override
  public StoreSession storeSession() {
    return store;
  }

  @Override
  public String identity() {
    try {
      return connection.getMetaData().getURL();
    } catch (SQLException e) {
      return "remote";
    }
  }

  @Override
  public Optional<Connection> elsewhere() {
    return Optional.of(scratch.connection());
  }

  @Override
  public Optional<String> obstacle(String text) throws SQLException {
    return scratch.obstacle(text);
  }

  @Override
  public void cancel() {
    scratch.cancel();
  }

  @Override
  public InputQuery prepare(String sql) throws SQLException {
    return scratch.prepare(sql);
  }

  @Override
  public List<String> inOrder(ColumnSpec column, Collection<String> values) {
    return scratch.session().inOrder(column, values);
  }

  @Override
  public String fold(String identifier) {
    return scratch.session().fold(identifier);
  }

  @Override
  public String currentSchema() {
    return one("SELECT CURRENT_SCHEMA");
  }

  @Override
  public List<String> searchPath() {
    Set<String> schemas = new LinkedHashSet<>();
    schemas.add(currentSchema());
    // "PUBLIC","OTHER": quoted names between commas.
    String path = one("SELECT CURRENT_PATH");
    for (int i = path.indexOf('"'); i >= 0; i = path.indexOf('"', i)) {
      StringBuilder name = new StringBuilder();
      for (i++; i < path.length() && (path.charAt(i) != '"' || path.startsWith("\"\"", i)); i++) {
        name.append(path.charAt(i));
        i += path.charAt(i) == '"' ? 1 : 0;
      }
      schemas.add(name.toString());
      i++;
    }
    return List.copyOf(schemas);
  }

  @Override
  public boolean schemaExists(String schema) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT 1 FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = ?")) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      throw new RemoteException(e);
    }
  }

  @Override
  public <T> T atomically(Callable<T> work) throws SQLException {
    return new RemoteTransaction(connection, store).run(work);
  }

  /** The objects that belong to a model are there. */
  @Override
  public Optional<Boolean> dropThere(String model, boolean cascade) throws SQLException {
    return callThere("DROP_MODEL", cascade ? "?, FALSE, TRUE" : "?, FALSE", model);
  }

  @Override
  public Optional<Boolean> dropAliasThere(String model, String alias, boolean ifExists)
      throws SQLException {
    return callThere("DROP_ALIAS", ifExists ? "?, ?, TRUE" : "?, ?", model, alias);
  }

  /** Calls a function of ours in the database, if it is installed. */
  private Optional<Boolean> callThere(String function, String parameters, String... texts)
      throws SQLException {
    if (!hasRoutine(Optional.of("INSITU"), function)) {
      return Optional.empty();
    }
    try (PreparedStatement call =
        connection.prepareStatement("CALL INSITU." + function + "(" + parameters + ")")) {
      for (int i = 0; i < texts.length; i++) {
        call.setString(i + 1, texts[i]);
      }
      try (ResultSet row = call.executeQuery()) {
        row.next();
        boolean done = row.getBoolean(1);
        if (connection.getAutoCommit()) {
          store.sync();
        }
        return Optional.of(done);
      }
    } catch (SQLException e) {
      throw H2Errors.withoutText(e);
    }
  }

  @Override
  public String product() {
    try {
      String version = connection.getMetaData().getDatabaseProductVersion();
      return "H2 " + version.split(" ", 2)[0];
    } catch (SQLException e) {
      throw new RemoteException(e);
    }
  }

  /** Does nothing: reading an input meets the database's own error, and progress tells the rest. */
  @Override
  public void checkCancelled() {}

  /** Another process has it. */
  @Override
  public boolean isDatabaseClosed() {
    return false;
  }

  @Override
  public void close() {
    try {
      scratch.close();
    } finally {
      store.close();
    }
  }

  private String one(String query) {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      row.next();
      String value = row.getString(1);
      return value == null ? "" : value;
    } catch (SQLException e) {
      throw new RemoteException(e);
    }
  }
}
