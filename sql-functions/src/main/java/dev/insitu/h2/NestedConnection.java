package dev.insitu.h2;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * A handle on a session for what is read and written amid its running statement: what a function
 * that H2 calls does there.
 *
 * <p>A statement of H2's own JDBC would be a command of the session, and its end that of the one
 * around it, whose snapshot, timestamp and cancelling would be gone. Here nothing begins and
 * nothing ends: a statement is compiled and run as H2 runs a sub-query or the writes of a trigger.
 * It sees what is committed now, what the session has written, and, of tables that the statement
 * around it reads, what that one sees.
 *
 * <p>There is as much of JDBC as the store needs: prepared statements, batches and savepoints, no
 * transactions and no DDL. Everything else is refused. Confined to the session's thread.
 */
final class NestedConnection implements InvocationHandler {
  private final SessionLocal session;
  private final BorrowedConnection results;

  private NestedConnection(SessionLocal session, String url) {
    this.session = session;
    this.results = new BorrowedConnection(session, url);
  }

  /** Returns a handle; closing it does nothing. */
  static Connection over(SessionLocal session, String url) {
    return (Connection)
        Proxy.newProxyInstance(
            NestedConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new NestedConnection(session, url));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    switch (method.getName()) {
      case "prepareStatement":
        return NestedStatement.of((Connection) proxy, session, results, (String) given[0]);
      case "getAutoCommit":
        return session.getAutoCommit();
      case "isClosed":
        return session.isClosed();
      case "close":
      case "releaseSavepoint":
        return null;
      case "setSavepoint":
        if (given.length == 0) {
          return NestedPoint.now(session);
        }
        throw refused("setSavepoint(name)");
      case "rollback":
        if (given.length == 1 && given[0] instanceof NestedPoint point) {
          rollback(point);
          return null;
        }
        throw refused("rollback");
      default:
        return ofObject(proxy, method, given);
    }
  }

  private static void rollback(NestedPoint point) throws SQLException {
    try {
      point.goBack();
    } catch (DbException e) {
      throw DbException.toSQLException(e);
    }
  }

  /** Answers what every object can be asked, refuses the rest. */
  static Object ofObject(Object proxy, Method method, Object[] arguments) throws SQLException {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> method.getDeclaringClass().getSimpleName() + " inside a statement";
      default -> throw refused(method.getName());
    };
  }

  static SQLException refused(String what) {
    return DbException.getUnsupportedException(what + " inside a statement").getSQLException();
  }
}
