package dev.insitu.jdbc.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Finds the calls of our functions in a statement, not looking inside of them. It walks over the
 * tokens once and keeps, per level of parentheses, whether it is in a FROM clause, since {@code
 * PREDICT(} is ours only where a table may stand. Confined to one thread.
 */
public final class CallFinder {
  private static final List<String> TABLE_WORDS = List.of("PREDICT", "TRAIN");
  private static final List<String> SCALAR_WORDS = List.of("PREDICTION", "PREDICTION_PROBABILITY");
  private static final List<String> LEAVE_FROM =
      List.of(
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "WINDOW",
          "QUALIFY",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "MINUS",
          "SET",
          "WHEN",
          "SELECT",
          "VALUES");

  /** Words after which a value stands. */
  private static final List<String> BEFORE_VALUE =
      List.of(
          "SELECT",
          "DISTINCT",
          "ALL",
          "WHERE",
          "AND",
          "OR",
          "NOT",
          "ON",
          "BY",
          "HAVING",
          "QUALIFY",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "LIKE",
          "ILIKE",
          "REGEXP",
          "BETWEEN",
          "SYMMETRIC",
          "ASYMMETRIC",
          "IN",
          "VALUES",
          "CALL",
          "RETURN",
          "LIMIT",
          "OFFSET",
          "FIRST",
          "NEXT",
          "TOP",
          "DEFAULT",
          "ESCAPE",
          "FROM",
          "FOR",
          "ANY",
          "SOME",
          "ZONE",
          "SEPARATOR",
          "KEY",
          "VALUE",
          "CHECK",
          "USING",
          "BOTH",
          "LEADING",
          "TRAILING",
          "XOR",
          "PERCENT",
          "TIES");

  private final SqlTokens tokens;
  private final UserRoutines routines;
  private final List<OwnCall> calls = new ArrayList<>();
  private boolean defines;

  private CallFinder(SqlTokens tokens, UserRoutines routines) {
    this.tokens = tokens;
    this.routines = routines;
  }

  /** What a range of tokens is a piece of. */
  public enum Start {
    /** A statement or a query. */
    STATEMENT,
    /** A table in FROM. */
    TABLE,
    /** A value. */
    VALUE
  }

  /** Returns the calls in a range of tokens, in order. */
  public static List<OwnCall> find(
      SqlTokens tokens, TokenRange range, Start start, UserRoutines routines) {
    CallFinder finder = new CallFinder(tokens, routines);
    finder.walk(range, start);
    return finder.calls;
  }

  private void walk(TokenRange range, Start start) {
    Deque<Level> levels = new ArrayDeque<>();
    levels.push(new Level(range.from(), start));
    defines = tokens.isOneOf(range.from(), List.of("CREATE", "ALTER", "DECLARE"));
    if (tokens.isWord(range.from(), "ALTER")) {
      levels.element().query = false; // ALTER TABLE t ADD c VARCHAR AS PREDICTION(…)
    }
    boolean createsIndex = createsIndex(range);
    boolean merges = tokens.isWord(range.from(), "MERGE");
    int i = range.from();
    while (i < range.to()) {
      Level level = levels.element();
      int afterCall = call(i, range, level, createsIndex);
      if (afterCall > i) {
        level.tableNext = false;
        i = afterCall;
        continue;
      }
      if (tokens.opens(i)) {
        boolean inFrom = level.tableNext && tokens.isSymbol(i, "(");
        level.tableNext = false;
        levels.push(new Level(i + 1, inFrom ? Start.TABLE : Start.VALUE));
      } else if (tokens.closes(i)) {
        if (levels.size() > 1) {
          levels.pop();
        }
      } else {
        step(i, level, merges && levels.size() == 1);
      }
      i++;
    }
  }

  private boolean createsIndex(TokenRange range) {
    if (!tokens.isWord(range.from(), "CREATE")) {
      return false;
    }
    for (int i = range.from() + 1; i < Math.min(range.to(), range.from() + 7); i++) {
      if (tokens.isWord(i, "INDEX")) {
        return true;
      } else if (tokens.isOneOf(i, List.of("TABLE", "VIEW", "AS"))) {
        return false;
      }
    }
    return false;
  }

  /** Moves the state of a level over a token that is no bracket. */
  private void step(int i, Level level, boolean mergeLevel) {
    if (tokens.isSymbol(i, ",")) {
      level.tableNext = level.inFrom;
      return;
    }
    boolean table = tokens.isWord(i, "TABLE") && level.tableNext;
    if (!tokens.isKind(i, Token.Kind.WORD) || tokens.isSymbol(i - 1, ".")) {
      level.tableNext = false;
    } else if (tokens.isWord(i, "FROM")) {
      level.tableNext = opensFrom(i, level);
      level.inFrom |= level.tableNext;
    } else if (tokens.isWord(i, "JOIN") || mergeLevel && tokens.isWord(i, "USING")) {
      level.inFrom |= mergeLevel;
      level.tableNext = level.inFrom;
    } else if (tokens.isOneOf(i, LEAVE_FROM)) {
      level.query |= tokens.isWord(i, "SELECT");
      level.inFrom = false;
      level.tableNext = false;
    } else {
      level.tableNext = table;
    }
  }

  /**
   * FROM opens no clause in {@code IS DISTINCT FROM}, in functions, {@code TRIM(a FROM b)}, and
   * behind one, {@code NTH_VALUE(a, 2) FROM LAST OVER (…)}.
   */
  private boolean opensFrom(int i, Level level) {
    if (tokens.closes(i - 1)
        && tokens.isOneOf(i + 1, List.of("FIRST", "LAST"))
        && tokens.isOneOf(i + 2, List.of("RESPECT", "IGNORE", "FILTER", "OVER"))) {
      return false;
    }
    if (tokens.isWord(i - 1, "DISTINCT")
        && (tokens.isWord(i - 2, "IS") || tokens.areWords(i - 3, "IS", "NOT"))) {
      return false;
    }
    return level.query || i == level.start && !tokens.isWord(i - 2, "TRIM");
  }

  /** Adds the call that begins at a token and returns the token after it; else {@code i}. */
  private int call(int i, TokenRange range, Level level, boolean createsIndex) {
    if (!tokens.isKind(i, Token.Kind.WORD) || tokens.isSymbol(i - 1, ".")) {
      return i;
    }
    boolean qualified =
        (tokens.isWord(i, "ML") || tokens.isWord(i, "INSITU"))
            && tokens.isSymbol(i + 1, ".")
            && tokens.isKind(i + 2, Token.Kind.WORD);
    int word = qualified ? i + 2 : i;
    int open = word + 1;
    if (open >= range.to() || !tokens.isSymbol(open, "(")) {
      return i;
    }
    String qualifier = qualified ? tokens.text(i).toUpperCase(Locale.ROOT) : "";
    boolean ml = qualifier.equals("ML");
    boolean scalar = !ml && tokens.isOneOf(word, SCALAR_WORDS);
    boolean table = ml || tokens.isOneOf(word, TABLE_WORDS);
    if (!scalar && !table) {
      return i;
    }
    boolean named = tokens.isWord(open + 1, "MODEL") && tokens.isSymbol(open + 2, "=>");
    boolean stands = scalar ? isValue(i, level, createsIndex) : level.tableNext;
    if (scalar ? !stands : !stands && !named) {
      return i;
    }
    int close = tokens.closing(open, range.to());
    if (scalar && tokens.isWord(close + 1, "AS") && tokens.isSymbol(close + 2, "(")) {
      return i; // a common table expression with our name
    }
    if (!isModelWord(open + 1)
        && routines.exists(qualified ? tokens.text(i) : "", tokens.text(word))) {
      return i;
    }
    int to = Math.min(close + 1, range.to());
    boolean wrapped =
        table
            && tokens.isWord(i - 2, "TABLE")
            && tokens.isSymbol(i - 1, "(")
            && i - 2 >= range.from()
            && to < range.to()
            && tokens.isSymbol(to, ")");
    OwnCall.Place place =
        scalar ? OwnCall.Place.SCALAR : stands ? OwnCall.Place.TABLE : OwnCall.Place.MISPLACED;
    calls.add(
        new OwnCall(
            place,
            tokens.text(word).toUpperCase(Locale.ROOT),
            qualifier,
            wrapped ? i - 2 : i,
            open,
            close,
            wrapped ? to + 1 : to));
    return to;
  }

  /** {@code MODEL churn}: no argument of a user's function can look like this. */
  private boolean isModelWord(int i) {
    return tokens.isWord(i, "MODEL") && (tokens.isName(i + 1) || tokens.isSymbol(i + 1, "=>"));
  }

  /** Whether a value may stand at a token, by the token before it. */
  private boolean isValue(int i, Level level, boolean createsIndex) {
    if (i == level.start) {
      return level.kind == Start.VALUE;
    }
    if (level.tableNext) {
      return false;
    }
    int before = i - 1;
    if (tokens.isKind(before, Token.Kind.WORD)) {
      if (tokens.isSymbol(before - 1, ".")) {
        return false;
      }
      if (createsIndex && tokens.isWord(before, "ON")) {
        return false;
      }
      return tokens.isOneOf(before, BEFORE_VALUE)
          || tokens.areWords(before - 1, "ON", "UPDATE")
          || tokens.isWord(before, "AS") && definesColumns(level);
    }
    return endsQuantifier(before)
        || tokens.isKind(before, Token.Kind.SYMBOL)
            && !tokens.closes(before)
            && !tokens.isSymbol(before, ".")
            && !tokens.isSymbol(before, "::")
            && !tokens.isSymbol(before, "@");
  }

  /** {@code SELECT TOP 1 PREDICTION(…)}, {@code SELECT DISTINCT ON (a) PREDICTION(…)}. */
  private boolean endsQuantifier(int last) {
    int from = last;
    if (tokens.closes(last)) {
      for (int depth = 0; from > 0; from--) {
        depth += tokens.closes(from) ? 1 : tokens.opens(from) ? -1 : 0;
        if (depth == 0) {
          break;
        }
      }
      return tokens.isWord(from - 1, "TOP") || tokens.areWords(from - 2, "DISTINCT", "ON");
    }
    return tokens.isWord(last - 1, "TOP") && !tokens.isKind(last, Token.Kind.SYMBOL);
  }

  /** {@code CREATE TABLE t(c VARCHAR AS PREDICTION(…))}; elsewhere AS gives a table a name. */
  private boolean definesColumns(Level level) {
    return defines && !level.query;
  }

  private static final class Level {
    final int start;
    final Start kind;
    boolean query;
    boolean inFrom;
    boolean tableNext;

    Level(int start, Start kind) {
      this.start = start;
      this.kind = kind;
      this.query = kind == Start.STATEMENT;
      this.inFrom = kind == Start.TABLE;
      this.tableNext = inFrom;
    }
  }
}
