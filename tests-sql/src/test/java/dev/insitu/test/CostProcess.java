package dev.insitu.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program that measures, in a process of its own and so with any JDK. */
final class CostProcess {
  private CostProcess() {}

  /**
   * Runs a program and reports what it prints.
   *
   * @param program its main class
   * @param properties the beginning of all properties that it reads; {@code heap}, {@code java} and
   *     {@code options} of them are those of the process
   * @param heap how much it has unless told otherwise, as after {@code -Xmx}
   * @param options more of Java
   * @param arguments those of the program
   */
  static void run(
      Class<?> program, String properties, String heap, List<String> options, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>();
    all.add("-Xmx" + System.getProperty(properties + "heap", heap));
    all.addAll(options);
    String more = System.getProperty(properties + "options", "");
    if (!more.isEmpty()) {
      all.addAll(Arrays.asList(more.split(",")));
    }
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(properties))
        .forEach(name -> all.add("-D" + name + "=" + System.getProperty(name)));
    List<String> command = ChildProcess.java(all.toArray(new String[0]));
    command.set(0, System.getProperty(properties + "java", command.get(0)));
    command.add(program.getName());
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      ProcessCpu.report(new String(process.getInputStream().readAllBytes(), UTF_8));
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isZero();
  }
}
