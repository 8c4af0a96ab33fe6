package dev.insitu.jdbc;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.SqlScript;
import dev.insitu.calcite.ddl.SqlText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
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
  /** A way to execute the database's statement. */
  private interface Call<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  /** What a command of ours, which returns nothing, is answered with; asked before it runs. */
  private interface Nothing<T> {
    T answer() throws SQLException;
  }

  private final String sql;
  private final SqlScript script;
  private final DriverConnection.Preparation preparation;
  private final List<List<@Nullable Object>> batch = new ArrayList<>();
  private @Nullable Translation translation;
  private @Nullable PreparedStatement target;
  private boolean commandDone;
  private boolean closeOnCompletion;
  private @Nullable OpenStream stream;
  private volatile @Nullable StatementProgress running;

  private OwnPreparedStatement(
      DriverConnection connection,
      PreparedStatement holder,
      String sql,
      SqlScript script,
      DriverConnection.Preparation preparation) {
    super(connection, holder);
    this.sql = sql;
    this.script = script;
    this.preparation = preparation;
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
            connection.delegate.prepareStatement(ParameterValues.holder(script.parameterCount())),
            sql,
            script,
            preparation);
    boolean done = false;
    try {
      statement.translated();
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
        statement -> {
          statement.executeQuery();
          return true;
        },
        Boundary::notAQuery);
    return getResultSet();
  }

  @Override
  public boolean execute() throws SQLException {
    return run(PreparedStatement::execute, () -> false);
  }

  @Override
  public int executeUpdate() throws SQLException {
    return run(PreparedStatement::executeUpdate, () -> 0);
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return run(PreparedStatement::executeLargeUpdate, () -> 0L);
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
    closeStream();
    connection.settle();
    List<List<@Nullable Object>> executions = List.copyOf(batch);
    batch.clear();
    return Batch.run(
        executions,
        values ->
            Boundary.run(() -> runOurs(values, PreparedStatement::executeLargeUpdate, () -> 0L)));
  }

  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    PreparedStatement statement = translated();
    return statement == null ? null : statement.getMetaData();
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    PreparedStatement statement = target;
    OpenStream open = stream;
    if (open != null) {
      return connected(open.result());
    }
    return statement == null ? null : connected(statement.getResultSet());
  }

  @Override
  public int getUpdateCount() throws SQLException {
    checkOpen();
    PreparedStatement statement = target;
    return statement == null ? (commandDone ? 0 : -1) : statement.getUpdateCount();
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    PreparedStatement statement = target;
    return statement == null ? (commandDone ? 0 : -1) : statement.getLargeUpdateCount();
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    checkOpen();
    commandDone = false;
    closeStream();
    PreparedStatement statement = target;
    return statement != null && statement.getMoreResults();
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    commandDone = false;
    if (current == KEEP_CURRENT_RESULT) {
      connection.settle();
      stream = null;
    } else {
      closeStream();
    }
    PreparedStatement statement = target;
    return statement != null && statement.getMoreResults(current);
  }

  @Override
  public @Nullable ResultSet getGeneratedKeys() throws SQLException {
    PreparedStatement statement = target;
    ResultSet keys = statement == null ? prepared.getGeneratedKeys() : statement.getGeneratedKeys();
    return keys == null ? null : new DriverResultSet(this, keys);
  }

  @Override
  public void cancel() throws SQLException {
    checkOpen();
    StatementProgress progress = running;
    if (progress != null) {
      progress.cancel();
    }
    PreparedStatement statement = target;
    if (statement != null) {
      statement.cancel();
    }
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

  private <T> T run(Call<T> call, Nothing<T> ofCommand) throws SQLException {
    checkOpen();
    closeStream();
    connection.settle();
    return Boundary.run(
        () -> runOurs(ParameterValues.read(prepared, script.parameterCount()), call, ofCommand));
  }

  private <T> T runOurs(List<@Nullable Object> values, Call<T> call, Nothing<T> ofCommand)
      throws SQLException {
    commandDone = false;
    StatementProgress progress = connection.progress(prepared);
    running = progress;
    try {
      T result = runFirst(values, call, ofCommand, progress);
      for (MlStatement next : script.statements().subList(1, script.statements().size())) {
        connection.runAside(sql, next, values, progress);
      }
      return result;
    } finally {
      running = null;
    }
  }

  private <T> T runFirst(
      List<@Nullable Object> values, Call<T> call, Nothing<T> ofCommand, StatementProgress progress)
      throws SQLException {
    PreparedStatement statement = translated();
    Translation first = translation;
    if (first == null) {
      throw new IllegalStateException("translated() makes a translation or throws");
    }
    SqlText text = first.text();
    if (statement == null || text == null) {
      T answer = ofCommand.answer();
      first.run(values, progress);
      commandDone = true;
      return answer;
    }
    ParameterValues.write(statement, TablePart.select(values, text.parameters()));
    ParameterValues.copyLimits(prepared, statement);
    first.begin(values, progress);
    if (first.streamable() && isForwardOnly()) {
      return stream(statement, first, call);
    }
    try {
      return call.on(statement);
    } finally {
      first.end();
    }
  }

  private <T> T stream(PreparedStatement statement, Translation first, Call<T> call)
      throws SQLException {
    OpenStream opened = connection.openStream(script.statements().get(0));
    stream = opened;
    boolean done = false;
    try {
      T value = call.on(statement);
      opened.executed(statement.getResultSet(), first::end);
      done = true;
      return value;
    } finally {
      if (!done) {
        opened.executed(null, first::end);
        stream = null;
      }
    }
  }

  private boolean isForwardOnly() throws SQLException {
    PreparedStatement statement = target;
    return statement != null
        && script.statements().size() == 1
        && statement.getResultSetType() == ResultSet.TYPE_FORWARD_ONLY
        && statement.getResultSetConcurrency() == ResultSet.CONCUR_READ_ONLY
        && !closeOnCompletion;
  }

  private void closeStream() throws SQLException {
    OpenStream open = stream;
    stream = null;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Returns the database's statement over the models as they are now; null if the first statement
   * is a command of ours.
   */
  private @Nullable PreparedStatement translated() throws SQLException {
    Boundary.run(
        () -> {
          translate();
          return true;
        });
    return target;
  }

  private void translate() throws SQLException {
    Translation known = translation;
    if (known != null && known.isCurrent()) {
      return;
    }
    discard();
    Translation fresh = connection.translate(sql, script.statements().get(0));
    translation = fresh;
    SqlText text = fresh.text();
    try {
      target = text == null ? null : preparation.prepare(text.sql());
    } finally {
      fresh.end();
    }
  }

  private void discard() throws SQLException {
    closeStream();
    Translation known = translation;
    PreparedStatement statement = target;
    translation = null;
    target = null;
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
