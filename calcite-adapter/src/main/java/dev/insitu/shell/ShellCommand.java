package dev.insitu.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line {@code insitu}: connects, and runs a script or the prompt. */
@Command(
    name = "insitu",
    description = "SQL shell with machine learning inside the database.",
    mixinStandardHelpOptions = true,
    versionProvider = ShellCommand.Version.class,
    sortOptions = false,
    exitCodeOnInvalidInput = ScriptRunner.FAILED,
    exitCodeOnExecutionException = ScriptRunner.FAILED)
public final class ShellCommand implements Callable<Integer> {
  static final String DEFAULT_URL = "jdbc:insitu:h2:./insitu;AUTO_SERVER=TRUE";
  static final String DEMO_URL = "jdbc:insitu:h2:./target/demo/flights";
  private static final Path DEMO = Path.of("tests-sql", "demo", "flights.sql");

  private final ShellStreams streams;
  private final ProgressSource progressSource;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--url",
      paramLabel = "URL",
      description =
          "JDBC URL (default: a database file in the current folder, " + DEFAULT_URL + ")")
  private String url = DEFAULT_URL;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--user",
      paramLabel = "USER",
      description = "User (default for H2: sa)")
  private @Nullable String user;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--password",
      paramLabel = "PASSWORD",
      arity = "0..1",
      interactive = true,
      description = "Password; asked for if the word is left out")
  private @Nullable String password;

  @Option(
      names = {"-e", "--execute"},
      paramLabel = "SQL",
      description = "Run these statements and leave")
  private @Nullable String sql;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Run the script and leave; - is standard input")
  private @Nullable String file;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--format",
      paramLabel = "FORMAT",
      description = "table (default), csv or json")
  private ResultFormat format = ResultFormat.TABLE;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--quiet",
      description = "Print results and errors only")
  private boolean quiet;

  @Option(
      scope = ScopeType.INHERIT,
      names = "--echo",
      description = "Print each statement before its result")
  private boolean echo;

  private ShellCommand(ShellStreams streams, ProgressSource progressSource) {
    this.streams = streams;
    this.progressSource = progressSource;
  }

  /** Runs the shell in this process. */
  public static void main(String[] arguments) {
    int status = run(arguments, ShellStreams.system(), ProgressSource.DRIVER);
    System.exit(status);
  }

  /** Returns the exit status of the given command line. */
  static int run(String[] arguments, ShellStreams streams, ProgressSource progressSource) {
    CommandLine command = new CommandLine(new ShellCommand(streams, progressSource));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
    command.setExecutionExceptionHandler(
        (failure, line, result) -> {
          streams.err().println("Error: " + text(failure));
          return ScriptRunner.FAILED;
        });
    return command.execute(arguments);
  }

  private static String text(Exception failure) {
    if (failure instanceof SQLException e) {
      return ErrorText.of(e);
    }
    if (failure instanceof NoSuchFileException e) {
      return "no such file: " + e.getMessage();
    }
    return failure instanceof IOException
        ? String.valueOf(failure.getMessage())
        : failure.toString();
  }

  /** Runs the script of the demonstration in a database of its own. */
  @Command(
      name = "demo",
      mixinStandardHelpOptions = true,
      description = "Train and predict on the flights that left New York in 2013.")
  int demo() throws SQLException, IOException {
    if (!Files.isReadable(DEMO)) {
      throw new NoSuchFileException(
          DEMO + " (the demo runs in the folder of the project's sources)");
    }
    if (url.equals(DEFAULT_URL)) {
      url = DEMO_URL;
      Files.createDirectories(Path.of("target", "demo"));
    }
    echo = true;
    file = DEMO.toString();
    long started = System.nanoTime();
    int status = call();
    if (status == ScriptRunner.SUCCEEDED && !quiet && format == ResultFormat.TABLE) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
      streams
          .out()
          .println("The demo took " + seconds + " s. The database stays, with its models:");
      streams.out().println("  ./insitu --url " + url);
      streams.out().flush();
    }
    return status;
  }

  @Override
  public Integer call() throws SQLException, IOException {
    if (sql != null && file != null) {
      throw new IOException("-e and -f exclude each other");
    }
    Cancellation cancellation = new Cancellation();
    ProgressView progress = new ProgressView(streams.err(), streams.errTerminal() && !quiet);
    try (Connection connection = DriverManager.getConnection(url, properties())) {
      progressSource.connect(connection, progress);
      StatementRunner statements =
          new StatementRunner(connection, format, quiet, streams, cancellation, progress);
      if (sql == null && file == null && streams.inTerminal() && streams.outTerminal()) {
        prompt(connection, statements, cancellation);
        return ScriptRunner.SUCCEEDED;
      }
      return script(new ScriptRunner(statements, streams, cancellation, echo), cancellation);
    }
  }

  private int script(ScriptRunner runner, Cancellation cancellation) throws IOException {
    Object previous = Signals.register("INT", cancellation::request);
    try {
      if (sql != null) {
        return runner.run(new StringReader(sql), "");
      }
      boolean standardInput = file == null || file.equals("-");
      try (InputStream in =
              standardInput ? streams.in() : Files.newInputStream(Path.of(String.valueOf(file)));
          Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        return runner.run(reader, standardInput ? "standard input" : String.valueOf(file));
      }
    } finally {
      Signals.unregister("INT", previous);
    }
  }

  private void prompt(Connection connection, StatementRunner statements, Cancellation cancellation)
      throws IOException {
    try (Terminal terminal =
        TerminalBuilder.builder().name("insitu").encoding(StandardCharsets.UTF_8).build()) {
      if (!quiet) {
        streams.out().println("Connected to " + url + ". Type help for help, exit to leave.");
        streams.out().flush();
      }
      new InteractiveShell(connection, statements, streams, cancellation)
          .run(terminal, historyFile());
    }
  }

  private static Path historyFile() {
    return Path.of(System.getProperty("user.home"), ".insitu_history");
  }

  /**
   * Returns user and password; an embedded H2 database that names none gets H2's usual {@code sa}.
   */
  private Properties properties() {
    Properties properties = new Properties();
    String lower = url.toLowerCase(Locale.ROOT);
    boolean h2 = lower.startsWith("jdbc:h2:") || lower.startsWith("jdbc:insitu:h2:");
    if (user != null) {
      properties.setProperty("user", user);
    } else if (h2 && !lower.contains(";user=")) {
      properties.setProperty("user", "sa");
    }
    if (password != null) {
      properties.setProperty("password", password);
    } else if (h2 && !lower.contains(";password=")) {
      properties.setProperty("password", "");
    }
    return properties;
  }

  /** The version that the manifest of the runnable jar states. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = ShellCommand.class.getPackage().getImplementationVersion();
      return new String[] {"insitu " + (version == null ? "(not from its jar)" : version)};
    }
  }
}
