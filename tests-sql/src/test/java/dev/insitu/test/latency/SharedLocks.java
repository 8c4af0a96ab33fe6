package dev.insitu.test.latency;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every lock that threads could wait for because they share something of ours: the monitors of all
 * objects of ours, collections and plain objects that can be reached from static fields of our
 * classes, those classes themselves, {@link Lock}s, and the bins of concurrent maps, which a {@code
 * computeIfAbsent} takes. Objects of H2 and of the JDK are not looked into, and so their own locks
 * are not among them. Confined to one thread.
 */
final class SharedLocks {
  private static final List<String> MODULES =
      List.of("model-store", "scoring-runtime", "sql-functions", "calcite-adapter");

  /** What a session has for itself is registered for H2 to find it, and shared by nobody. */
  private static final Set<String> OF_ONE_SESSION = Set.of("dev.insitu.h2.ScalarExpression");

  private record Bin(ConcurrentHashMap<Object, Object> map, Object key) {}

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();
  private final List<Object> locks = new ArrayList<>();

  private SharedLocks() {}

  /** Finds those that the static fields of a class lead to. */
  static SharedLocks of(String className) {
    SharedLocks found = new SharedLocks();
    found.addStatics(className);
    found.lookIntoAll();
    return found;
  }

  /** Finds what there is now. */
  static SharedLocks find() {
    SharedLocks found = new SharedLocks();
    for (String module : MODULES) {
      Path classes = Path.of(module, "target/classes");
      try (Stream<Path> files = Files.walk(classes)) {
        files
            .map(file -> classes.relativize(file).toString())
            .filter(file -> file.startsWith("dev") && file.endsWith(".class"))
            .map(file -> file.substring(0, file.length() - 6).replace(File.separatorChar, '.'))
            .filter(name -> !name.endsWith("-info"))
            .sorted()
            .forEach(found::addStatics);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    found.lookIntoAll();
    return found;
  }

  private void lookIntoAll() {
    while (!open.isEmpty()) {
      lookInto(open.pop());
    }
  }

  /** Returns whether an object of a class is among those whose monitors are held. */
  boolean has(String className) {
    return locks.stream().anyMatch(lock -> lock.getClass().getName().equals(className));
  }

  /** Runs something while all of them are held by a thread of its own, which has a large stack. */
  void whileHeld(Runnable action) throws InterruptedException {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread holder = new Thread(null, () -> hold(0, action), "holder", 1L << 30);
    holder.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    holder.start();
    holder.join();
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new AssertionError(thrown.getMessage(), thrown);
    }
  }

  private void hold(int next, Runnable action) {
    if (next == locks.size()) {
      action.run();
      return;
    }
    Object lock = locks.get(next);
    if (lock instanceof Bin bin) {
      bin.map.compute(
          bin.key,
          (key, value) -> {
            hold(next + 1, action);
            return value;
          });
    } else if (lock instanceof Lock explicit) {
      explicit.lock();
      try {
        hold(next + 1, action);
      } finally {
        explicit.unlock();
      }
    } else {
      synchronized (lock) {
        hold(next + 1, action);
      }
    }
  }

  private void addStatics(String className) {
    try {
      Class<?> type = Class.forName(className, false, getClass().getClassLoader());
      locks.add(type);
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && !type.isEnum()) {
          add(value(field, null));
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(className, e);
    }
  }

  private static @Nullable Object value(Field field, @Nullable Object of)
      throws ReflectiveOperationException {
    if (field.getType().isPrimitive()) {
      return null;
    }
    field.setAccessible(true);
    return field.get(of);
  }

  private void add(@Nullable Object object) {
    if (object != null && isLookedInto(object) && seen.add(object)) {
      open.push(object);
      locks.add(object);
    }
  }

  private static boolean isLookedInto(Object object) {
    Class<?> type = object.getClass();
    if (type.isArray()) {
      return !type.getComponentType().isPrimitive();
    }
    return type == Object.class
        || type.getName().startsWith("dev.insitu.")
        || object instanceof Collection<?>
        || object instanceof Map<?, ?>
        || object instanceof Lock
        || object instanceof AtomicReference<?>
        || object instanceof Optional<?>
        || (object instanceof Reference<?> && type.getName().startsWith("java.lang.ref."));
  }

  private void lookInto(Object object) {
    if (object instanceof Object[] array) {
      Arrays.stream(array).forEach(this::add);
    } else if (object instanceof Collection<?> collection) {
      new ArrayList<>(collection).forEach(this::add);
    } else if (object instanceof Map<?, ?> map) {
      addEntries(map);
    } else if (object instanceof AtomicReference<?> reference) {
      add(reference.get());
    } else if (object instanceof Optional<?> optional) {
      add(optional.orElse(null));
    } else if (object instanceof Reference<?> reference) {
      add(reference.get());
    } else if (!OF_ONE_SESSION.contains(object.getClass().getName())) {
      addFields(object);
    }
  }

  private void addEntries(Map<?, ?> map) {
    new ArrayList<>(map.values()).forEach(this::add);
    for (Object key : new ArrayList<>(map.keySet())) {
      add(key);
      if (map instanceof ConcurrentHashMap<?, ?> concurrent) {
        locks.add(bin(concurrent, key));
      }
    }
  }

  @SuppressWarnings("unchecked") // a value is put back as it is
  private static Bin bin(ConcurrentHashMap<?, ?> map, Object key) {
    return new Bin((ConcurrentHashMap<Object, Object>) map, key);
  }

  private void addFields(Object object) {
    for (Class<?> type = object.getClass();
        type != null && type.getName().startsWith("dev.insitu.");
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        try {
          if (!Modifier.isStatic(field.getModifiers())) {
            add(value(field, object));
          }
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(field.toString(), e);
        }
      }
    }
  }
}
