package dev.insitu.shell;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jline.utils.AttributedString;

/**
 * Prints aligned columns: numbers to the right, text to the left, NULL as the word, values of
 * several lines over several lines. Widths are those of the terminal (JLine: two columns for a wide
 * character, none for a combining one). A result wider than the terminal is printed record by
 * record.
 *
 * <p>The first {@value #BLOCK} rows are held to find the widths; later rows stream, and a value
 * that is wider than its column then pushes its line.
 *
 * @param width columns of the terminal; 0 for no limit
 */
record TablePrinter(PrintStream out, int width) implements ResultPrinter {
  static final int BLOCK = 1000;
  private static final String NULL = "NULL";

  @Override
  public long print(ResultSet rows, BooleanSupplier stop) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    Columns layout = Columns.of(columns);
    List<List<String>> block = new ArrayList<>();
    while (block.size() < BLOCK && !stop.getAsBoolean() && rows.next()) {
      block.add(layout.read(rows));
    }
    layout.fit(block);
    boolean records = width > 0 && layout.totalWidth() > width && !block.isEmpty();
    if (!records) {
      out.println(layout.header());
      out.println(layout.rule());
    }
    long printed = 0;
    for (List<String> row : block) {
      print(layout, row, records, ++printed);
    }
    while (!stop.getAsBoolean() && rows.next()) {
      print(layout, layout.read(rows), records, ++printed);
    }
    out.flush();
    return printed;
  }

  private void print(Columns layout, List<String> row, boolean record, long number) {
    if (record) {
      layout.record(row, number).forEach(out::println);
    } else {
      layout.lines(row).forEach(out::println);
    }
  }

  private static int columns(String text) {
    return new AttributedString(text).columnLength();
  }

  /** Names, alignment and widths of the columns. Confined to one thread. */
  private static final class Columns {
    private final List<String> names;
    private final int[] types;
    private final int[] widths;

    private Columns(List<String> names, int[] types) {
      this.names = names;
      this.types = types;
      this.widths = names.stream().mapToInt(TablePrinter::columns).toArray();
    }

    static Columns of(ResultSetMetaData columns) throws SQLException {
      List<String> names = new ArrayList<>();
      int[] types = new int[columns.getColumnCount()];
      for (int i = 0; i < types.length; i++) {
        names.add(visible(columns.getColumnLabel(i + 1)));
        types[i] = columns.getColumnType(i + 1);
      }
      return new Columns(names, types);
    }

    List<String> read(ResultSet rows) throws SQLException {
      List<String> row = new ArrayList<>(types.length);
      for (int i = 0; i < types.length; i++) {
        String text = CellText.readable(rows, i + 1, types[i]);
        row.add(text == null ? NULL : visible(text));
      }
      return row;
    }

    /** Keeps line ends; shows tabs and control characters so that none moves the columns. */
    private static String visible(String text) {
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
      StringBuilder shown = new StringBuilder();
      text.replace("\r\n", "\n")
          .chars()
          .forEach(
              c -> {
                if (c == '\t') {
                  shown.append("    ");
                } else if (Character.isISOControl(c) && c != '\n') {
                  shown.append(c < 0x20 ? (char) (0x2400 + c) : '\uFFFD');
                } else {
                  shown.append((char) c);
                }
              });
      return shown.toString();
    }

    void fit(List<List<String>> block) {
      for (List<String> row : block) {
        for (int i = 0; i < widths.length; i++) {
          for (String line : row.get(i).split("\n", -1)) {
            widths[i] = Math.max(widths[i], columns(line));
          }
        }
      }
    }

    int totalWidth() {
      return Arrays.stream(widths).sum() + 3 * Math.max(0, widths.length - 1);
    }

    String header() {
      return line(names, 0);
    }

    String rule() {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(i == 0 ? "" : "-+-").append("-".repeat(widths[i]));
      }
      return line.toString();
    }

    List<String> lines(List<String> row) {
      int height = 1;
      for (String value : row) {
        height = Math.max(height, value.split("\n", -1).length);
      }
      List<String> lines = new ArrayList<>();
      for (int n = 0; n < height; n++) {
        lines.add(line(row, n));
      }
      return lines;
    }

    private String line(List<String> row, int n) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String[] parts = row.get(i).split("\n", -1);
        String part = n < parts.length ? parts[n] : "";
        String blanks = " ".repeat(Math.max(0, widths[i] - columns(part)));
        line.append(i == 0 ? "" : " | ");
        line.append(CellText.isNumber(types[i]) ? blanks + part : part + blanks);
      }
      return line.toString().stripTrailing();
    }

    List<String> record(List<String> row, long number) {
      int label = names.stream().mapToInt(TablePrinter::columns).max().orElse(0);
      List<String> lines = new ArrayList<>();
      lines.add("-- row " + number + " " + "-".repeat(Math.max(2, label)));
      for (int i = 0; i < widths.length; i++) {
        String name = names.get(i) + " ".repeat(label - columns(names.get(i)));
        for (String part : row.get(i).split("\n", -1)) {
          lines.add(name + " | " + part);
          name = " ".repeat(label);
        }
      }
      return lines;
    }
  }
}
