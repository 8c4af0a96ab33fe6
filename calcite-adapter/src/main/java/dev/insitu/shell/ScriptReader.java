package dev.insitu.shell;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a script into statements at the semicolons that end one, as H2's tokenizer sees them.
 *
 * <p>Not an end: a semicolon in {@code '…'}, {@code "…"}, {@code `…`}, {@code $$…$$}, behind {@code
 * --} or {@code //}, or in a block comment, which nests. Reads no further than the statement that
 * it returns, so that a pipe is worked off as it comes. Confined to one thread.
 */
final class ScriptReader {
  private static final int END = -1;

  private final PushbackReader in;
  private final StringBuilder sql = new StringBuilder();
  private final List<String> comments = new ArrayList<>();
  private int line = 1;
  private int startLine = 1;

  ScriptReader(Reader in) {
    this.in = new PushbackReader(in, 2);
  }

  /** Returns all statements of a text. */
  static List<ScriptStatement> split(String text) {
    ScriptReader reader = new ScriptReader(new StringReader(text));
    List<ScriptStatement> statements = new ArrayList<>();
    try {
      for (Optional<ScriptStatement> next = reader.next(); next.isPresent(); next = reader.next()) {
        statements.add(next.get());
      }
    } catch (IOException e) {
      throw new AssertionError("a string cannot fail", e);
    }
    return statements;
  }

  /** Returns whether the text is made of finished statements only. */
  static boolean isComplete(String text) {
    // A further semicolon would close an open statement, but not an open quote or comment.
    List<ScriptStatement> statements = split(text);
    return statements.isEmpty() || statements.get(statements.size() - 1).terminated();
  }

  /** Returns the next statement, or nothing at the end of the script. */
  Optional<ScriptStatement> next() throws IOException {
    sql.setLength(0);
    comments.clear();
    for (int c = read(); c != END; c = read()) {
      if (c == ';') {
        if (!sql.isEmpty()) {
          return Optional.of(statement(true));
        }
        continue; // an empty statement
      }
      token(c);
    }
    return sql.toString().isBlank() ? Optional.empty() : Optional.of(statement(false));
  }

  private ScriptStatement statement(boolean terminated) {
    return new ScriptStatement(sql.toString().stripTrailing(), comments, startLine, terminated);
  }

  private void token(int c) throws IOException {
    switch (c) {
      case '\'', '"', '`' -> quoted(c);
      case '$' -> dollar();
      case '-', '/' -> comment(c);
      default -> {
        if (!sql.isEmpty() || !isSpace(c)) {
          append(c);
        }
      }
    }
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || c == '\uFEFF'; // a byte order mark opens some files
  }

  private void quoted(int quote) throws IOException {
    append(quote);
    for (int c = read(); c != END; c = read()) {
      append(c);
      if (c == quote) {
        return; // a doubled quote opens the next quoted part at once
      }
    }
    unterminated();
  }

  private void dollar() throws IOException {
    boolean partOfName =
        !sql.isEmpty() && Character.isJavaIdentifierPart(sql.charAt(sql.length() - 1));
    append('$');
    if (partOfName || !follows('$')) {
      return;
    }
    append('$');
    for (int c = read(); c != END; c = read()) {
      append(c);
      if (c == '$' && follows('$')) {
        append('$');
        return;
      }
    }
    unterminated();
  }

  private void comment(int c) throws IOException {
    if (follows(c)) {
      lineComment(c);
    } else if (c == '/' && follows('*')) {
      blockComment();
    } else {
      append(c);
    }
  }

  private void lineComment(int c) throws IOException {
    StringBuilder text = new StringBuilder();
    int next = read();
    for (; next != END && next != '\n'; next = read()) {
      text.append((char) next);
    }
    if (sql.isEmpty()) {
      comments.add(text.toString().stripTrailing().replaceFirst("^ ", ""));
    } else {
      sql.append((char) c).append((char) c).append(text);
      if (next == '\n') {
        sql.append('\n');
      }
    }
  }

  private void blockComment() throws IOException {
    StringBuilder text = new StringBuilder("/*");
    int depth = 1;
    while (depth > 0) {
      int c = read();
      if (c == END) {
        append(text);
        unterminated();
        return;
      }
      text.append((char) c);
      if (c == '*' && follows('/')) {
        text.append('/');
        depth--;
      } else if (c == '/' && follows('*')) {
        text.append('*');
        depth++;
      }
    }
    if (!sql.isEmpty()) {
      sql.append(text);
    }
  }

  /** Keeps what is open at the end of the script, so that the database can say what is wrong. */
  private void unterminated() {
    if (sql.isEmpty()) {
      sql.append(' ');
    }
  }

  private void append(CharSequence text) {
    if (sql.isEmpty()) {
      startLine = line;
    }
    sql.append(text);
  }

  private void append(int c) {
    append(String.valueOf((char) c));
  }

  private boolean follows(int wanted) throws IOException {
    int c = in.read();
    if (c == wanted) {
      return true;
    }
    if (c != END) {
      in.unread(c);
    }
    return false;
  }

  private int read() throws IOException {
    int c = in.read();
    if (c == '\r') {
      int next = in.read();
      if (next != '\n' && next != END) {
        in.unread(next);
      }
      c = '\n';
    }
    if (c == '\n') {
      line++;
    }
    return c;
  }
}
