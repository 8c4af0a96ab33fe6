package dev.insitu.shell;

import java.io.IOException;
import java.io.Reader;
import java.sql.SQLException;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** Runs the statements of a script until one fails. Confined to one thread. */
final class ScriptRunner {
  static final int SUCCEEDED = 0;
  static final int FAILED = 1;

  /** 128 plus the number of SIGINT, as shells count. */
  static final int CANCELLED = 130;

  private final StatementRunner statements;
  private final ShellStreams streams;
  private final Cancellation cancellation;
  private final boolean echo;

  /** Runs by the given runner; with {@code echo} comments and statements are printed too. */
  ScriptRunner(
      StatementRunner statements, ShellStreams streams, Cancellation cancellation, boolean echo) {
    this.statements = statements;
    this.streams = streams;
    this.cancellation = cancellation;
    this.echo = echo;
  }

  /**
   * Runs a script.
   *
   * @param name what errors call the script; empty for SQL of the command line
   * @return the exit status of the process
   */
  int run(Reader script, String name) throws IOException {
    ScriptReader reader = new ScriptReader(script);
    for (Optional<ScriptStatement> next = reader.next(); next.isPresent(); next = reader.next()) {
      ScriptStatement statement = next.get();
      if (cancellation.requested()) {
        streams.err().println("Cancelled");
        return CANCELLED;
      }
      if (echo) {
        echo(statement);
      }
      int status = run(statement, name);
      if (status != SUCCEEDED) {
        return status;
      }
    }
    streams.out().flush();
    return SUCCEEDED;
  }

  private int run(ScriptStatement statement, String name) throws IOException {
    try {
      statements.run(statement.sql(), streams.width());
      return SUCCEEDED;
    } catch (SQLException e) {
      streams.out().flush();
      if (cancellation.requested() || ErrorText.isCancelled(e)) {
        streams.err().println("Cancelled" + place(name, statement));
        return CANCELLED;
      }
      streams.err().println("Error" + place(name, statement) + ": " + ErrorText.of(e));
      return FAILED;
    }
  }

  private static String place(String name, ScriptStatement statement) {
    return (name.isEmpty() ? " in" : " in " + name) + " line " + statement.line();
  }

  private void echo(ScriptStatement statement) {
    for (String line : statement.comments()) {
      streams.out().println(line.startsWith("#") ? styled(line, AttributedStyle.BOLD) : line);
    }
    if (!statement.comments().isEmpty()) {
      streams.out().println();
    }
    streams.out().println(styled(statement.sql() + ";", AttributedStyle.DEFAULT.faint()));
    streams.out().flush();
  }

  private String styled(String text, AttributedStyle style) {
    return streams.outTerminal() ? new AttributedString(text, style).toAnsi() : text;
  }
}
