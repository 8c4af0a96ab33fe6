package dev.insitu.test.driver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of steps on both drivers. Each step is a seed, from which it draws an object that is
 * alive, a method and arguments; so a sequence can be cut short and its steps still mean the same.
 */
final class Sequence {
  /** What a call came to, when both drivers agreed. */
  record Result(boolean success, @Nullable Object plain, @Nullable Pair pair) {}

  /** Every step whose seed can be divided by this one is the visit to a method of that number. */
  static final long TOUR = 16;

  private static final int REMEMBERED = 40;

  /** Methods that end an object are called rarely. */
  private static final Set<String> ENDING =
      Set.of("close", "abort", "free", "closeOnCompletion", "setMaxRows", "setLargeMaxRows");

  /** What must differ: whose driver it is. */
  private static final Set<String> DRIVERS_OWN =
      Set.of(
          "getDriverName",
          "getDriverVersion",
          "getDriverMajorVersion",
          "getDriverMinorVersion",
          "getMajorVersion",
          "getMinorVersion",
          "getPropertyInfo",
          "hashCode");

  private final Databases databases;
  private final boolean models;
  private final Coverage coverage;
  private final Arguments arguments;
  private final List<Pair> live = new ArrayList<>();
  private final Map<Object, Pair> knownPlain = new IdentityHashMap<>();
  private final Map<Object, Pair> knownOurs = new IdentityHashMap<>();
  private final Arguments.Events plainEvents = new Arguments.Events();
  private final Arguments.Events ourEvents = new Arguments.Events();
  private final List<String> calls = new ArrayList<>();
  private final Macros macros;
  private final Tour tour = new Tour(this);
  private @Nullable Pair used;
  private long step;
  private int made;

  Sequence(Databases databases, boolean models, Coverage coverage) {
    SqlTexts texts = models ? new ModelTexts() : new SqlTexts();
    this.databases = databases;
    this.models = models;
    this.coverage = coverage;
    this.arguments = new Arguments(this, texts);
    this.macros = new Macros(this, texts);
  }

  /** Adds an object to begin with. */
  Pair begin(Object plain, Object ours) {
    return remember(plain, ours);
  }

  /**
   * Runs a step.
   *
   * @throws Difference if the drivers answer differently
   */
  void step(long seed) {
    step = seed;
    made = 0;
    Random random = new Random(seed);
    if (seed % TOUR == 0) {
      tour.visit(seed / TOUR, random);
    } else if (!macros.run(random)) {
      anyCall(random);
    }
    if (!plainEvents.log.equals(ourEvents.log)) {
      throw new Difference("events: " + plainEvents.log + "\n  ours: " + ourEvents.log);
    }
  }

  private void anyCall(Random random) {
    Map<Class<?>, List<Pair>> byKind =
        live.stream()
            .flatMap(pair -> pair.kinds().stream().map(kind -> Map.entry(kind, pair)))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    Class<?> kind =
        byKind.keySet().stream()
            .max(
                java.util.Comparator.comparingDouble(
                    k -> weighed(Coverage.methods(k).size(), k.getName().hashCode())))
            .orElseThrow();
    Pair target = choose(byKind.getOrDefault(kind, List.of()));
    List<Method> methods = Coverage.methods(kind);
    Method method = Values.one(methods, random);
    while (ENDING.contains(method.getName()) && random.nextInt(12) > 0) {
      method = Values.one(methods, random);
    }
    call(target, kind, method, arguments.of(target, kind, method, random));
  }

  /** Draws by weight, each candidate by itself, so that leaving one out changes nothing else. */
  private double weighed(int weight, long candidate) {
    double uniform = new Random(mix(step ^ candidate)).nextDouble();
    return Math.pow(uniform, 1 / Math.sqrt(weight));
  }

