package dev.insitu.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process with the class path of the tests. */
final class ChildProcess {
  /** The option that puts what a crash leaves into the build's folder. */
  static final String ERRORS =
      "-XX:ErrorFile=" + Path.of("tests-sql/target/hs_err_pid%p.log").toAbsolutePath();

  private ChildProcess() {}

  /** Returns the command without the main class; what a crash leaves goes to the build's folder. */
  static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add(ERRORS);
    command.add("-XX:-CreateCoredumpOnCrash");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }
}
