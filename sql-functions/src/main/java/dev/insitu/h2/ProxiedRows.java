package dev.insitu.h2;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.h2.message.DbException;
import org.h2.result.ResultInterface;
import org.h2.result.Row;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@link FunctionRows} over a result of H2. Of the two interfaces only H2's own is answered: nobody
 * asks for the other once H2 has seen the type.
 */
final class ProxiedRows implements InvocationHandler {
  private static final Map<String, Method> TARGETS =
      Arrays.stream(ResultInterface.class.getMethods())
          .collect(Collectors.toUnmodifiableMap(Method::getName, Function.identity()));

  private final ResultInterface result;
  private final @Nullable RowStream rows;
  private Value @Nullable [] current;

  private ProxiedRows(ResultInterface result, @Nullable RowStream rows) {
    this.result = result;
    this.rows = rows;
  }

  /** Returns all rows of a result. */
  static FunctionRows of(ResultInterface result) {
    return proxy(new ProxiedRows(result, null));
  }

  /**
   * Returns rows that are read while H2 asks for them, once and forward.
   *
   * @param description their columns
   */
  static FunctionRows of(ResultInterface description, RowStream rows) {
    return proxy(new ProxiedRows(description, rows));
  }

  private static FunctionRows proxy(ProxiedRows handler) {
    return (FunctionRows)
        Proxy.newProxyInstance(
            ProxiedRows.class.getClassLoader(), new Class<?>[] {FunctionRows.class}, handler);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    RowStream open = rows;
    if (open != null) {
      switch (name) {
        case "next":
          return next(open);
        case "currentRow":
          return current;
        case "close":
          open.close();
          return null;
        default:
          break;
      }
    }
    if (name.equals("equals")) {
      return arguments != null && arguments[0] == proxy;
    }
    Method target = method.getDeclaringClass() == Object.class ? method : TARGETS.get(name);
    if (target == null || target.getParameterCount() != method.getParameterCount()) {
      throw DbException.getUnsupportedException(name + " of a table function").getSQLException();
    }
    try {
      return target.invoke(result, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private boolean next(RowStream open) {
    try {
      Row row = open.next();
      current = row == null ? null : row.getValueList();
      if (row == null) {
        open.close();
      }
      return row != null;
    } catch (RuntimeException e) {
      open.close();
      throw H2Errors.inside(e);
    }
  }
}
