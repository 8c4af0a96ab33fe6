package dev.insitu.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Locale;

/** Runs one statement and prints what it returns. Confined to one thread. */
final class StatementRunner {
  private final Connection connection;
  private final ResultFormat format;
  private final boolean quiet;
  private final PrintStream out;
  private final PrintStream err;
  private final Cancellation cancellation;
  private final ProgressView progress;

  StatementRunner(
      Connection connection,
      ResultFormat format,
      boolean quiet,
      ShellStreams streams,
      Cancellation cancellation,
      ProgressView progress) {
    this.connection = connection;
    this.format = format;
    this.quiet = quiet;
    this.out = streams.out();
    this.err = streams.err();
    this.cancellation = cancellation;
    this.progress = progress;
  }

  /**
   * Runs a statement.
   *
   * @param width columns of the terminal; 0 for no limit
   */
  void run(String sql, int width) throws SQLException, IOException {
    long started = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      try {
        progress.begin();
        cancellation.running(statement);
        boolean rows = statement.execute(sql);
        warnings(statement.getWarnings());
        while (true) {
          if (rows) {
            result(statement, started, width);
          } else {
            int count = statement.getUpdateCount();
            if (count < 0) {
              break;
            }
            progress.end();
            message(changed(sql, count) + seconds(started));
          }
          rows = statement.getMoreResults();
        }
      } finally {
        progress.end();
        cancellation.running(null);
      }
    }
    out.flush();
  }

  private void result(Statement statement, long started, int width)
      throws SQLException, IOException {
    try (ResultSet rows = statement.getResultSet()) {
      progress.end();
      ResultPrinter printer =
          switch (format) {
            case TABLE -> new TablePrinter(out, width);
            case CSV -> new CsvPrinter(out);
            case JSON -> new JsonPrinter(out);
          };
      long count = printer.print(rows, cancellation::requested);
      if (cancellation.requested()) {
        throw new SQLException("output cancelled after " + count + " rows", "57014");
      }
      if (out.checkError()) {
        throw new IOException("standard output is closed");
      }
      message(
          String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "row" : "rows")
              + seconds(started));
    }
  }

  private static String changed(String sql, int count) {
    String verb = sql.split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "INSERT", "UPDATE", "DELETE", "MERGE" ->
          String.format(Locale.ROOT, "%,d %s changed", count, count == 1 ? "row" : "rows");
      default -> count == 0 ? "done" : String.format(Locale.ROOT, "done, %,d rows", count);
    };
  }

  private static String seconds(long started) {
    return String.format(Locale.ROOT, " (%.2f s)", (System.nanoTime() - started) / 1e9);
  }

  /** Says how it went, on standard output only where that is meant for a reader. */
  private void message(String text) {
    if (!quiet) {
      PrintStream target = format == ResultFormat.TABLE ? out : err;
      target.println(text);
      if (format == ResultFormat.TABLE) {
        target.println();
      }
    }
  }

  private void warnings(SQLWarning first) {
    for (SQLWarning warning = first;
        warning != null && !quiet;
        warning = warning.getNextWarning()) {
      err.println("Warning: " + warning.getMessage());
    }
  }
}
