package dev.insitu.jdbc.text;

import java.util.Locale;

/**
 * Decides whether a text holds a statement of ours. Texts without any of our words where it would
 * matter, nearly all, are told by one look at their characters; the others are cut into tokens,
 * since a string that holds {@code PREDICT(} and a user's function {@code train} are not ours.
 * Thread-safe.
 */
public final class OwnStatements {
  private static final String[] FUNCTIONS = {
    "PREDICT", "PREDICTION", "PREDICTION_PROBABILITY", "TRAIN"
  };

  private static final String[] OBJECTS = {"MODEL", "MODELS"};

  /** What stands before MODEL in each of our commands. */
  private static final String[] BEFORE_MODEL = {
    "CREATE", "REPLACE", "DROP", "ALTER", "SHOW", "DESCRIBE", "EXPORT", "ON"
  };

  private static final byte FIRST = 1;
  private static final byte SECOND = 2;

  /** Which ASCII letters are the first and which the second of a word of ours. */
  private static final byte[] LETTERS = new byte[128];

  static {
    "mptMPT".chars().forEach(c -> LETTERS[c] = FIRST);
    "olrOLR".chars().forEach(c -> LETTERS[c] = SECOND);
  }

  private OwnStatements() {}

  /** Returns whether at least one statement of the text is ours. */
  public static boolean any(String sql, UserRoutines routines) {
    return mayBe(sql) && read(sql, routines);
  }

  /** Returns what {@link #any} does, by the tokens alone. */
  static boolean read(String sql, UserRoutines routines) {
    SqlTokens tokens = SqlTokens.of(sql);
    return tokens.statements().stream()
        .anyMatch(statement -> OwnStatement.of(tokens, statement, routines).isPresent());
  }

  /**
   * Returns whether one of our words occurs where it would be ours, in strings and comments too: a
   * function's before a parenthesis, {@code ML} before a full stop, {@code MODEL} behind a word of
   * ours. If not, nothing of the text is ours. A comment beside the word may hide anything.
   */
  public static boolean mayBe(String sql) {
    if (isCallOfInstall(sql)) {
      return true;
    }
    int length = sql.length();
    // Every second character is one of the first two of a word that begins here or just before.
    for (int i = 1; i < length; i += 2) {
      char c = sql.charAt(i);
      byte letter = c < LETTERS.length ? LETTERS[c] : 0;
      if (letter == FIRST && i + 1 < length && begins(sql, i)
          || letter == SECOND && begins(sql, i - 1)) {
        return true;
      }
    }
    return false;
  }

  /** {@code CALL INSITU.INSTALL()} is ours at the beginning of a text alone. */
  private static boolean isCallOfInstall(String sql) {
    int i = 0;
    while (i < sql.length() && (isSpace(sql.charAt(i)) || sql.charAt(i) == '{')) {
      i++;
    }
    return sql.regionMatches(true, i, "CALL", 0, 4)
        && sql.toUpperCase(Locale.ROOT).contains("INSITU");
  }

  private static boolean begins(String sql, int i) {
    char first = (char) (sql.charAt(i) | 0x20);
    char second = (char) (sql.charAt(i + 1) | 0x20);
    boolean candidate =
        first == 'm'
            ? second == 'o' || second == 'l'
            : second == 'r' && (first == 'p' || first == 't');
    if (!candidate || i > 0 && isPart(sql.charAt(i - 1))) {
      return false;
    }
    if (second == 'l') {
      return !isPart(sql, i + 2) && isFollowed(sql, i + 2, '.');
    }
    int end = wordAt(sql, i, second == 'o' ? OBJECTS : FUNCTIONS);
    return end > 0 && (second == 'o' ? isPreceded(sql, i) : isFollowed(sql, end, '('));
  }

  /** Returns where the one of the words ends that begins here, -1 if none does. */
  private static int wordAt(String sql, int i, String[] words) {
    for (String word : words) {
      int end = i + word.length();
      if (sql.regionMatches(true, i, word, 0, word.length()) && !isPart(sql, end)) {
        return end;
      }
    }
    return -1;
  }

  private static boolean isFollowed(String sql, int end, char by) {
    for (int i = end; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (!isSpace(c)) {
        return c == by || c == '/' || c == '-';
      }
    }
    return false;
  }

  private static boolean isPreceded(String sql, int start) {
    boolean lines = false;
    for (int i = start - 1; i >= 0; i--) {
      char c = sql.charAt(i);
      if (!isSpace(c)) {
        return c == '/'
            || endsWord(sql, i + 1)
            || lines && (sql.contains("--") || sql.contains("//"));
      }
      lines |= c == '\n' || c == '\r';
    }
    return false;
  }

  private static boolean endsWord(String sql, int end) {
    for (String word : BEFORE_MODEL) {
      if (sql.regionMatches(true, end - word.length(), word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSpace(char c) {
    return c <= ' ' || Character.isSpaceChar(c);
  }

  private static boolean isPart(String sql, int i) {
    return i < sql.length() && isPart(sql.charAt(i));
  }

  /** Surrogates are taken for what they may be: a part of an identifier on neither side. */
  private static boolean isPart(char c) {
    return Character.isJavaIdentifierPart(c) || c == '#';
  }
}
