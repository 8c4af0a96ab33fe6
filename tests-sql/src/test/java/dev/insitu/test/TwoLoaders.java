package dev.insitu.test;

import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A process with the driver's jar in two class loaders at once, as an application server has it;
 * says what both answered, and whether the loaders could be unloaded.
 */
final class TwoLoaders {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private TwoLoaders() {}

  public static void main(String[] arguments) throws Exception {
    URL[] path = {Path.of(arguments[0]).toUri().toURL(), Path.of(arguments[1]).toUri().toURL()};
    List<WeakReference<ClassLoader>> loaders = deploy(path);
    forgetRecords();
    OUT.println("unloaded beside ONNX Runtime's hooks: " + unloaded(loaders, 1));
    forgetHooks();
    OUT.println("unloaded: " + unloaded(loaders, 20));
  }

  private static List<WeakReference<ClassLoader>> deploy(URL[] path) throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    List<FutureTask<String>> answers = new ArrayList<>();
    List<URLClassLoader> loaders = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
      @SuppressWarnings("unchecked")
      Callable<String> application =
          (Callable<String>)
              Class.forName("dev.insitu.test.LoadedApplication", true, loader)
                  .getDeclaredConstructor()
                  .newInstance();
      FutureTask<String> answer =
          new FutureTask<>(
              () -> {
                both.countDown();
                both.await();
                return application.call();
              });
      Thread thread = new Thread(answer, "application " + i);
      thread.setContextClassLoader(loader);
      thread.start();
      loaders.add(loader);
      answers.add(answer);
    }
    for (FutureTask<String> answer : answers) {
      OUT.println(answer.get());
    }
    List<WeakReference<ClassLoader>> references = new ArrayList<>();
    for (URLClassLoader loader : loaders) {
      loader.close();
      references.add(new WeakReference<>(loader));
    }
    return references;
  }

  private static long unloaded(List<WeakReference<ClassLoader>> loaders, int seconds)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long gone = 0;
    while (gone < loaders.size() && System.nanoTime() < end) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
      gone = loaders.stream().filter(loader -> loader.get() == null).count();
    }
    return gone;
  }

  /**
   * JDK 17 holds the class of the record that was compared, hashed or printed for the first time
   * last, whosever it is.
   */
  private static void forgetRecords() {
    Latest one = new Latest("1");
    OUT.println("record " + (one.equals(new Latest("1")) && one.hashCode() != 0) + ' ' + one);
  }

  private record Latest(String value) {}

  /**
   * ONNX Runtime has no way to take its shutdown hook back, and the hook is of its class loader.
   */
  private static void forgetHooks() throws ReflectiveOperationException {
    Field field = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
    field.setAccessible(true);
    @SuppressWarnings("unchecked")
    Map<Thread, Thread> hooks = (Map<Thread, Thread>) field.get(null);
    hooks.keySet().removeIf(hook -> hook.getContextClassLoader() instanceof URLClassLoader);
  }
}
