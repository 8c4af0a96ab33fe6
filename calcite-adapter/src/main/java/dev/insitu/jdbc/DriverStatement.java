package dev.insitu.jdbc;

import dev.insitu.calcite.ddl.SqlScript;
import dev.insitu.h2.H2Errors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose text comes with each execution. A text without statements of ours goes to the
 * database's own statement; one of ours goes there translated, so that result sets, counts,
 * cancelling and limits are the database's own.
 *
 * <p>As in H2, all statements of a text are run, and the result is that of the first.
 */
final class DriverStatement extends ConnectedStatement {
  private final List<String> batch = new ArrayList<>();
  private final OwnExecution<Statement> execution;
  private @Nullable Statement elsewhere;
  private boolean escaping = true;

  DriverStatement(DriverConnection connection, Statement delegate) {
    super(connection, delegate);
    this.execution = new OwnExecution<>(connection, delegate);
  }

  @Override
  public @Nullable ResultSet executeQuery(String sql) throws SQLException {
    run(
        sql,
        (statement, text) -> {
          statement.executeQuery(text);
          return true;
        },
        H2Errors::notAQuery);
    return getResultSet();
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return run(sql, Statement::execute, () -> false);
  }

  @Override
  public boolean execute(String sql, int generatedKeys) throws SQLException {
    return run(sql, (statement, text) -> statement.execute(text, generatedKeys), () -> false);
  }

  @Override
  public boolean execute(String sql, int[] columns) throws SQLException {
    return run(sql, (statement, text) -> statement.execute(text, columns), () -> false);
  }

  @Override
  public boolean execute(String sql, String[] columns) throws SQLException {
    return run(sql, (statement, text) -> statement.execute(text, columns), () -> false);
  }

  @Override
  public int executeUpdate(String sql) throws SQLException {
    return run(sql, Statement::executeUpdate, () -> 0);
  }

  @Override
  public int executeUpdate(String sql, int generatedKeys) throws SQLException {
    return run(sql, (statement, text) -> statement.executeUpdate(text, generatedKeys), () -> 0);
  }

  @Override
  public int executeUpdate(String sql, int[] columns) throws SQLException {
    return run(sql, (statement, text) -> statement.executeUpdate(text, columns), () -> 0);
  }

  @Override
  public int executeUpdate(String sql, String[] columns) throws SQLException {
    return run(sql, (statement, text) -> statement.executeUpdate(text, columns), () -> 0);
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return run(sql, Statement::executeLargeUpdate, () -> 0L);
  }

  @Override
  public long executeLargeUpdate(String sql, int generatedKeys) throws SQLException {
    return run(
        sql, (statement, text) -> statement.executeLargeUpdate(text, generatedKeys), () -> 0L);
  }

  @Override
  public long executeLargeUpdate(String sql, int[] columns) throws SQLException {
    return run(sql, (statement, text) -> statement.executeLargeUpdate(text, columns), () -> 0L);
  }

  @Override
  public long executeLargeUpdate(String sql, String[] columns) throws SQLException {
    return run(sql, (statement, text) -> statement.executeLargeUpdate(text, columns), () -> 0L);
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    return connected(execution.resultSet());
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return Batch.count(execution.updateCount());
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    return execution.updateCount();
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return execution.moreResults();
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    return execution.moreResults(current);
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    delegate.addBatch(sql);
    batch.add(sql);
  }

  @Override
  public void clearBatch() throws SQLException {
    delegate.clearBatch();
    batch.clear();
  }

  @Override
  public int[] executeBatch() throws SQLException {
    List<String> texts = takeBatch();
    return holdsOurs(texts) ? Batch.counts(executeEach(texts)) : settled().executeBatch();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    List<String> texts = takeBatch();
    return holdsOurs(texts) ? executeEach(texts) : settled().executeLargeBatch();
  }

  @Override
  public void close() throws SQLException {
    try {
      execution.closeStream();
      closeCopy();
    } finally {
      delegate.close();
    }
  }

  @Override
  void cancelExecution() throws SQLException {
    execution.cancel();
  }

  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    delegate.setEscapeProcessing(enable);
    escaping = enable;
  }

  private <T> T run(
      String given, OwnExecution.Call<Statement, T> call, OwnExecution.Nothing<T> ofCommand)
      throws SQLException {
    restart();
    String sql = escaping ? connection.unescaped(given) : given;
    Optional<SqlScript> script = connection.read(sql);
    if (script.isEmpty()) {
      return call.on(delegate, sql);
    }
    return Boundary.run(
        () ->
            execution.run(
                sql,
                script.get(),
                List.of(),
                this,
                () -> translated(sql, script.get()),
                call,
                ofCommand));
  }

  private OwnExecution.First<Statement> translated(String sql, SqlScript script)
      throws SQLException {
    delegate.getMoreResults(); // closes what an earlier execution left; fails if this is closed
    if (script.parameterCount() > 0 && !script.statements().get(0).keepsParameters()) {
      throw H2Errors.parameterNotSet();
    }
    Translation translation = connection.translate(sql, script.statements().get(0));
    return new OwnExecution.First<>(
        translation, translation.elsewhere() ? copy(translation) : delegate, translation::close);
  }

  /** Returns a statement like the caller's on the connection where a text of ours runs. */
  private Statement copy(Translation translation) throws SQLException {
    Statement fresh =
        connection
            .target(translation)
            .createStatement(
                delegate.getResultSetType(),
                delegate.getResultSetConcurrency(),
                delegate.getResultSetHoldability());
    elsewhere = fresh;
    ParameterValues.copyLimits(delegate, fresh);
    fresh.setQueryTimeout(delegate.getQueryTimeout());
    return fresh;
  }

  private void closeCopy() throws SQLException {
    Statement copy = elsewhere;
    elsewhere = null;
    if (copy != null) {
      execution.use(delegate);
      copy.close();
    }
  }

  /** The caller's statement does not see the result of a copy being closed. */
  @Override
  void resultClosed() throws SQLException {
    if (elsewhere != null && isCloseOnCompletion()) {
      close();
    }
  }

  private void restart() throws SQLException {
    execution.restart(this);
    closeCopy();
  }

  private Statement settled() throws SQLException {
    restart();
    return delegate;
  }

  private List<String> takeBatch() {
    List<String> texts = List.copyOf(batch);
    batch.clear();
    return texts;
  }

  private boolean holdsOurs(List<String> texts) throws SQLException {
    for (String text : texts) {
      if (connection.read(text).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private long[] executeEach(List<String> texts) throws SQLException {
    delegate.clearBatch();
    return Batch.run(texts, this::executeLargeUpdate);
  }
}
