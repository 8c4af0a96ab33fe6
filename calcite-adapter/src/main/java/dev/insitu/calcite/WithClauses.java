package dev.insitu.calcite;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.Token;
import dev.insitu.jdbc.text.TokenRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The WITH lists of a statement, for inputs that name a common table expression. Immutable. */
final class WithClauses {
  private final SqlTokens tokens;
  private final List<Item> items;

  private WithClauses(SqlTokens tokens, List<Item> items) {
    this.tokens = tokens;
    this.items = items;
  }

  /**
   * One element of a WITH list.
   *
   * @param name upper case, without quotes: too much may look the same, never too little
   * @param range {@code name (columns) AS (query)}
   * @param end the token after the last at which the name is known
   */
  record Item(String name, boolean recursive, TokenRange range, int end) {}

  static WithClauses of(SqlTokens tokens, TokenRange statement) {
    List<Item> items = new ArrayList<>();
    Deque<Integer> ends = new ArrayDeque<>();
    ends.push(statement.to());
    for (int i = statement.from(); i < statement.to(); i++) {
      if (tokens.opens(i)) {
        ends.push(tokens.closing(i, statement.to()));
      } else if (tokens.closes(i) && ends.size() > 1) {
        ends.pop();
      } else if (tokens.isWord(i, "WITH")) {
        list(tokens, i, ends.element(), items);
      }
    }
    return new WithClauses(tokens, items);
  }

  /** Returns the first token after the WITH list that begins a statement. */
  static int afterWith(SqlTokens tokens, TokenRange statement) {
    return list(tokens, statement.from(), statement.to(), new ArrayList<>());
  }

  /** Adds the elements of the list that begins at WITH; none if it is no such list. */
  private static int list(SqlTokens tokens, int with, int end, List<Item> items) {
    boolean recursive = tokens.isWord(with + 1, "RECURSIVE");
    int i = recursive ? with + 2 : with + 1;
    while (i < end && tokens.isName(i)) {
      int name = i++;
      if (tokens.isSymbol(i, "(")) {
        i = tokens.closing(i, end) + 1;
      }
      if (!tokens.isWord(i, "AS")) {
        return name;
      }
      i++;
      while (tokens.isWord(i, "NOT") || tokens.isWord(i, "MATERIALIZED")) {
        i++;
      }
      if (!tokens.isSymbol(i, "(")) {
        return name;
      }
      i = Math.min(tokens.closing(i, end) + 1, end);
      items.add(new Item(key(tokens, name), recursive, new TokenRange(name, i), end));
      if (!tokens.isSymbol(i, ",")) {
        break;
      }
      i++;
    }
    return i;
  }

  /**
   * Returns the elements that a query needs which stands at {@code data}, in order, those that they
   * need themselves included.
   */
  List<Item> neededBy(TokenRange data) {
    List<Item> known = new ArrayList<>();
    for (Item item : items) {
      boolean inside = item.range().from() < data.from() && data.from() < item.range().to();
      if (inside && item.recursive() && names(data).contains(item.name())) {
        throw MlException.of(
            ErrorCode.CANNOT_RUN,
            "a prediction over " + tokens.text(item.range().from()),
            "its input is the recursive query that is being defined");
      }
      if (!inside && item.range().to() <= data.from() && data.from() < item.end()) {
        known.removeIf(outer -> outer.name().equals(item.name()));
        known.add(item);
      }
    }
    List<Item> needed = new ArrayList<>();
    Set<String> wanted = new HashSet<>(names(data));
    for (int i = known.size() - 1; i >= 0; i--) {
      Item item = known.get(i);
      if (wanted.contains(item.name())) {
        needed.add(0, item);
        wanted.addAll(names(item.range()));
      }
    }
    return needed;
  }

  private Set<String> names(TokenRange range) {
    Set<String> names = new HashSet<>();
    for (int i = range.from(); i < range.to(); i++) {
      if (tokens.isName(i)) {
        names.add(key(tokens, i));
      }
    }
    return names;
  }

  private static String key(SqlTokens tokens, int index) {
    String text = tokens.text(index);
    if (tokens.isKind(index, Token.Kind.QUOTED)) {
      int open = Math.max(text.indexOf('"'), text.indexOf('`'));
      text = text.substring(open + 1, text.length() - 1);
    }
    return text.toUpperCase(Locale.ROOT);
  }
}
