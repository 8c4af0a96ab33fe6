package dev.insitu.h2;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The calls of functions in a text of SQL, and the texts that they are given: a name, perhaps with
 * its schema, and a parenthesis. What is in comments and literals is no call; the literals may be
 * SQL in turn, which the caller decides. Nothing is resolved, and a text need not be correct.
 */
final class SqlCalls {
  private static final Pattern UNICODE =
      Pattern.compile("\\\\(?:(\\p{XDigit}{4})|\\+(0\\p{XDigit}{5}|10\\p{XDigit}{4})|\\\\)");

  private final String sql;
  private final UnaryOperator<String> fold;
  private final List<Call> found = new ArrayList<>();

  /** For each open parenthesis the call that it belongs to; an empty one for all others. */
  private final Deque<Optional<Call>> open = new ArrayDeque<>();

  private int position;

  private SqlCalls(String sql, UnaryOperator<String> fold) {
    this.sql = sql;
    this.fold = fold;
  }

  /**
   * A call.
   *
   * @param schema the schema as stored; empty if none is written
   * @param name the function as stored
   * @param literals the texts between its parentheses, at whatever depth, in order
   */
  record Call(Optional<String> schema, String name, List<Literal> literals) {
    /** Returns the first argument, if that is a text. */
    Optional<String> first() {
      return literals.stream().filter(Literal::first).map(Literal::text).findFirst();
    }
  }

  /**
   * A text.
   *
   * @param text what it says
   * @param first whether the call's arguments begin with it
   */
  record Literal(String text, boolean first) {}

  /**
   * Returns the calls in a text.
   *
   * @param fold folds an identifier that is not quoted, and takes the quotes of one that is
   */
  static List<Call> in(String sql, UnaryOperator<String> fold) {
    SqlCalls calls = new SqlCalls(sql, fold);
    calls.read();
    return calls.found;
  }

  private void read() {
    List<String> names = new ArrayList<>();
    boolean dot = false;
    boolean begins = false;
    while (position < sql.length()) {
      char c = sql.charAt(position);
      if (Character.isWhitespace(c) || skipComment()) {
        position += Character.isWhitespace(c) ? 1 : 0;
        continue;
      }
      String literal = literal();
      if (literal != null) {
        boolean first = begins;
        for (Optional<Call> call : open) {
          Literal argument = new Literal(literal, first);
          call.ifPresent(of -> of.literals().add(argument));
          first = false; // of those around
        }
      }
      String name = literal == null ? name(c) : null;
      if (name != null) {
        if (!dot) {
          names.clear();
        }
        names.add(name);
        dot = false;
        begins = false;
        continue;
      }
      begins = false;
      if (literal == null) {
        position++;
        if (c == '(') {
          open.push(call(names));
          begins = true;
        } else if (c == ')') {
          open.poll();
        }
      }
      dot = literal == null && c == '.' && !names.isEmpty();
      if (!dot) {
        names.clear();
      }
    }
  }

  private Optional<Call> call(List<String> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    int last = names.size() - 1;
    Call call =
        new Call(
            last == 0 ? Optional.empty() : Optional.of(names.get(last - 1)),
            names.get(last),
            new ArrayList<>());
    found.add(call);
    return Optional.of(call);
  }

  private boolean skipComment() {
    if (sql.startsWith("--", position) || sql.startsWith("//", position)) {
      int end = sql.indexOf('\n', position);
      position = end < 0 ? sql.length() : end;
      return true;
    } else if (sql.startsWith("/*", position)) {
      int depth = 0;
      do {
        depth += sql.startsWith("/*", position) ? 1 : sql.startsWith("*/", position) ? -1 : 0;
        boolean mark = sql.startsWith("/*", position) || sql.startsWith("*/", position);
        position += mark ? 2 : 1;
      } while (depth > 0 && position < sql.length());
      return true;
    }
    return false;
  }

  /** Reads an identifier; null if there is none. */
  private @Nullable String name(char c) {
    if (c == '"') {
      int begin = position;
      skipQuoted('"');
      return fold.apply(sql.substring(begin, position));
    } else if (!Character.isJavaIdentifierPart(c)) {
      return null;
    }
    int begin = position;
    while (position < sql.length() && Character.isJavaIdentifierPart(sql.charAt(position))) {
      position++;
    }
    return fold.apply(sql.substring(begin, position));
  }

  /** Reads a text; null if there is none. */
  private @Nullable String literal() {
    if (sql.startsWith("$$", position)) {
      int end = sql.indexOf("$$", position + 2);
      String text = sql.substring(position + 2, end < 0 ? sql.length() : end);
      position = end < 0 ? sql.length() : end + 2;
      return text;
    }
    boolean unicode = sql.regionMatches(true, position, "U&'", 0, 3);
    int quote = unicode ? position + 2 : position;
    if (sql.charAt(quote) != '\'') {
      return null;
    }
    position = quote;
    skipQuoted('\'');
    int end = position - (position > quote + 1 && sql.charAt(position - 1) == '\'' ? 1 : 0);
    String text = sql.substring(quote + 1, end).replace("''", "'");
    return unicode ? decoded(text) : text;
  }

  /** Goes behind the closing quote; two of them are one of the text. */
  private void skipQuoted(char quote) {
    position++;
    while (position < sql.length()) {
      if (sql.charAt(position++) == quote) {
        if (position >= sql.length() || sql.charAt(position) != quote) {
          return;
        }
        position++;
      }
    }
  }

  /** Four hexadecimal digits behind a backslash, or six behind backslash and plus sign. */
  private static String decoded(String text) {
    return UNICODE
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1) != null
                        ? Character.toString(Integer.parseInt(match.group(1), 16))
                        : match.group(2) != null
                            ? Character.toString(Integer.parseInt(match.group(2), 16))
                            : "\\"));
  }
}
