package dev.insitu.shell;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** How an error of the database reads: code, message, and a hint on a line of its own. */
final class ErrorText {
  private static final int FILE_LOCKED = 90020;
  private static final Pattern H2_CODE = Pattern.compile(" \\[\\d+-\\d+]$");
  private static final int WRONG_USER = 28000;

  private ErrorText() {}

  /**
   * Returns the text of an error, without the statement and the number that H2 repeats behind its
   * message and without a code that the message already begins with.
   */
  static String of(SQLException error) {
    String message = String.valueOf(error.getMessage());
    int statement = message.indexOf("; SQL statement:");
    if (statement >= 0) {
      message = message.substring(0, statement);
    }
    message = H2_CODE.matcher(message).replaceFirst("");
    String state = error.getSQLState();
    if (state != null && !message.startsWith(state)) {
      message = state + ": " + message;
    }
    return message + hint(error.getErrorCode());
  }

  /** Returns whether the error says that the statement was cancelled (SQL:2016, class 57). */
  static boolean isCancelled(SQLException error) {
    return "57014".equals(error.getSQLState());
  }

  private static String hint(int h2Code) {
    return switch (h2Code) {
      case FILE_LOCKED ->
          "\nHint: Another process has the database open; add ;AUTO_SERVER=TRUE to the URL of both,"
              + " or close the other one.";
      case WRONG_USER ->
          "\nHint: Give the user and password of this database by --user and" + " --password.";
      default -> "";
    };
  }
}
