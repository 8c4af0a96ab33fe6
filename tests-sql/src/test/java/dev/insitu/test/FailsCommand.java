package dev.insitu.test;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import net.hydromatic.quidem.AbstractCommand;

/**
 * {@code !fails}: runs the statement before it, any kind of statement, and prints the whole message
 * of its error, hint included, behind its SQLSTATE. Unlike Quidem's {@code !error} it shows no
 * stack and takes no part of a message for the whole.
 */
final class FailsCommand extends AbstractCommand {
  private final List<String> lines;

  FailsCommand(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  @Override
  public void execute(Context context, boolean execute) throws Exception {
    if (execute) {
      context.writer().println(outcome(context));
    }
    context.echo(lines);
  }

  private static String outcome(Context context) throws SQLException {
    try (Statement statement = context.connection().createStatement()) {
      boolean query = statement.execute(context.previousSqlCommand().sql);
      if (query) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getObject(1);
          }
        }
      }
      return "No error!";
    } catch (SQLException e) {
      String message =
          String.valueOf(e.getMessage()).replaceFirst("^ERROR: ", ""); // PostgreSQL's driver
      int statementText = message.indexOf("; SQL statement:");
      String text =
          (statementText < 0 ? message : message.substring(0, statementText))
              .replaceFirst(" \\[\\d+-\\d+\\]$", ""); // H2's error code and build
      return text.startsWith("ML") ? text : e.getSQLState() + ": " + text;
    }
  }
}
