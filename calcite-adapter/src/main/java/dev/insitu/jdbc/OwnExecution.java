package dev.insitu.jdbc;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.SqlScript;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.h2.ExclusiveMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement of the caller's does when its text is ours: runs it, and has what comes of it
 * until the next execution.
 *
 * <p>The translated text runs on a <i>target</i>, a statement of the database from which result
 * sets, counts, generated keys and limits then come. It may be the caller's own statement, or one
 * of another connection: what the caller sees around it is his own in either case. Confined to the
 * caller's thread, but for {@link #cancel}.
 *
 * @param <S> what targets are
 */
final class OwnExecution<S extends Statement> {
  /** A way to execute a text on the database's statement. */
  interface Call<S, T> {
    T on(S target, String text) throws SQLException;
  }

  /** What a command of ours, which returns nothing, is answered with; asked before it runs. */
  interface Nothing<T> {
    T answer() throws SQLException;
  }

  /** Makes the first statement of a text ready. */
  interface Source<S extends Statement> {
    First<S> ready() throws SQLException;
  }

  /**
   * The first statement of a text, ready to be run.
   *
   * @param target what its text runs on, with limits and parameters; null for a command
   * @param whenRead run once, when nothing is to be read any more
   */
  record First<S extends Statement>(
      Translation translation, @Nullable S target, Runnable whenRead) {}

  private final DriverConnection connection;
  private volatile @Nullable S target;
  private volatile @Nullable StatementProgress running;
  private volatile @Nullable OpenStream stream;
  private boolean commandDone;

  /**
   * Makes one in which nothing has been executed.
   *
   * @param target what is asked for results until then
   */
  OwnExecution(DriverConnection connection, @Nullable S target) {
    this.connection = connection;
    this.target = target;
  }

  /** Says what is asked for results from now on. */
  void use(@Nullable S next) {
    target = next;
  }

  /** Lets go of what the latest execution left, and of what is open on the connection. */
  void restart(ConnectedStatement caller) throws SQLException {
    commandDone = false;
    closeStream();
    caller.settle();
  }

  /**
   * Runs all statements of a text; the result is that of the first.
   *
   * @param sql the caller's text
   * @param values of its parameters
   * @param caller the caller's statement, whose query timeout counts
   */
  <T> T run(
      String sql,
      SqlScript script,
      List<@Nullable Object> values,
      ConnectedStatement caller,
      Source<S> source,
      Call<S, T> call,
      Nothing<T> ofCommand)
      throws SQLException {
    commandDone = false;
    StatementProgress progress = connection.progress(caller);
    running = progress;
    try (ExclusiveMode work = ExclusiveMode.work(connection.delegate)) {
      T result = runFirst(script, values, caller, progress, source, call, ofCommand);
      for (MlStatement next : script.statements().subList(1, script.statements().size())) {
        connection.runAside(sql, next, values, progress);
      }
      return result;
    } finally {
      running = null;
    }
  }

  private <T> T runFirst(
      SqlScript script,
      List<@Nullable Object> values,
      ConnectedStatement caller,
      StatementProgress progress,
      Source<S> source,
      Call<S, T> call,
      Nothing<T> ofCommand)
      throws SQLException {
    First<S> first = source.ready();
    Translation translation = first.translation();
    boolean streaming = false;
    try {
      S statement = first.target();
      SqlText text = translation.text();
      if (statement == null || text == null) {
        T answer = ofCommand.answer();
        translation.run(values, progress);
        commandDone = true;
        return answer;
      }
      target = statement;
      translation.begin(values, progress);
      if (script.statements().size() == 1
          && !caller.isCloseOnCompletion()
          && isReadOnceAndForward(statement)
          && connection.streams(script.statements().get(0), translation)) {
        streaming = true;
        return stream(script.statements().get(0), first, statement, text.sql(), call);
      }
      return call.on(statement, text.sql());
    } finally {
      if (!streaming) {
        first.whenRead().run();
      }
    }
  }

  private <T> T stream(MlStatement statement, First<S> first, S on, String text, Call<S, T> call)
      throws SQLException {
    OpenStream opened = connection.openStream(statement);
    stream = opened;
    boolean done = false;
    try {
      T value = call.on(on, text);
      opened.executed(on.getResultSet(), text, first.translation().readsOnce(), first.whenRead());
      done = true;
      return value;
    } finally {
      if (!done) {
        opened.executed(null, text, false, first.whenRead());
        stream = null;
        forget(on);
      }
    }
  }

  /** After an execution that failed there is no result. */
  private static void forget(Statement statement) {
    try {
      statement.getMoreResults();
    } catch (SQLException e) {
      return; // it is closed, and so has none; what failed before is thrown
    }
  }

  /** Only what is read once and forward can be computed while it is read. */
  private static boolean isReadOnceAndForward(Statement statement) throws SQLException {
    return statement.getResultSetType() == ResultSet.TYPE_FORWARD_ONLY
        && statement.getResultSetConcurrency() == ResultSet.CONCUR_READ_ONLY;
  }

  /** Returns the database's result set, null if there is none. */
  @Nullable ResultSet resultSet() throws SQLException {
    S statement = target;
    ResultSet given = statement == null ? null : statement.getResultSet(); // fails if closed
    OpenStream open = stream;
    return open == null ? given : open.result();
  }

  /** Returns the number of rows changed, 0 after a command of ours, -1 if there is none. */
  long updateCount() throws SQLException {
    S statement = target;
    long count = statement == null ? -1 : statement.getLargeUpdateCount();
    return commandDone ? 0 : count;
  }

  boolean moreResults() throws SQLException {
    commandDone = false;
    closeStream();
    S statement = target;
    return statement != null && statement.getMoreResults();
  }

  boolean moreResults(int current) throws SQLException {
    commandDone = false;
    if (current == Statement.KEEP_CURRENT_RESULT) {
      connection.settle();
      stream = null;
    } else {
      closeStream();
    }
    S statement = target;
    return statement != null && statement.getMoreResults(current);
  }

  /** Returns what the latest text ran on. */
  @Nullable S target() {
    return target;
  }

  /** Stops what is running, from any thread. */
  void cancel() throws SQLException {
    StatementProgress progress = running;
    if (progress != null) {
      progress.cancel();
      connection.cancelReading();
    }
    OpenStream open = stream;
    if (open != null && open.cancel()) {
      return;
    }
    S statement = target;
    if (statement != null) {
      statement.cancel();
    }
  }

  /** Ends the reading of a result that is still computed; harmless if there is none. */
  void closeStream() throws SQLException {
    OpenStream open = stream;
    stream = null;
    if (open != null) {
      open.close();
    }
  }
}
