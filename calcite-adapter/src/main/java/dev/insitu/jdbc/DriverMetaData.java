package dev.insitu.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import org.jspecify.annotations.Nullable;

/**
 * The database's own answers about itself, but for the connection, the URL, and the driver's name
 * and version. A proxy, since of 180 methods six differ and none is called in a loop.
 */
final class DriverMetaData implements InvocationHandler {
  private final DriverConnection connection;
  private final DatabaseMetaData delegate;

  private DriverMetaData(DriverConnection connection, DatabaseMetaData delegate) {
    this.connection = connection;
    this.delegate = delegate;
  }

  static DatabaseMetaData of(DriverConnection connection, DatabaseMetaData delegate) {
    return (DatabaseMetaData)
        Proxy.newProxyInstance(
            DriverMetaData.class.getClassLoader(),
            new Class<?>[] {DatabaseMetaData.class},
            new DriverMetaData(connection, delegate));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    switch (method.getName()) {
      case "getConnection":
        return connection;
      case "getURL":
        String url = delegate.getURL();
        return url == null ? null : DriverUrl.of(url);
      case "getDriverName":
        return "Insitu JDBC Driver";
      case "getDriverVersion":
        return InsituDriver.VERSION;
      case "getDriverMajorVersion":
        return InsituDriver.MAJOR_VERSION;
      case "getDriverMinorVersion":
        return InsituDriver.MINOR_VERSION;
      case "equals":
        return proxy == arguments[0];
      case "hashCode":
        return System.identityHashCode(proxy);
      case "toString":
        return DriverUrl.inText(delegate.toString());
      case "unwrap":
        Class<?> wanted = (Class<?>) arguments[0];
        return wanted != null && wanted.isInstance(proxy) ? proxy : delegate.unwrap(wanted);
      case "isWrapperFor":
        Class<?> asked = (Class<?>) arguments[0];
        return asked != null && asked.isInstance(proxy) || delegate.isWrapperFor(asked);
      default:
        return delegated(method, arguments);
    }
  }

  private @Nullable Object delegated(Method method, Object[] arguments) throws Throwable {
    connection.settle();
    try {
      return method.invoke(delegate, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
