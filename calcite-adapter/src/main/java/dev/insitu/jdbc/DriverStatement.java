package dev.insitu.jdbc;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.SqlScript;
import dev.insitu.calcite.ddl.SqlText;
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
  /** A way to execute a text on the database's statement. */
  private interface Call<T> {
    T on(Statement statement, String sql) throws SQLException;
  }

  /** What a command of ours, which returns nothing, is answered with; asked before it runs. */
  private interface Nothing<T> {
    T answer() throws SQLException;
  }

  private final List<String> batch = new ArrayList<>();
  private boolean commandDone;
  private @Nullable OpenStream stream;
  private volatile @Nullable StatementProgress running;

  DriverStatement(DriverConnection connection, Statement delegate) {
    super(connection, delegate);
  }

  @Override
  public @Nullable ResultSet executeQuery(String sql) throws SQLException {
    run(
        sql,
        (statement, text) -> {
          statement.executeQuery(text);
          return true;
        },
        Boundary::notAQuery);
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
    ResultSet result = delegate.getResultSet();
    OpenStream open = stream;
    return connected(open == null ? result : open.result());
  }

  @Override
  public int getUpdateCount() throws SQLException {
    int count = delegate.getUpdateCount();
    return commandDone ? 0 : count;
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    long count = delegate.getLargeUpdateCount();
    return commandDone ? 0 : count;
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    commandDone = false;
    closeStream();
    return delegate.getMoreResults();
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    commandDone = false;
    if (current == KEEP_CURRENT_RESULT) {
      connection.settle();
      stream = null;
    } else {
      closeStream();
    }
    return delegate.getMoreResults(current);
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
      closeStream();
    } finally {
      delegate.close();
    }
  }

  @Override
  public void cancel() throws SQLException {
    StatementProgress progress = running;
    if (progress != null) {
      progress.cancel();
    }
    delegate.cancel();
  }

  private <T> T run(String sql, Call<T> call, Nothing<T> ofCommand) throws SQLException {
    commandDone = false;
    closeStream();
    connection.settle();
    Optional<SqlScript> script = connection.read(sql);
    if (script.isEmpty()) {
      return call.on(delegate, sql);
    }
    return Boundary.run(() -> runOurs(sql, script.get(), call, ofCommand));
  }

  private <T> T runOurs(String sql, SqlScript script, Call<T> call, Nothing<T> ofCommand)
      throws SQLException {
    delegate.getMoreResults(); // closes what an earlier execution left; fails if this is closed
    if (script.parameterCount() > 0) {
      throw Boundary.parameterNotSet();
    }
    StatementProgress progress = connection.progress(delegate);
    running = progress;
    try {
      boolean mayStream = script.statements().size() == 1 && isForwardOnly();
      T result = runFirst(sql, script.statements().get(0), call, ofCommand, mayStream, progress);
      for (MlStatement next : script.statements().subList(1, script.statements().size())) {
        connection.runAside(sql, next, List.of(), progress);
      }
      return result;
    } finally {
      running = null;
    }
  }

  private <T> T runFirst(
      String sql,
      MlStatement statement,
      Call<T> call,
      Nothing<T> ofCommand,
      boolean mayStream,
      StatementProgress progress)
      throws SQLException {
    Translation translation = connection.translate(sql, statement);
    boolean streaming = false;
    try {
      SqlText text = translation.text();
      if (text == null) {
        T answer = ofCommand.answer();
        translation.run(List.of(), progress);
        commandDone = true;
        return answer;
      }
      translation.begin(List.of(), progress);
      if (mayStream && translation.streamable()) {
        streaming = true;
        return stream(statement, text.sql(), translation, call);
      }
      return call.on(delegate, text.sql());
    } finally {
      if (!streaming) {
        translation.close();
      }
    }
  }

  private <T> T stream(MlStatement statement, String text, Translation translation, Call<T> call)
      throws SQLException {
    OpenStream opened = connection.openStream(statement);
    stream = opened;
    boolean done = false;
    try {
      T value = call.on(delegate, text);
      opened.executed(delegate.getResultSet(), translation::close);
      done = true;
      return value;
    } finally {
      if (!done) {
        opened.executed(null, translation::close);
        stream = null;
      }
    }
  }

  /** Only what is read once and forward can be computed while it is read. */
  private boolean isForwardOnly() throws SQLException {
    return delegate.getResultSetType() == ResultSet.TYPE_FORWARD_ONLY
        && delegate.getResultSetConcurrency() == ResultSet.CONCUR_READ_ONLY
        && !delegate.isCloseOnCompletion();
  }

  private void closeStream() throws SQLException {
    OpenStream open = stream;
    stream = null;
    if (open != null) {
      open.close();
    }
  }

  private Statement settled() throws SQLException {
    closeStream();
    connection.settle();
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
