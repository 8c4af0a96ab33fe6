package dev.insitu.test.differential;

import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement gave: an error, or columns and rows, or a count. Values are written down with
 * their Java class, so that a number and its text differ.
 *
 * @param error SQLSTATE, code and text without the statement's own text; empty if there was none
 * @param columns all that the metadata say of a column, the nullability apart
 * @param nullability of each column
 * @param rows in the order in which they came
 * @param count rows changed, or -1
 */
record Outcome(
    String error,
    List<String> columns,
    List<Integer> nullability,
    List<List<String>> rows,
    long count) {
  /** Runs a statement; with parameters it is prepared. */
  static Outcome of(Connection connection, Case.Statement statement) throws Exception {
    try {
      if (!statement.sql().contains("?")) {
        try (Statement plain = connection.createStatement()) {
          boolean query = plain.execute(statement.sql());
          return read(query ? plain.getResultSet() : null, plain.getLargeUpdateCount());
        }
      }
      try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
        int markers = prepared.getParameterMetaData().getParameterCount();
        for (int i = 0; i < markers && !statement.parameters().isEmpty(); i++) {
          prepared.setObject(i + 1, statement.parameters().get(i % statement.parameters().size()));
        }
        boolean query = prepared.execute();
        return read(query ? prepared.getResultSet() : null, prepared.getLargeUpdateCount());
      }
    } catch (SQLException e) {
      return new Outcome(error(e), List.of(), List.of(), List.of(), -1);
    }
  }

  /** Returns this without the last columns. */
  Outcome first(int width) {
    return new Outcome(
        error,
        head(columns, width),
        head(nullability, width),
        rows.stream().map(row -> head(row, width)).toList(),
        count);
  }

  /** Returns this without what depends on the table that a column comes from. */
  Outcome withoutNullability() {
    return new Outcome(error, columns, List.of(), rows, count);
  }

  /** Returns this with its rows in an order of their own. */
  Outcome sorted() {
    List<List<String>> sorted = new ArrayList<>(rows);
    sorted.sort((a, b) -> a.toString().compareTo(b.toString()));
    return new Outcome(error, columns, nullability, sorted, count);
  }

  private static <T> List<T> head(List<T> list, int size) {
    return List.copyOf(list.subList(0, Math.min(size, list.size())));
  }

  private static String error(SQLException e) {
    String text = String.valueOf(e.getMessage()).replaceAll("(?s); SQL statement:.*", "");
    // A syntax error repeats the statement up to where it was understood.
    text = text.replaceAll("(?s)in SQL statement \".*\"", "in SQL statement");
    text = text.replaceAll(" \\[\\d+-\\d+]$", "");
    return e.getSQLState() + " " + e.getErrorCode() + " " + text;
  }

  private static Outcome read(@Nullable ResultSet result, long count) throws Exception {
    List<String> columns = new ArrayList<>();
    List<Integer> nullability = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    if (result != null) {
      ResultSetMetaData meta = result.getMetaData();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        columns.add(column(meta, i));
        nullability.add(meta.isNullable(i));
      }
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          row.add(value(result.getObject(i)) + " = " + result.getString(i));
        }
        rows.add(row);
      }
      result.close();
    }
    return new Outcome("", columns, nullability, rows, count);
  }

  private static String column(ResultSetMetaData meta, int i) throws SQLException {
    return String.join(
        " ",
        meta.getColumnLabel(i),
        meta.getColumnName(i),
        meta.getColumnTypeName(i) + "(" + meta.getPrecision(i) + ", " + meta.getScale(i) + ")",
        String.valueOf(meta.getColumnType(i)),
        meta.getColumnClassName(i),
        String.valueOf(meta.getColumnDisplaySize(i)),
        String.valueOf(meta.isSigned(i)),
        String.valueOf(meta.isCaseSensitive(i)),
        String.valueOf(meta.isSearchable(i)),
        String.valueOf(meta.isCurrency(i)));
  }

  private static String value(@Nullable Object value) throws Exception {
    if (value == null) {
      return "null";
    } else if (value instanceof Clob clob) {
      StringWriter text = new StringWriter();
      try (Reader reader = clob.getCharacterStream()) {
        reader.transferTo(text);
      }
      return "clob " + text;
    } else if (value instanceof Blob blob) {
      try (InputStream stream = blob.getBinaryStream()) {
        return "blob " + HexFormat.of().formatHex(stream.readAllBytes());
      }
    } else if (value instanceof byte[] bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    } else if (value instanceof Array array) {
      StringBuilder elements = new StringBuilder("array " + array.getBaseTypeName());
      for (Object element : (Object[]) array.getArray()) {
        elements.append(", ").append(value(element));
      }
      return elements.toString();
    } else if (value instanceof ResultSet rows) {
      return "rows " + read(rows, -1);
    }
    return value.getClass().getSimpleName() + " " + value;
  }
}
