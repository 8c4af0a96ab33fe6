package dev.insitu.shell;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One statement of a script.
 *
 * @param sql the text without the closing semicolon, from its first word on
 * @param comments the comment lines in front of it, without {@code --} and one following blank
 * @param line the line of its first word, counted from 1
 * @param terminated whether a semicolon closed it; false for an unfinished last statement
 */
record ScriptStatement(String sql, List<String> comments, int line, boolean terminated) {
  private static final String REQUIRES = "!requires ";

  ScriptStatement {
    comments = List.copyOf(comments);
  }

  /** Returns what the comment {@code -- !requires xgboost} names: {@code xgboost}. */
  Optional<String> requirement() {
    return comments.stream()
        .filter(comment -> comment.startsWith(REQUIRES))
        .map(comment -> comment.substring(REQUIRES.length()).strip().toLowerCase(Locale.ROOT))
        .findFirst();
  }

  /** Returns the comment lines that are written for a reader, not for the shell. */
  List<String> prose() {
    return comments.stream().filter(comment -> !comment.startsWith("!")).toList();
  }
}
