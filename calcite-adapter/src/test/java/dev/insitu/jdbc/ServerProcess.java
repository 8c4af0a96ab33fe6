package dev.insitu.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.Driver;

/** A process with H2 on its class path, and nothing of ours where nothing is said of it. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("running at (tcp|ssl)://[^:]+:(\\d+)");

  private final Process process;
  private final Path folder;
  private final String prefix;

  private ServerProcess(Process process, Path folder, String prefix) {
    this.process = process;
    this.folder = folder;
    this.prefix = prefix;
  }

  /** Starts a server whose databases are in a folder, and waits until it listens. */
  static ServerProcess start(Path folder, String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-tcp", "-tcpPort", "0", "-ifNotExists", "-baseDir", "."));
    arguments.addAll(List.of(options));
    Process process = java(folder, h2().toString(), "org.h2.tools.Server", arguments);
    BufferedReader lines = reader(process);
    StringBuilder all = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      all.append(line).append('\n');
      Matcher url = URL.matcher(line);
      if (url.find()) {
        String prefix = url.group(1) + "://localhost:" + url.group(2) + "/";
        return new ServerProcess(process, folder, prefix);
      }
    }
    throw new IOException("the server did not start: " + all);
  }

  /** Starts a process that opens a database and keeps it open, and waits until it has. */
  static ServerProcess holding(Path folder, String url) throws IOException {
    return holding(folder, url, h2().toString());
  }

  /** The same with Insitu on the class path of the process. */
  static ServerProcess holdingWithInsitu(Path folder, String url) throws IOException {
    return holding(
        folder,
        url,
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }

  private static ServerProcess holding(Path folder, String url, String classPath)
      throws IOException {
    Process process =
        java(
            folder,
            classPath,
            "org.h2.tools.Shell",
            List.of("-url", url, "-user", "sa", "-password", ""));
    process.outputWriter(StandardCharsets.UTF_8).append("SELECT 'is' || ' open';\n").flush();
    BufferedReader lines = reader(process);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("is open")) {
        return new ServerProcess(process, folder, "");
      }
    }
    throw new IOException("the database did not open");
  }

  private static Process java(Path folder, String classPath, String main, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + folder,
                "-cp",
                classPath,
                main));
    command.addAll(arguments);
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static Path h2() {
    try {
      return Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Returns the URL of one of its databases, for our driver. */
  String url(String database) {
    return "jdbc:insitu:h2:" + prefix + database;
  }

  Path folder() {
    return folder;
  }

  /** Ends it as a power cut does. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
