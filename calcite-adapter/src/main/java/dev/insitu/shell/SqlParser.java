package dev.insitu.shell;

import java.util.Locale;
import java.util.Set;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/** Tells JLine when a statement is finished, and where words begin. */
final class SqlParser implements Parser {
  /** What the shell answers itself, with or without a semicolon. */
  static final Set<String> COMMANDS = Set.of("exit", "help", "quit");

  private final DefaultParser words =
      new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);

  SqlParser() {
    words.setEofOnUnclosedQuote(false);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE
        && !COMMANDS.contains(command(line))
        && !ScriptReader.isComplete(line)) {
      throw new EOFError(-1, -1, "The statement has no semicolon yet");
    }
    return words.parse(line, cursor, context);
  }

  static String command(String line) {
    return line.strip().replaceFirst(";$", "").stripTrailing().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }
}
