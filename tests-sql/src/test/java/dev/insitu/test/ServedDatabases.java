package dev.insitu.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.tools.Server;

/** A process with H2's servers, over TCP and of PostgreSQL's protocol, and Insitu beside them. */
final class ServedDatabases implements AutoCloseable {
  private static final Pattern RUNNING = Pattern.compile("running at (tcp|pg)://[^:]+:(\\d+)");

  private final Process process;
  private final Map<String, String> ports;

  private ServedDatabases(Process process, Map<String, String> ports) {
    this.process = process;
    this.ports = ports;
  }

  /** Starts the servers over the databases of a folder and waits until both listen. */
  static ServedDatabases start(Path folder) throws IOException {
    List<String> command = ChildProcess.java("-Xmx512m");
    command.addAll(
        List.of(
            Server.class.getName(),
            "-tcp",
            "-tcpPort",
            "0",
            "-pg",
            "-pgPort",
            "0",
            "-ifNotExists",
            "-baseDir",
            folder.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Map<String, String> ports = new HashMap<>();
    StringBuilder said = new StringBuilder();
    while (ports.size() < 2) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the servers did not start: " + said);
      }
      said.append(line).append('\n');
      Matcher running = RUNNING.matcher(line);
      if (running.find()) {
        ports.put(running.group(1), running.group(2));
      }
    }
    return new ServedDatabases(process, ports);
  }

  /** Returns what stands between {@code jdbc:h2:} and the name of a database. */
  String tcp() {
    return "tcp://localhost:" + ports.get("tcp") + "/./";
  }

  /** Returns the port of PostgreSQL's protocol. */
  String pgPort() {
    return String.valueOf(ports.get("pg"));
  }

  /**
   * Returns the URL for PostgreSQL's driver, which has to be told that it must not send what H2
   * does not know.
   */
  String pg(String database) {
    return "jdbc:postgresql://localhost:"
        + pgPort()
        + "/"
        + database
        + "?assumeMinServerVersion=9.0";
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
