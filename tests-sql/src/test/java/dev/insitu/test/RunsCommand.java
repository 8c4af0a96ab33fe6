package dev.insitu.test;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import net.hydromatic.quidem.AbstractCommand;

/**
 * {@code !runs}: runs the statement before it, any kind of statement, and prints how many rows it
 * has returned. For results with figures that are not the script's matter.
 */
final class RunsCommand extends AbstractCommand {
  private final List<String> lines;

  RunsCommand(List<String> lines) {
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
      int count = 0;
      if (statement.execute(context.previousSqlCommand().sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            count++;
          }
        }
      }
      return "(" + count + " rows)";
    }
  }
}
