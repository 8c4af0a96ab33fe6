package dev.insitu.shell;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints CSV that H2's {@code CSVREAD} reads back to the same values: quoted only where needed, but
 * the empty string always, since an empty field is NULL (of one column only: an empty line, which
 * most readers skip). (The writers of Commons CSV and Jackson do not tell the two apart without
 * quoting every field.)
 */
record CsvPrinter(PrintStream out) implements ResultPrinter {
  @Override
  public long print(ResultSet rows, BooleanSupplier stop) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    StringBuilder line = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      field(line, i, columns.getColumnLabel(i));
    }
    end(line);
    long printed = 0;
    while (!stop.getAsBoolean() && rows.next()) {
      for (int i = 1; i <= count; i++) {
        field(line, i, CellText.exact(rows, i, columns.getColumnType(i)));
      }
      end(line);
      printed++;
    }
    out.flush();
    return printed;
  }

  private void end(StringBuilder line) {
    out.append(line).append('\n');
    line.setLength(0);
  }

  private static void field(StringBuilder line, int column, @Nullable String text) {
    if (column > 1) {
      line.append(',');
    }
    if (text == null) {
      return;
    }
    if (text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c <= ' ')) {
      line.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      line.append(text);
    }
  }
}
