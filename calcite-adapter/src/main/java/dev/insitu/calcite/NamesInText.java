package dev.insitu.calcite;

import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the text around the calls names. The database reads that text, so a column whose name does
 * not stand in it, and which no {@code *} can mean, is not read: exact enough to leave columns out
 * without a planner, and a limit to what a planner may leave out. Immutable.
 */
final class NamesInText {
  private static final List<String> BEFORE_LIST = List.of("SELECT", "DISTINCT", "ALL");
  private static final List<String> AFTER_LIST =
      List.of("FROM", "INTO", "EXCEPT", "UNION", "INTERSECT", "MINUS", "WHERE", "ORDER", "LIMIT");
  private static final List<String> UNSTEADY =
      List.of(
          "RAND",
          "RANDOM",
          "SECURE_RAND",
          "RANDOM_UUID",
          "UUID",
          "NEXTVAL",
          "CURRVAL",
          "NEXT",
          "CURRENT_VALUE",
          "ROWNUM");

  private final Set<String> names = new HashSet<>();
  private final SqlTokens tokens;
  private final boolean everything;
  private final boolean star;
  private final int selects;

  private NamesInText(SqlTokens tokens, Set<String> calls) {
    this.tokens = tokens;
    boolean all = false;
    boolean expands = false;
    int queries = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isName(i)) {
        names.add(key(i));
        // A query that is a table, and columns that two tables share.
        all |= tokens.isWord(i, "TABLE") || tokens.isWord(i, "NATURAL");
        queries += tokens.isWord(i, "SELECT") ? 1 : 0;
      } else if (tokens.isSymbol(i, "*")) {
        expands |= !isCount(tokens, i) && !isProduct(tokens, i);
      }
      expands |= calls.contains(tokens.text(i)) && isRenamed(tokens, i);
    }
    this.selects = queries;
    this.star = expands;
    this.everything = all || (queries == 0 && !changesRows());
  }

  /**
   * Reads a text.
   *
   * @param calls the names of the calls in it
   */
  static NamesInText of(String sql, Set<String> calls) {
    return new NamesInText(SqlTokens.of(sql), calls);
  }

  /**
   * {@code PREDICT_1 AS p(x, y)}: columns are called otherwise, so their own names do not stand.
   */
  private static boolean isRenamed(SqlTokens tokens, int call) {
    int alias = tokens.isWord(call + 1, "AS") ? call + 2 : call + 1;
    return tokens.isName(alias) && tokens.isSymbol(alias + 1, "(");
  }

  private static boolean isCount(SqlTokens tokens, int star) {
    return tokens.isWord(star - 2, "COUNT")
        && tokens.isSymbol(star - 1, "(")
        && tokens.isSymbol(star + 1, ")");
  }

  /** Between two operands; when in doubt it is no product. */
  private static boolean isProduct(SqlTokens tokens, int star) {
    boolean left =
        isOperand(tokens, star - 1)
            ? !tokens.isOneOf(star - 1, BEFORE_LIST)
            : tokens.isSymbol(star - 1, ")");
    boolean right =
        isOperand(tokens, star + 1)
            ? !tokens.isOneOf(star + 1, AFTER_LIST)
            : tokens.isSymbol(star + 1, "(") || tokens.isSymbol(star + 1, "-");
    return left && right;
  }

  private static boolean isOperand(SqlTokens tokens, int index) {
    return tokens.isName(index)
        || tokens.isKind(index, Token.Kind.NUMBER)
        || tokens.isKind(index, Token.Kind.STRING)
        || tokens.isKind(index, Token.Kind.PARAMETER);
  }

  private boolean changesRows() {
    return tokens.isOneOf(0, List.of("MERGE", "UPDATE", "DELETE"));
  }

  private String key(int index) {
    String text = tokens.text(index);
    if (tokens.isKind(index, Token.Kind.QUOTED)) {
      int open = Math.max(text.indexOf('"'), text.indexOf('`'));
      text = text.substring(open + 1, text.length() - 1);
    }
    return text.toUpperCase(Locale.ROOT);
  }

  /** Returns whether a column of this name is, or may be, named; a star is looked at apart. */
  boolean names(String column) {
    return everything || names.contains(column.toUpperCase(Locale.ROOT));
  }

  /** Returns whether all columns of a table may be meant without being named. */
  boolean hasStar() {
    return everything || star;
  }

  /**
   * Returns whether a planner could find more than the names say: a condition to move, or columns
   * that a {@code *} brings up and nobody takes.
   */
  boolean isWorthPlanning() {
    return names.contains("WHERE") || names.contains("ON") || (star && selects > 1);
  }

  /** Returns whether nothing in the text has an effect or gives another value each time. */
  boolean isSteady(Predicate<String> userRoutine) {
    for (int i = 0; i < tokens.size(); i++) {
      boolean unsteady =
          tokens.isOneOf(i, UNSTEADY)
              || tokens.text(i).startsWith("@")
              || (tokens.isWord(i, "SET") && tokens.isSymbol(i + 1, "("));
      if (unsteady
          || (tokens.isName(i)
              && tokens.isSymbol(i + 1, "(")
              && userRoutine.test(tokens.text(i)))) {
        return false;
      }
    }
    return true;
  }
}
