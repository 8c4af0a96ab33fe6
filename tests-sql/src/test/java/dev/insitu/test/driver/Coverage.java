package dev.insitu.test.driver;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Driver;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How often each method of each interface has been called, and how often it succeeded. */
final class Coverage {
  private final Map<String, long[]> counts = new TreeMap<>();

  /** Returns what can be called on an object of a kind, in a fixed order. */
  static List<Method> methods(Class<?> kind) {
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

  void called(Class<?> kind, Method method, boolean success) {
    long[] count = counts.computeIfAbsent(key(kind, method), k -> new long[2]);
    count[0]++;
    count[1] += success ? 1 : 0;
  }

  long calls() {
    return counts.values().stream().mapToLong(count -> count[0]).sum();
  }

  /** Returns the methods that have not been called. */
  TreeSet<String> uncalled() {
    return with(0, false);
  }

  /** Returns the methods that never succeeded. */
  TreeSet<String> neverSucceeded() {
    return with(1, false);
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
