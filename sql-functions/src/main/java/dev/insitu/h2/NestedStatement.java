package dev.insitu.h2;

import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;
import org.h2.command.Command;
import org.h2.command.CommandContainer;
import org.h2.engine.SessionLocal;
import org.h2.expression.ParameterInterface;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcResultSet;
import org.h2.message.DbException;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.h2.value.ValueToObjectConverter;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement of a {@link NestedConnection}. Its results are complete when it returns. A
 * statement that fails has changed nothing.
 *
 * <p>Compiled anew, never taken from the session's cache of statements: within one statement H2
 * gives one compiled text one value of a sequence, however often it runs.
 */
final class NestedStatement implements InvocationHandler {
  private final Connection connection;
  private final SessionLocal session;
  private final JdbcConnection results;
  private final Command command;
  private final List<Value[]> batch = new ArrayList<>();
  private @Nullable ResultSet result;
  private long updated = -1;
  private boolean closed;

  private NestedStatement(
      Connection connection, SessionLocal session, JdbcConnection results, String sql) {
    this.connection = connection;
    this.session = session;
    this.results = results;
    this.command = new CommandContainer(session, sql, OwnPlan.of(session, sql));
    if (!command.isTransactional()) {
      throw DbException.getUnsupportedException("DDL inside a statement");
    }
  }

  static PreparedStatement of(
      Connection connection, SessionLocal session, JdbcConnection results, String sql)
      throws SQLException {
    session.lock();
    try {
      return (PreparedStatement)
          Proxy.newProxyInstance(
              NestedStatement.class.getClassLoader(),
              new Class<?>[] {PreparedStatement.class},
              new NestedStatement(connection, session, results, sql));
    } catch (DbException e) {
      throw DbException.toSQLException(e);
    } finally {
      session.unlock();
    }
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (name.equals("isClosed")) {
      return closed;
    } else if (name.equals("getConnection")) {
      return connection;
    } else if (name.equals("close")) {
      close();
      return null;
    } else if (closed && PreparedStatement.class.isAssignableFrom(method.getDeclaringClass())) {
      throw DbException.get(ErrorCode.OBJECT_CLOSED).getSQLException();
    }
    session.lock();
    try {
      return run(proxy, method, arguments == null ? new Object[0] : arguments);
    } catch (DbException e) {
      throw DbException.toSQLException(e);
    } finally {
      session.unlock();
    }
  }

  private @Nullable Object run(Object proxy, Method method, Object[] given) throws SQLException {
    String name = method.getName();
    if (name.startsWith("set") && given.length >= 2 && given[0] instanceof Integer position) {
      parameter(position).setValue(value(name, given), true);
      return null;
    } else if (given.length > 0) {
      return NestedConnection.ofObject(proxy, method, given);
    }
    switch (name) {
      case "execute":
        return execute();
      case "executeQuery":
        query();
        return result;
      case "executeUpdate":
        return Math.toIntExact(update());
      case "executeLargeUpdate":
        return update();
      case "getResultSet":
        return result;
      case "getUpdateCount":
        return Math.toIntExact(updated);
      case "getLargeUpdateCount":
        return updated;
      case "addBatch":
        batch.add(
            parameters().stream().map(ParameterInterface::getParamValue).toArray(Value[]::new));
        return null;
      case "executeBatch":
        return executeBatch();
      default:
        return NestedConnection.ofObject(proxy, method, given);
    }
  }

  private boolean execute() throws SQLException {
    if (command.isQuery()) {
      query();
      return true;
    }
    update();
    return false;
  }

  private void query() throws SQLException {
    closeResult();
    updated = -1;
    try (HeldVersion version = HeldVersion.of(session);
        Lazily eagerly = Lazily.off(session)) {
      result = new JdbcResultSet(results, null, null, command.query(0), -1, false, false, false);
    }
  }

  private long update() throws SQLException {
    closeResult();
    NestedPoint before = NestedPoint.now(session);
    try {
      updated = command.update(false).getUpdateCount();
      return updated;
    } catch (DbException e) {
      before.goBack();
      throw e;
    }
  }

  private int[] executeBatch() throws SQLException {
    int[] counts = new int[batch.size()];
    List<? extends ParameterInterface> parameters = parameters();
    for (int row = 0; row < counts.length; row++) {
      Value[] values = batch.get(row);
      for (int i = 0; i < values.length; i++) {
        parameters.get(i).setValue(values[i], true);
      }
      counts[row] = Math.toIntExact(update());
    }
    batch.clear();
    return counts;
  }

  private List<? extends ParameterInterface> parameters() {
    return command.getParameters();
  }

  private ParameterInterface parameter(int position) {
    List<? extends ParameterInterface> parameters = parameters();
    if (position < 1 || position > parameters.size()) {
      throw DbException.getInvalidValueException("parameterIndex", position);
    }
    return parameters.get(position - 1);
  }

  private Value value(String setter, Object[] given) {
    @Nullable Object value = given[1];
    if (value == null || setter.equals("setNull")) {
      return ValueNull.INSTANCE;
    } else if (value instanceof InputStream stream) {
      long length = given.length > 2 ? ((Number) given[2]).longValue() : -1;
      return session.addTemporaryLob(
          session.getDatabase().getLobStorage().createBlob(stream, length));
    }
    return ValueToObjectConverter.objectToValue(session, value, Value.UNKNOWN);
  }

  private void closeResult() throws SQLException {
    ResultSet open = result;
    result = null;
    if (open != null) {
      open.close();
    }
  }

  private void close() throws SQLException {
    closed = true;
    closeResult();
    command.close();
  }
}
