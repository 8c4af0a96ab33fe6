package dev.insitu.calcite;

import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.jdbc.text.OwnCall;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.Token;
import dev.insitu.jdbc.text.TokenRange;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names for the columns of a select list that hold a scalar prediction and have no name of their
 * own: the database would name them by the function that stands in its place.
 *
 * <p>Where an item ends without doubt, it gets a name; where the last word might be a name already,
 * it is left alone.
 */
final class SelectLabels {
  private static final List<String> AFTER_LIST =
      List.of(
          "FROM",
          "INTO",
          "WHERE",
          "GROUP",
          "HAVING",
          "WINDOW",
          "QUALIFY",
          "UNION",
          "EXCEPT",
          "MINUS",
          "INTERSECT",
          "ORDER",
          "OFFSET",
          "FETCH",
          "LIMIT",
          "FOR");

  private static final List<String> LAST_WORDS = List.of("END", "NULL", "TRUE", "FALSE", "UNKNOWN");

  /** Words that stand apart from the bracket after them. */
  private static final List<String> APART =
      List.of(
          "AND",
          "OR",
          "NOT",
          "IS",
          "LIKE",
          "BETWEEN",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "AS",
          "BY",
          "FROM",
          "WHERE",
          "SELECT",
          "OVER",
          "ESCAPE",
          "DISTINCT");

  private final SqlTokens tokens;
  private final TokenRange range;
  private final Map<Integer, SqlTemplate.Label> labels = new HashMap<>();

  private SelectLabels(SqlTokens tokens, TokenRange range) {
    this.tokens = tokens;
    this.range = range;
  }

  /** Returns the names, each with the token before which it is to stand. */
  static Map<Integer, SqlTemplate.Label> of(
      SqlTokens tokens, TokenRange range, List<OwnCall> calls) {
    SelectLabels found = new SelectLabels(tokens, range);
    for (OwnCall call : calls) {
      if (call.place() == OwnCall.Place.SCALAR) {
        found.enclosing(call);
      }
    }
    return found.labels;
  }

  /** Goes from a call outwards, from bracket to bracket, and looks at every select list. */
  private void enclosing(OwnCall call) {
    int from = call.from();
    int to = call.to();
    while (from > range.from()) {
      int i = from - 1;
      int depth = 0;
      while (i >= range.from() && !(depth == 0 && (tokens.opens(i) || isSelect(i)))) {
        depth += tokens.closes(i) ? 1 : tokens.opens(i) ? -1 : 0;
        i--;
      }
      if (i < range.from()) {
        return;
      }
      if (isSelect(i)) {
        item(i, from, to, call);
        while (i >= range.from() && !(depth == 0 && tokens.opens(i))) {
          depth += tokens.closes(i) ? 1 : tokens.opens(i) ? -1 : 0;
          i--;
        }
        if (i < range.from()) {
          return;
        }
      }
      from = i;
      to = tokens.closing(i, range.to()) + 1;
    }
  }

  private boolean isSelect(int i) {
    return tokens.isWord(i, "SELECT") && !tokens.isSymbol(i - 1, ".");
  }

  /** Names the item of the list after a SELECT that holds a piece of it, if one does. */
  private void item(int select, int from, int to, OwnCall call) {
    int start = afterQuantifier(select + 1);
    int i = start;
    while (i < range.to()) {
      boolean ends =
          tokens.isSymbol(i, ",") || tokens.closes(i) || i > start && tokens.isOneOf(i, AFTER_LIST);
      if (ends && i >= to) {
        break;
      } else if (ends && !tokens.isSymbol(i, ",")) {
        return; // the piece stands behind the list
      } else if (ends) {
        start = i + 1;
      }
      i = tokens.opens(i) ? tokens.closing(i, range.to()) + 1 : i + 1;
    }
    if (start > from || i <= start || !endsWithoutName(start, i)) {
      return;
    }
    boolean whole = start == call.from() && i == call.to();
    String written = tokens.sql().substring(tokens.get(start).start(), tokens.get(i - 1).end());
    labels.put(i, new SqlTemplate.Label(written, text(start, i), whole ? call.function() : ""));
  }

  private int afterQuantifier(int first) {
    int i = first;
    if (tokens.isWord(i, "DISTINCT") || tokens.isWord(i, "ALL")) {
      i++;
      if (tokens.isWord(i, "ON") && tokens.isSymbol(i + 1, "(")) {
        i = tokens.closing(i + 1, range.to()) + 1;
      }
    } else if (tokens.isWord(i, "TOP")) {
      i = tokens.isSymbol(i + 1, "(") ? tokens.closing(i + 1, range.to()) + 1 : i + 2;
      i = tokens.isWord(i, "PERCENT") ? i + 1 : i;
      i = tokens.areWords(i, "WITH", "TIES") ? i + 2 : i;
    }
    return i;
  }

  private boolean endsWithoutName(int start, int end) {
    int last = end - 1;
    if (tokens.closes(last)
        || tokens.isKind(last, Token.Kind.NUMBER)
        || tokens.isKind(last, Token.Kind.STRING)
        || tokens.isOneOf(last, LAST_WORDS)) {
      return !tokens.isWord(last - 1, "AS");
    }
    while (last - 2 > start && tokens.isName(last) && tokens.isSymbol(last - 1, ".")) {
      last -= 2;
    }
    return tokens.isName(last)
        && tokens.isKind(last - 1, Token.Kind.SYMBOL)
        && !tokens.closes(last - 1)
        && !tokens.isSymbol(last - 1, ".");
  }

  /** Returns an expression as the database writes one: words in upper case, one blank between. */
  private String text(int start, int end) {
    StringBuilder text = new StringBuilder();
    for (int i = start; i < end; i++) {
      if (i > start && blankBefore(i)) {
        text.append(' ');
      }
      boolean word = tokens.isKind(i, Token.Kind.WORD);
      text.append(word ? tokens.text(i).toUpperCase(Locale.ROOT) : tokens.text(i));
    }
    return text.toString();
  }

  private boolean blankBefore(int i) {
    if (tokens.isSymbol(i, ",") || tokens.isSymbol(i, ".") || tokens.isSymbol(i - 1, ".")) {
      return false;
    }
    if (tokens.closes(i) || tokens.opens(i - 1) || tokens.isSymbol(i, "::")) {
      return false;
    }
    if (tokens.opens(i)) {
      return !tokens.isName(i - 1) || tokens.isOneOf(i - 1, APART);
    }
    return !tokens.isSymbol(i - 1, "::");
  }
}
