package dev.insitu.calcite;

import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * The queries in a statement's text that Calcite may be able to read by itself, the outermost
 * first: the statement, the query of an INSERT or CREATE TABLE, a sub-query in parentheses.
 */
final class QueryParts {
  private static final List<String> BEGINS = List.of("SELECT", "WITH");

  private QueryParts() {}

  /**
   * Returns the queries in which a name stands.
   *
   * @param whole whether the text is a query itself
   */
  static List<SqlText> around(String name, SqlText text, boolean whole) {
    SqlTokens tokens = SqlTokens.of(text.sql());
    int target = 0;
    while (target < tokens.size() && !tokens.isWord(target, name)) {
      target++;
    }
    List<SqlText> parts = new ArrayList<>();
    if (whole) {
      parts.add(text);
    } else {
      int begin = beginOfQuery(tokens, target);
      if (begin < target) {
        parts.add(part(text, tokens, begin, tokens.size()));
      }
    }
    for (int i = 0; i < target; i++) {
      if (tokens.opens(i) && tokens.isOneOf(i + 1, BEGINS)) {
        int close = tokens.closing(i, tokens.size());
        if (close > target) {
          parts.add(part(text, tokens, i + 1, close));
        }
      }
    }
    return parts;
  }

  /** Returns the first SELECT or WITH outside of brackets, {@code end} if there is none. */
  private static int beginOfQuery(SqlTokens tokens, int end) {
    int i = 0;
    while (i < end && !tokens.isOneOf(i, BEGINS)) {
      i = tokens.opens(i) ? tokens.closing(i, tokens.size()) + 1 : i + 1;
    }
    return i;
  }

  private static SqlText part(SqlText text, SqlTokens tokens, int from, int to) {
    int before = 0;
    int inside = 0;
    for (int i = 0; i < to; i++) {
      if (tokens.isKind(i, Token.Kind.PARAMETER)) {
        if (i < from) {
          before++;
        } else {
          inside++;
        }
      }
    }
    return new SqlText(
        text.sql().substring(tokens.get(from).start(), tokens.get(to - 1).end()),
        text.parameters().subList(before, before + inside));
  }
}
