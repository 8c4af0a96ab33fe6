package dev.insitu.jdbc;

import dev.insitu.calcite.ddl.SqlScript;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.h2.H2Errors;
import java.sql.CallableStatement;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement of ours.
 *
 * <p>Parameters and limits are set on a statement of the database that does nothing but hold them
 * ({@code SELECT ?, ?}), so that every setter behaves as the database's own; at an execution they
 * go to where they belong: into the text that the database runs, or into a prediction's input. That
 * text is prepared when this statement is made, and again when a model that it names has got
 * another version.
 */
final class OwnPreparedStatement extends DelegatingPreparedStatement {
  private final CallableStatement holder;
  private final String sql;
  private final SqlScript script;
  private final DriverConnection.Preparation preparation;
  private final OwnExecution<PreparedStatement> execution;
  private final List<List<@Nullable Object>> batch = new ArrayList<>();
  private @Nullable Translation translation;
  private boolean closeOnCompletion;

  private OwnPreparedStatement(
      DriverConnection connection,
      CallableStatement holder,
      String sql,
      SqlScript script,
      DriverConnection.Preparation preparation) {
    super(connection, holder);
    this.holder = holder;
    this.sql = sql;
    this.script = script;
    this.preparation = preparation;
    this.execution = new OwnExecution<>(connection, null);
  }

  /** Prepares a text. */
  static OwnPreparedStatement of(
      DriverConnection connection,
      String sql,
      SqlScript script,
      DriverConnection.Preparation preparation)
      throws SQLException {
    OwnPreparedStatement statement =
        new OwnPreparedStatement(
            connection,
            connection.delegate.prepareCall(ParameterValues.holder(script.parameterCount())),
            sql,
            script,
            preparation);
    boolean done = false;
    try {
      Boundary.run(statement::translated);
      done = true;
      return statement;
    } finally {
      if (!done) {
        statement.close();
      }
    }
  }

  @Override
  public @Nullable ResultSet executeQuery() throws SQLException {
    run(
        (statement, text) -> {
          statement.executeQuery();
          return true;
        },
        H2Errors::notAQuery);
    return getResultSet();
  }

  @Override
  public boolean execute() throws SQLException {
    return run((statement, text) -> statement.execute(), () -> false);
  }

  @Override
  public int executeUpdate() throws SQLException {
    return run((statement, text) -> statement.executeUpdate(), () -> 0);
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return run((statement, text) -> statement.executeLargeUpdate(), () -> 0L);
  }

  @Override
  public void addBatch() throws SQLException {
    connection.settle();
    batch.add(ParameterValues.read(prepared, script.parameterCount()));
  }

  @Override
  public void clearBatch() throws SQLException {
    prepared.clearBatch();
    batch.clear();
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return Batch.counts(executeLargeBatch());
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    execution.restart(this);
    List<List<@Nullable Object>> executions = List.copyOf(batch);
    batch.clear();
    return Batch.run(
        executions,
        values -> runOurs(values, (statement, text) -> statement.executeLargeUpdate(), () -> 0L));
  }

  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    connection.settle();
    Boundary.run(this::translated);
    PreparedStatement statement = execution.target();
    return statement == null ? null : statement.getMetaData();
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    ParameterMetaData held = prepared.getParameterMetaData();
    connection.settle();
    SqlText text = Boundary.run(this::translated).text();
    PreparedStatement statement = execution.target();
    return text == null || statement == null
        ? held
        : new OwnParameterMetaData(held, statement.getParameterMetaData(), text.parameters());
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return connected(execution.resultSet());
  }

  @Override
  public int getUpdateCount() throws SQLException {
    checkOpen();
    return Batch.count(execution.updateCount());
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    return execution.updateCount();
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    checkOpen();
    return execution.moreResults();
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    return execution.moreResults(current);
  }

  @Override
  public @Nullable ResultSet getGeneratedKeys() throws SQLException {
    PreparedStatement statement = execution.target();
    ResultSet keys = statement == null ? prepared.getGeneratedKeys() : statement.getGeneratedKeys();
    return connectedKeys(keys);
  }

  @Override
  void cancelExecution() throws SQLException {
    checkOpen();
    execution.cancel();
  }

  /** Registers a parameter as one that is returned; it is null unless it is set. */
  void registerOutParameter(int parameter) throws SQLException {
    ResultSetMetaData columns = getMetaData();
    if (columns == null) {
      throw H2Errors.notACall();
    }
    if (parameter < 1 || parameter > Math.min(script.parameterCount(), columns.getColumnCount())) {
      throw H2Errors.invalidValue("parameterIndex", parameter);
    }
    holder.registerOutParameter(parameter, Types.OTHER);
  }

  /** Returns H2's text, with the caller's statement. */
  @Override
  public String toString() {
    String held = prepared.toString().replace(ParameterValues.holder(script.parameterCount()), sql);
    return seen() == this ? held.replaceFirst("^call", "prep") : held;
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    checkOpen();
    closeOnCompletion = true;
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    checkOpen();
    return closeOnCompletion;
  }

  @Override
  void resultClosed() throws SQLException {
    if (closeOnCompletion) {
      close();
    }
  }

  @Override
  public void close() throws SQLException {
    try {
      discard();
    } finally {
      prepared.close();
    }
  }

  private void checkOpen() throws SQLException {
    prepared.getMaxRows(); // fails with the database's own error if this is closed
  }

  private <T> T run(OwnExecution.Call<PreparedStatement, T> call, OwnExecution.Nothing<T> ofCommand)
      throws SQLException {
    checkOpen();
    execution.restart(this);
    return runOurs(ParameterValues.read(prepared, script.parameterCount()), call, ofCommand);
  }

  private <T> T runOurs(
      List<@Nullable Object> values,
      OwnExecution.Call<PreparedStatement, T> call,
      OwnExecution.Nothing<T> ofCommand)
      throws SQLException {
    return Boundary.run(
        () -> execution.run(sql, script, values, this, () -> ready(values), call, ofCommand));
  }

  private OwnExecution.First<PreparedStatement> ready(List<@Nullable Object> values)
      throws SQLException {
    Translation first = translated();
    PreparedStatement statement = execution.target();
    SqlText text = first.text();
    if (statement != null && text != null) {
      ParameterValues.write(statement, TablePart.select(values, text.parameters()));
      ParameterValues.copyLimits(prepared, statement);
      if (first.elsewhere()) {
        statement.setQueryTimeout(prepared.getQueryTimeout());
      }
    }
    return new OwnExecution.First<>(first, statement, first::end);
  }

  /** Returns the first statement of the text over the models as they are now. */
  private Translation translated() throws SQLException {
    Translation known = translation;
    if (known != null && known.isCurrent()) {
      return known;
    }
    discard();
    Translation fresh = connection.translate(sql, script.statements().get(0));
    translation = fresh;
    SqlText text = fresh.text();
    try {
      execution.use(
          text == null ? null : preparation.prepare(connection.target(fresh), text.sql()));
    } finally {
      fresh.end();
    }
    return fresh;
  }

  private void discard() throws SQLException {
    execution.closeStream();
    Translation known = translation;
    PreparedStatement statement = execution.target();
    translation = null;
    execution.use(null);
    try {
      if (statement != null) {
        statement.close();
      }
    } finally {
      if (known != null) {
        known.close();
      }
    }
  }
}
