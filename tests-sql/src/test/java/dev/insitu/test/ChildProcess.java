package dev.insitu.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process of the tests. */
public final class ChildProcess {
  private ChildProcess() {}

  /** Returns the command without the main class, with the class path of the tests. */
  public static List<String> java(String... options) {
    return javaWith(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        options);
  }

  /**
   * Returns the command without the main class. What a crash leaves goes to the build's folder; a
   * JDK that wants to be told so is told that native code is called (README, "JDK 24").
   */
  public static List<String> javaWith(String classPath, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-XX:ErrorFile=" + Path.of("tests-sql/target/hs_err_pid%p.log").toAbsolutePath());
    command.add("-XX:-CreateCoredumpOnCrash");
    command.addAll(List.of("-cp", classPath));
    return command;
  }
}
