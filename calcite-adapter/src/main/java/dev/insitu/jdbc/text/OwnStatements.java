package dev.insitu.jdbc.text;

/**
 * Decides whether a text holds a statement of ours. Texts without any of our words, nearly all, are
 * told by one look at their characters; the others are cut into tokens, since a column called
 * {@code model}, a string that holds {@code PREDICT(} and a user's function {@code train} are not
 * ours. Thread-safe.
 */
public final class OwnStatements {
  private static final String[] WORDS = {
    "MODEL", "MODELS", "ML", "PREDICT", "PREDICTION", "PREDICTION_PROBABILITY", "TRAIN"
  };

  private OwnStatements() {}

  /** Returns whether at least one statement of the text is ours. */
  public static boolean any(String sql, UserRoutines routines) {
    if (!mayBe(sql)) {
      return false;
    }
    SqlTokens tokens = SqlTokens.of(sql);
    return tokens.statements().stream()
        .anyMatch(statement -> OwnStatement.of(tokens, statement, routines).isPresent());
  }

  /**
   * Returns whether one of our words occurs anywhere, in strings and comments too: if not, nothing
   * of the text is ours.
   */
  public static boolean mayBe(String sql) {
    int length = sql.length();
    for (int i = 0; i + 1 < length; i++) {
      char c = sql.charAt(i);
      char lower = (char) (c | 0x20);
      if (lower != 'm' && lower != 'p' && lower != 't') {
        continue;
      }
      char second = (char) (sql.charAt(i + 1) | 0x20);
      boolean candidate = lower == 'm' ? second == 'o' || second == 'l' : second == 'r';
      if (candidate && (i == 0 || !isPart(sql.charAt(i - 1))) && wordAt(sql, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean wordAt(String sql, int i) {
    for (String word : WORDS) {
      int end = i + word.length();
      if (sql.regionMatches(true, i, word, 0, word.length())
          && (end == sql.length() || !isPart(sql.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  /** Surrogates are taken for what they may be: a part of an identifier on neither side. */
  private static boolean isPart(char c) {
    return Character.isJavaIdentifierPart(c) || c == '#';
  }
}
