package dev.insitu.jdbc;

import dev.insitu.h2.H2Errors;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement of ours as a callable one. A proxy, since all is done elsewhere: as in H2,
 * what is returned is read from the first row of the result, and a parameter's name is the label of
 * a column.
 */
final class OwnCall implements InvocationHandler {
  private static final Set<String> UNSUPPORTED =
      Set.of("getRef", "getRowId", "getURL", "setRowId", "setURL");

  private final OwnPreparedStatement statement;
  private final BitSet outParameters = new BitSet();

  private OwnCall(OwnPreparedStatement statement) {
    this.statement = statement;
  }

  static CallableStatement of(OwnPreparedStatement statement) {
    CallableStatement call =
        (CallableStatement)
            Proxy.newProxyInstance(
                OwnCall.class.getClassLoader(),
                new Class<?>[] {CallableStatement.class},
                new OwnCall(statement));
    statement.showAs(call);
    return call;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    @Nullable Object[] arguments = given == null ? new Object[0] : given;
    try {
      return method.getDeclaringClass() == CallableStatement.class
          ? called(method, arguments)
          : prepared(proxy, method, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private @Nullable Object prepared(Object proxy, Method method, @Nullable Object[] arguments)
      throws ReflectiveOperationException, SQLException {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "unwrap" ->
          arguments[0] instanceof Class<?> wanted && wanted.isInstance(proxy)
              ? proxy
              : method.invoke(statement, arguments);
      case "isWrapperFor" ->
          arguments[0] instanceof Class<?> wanted && wanted.isInstance(proxy)
              || (Boolean) method.invoke(statement, arguments);
      case "executeUpdate", "executeLargeUpdate" -> updated(method, arguments);
      default -> method.invoke(statement, arguments);
    };
  }

  /** A query is executed too, and changes nothing. */
  private @Nullable Object updated(Method method, @Nullable Object[] arguments)
      throws ReflectiveOperationException, SQLException {
    if (arguments.length > 0 || statement.getMetaData() == null) {
      return method.invoke(statement, arguments);
    }
    statement.executeQuery();
    return method.getReturnType() == int.class ? (Object) 0 : (Object) 0L;
  }

  private @Nullable Object called(Method method, @Nullable Object[] arguments)
      throws ReflectiveOperationException, SQLException {
    String name = method.getName();
    if (method.getParameterCount() == 0) {
      return method.getName().equals("wasNull") ? row().wasNull() : null;
    }
    Class<?>[] types = method.getParameterTypes();
    if (UNSUPPORTED.contains(name) || types[types.length - 1] == Map.class || isTyped(method)) {
      return method.invoke(statement.prepared, arguments); // fails as H2 does
    }
    if (types[0] == String.class) {
      types[0] = int.class;
      arguments[0] = index((String) arguments[0]);
    }
    int parameter = (Integer) arguments[0];
    if (name.equals("registerOutParameter")) {
      statement.registerOutParameter(parameter);
      outParameters.set(parameter);
      return null;
    } else if (name.startsWith("set")) {
      return PreparedStatement.class.getMethod(name, types).invoke(statement, arguments);
    }
    Method getter = ResultSet.class.getMethod(name, types);
    boolean checked = types.length == 1 || types[1] != Class.class; // as in H2
    if (checked && (parameter < 1 || !outParameters.get(parameter))) {
      throw H2Errors.invalidValue("parameterIndex", parameter);
    }
    return getter.invoke(row(), arguments);
  }

  /** H2 takes no {@code SQLType} for what is returned. */
  private static boolean isTyped(Method method) {
    return method.getName().equals("registerOutParameter")
        && Arrays.asList(method.getParameterTypes()).contains(SQLType.class);
  }

  /** The row that was returned. */
  private ResultSet row() throws SQLException {
    ResultSet result = statement.getResultSet();
    if (result == null) {
      throw H2Errors.noData();
    }
    if (result.isBeforeFirst()) {
      result.next();
    }
    return result;
  }

  private int index(@Nullable String label) throws SQLException {
    ResultSetMetaData columns = statement.getMetaData();
    if (columns == null) {
      throw H2Errors.notACall();
    }
    for (int i = columns.getColumnCount(); i > 0; i--) {
      if (columns.getColumnLabel(i).equals(label)) {
        return i;
      }
    }
    throw H2Errors.invalidValue("parameterName", label);
  }
}
