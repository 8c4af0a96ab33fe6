package dev.insitu.test;

import java.io.File;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.schema.SchemaObject;

/**
 * What a statement of ours can leave behind in a session, a database and a process: held versions,
 * virtual tables, aliases, locks, temporary files, threads. Reads H2's own fields.
 */
final class Leftovers {
  private Leftovers() {}

  /** Returns one line for each thing that is open now. */
  static List<String> of(java.sql.Connection connection) throws Exception {
    List<String> found = new ArrayList<>();
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    Database database = session.getDatabase();
    session.getLocalTempTables().forEach(table -> found.add("table " + table.getName()));
    found.addAll(functions(database));
    for (var table : session.getLocks()) {
      found.add("lock on " + table.getName());
    }
    if (session.getCurrentCommand() != null) {
      found.add("command " + session.getCurrentCommand());
    }
    if (session.isLazyQueryExecution()) {
      found.add("lazy query execution");
    }
    found.addAll(ofProcess());
    found.add("held versions " + heldVersions(database.getStore().getMvStore()));
    return found;
  }

  /** Returns the functions of ours that the database shows. */
  static List<String> functions(Database database) {
    List<String> found = new ArrayList<>();
    for (SchemaObject object : database.getMainSchema().getAllFunctionsAndAggregates()) {
      if (object.getName().startsWith("INSITU$")) {
        found.add("function " + object.getName());
      }
    }
    return found;
  }

  /** Returns temporary files and threads. */
  static List<String> ofProcess() {
    List<String> found = new ArrayList<>();
    File[] files =
        new File(System.getProperty("java.io.tmpdir"))
            .listFiles(
                (folder, name) -> name.startsWith("insitu-" + ProcessHandle.current().pid() + "."));
    if (files != null) {
      for (File file : files) {
        found.add("file " + file);
      }
    }
    TreeSet<String> threads = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.isAlive() && !isOfTheMachine(thread)) {
        threads.add("thread " + thread.getName());
      }
    }
    found.addAll(threads);
    return found;
  }

  /**
   * Returns how many readers and transactions hold a version of the store. A version that nobody
   * holds any more leaves when the store's own writer lets it: that is waited for.
   */
  static long heldVersions(MVStore store) throws Exception {
    long held = versionsNow(store);
    for (int wait = 0; held > 0 && wait < 100; wait++) {
      TimeUnit.MILLISECONDS.sleep(50);
      store.deregisterVersionUsage(store.registerVersionUsage());
      held = versionsNow(store);
    }
    return held;
  }

  private static long versionsNow(MVStore store) throws ReflectiveOperationException {
    long held = counter(field(store, "currentTxCounter"));
    for (Object former : (Collection<?>) field(store, "versions")) {
      held += counter(former) + 1L;
    }
    return held;
  }

  private static int counter(Object version) throws ReflectiveOperationException {
    return (int) field(version, "counter");
  }

  static Object field(Object object, String name) throws ReflectiveOperationException {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(object);
  }

  /**
   * H2's writer, the pools and the timer of the JVM and the planner's start come and go by
   * themselves.
   */
  private static boolean isOfTheMachine(Thread thread) {
    String name = thread.getName();
    return name.startsWith("ForkJoinPool")
        || name.startsWith("MVStore background writer")
        || name.equals("insitu-planner-start")
        || name.equals("insitu-run-watch") // ends when no imported graph has run for 5 s
        || name.equals("CompletableFutureDelayScheduler")
        || name.startsWith("H2 ")
        || name.startsWith("H2-")
        || name.contains("Finalizer")
        || name.contains("Cleaner")
        || thread.getThreadGroup() == null
        || thread.getThreadGroup().getName().equals("system");
  }
}
