package dev.insitu.jdbc.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Tells whether the database reads every query inside a query at most once, so that all of them may
 * be computed while their rows are asked for.
 *
 * <p>Sure of that is a text whose inner queries all stand in FROM or behind UNION ALL. A sub-query
 * in an expression would be computed again for every row, and a condition that may become a list of
 * values to look up reads a derived table once for each of them. Whatever is not sure is not so.
 */
public final class NestedQueries {
  private static final List<String> DOUBTFUL =
      List.of(
          "WITH", "TABLE", "VALUES", "IN", "OR", "ANY", "SOME", "ALL", "EXISTS", "UNNEST",
          "UNIQUE");

  private NestedQueries() {}

  /** Returns whether a query has no query inside of it. */
  public static boolean areNone(String sql) {
    SqlTokens tokens = SqlTokens.of(sql);
    int queries = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isOneOf(i, List.of("SELECT", "WITH", "TABLE", "VALUES"))) {
        queries++;
      }
    }
    return queries <= 1;
  }

  /** Returns whether it is sure of a query. */
  public static boolean areReadOnce(String sql) {
    SqlTokens tokens = SqlTokens.of(sql);
    Deque<Boolean> queries = new ArrayDeque<>();
    queries.push(true);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.opens(i)) {
        queries.push(startsQuery(tokens, i + 1));
      } else if (tokens.closes(i)) {
        queries.pop();
        if (queries.isEmpty()) {
          return false;
        }
      } else if (tokens.isWord(i, "SELECT")) {
        if (!mayStand(tokens, i)) {
          return false;
        }
      } else if (tokens.isWord(i, "FROM")) {
        // In EXTRACT(… FROM …), SUBSTRING(… FROM …) and DISTINCT FROM no table follows.
        if (!queries.peek() || tokens.isWord(i - 1, "DISTINCT")) {
          return false;
        }
      } else if (tokens.isOneOf(i, DOUBTFUL) && !isUnionAll(tokens, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsQuery(SqlTokens tokens, int index) {
    int first = index;
    while (tokens.isSymbol(first, "(")) {
      first++;
    }
    return tokens.isWord(first, "SELECT");
  }

  private static boolean mayStand(SqlTokens tokens, int select) {
    int before = select - 1;
    while (tokens.isSymbol(before, "(")) {
      before--;
    }
    return before < 0
        || (tokens.isWord(before, "FROM") && before < select - 1)
        || isUnionAll(tokens, before);
  }

  private static boolean isUnionAll(SqlTokens tokens, int index) {
    return tokens.isWord(index, "ALL") && tokens.isWord(index - 1, "UNION");
  }
}
