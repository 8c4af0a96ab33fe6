package dev.insitu.jdbc.text;

/** Tells from a query's text whether it states the order of its rows. */
public final class QueryOrder {
  private QueryOrder() {}

  /** Returns whether a query ends in {@code ORDER BY} of its own, brackets around it or not. */
  public static boolean isStated(String sql) {
    SqlTokens tokens = SqlTokens.of(sql);
    int from = 0;
    int to = tokens.size();
    while (to > from && tokens.closes(to - 1)) {
      int open = opening(tokens, from, to - 1);
      // (SELECT … ORDER BY x), or the same after a WITH list.
      if (open < from || open > from && !tokens.isSymbol(open - 1, ")")) {
        break;
      }
      from = open + 1;
      to--;
    }
    for (int i = from; i < to; i = tokens.opens(i) ? tokens.closing(i, to) + 1 : i + 1) {
      if (tokens.areWords(i, "ORDER", "BY")) {
        return true;
      }
    }
    return false;
  }

  private static int opening(SqlTokens tokens, int from, int close) {
    for (int i = from; i < close; i++) {
      if (tokens.opens(i)) {
        int end = tokens.closing(i, close + 1);
        if (end == close) {
          return i;
        }
        i = end;
      }
    }
    return -1;
  }
}
