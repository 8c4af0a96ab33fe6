package dev.insitu.test;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;

/** What a figure was measured on. */
public final class Machine {
  private Machine() {}

  /** Returns date, commit, processor and Java: what stands beside a figure in a file. */
  public static String mark() {
    return String.format(
        Locale.ROOT,
        "%s %s %s Java %s",
        LocalDate.now(Clock.systemDefaultZone()),
        commit(),
        processor(),
        Runtime.version());
  }

  /** Returns date, commit, processor, load and versions. */
  public static String line() {
    return String.format(
        Locale.ROOT,
        "%s, commit %s, %s, %d processors, load %.1f, %s %s, Java %s, heap %,d MB, H2 %s,"
            + " ONNX Runtime %s",
        LocalDate.now(Clock.systemDefaultZone()),
        commit(),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version(),
        Runtime.getRuntime().maxMemory() >> 20,
        org.h2.engine.Constants.VERSION,
        OrtEnvironment.getEnvironment().getVersion());
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return "unknown processor";
    }
    try (var lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A commit that is not what was compiled ends in a plus. */
  private static String commit() {
    String commit = git("rev-parse", "--short", "HEAD");
    String changes = git("status", "--porcelain", "--untracked-files=no", "--", "*.java");
    return commit.isEmpty() ? "unknown" : commit + (changes.isEmpty() ? "" : "+");
  }

  private static String git(String... words) {
    String[] command = new String[words.length + 1];
    command[0] = "git";
    System.arraycopy(words, 0, command, 1, words.length);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
      Process process = builder.start();
      try (var output = process.getInputStream()) {
        return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      }
    } catch (IOException e) {
      return ""; // no git, or no clone
    }
  }

  /** Shows a table. */
  public static void report(String text) {
    System.getLogger("bench").log(System.Logger.Level.INFO, text);
  }
}
