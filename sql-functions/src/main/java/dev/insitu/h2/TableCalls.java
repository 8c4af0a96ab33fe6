package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.lang.ref.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.h2.command.Command;
import org.h2.engine.SessionLocal;
import org.h2.expression.Expression;
import org.h2.expression.ExpressionColumn;
import org.h2.expression.ParameterInterface;
import org.h2.jdbc.JdbcConnection;
import org.h2.result.LocalResult;
import org.h2.result.Row;
import org.h2.table.Column;
import org.h2.value.Value;
import org.h2.value.ValueToObjectConverter;
import org.h2.value.ValueVarchar;
import org.jspecify.annotations.Nullable;

/**
 * The table functions that H2 calls in a session, again and again: for their columns while it
 * prepares a statement, and for their rows once for each row of an outer table.
 *
 * <p>The rows of a call are made once in an execution of a statement. Where the chain of calls says
 * that they are read once ({@link CallChain}) they are streamed, else read from a copy ({@link
 * SpooledRows}), which goes when nobody reads it any more and another statement runs. Confined to
 * the session's thread.
 */
final class TableCalls {
  /** What H2 calls the connection with which it asks for nothing but columns. */
  private static final String COLUMNS_ONLY = "jdbc:columnlist:connection";

  private static final int MOST_QUERIES = 16;

