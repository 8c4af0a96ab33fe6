package dev.insitu.shell;

import java.util.List;

/**
 * One statement of a script.
 *
 * @param sql the text without the closing semicolon, from its first word on
 * @param comments the comment lines in front of it, without {@code --} and one following blank
 * @param line the line of its first word, counted from 1
 * @param terminated whether a semicolon closed it; false for an unfinished last statement
 */
record ScriptStatement(String sql, List<String> comments, int line, boolean terminated) {
  ScriptStatement {
    comments = List.copyOf(comments);
  }
}