  /** Chooses an object, the latest ones more often. */
  Pair choose(List<Pair> pairs) {
    List<Pair> latest = pairs.subList(Math.max(0, pairs.size() - 6), pairs.size());
    return latest.stream()
        .max(
            java.util.Comparator.comparingDouble(
                pair -> new Random(mix(step ^ pair.id())).nextDouble()))
        .orElseThrow();
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 31) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }

  Result call(Pair target, String method, Class<?>[] types, Argument... given) {
    for (Class<?> kind : target.kinds()) {
      try {
        return call(target, kind, kind.getMethod(method, types), List.of(given));
      } catch (NoSuchMethodException e) {
        continue;
      }
    }
    throw new AssertionError(method + " of " + target.name());
  }

  Result call(Pair target, Class<?> kind, Method method, List<Argument> given) {
    if (models && kind == DatabaseMetaData.class) {
      return new Result(true, null, null); // where there are models there is their schema
    }
    leaveTransaction(target);
    String call =
        target.name()
            + "."
            + method.getName()
            + given.stream().map(Argument::text).collect(Collectors.joining(", ", "(", ")"));
    calls.add(call);
    Object[] plainGiven = given.stream().map(Argument::plain).toArray();
    Object[] ourGiven = given.stream().map(Argument::ours).toArray();
    Object plain = invoke(target.plain(), method, plainGiven);
    Object ours = invoke(target.ours(), method, ourGiven);
    boolean success = !(plain instanceof Failed);
    coverage.called(kind, method, plain instanceof Failed failed ? failed.error() : null);
    Pair pair = compared(method, plain, ours);
    return new Result(success, plain, pair);
  }

  /** What a driver is made to do, when that is more than a call. */
  interface Action {
    @Nullable Object on(boolean plain) throws Exception;
  }

  /** Has both drivers do the same, and compares what comes of it. */
  void compare(String name, Pair target, Action action) {
    leaveTransaction(target);
    calls.add(target.name() + " " + name);
    String expected = text(done(action, true));
    check(expected, text(done(action, false)));
  }

  private static @Nullable Object done(Action action, boolean plain) {
    try {
      return action.on(plain);
    } catch (Exception e) {
      return new Failed(e);
    }
  }

  /**
   * Commits what is open on the connection that was used before another one is: one thread that
   * waits for its own lock waits long, and H2 2.5 for ever if the other transaction has been rolled
   * back to a savepoint.
   */
  private void leaveTransaction(Pair target) {
    Pair next = connectionOf(target);
    Pair last = used;
    if (next == null || next == last) {
      return;
    }
    used = next;
    try {
      if (last != null && !((Connection) last.plain()).getAutoCommit()) {
        used = null;
        call(last, "commit", new Class<?>[] {});
        used = next;
      }
    } catch (SQLException e) {
      return; // it is closed
    }
  }

  private @Nullable Pair connectionOf(Pair target) {
    try {
      Object object = target.plain();
      if (object instanceof ResultSet rows) {
        object = rows.getStatement();
      }
      if (object instanceof Statement statement) {
        object = statement.getConnection();
      }
      return object instanceof Connection ? knownPlain.get(object) : null;
    } catch (SQLException e) {
      return null;
    }
  }

  private @Nullable Pair compared(Method method, @Nullable Object plain, @Nullable Object ours) {
    String found;
    String expected;
    if (plain == null
        || ours == null
        || Kinds.of(plain).isEmpty()
        || Kinds.of(ours).isEmpty()
        || method.getName().equals("unwrap") && !knownPlain.containsKey(plain)) {
      expected = text(plain);
      found = text(ours);
      if (DRIVERS_OWN.contains(method.getName()) && plain != null && ours != null) {
        check(plain.getClass().getName(), ours.getClass().getName());
        return null;
      }
      if (method.getName().equals("unwrap") && plain != null && ours != null) {
        expected = expected.replaceAll("^a .*", "unwrapped");
        found = found.replaceAll("^a .*", "unwrapped");
      }
      check(expected, found);
      return null;
    }
    if (method.getName().equals("unwrap")
        && !method.getReturnType().isInterface()
        && !knownOurs.containsKey(ours)) {
      return null; // H2's own class: from here on it is H2's own object
    }
    Pair known = knownPlain.get(plain);
    Pair ourKnown = knownOurs.get(ours);
    check(
        known == null ? "new " + Outcome.kind(plain) : known.name(),
        ourKnown == null ? "new " + Outcome.kind(ours) : ourKnown.name());
    return known == null ? remember(plain, ours) : known;
  }

  private String text(@Nullable Object value) {
    String text =
        databases.normal(
            value instanceof Failed failed
                ? "failed: " + Outcome.describe(failed.error())
                : Outcome.describe(value));
    return models ? withoutText(text) : text;
  }

  /**
   * Takes out what the statement of the database was, since ours has a table in the place of a
   * call, how many rows a result says that it has, since one that streams does not know, and what
   * could not be converted: H2 names the value where it asks an index, the types where it compares.
   */
  private static String withoutText(String text) {
    return text.replaceAll("(?s); SQL statement:\n.*? \\[", " [")
        .replaceAll("(?s)((?:call|prep)#: ).*?( \\{1: |\"$)", "$1…$2")
        .replaceAll(" rows: (?:\\d+|unknown) pos: ", " rows: # pos: ")
        .replace("org.h2.jdbc.JdbcBatchUpdateException", "java.sql.BatchUpdateException")
        .replaceAll("converting \"[A-Z_ ]+( to |, )[A-Z_ ]+\"", "converting a type")
        .replaceAll(
            "converting \"[^\"]*\"( \\[22018-\\d+]); caused by java.lang.NumberFormatException",
            "converting a type$1")
        .replaceAll(
            "PREDICTION\\('+PUBLIC.m'+, 3\\)|PUBLIC\\.SAME_TEXT\\('+low'+\\)|CAST\\('+low'+ AS CHARACTER VARYING\\(10\\)\\)",
            "called");
  }

  private static void check(String expected, String found) {
    if (!expected.equals(found)) {
      throw new Difference(
          "H2's driver: " + shortened(expected) + "\n  ours:        " + shortened(found));
    }
  }

  private static String shortened(String text) {
    return text.length() > 1_500 ? text.substring(0, 1_500) + " …" : text;
  }

  /** An error is an outcome. */
  private record Failed(Throwable error) {}

  private static @Nullable Object invoke(Object target, Method method, Object[] given) {
    try {
      return method.invoke(target, given);
    } catch (InvocationTargetException e) {
      return new Failed(e.getTargetException());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    } catch (IllegalArgumentException e) {
      return new Failed(e);
    }
  }

  private Pair remember(Object plain, Object ours) {
    List<Class<?>> kinds = Kinds.of(plain);
    long id = mix(step + 1) + made++;
    String name = kinds.get(0).getSimpleName() + "#" + (knownPlain.size() + 1);
    Pair pair = new Pair(id, name, kinds, plain, ours);
    knownPlain.put(plain, pair);
    knownOurs.put(ours, pair);
    live.add(pair);
    if (live.size() > REMEMBERED) {
      live.remove(8);
    }
    if (!calls.isEmpty()) {
      calls.set(calls.size() - 1, calls.get(calls.size() - 1) + " = " + name);
    }
    return pair;
  }

  /** Compares what the two databases hold at the end. */
  void end() throws SQLException {
    calls.add("the content at the end");
    check(
        databases.normal(Databases.content(databases.plain())),
        databases.normal(Databases.content(databases.ours())));
  }

  List<Pair> live() {
    return live;
  }

  /** Returns those that can be called as something, in the order in which they were made. */
  List<Pair> live(Class<?> kind) {
    return live.stream().filter(pair -> pair.is(kind)).toList();
  }

  Arguments.Events plainEvents() {
    return plainEvents;
  }

  Arguments.Events ourEvents() {
    return ourEvents;
  }

  Argument url() {
    return new Argument(databases.plainUrl(), databases.ourUrl(), "the URL");
  }

  List<String> calls() {
    return calls;
  }

  Arguments arguments() {
    return arguments;
  }

  static boolean isOpen(Pair pair) {
    try {
      return pair.plain() instanceof Connection connection
          ? !connection.isClosed()
          : pair.plain() instanceof Statement statement
              ? !statement.isClosed()
              : !(pair.plain() instanceof ResultSet rows) || !rows.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }
}