  private final SessionLocal session;
  private final Map<List<Object>, InnerQuery> queries =
      new LinkedHashMap<>(MOST_QUERIES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, InnerQuery> eldest) {
          return size() > MOST_QUERIES;
        }
      };
  private @Nullable Execution execution;

  TableCalls(SessionLocal session) {
    this.session = session;
  }

  /**
   * One execution of a statement.
   *
   * @param command the statement; null: rows of a lazy result
   * @param start which of its executions; when the command of a lazy result has ended
   * @param copies the rows of its calls, by function and arguments
   */
  private record Execution(
      @Nullable Command command, Value start, Map<List<Object>, Copy> copies) {}

  /** Rows that have been read; they go with the last who reads them. */
  private record Copy(List<Column> columns, SpooledRows rows) {}

  /** Returns whether a call only asks for columns: then nothing else may happen. */
  static boolean asksForColumns(Connection connection) throws SQLException {
    return COLUMNS_ONLY.equals(connection.getMetaData().getURL());
  }

  /** Returns a result without rows. */
  FunctionRows columns(List<Column> columns) {
    LocalResult none = result(columns);
    none.done();
    return ProxiedRows.of(none);
  }

  /**
   * Returns the rows of a call.
   *
   * @param key function and arguments
   * @param streamed whether there may be so many rows that none should be copied without need
   * @param called makes the rows
   */
  FunctionRows rows(List<Object> key, boolean streamed, Callable<CalledRows> called)
      throws SQLException {
    Execution running = running();
    Copy known = running.copies().get(key);
    CallChain.Reading reading = CallChain.toHere(false);
    if (known == null) {
      CalledRows rows = call(called);
      if (streamed && reading == CallChain.Reading.CALLED) {
        return ProxiedRows.of(complete(rows.columns(), rows.rows().get()));
      } else if (streamed && isReadOnce(running, reading) && !isWrittenTwice(running, key)) {
        return ProxiedRows.of(result(rows.columns()), rows.rows().get());
      }
      known = copy(rows);
      running.copies().put(key, known);
    }
    return reading == CallChain.Reading.CALLED
        ? ProxiedRows.of(complete(known.columns(), known.rows().all()))
        : ProxiedRows.of(result(known.columns()), new Reader(known));
  }

  /** The second of two equal calls, in a join or a union, wants the rows that the first had. */
  private static boolean isWrittenTwice(Execution running, List<Object> key) {
    String statement = String.valueOf(running.command());
    for (Object argument : key) {
      if (argument instanceof Optional<?> given
          && given.isPresent()
          && given.get() instanceof String text
          && !isTwiceIn(statement, text)
          && !isTwiceIn(statement, text.replace("'", "''"))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTwiceIn(String statement, String text) {
    int first = statement.indexOf(text);
    return first >= 0 && statement.indexOf(text, first + text.length()) >= 0;
  }

  /** Rows of a lazy result are read when the statement has ended, and then nothing is once. */
  private boolean isReadOnce(Execution running, CallChain.Reading reading) {
    return running.command() != null
        && !session.isLazyQueryExecution()
        && (reading == CallChain.Reading.ONCE || reading == CallChain.Reading.OUTERMOST);
  }

  /**
   * Rows of a lazy result are computed when its command has ended, until another one begins: that
   * is an execution of no command.
   */
  private Execution running() {
    Command command = session.getCurrentCommand();
    Value start = session.getCommandStartOrEnd();
    Execution known = execution;
    if (known == null || known.command() != command || !known.start().equals(start)) {
      known = new Execution(command, start, new HashMap<>());
      execution = known;
    }
    return known;
  }

  private static CalledRows call(Callable<CalledRows> called) throws SQLException {
    try {
      return called.call();
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw MlException.of(ErrorCode.INTERNAL, e).withCause(e);
    }
  }

  private Copy copy(CalledRows called) {
    SpooledRows rows = new SpooledRows(session, called.columns().toArray(new Column[0]));
    Copy copy = new Copy(called.columns(), rows);
    session.getDatabase().getTempFileDeleter().addFile(rows, copy);
    try (RowStream stream = called.rows().get()) {
      for (Row row = stream.next(); row != null; row = stream.next()) {
        rows.add(row.getValueList());
      }
    } catch (RuntimeException | Error e) {
      rows.close();
      throw e;
    }
    return copy;
  }

  /** Returns a result that lives on when the statement has ended. */
  private LocalResult complete(List<Column> columns, RowStream stream) {
    LocalResult result = result(columns);
    try (stream) {
      for (Row row = stream.next(); row != null; row = stream.next()) {
        result.addRow(row.getValueList());
      }
    }
    result.done();
    return result;
  }

  private LocalResult result(List<Column> columns) {
    Expression[] expressions =
        columns.stream()
            .map(column -> new ExpressionColumn(session.getDatabase(), column))
            .toArray(Expression[]::new);
    return new LocalResult(session, expressions, expressions.length, expressions.length);
  }

  /**
   * Returns a query, compiled with the caller's rights in his schema. H2 asks for columns twice and
   * for rows once in each execution, so the last ones are kept.
   */
  InnerQuery query(String sql) {
    String[] path = session.getSchemaSearchPath();
    List<Object> key =
        List.of(
            sql, session.getCurrentSchemaName(), path == null ? List.of() : List.of(path.clone()));
    InnerQuery known = queries.get(key);
    if (known == null || !known.isCurrent()) {
      known = InnerQuery.of(session, sql);
      queries.put(key, known);
    }
    return known;
  }

  /**
   * Refuses a call whose query has another number of {@code ?} than values follow.
   *
   * @throws MlException ARGUMENT
   */
  void requireParameters(String function, String sql, int given) {
    int wanted = query(sql).parameterCount();
    if (wanted != given) {
      throw MlException.of(
              ErrorCode.ARGUMENT,
              function,
              "the query has " + wanted + " ?, but " + given + " values were given")
          .withHint("Its values are the last arguments, in order.");
    }
  }

  /** Returns whether a text is the value of a {@code ?} of the running statement. */
  boolean isParameter(@Nullable String text) {
    Command command = session.getCurrentCommand();
    if (text == null || command == null) {
      return text == null;
    }
    for (ParameterInterface parameter : command.getParameters()) {
      if (parameter.isValueSet()
          && parameter.getParamValue() instanceof ValueVarchar value
          && value.getString().equals(text)) {
        return true;
      }
    }
    return false;
  }

  /** Returns values as a program would set them. */
  List<@Nullable Object> objects(Value[] values, Connection connection) throws SQLException {
    JdbcConnection unwrapped = connection.unwrap(JdbcConnection.class);
    List<@Nullable Object> objects = new ArrayList<>();
    for (Value value : values) {
      objects.add(ValueToObjectConverter.valueToDefaultObject(value, unwrapped, false));
    }
    return objects;
  }

  /** Reads a copy and keeps it meanwhile. */
  private static final class Reader implements RowStream {
    private final Copy copy;
    private final RowStream rows;

    Reader(Copy copy) {
      this.copy = copy;
      this.rows = copy.rows().all();
    }

    @Override
    public @Nullable Row next() {
      Row row = rows.next();
      Reference.reachabilityFence(copy);
      return row;
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
