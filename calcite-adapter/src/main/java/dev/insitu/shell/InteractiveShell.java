package dev.insitu.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;

/** The prompt: reads a statement, runs it, prints an error and goes on. Confined to one thread. */
final class InteractiveShell {
  private static final String HELP =
      """
      Statements end with a semicolon and may take several lines.
        SHOW TABLES;                          the tables of the current schema
        SHOW MODELS;                          the models of this database
        CREATE MODEL m OPTIONS (...) AS ...;  trains a model
        SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t);
        help, exit                            this text; the end (also Ctrl-D)
      Tab completes, the arrow keys go through the history, Ctrl-C stops a running statement.
      """;

  private final Connection connection;
  private final StatementRunner statements;
  private final ShellStreams streams;
  private final Cancellation cancellation;

  InteractiveShell(
      Connection connection,
      StatementRunner statements,
      ShellStreams streams,
      Cancellation cancellation) {
    this.connection = connection;
    this.statements = statements;
    this.streams = streams;
    this.cancellation = cancellation;
  }

  /** Runs until Ctrl-D, {@code exit} or {@code quit}. */
  void run(Terminal terminal, Path history) throws IOException {
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("insitu")
            .parser(new SqlParser())
            .completer(new SqlCompleter(connection))
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.HISTORY_IGNORE, "*PASSWORD*:*password*")
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "     -> ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.INSERT_TAB, true)
            .build();
    // JLine's own handler serves the prompt; this one serves the time between two prompts.
    terminal.handle(Signal.INT, signal -> cancellation.request());
    while (true) {
      try {
        String line = reader.readLine("insitu> ");
        String command = SqlParser.command(line);
        if (command.equals("exit") || command.equals("quit")) {
          return;
        }
        if (command.equals("help")) {
          streams.out().print(HELP);
          streams.out().flush();
        } else {
          run(line, terminal.getWidth());
        }
      } catch (UserInterruptException e) {
        continue; // Ctrl-C at the prompt clears the line
      } catch (EndOfFileException e) {
        return;
      }
    }
  }

  private void run(String line, int width) throws IOException {
    cancellation.reset();
    for (ScriptStatement statement : ScriptReader.split(line)) {
      try {
        statements.run(statement.sql(), width);
      } catch (SQLException e) {
        streams.out().flush();
        boolean cancelled = cancellation.requested() || ErrorText.isCancelled(e);
        streams.err().println(cancelled ? "Cancelled" : "Error: " + ErrorText.of(e));
        return;
      }
    }
  }
}
