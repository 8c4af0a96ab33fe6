package dev.insitu.test.driver;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/** How often each method of each interface has been called, and how often it succeeded. */
final class Coverage {
  private static final Map<Class<?>, List<Method>> METHODS = new ConcurrentHashMap<>();

  /** Where no call failed because the method can never succeed. */
  static final String UNKNOWN = "nobody knows why";

  private final Map<String, long[]> counts = new TreeMap<>();
  private final Map<String, String> reasons = new TreeMap<>();

  /** Returns what can be called on an object of a kind, in a fixed order. */
  static List<Method> methods(Class<?> kind) {
    return METHODS.computeIfAbsent(kind, Coverage::sorted);
  }

  private static List<Method> sorted(Class<?> kind) {
    List<Method> methods =
        Arrays.stream(kind.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .sorted(Comparator.comparing(Coverage::signature))
            .collect(Collectors.toList());
    if (kind == Driver.class) {
      return methods; // its toString is its class
    }
    try {
      methods.add(Object.class.getMethod("toString"));
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
    return List.copyOf(methods);
  }

  static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(",", "(", ")"));
  }

  void expect(Class<?> kind) {
    methods(kind).forEach(method -> counts.computeIfAbsent(key(kind, method), k -> new long[2]));
  }

  /**
   * Takes a call into account.
   *
   * @param error with which it failed, null if it succeeded
   */
  void called(Class<?> kind, Method method, @Nullable Throwable error) {
    long[] count = counts.computeIfAbsent(key(kind, method), k -> new long[2]);
    count[0]++;
    if (error == null) {
      count[1]++;
    } else {
      reason(error).ifPresent(reason -> reasons.put(key(kind, method), reason));
    }
  }

  /** Returns why a call can never succeed; empty if its error is another one. */
  private static Optional<String> reason(Throwable error) {
    if (error instanceof UnsupportedOperationException) {
      return Optional.of("H2 does not support it");
    } else if (error instanceof SQLException e
        && e.getErrorCode() == ErrorCode.METHOD_NOT_ALLOWED_FOR_PREPARED_STATEMENT) {
      return Optional.of("JDBC forbids a text here");
    } else if (error instanceof SQLFeatureNotSupportedException e) {
      return Optional.of(
          e.getErrorCode() == ErrorCode.FEATURE_NOT_SUPPORTED_1
              ? "H2 does not support it"
              : "H2 leaves it to java.sql, which does not support it");
    }
    return Optional.empty();
  }

  long calls() {
    return counts.values().stream().mapToLong(count -> count[0]).sum();
  }

  /** Returns the methods that have not been called. */
  TreeSet<String> uncalled() {
    return with(0, false);
  }

  /** Returns the methods that never succeeded, each with the reason why it never can. */
  TreeMap<String, String> neverSucceeded() {
    TreeMap<String, String> never = new TreeMap<>();
    with(1, false).forEach(method -> never.put(method, reasons.getOrDefault(method, UNKNOWN)));
    return never;
  }

  /** Returns the methods that succeeded at least once. */
  TreeSet<String> succeeded() {
    return with(1, true);
  }

  private TreeSet<String> with(int what, boolean some) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue()[what] > 0 == some)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String key(Class<?> kind, Method method) {
    return kind.getSimpleName() + "." + signature(method);
  }
}
