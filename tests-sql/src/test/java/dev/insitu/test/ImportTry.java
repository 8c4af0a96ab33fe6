package dev.insitu.test;

import dev.insitu.error.MlException;
import dev.insitu.onnx.foreign.Dimension;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.onnx.foreign.GraphPort;
import dev.insitu.onnx.foreign.ModelLimits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Imports a file as one would who knows no more than it tells, and if it can be imported, predicts
 * rows of zeros, ones, NULLs, huge values and what else a column may hold.
 */
final class ImportTry {
  /** What begins the answer if something came up that no user can do anything about. */
  static final String ESCAPED = "ESCAPED";

  private static final int MOST_NAMES = 64;

  private final Connection connection;
  private final int seconds;

  ImportTry(Connection connection, int seconds) {
    this.connection = connection;
    this.seconds = seconds;
  }

  /** Returns {@code imported} with what the predictions ended in, or the error's code and text. */
  String of(byte[] bytes) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP MODEL IF EXISTS m");
      try (PreparedStatement create =
          connection.prepareStatement(
              "CREATE MODEL m FROM (SELECT CAST(? AS BLOB)) OPTIONS (max_run_seconds = "
                  + seconds
                  + columns(bytes)
                  + ")")) {
        create.setBytes(1, bytes);
        create.execute();
      }
      StringJoiner answers = new StringJoiner(" ", "imported ", "");
      for (List<String> query : queries(statement)) {
        answers.add(predicted(statement, query));
      }
      return answers.toString();
    } catch (SQLException e) {
      return described(e);
    } catch (RuntimeException | Error e) {
      return escaped(e);
    }
  }

  private static String predicted(Statement statement, List<String> query) {
    String sql =
        "SELECT * FROM PREDICT(MODEL => 'm', DATA => (" + String.join(" UNION ALL ", query) + "))";
    try (ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          rows.getObject(i);
        }
        count++;
      }
      return count == query.size() ? "ok" : ESCAPED + " " + count + " rows";
    } catch (SQLException e) {
      String text = described(e);
      return text.startsWith(ESCAPED) ? text : text.substring(0, 5);
    }
  }

  private static String described(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String text = state + " " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    if (!state.matches("ML0(26|54|6[01]|7[0-9])") || text.contains("Exception:")) {
      return escaped(e);
    }
    return text;
  }

  private static String escaped(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return ESCAPED + " " + text.toString().replaceAll("\\s*\\R\\s*", " | ");
  }

  /** Names as many columns for each input as it has. */
  private static String columns(byte[] bytes) {
    List<GraphPort> inputs;
    try {
      inputs = ForeignModel.read("it", bytes, ModelLimits.DEFAULT).inputs();
    } catch (MlException e) {
      return "";
    }
    StringJoiner map = new StringJoiner(", ", ", input_columns = MAP[", "]").setEmptyValue("");
    for (int i = 0; i < inputs.size(); i++) {
      GraphPort port = inputs.get(i);
      List<Dimension> shape = port.shape().orElse(List.of());
      long width = 1;
      for (int d = 1; d < shape.size() && width < MOST_NAMES; d++) {
        width *= shape.get(d).isOpen() ? 2 : shape.get(d).size();
      }
      if (width > 1) {
        int input = i;
        int names = width > MOST_NAMES ? 1 : (int) width;
        map.add(
            text(port.name())
                + ", ARRAY["
                + String.join(
                    ", ",
                    IntStream.range(0, names).mapToObj(c -> text("c" + input + "_" + c)).toList())
                + "]");
      }
    }
    return map.toString();
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** For each kind of rows, what gives them. */
  private static List<List<String>> queries(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT column_name, sql_type FROM INSITU.MODEL_COLUMNS"
                + " WHERE model_name = 'M' AND column_role = 'input' ORDER BY ordinal_position")) {
      while (rows.next()) {
        names.add(rows.getString(1));
        types.add(rows.getString(2).toUpperCase(Locale.ROOT));
      }
    }
    List<List<String>> queries = new ArrayList<>();
    queries.add(List.of(row(names, types, "0", ""), row(names, types, "1", "a")));
    queries.add(List.of(row(names, types, "NULL", null)));
    queries.add(
        List.of(row(names, types, "9E18", "x".repeat(5000)), row(names, types, "-9E18", "é")));
    queries.add(List.of(row(names, types, "127", "0"), row(names, types, "-128", "-1")));
    if (types.stream().anyMatch(t -> t.equals("REAL") || t.startsWith("DOUBLE"))) {
      queries.add(List.of(row(names, types, "'NaN'", "NaN")));
      queries.add(
          List.of(row(names, types, "'Infinity'", "1e999"), row(names, types, "'-Infinity'", " ")));
    }
    return queries;
  }

  private static String row(
      List<String> names, List<String> types, String number, @Nullable String text) {
    StringJoiner row = new StringJoiner(", ", "SELECT ", "");
    for (int i = 0; i < names.size(); i++) {
      String type = types.get(i);
      String value = number;
      boolean special = number.startsWith("'");
      if (type.startsWith("CHARACTER")) {
        value = text == null ? "NULL" : text(text);
      } else if (type.contains("ARRAY")) {
        int width = Integer.parseInt(type.replaceAll("\\D", ""));
        value =
            number.equals("NULL")
                ? "NULL"
                : "(SELECT ARRAY_AGG(CAST("
                    + number
                    + " AS DOUBLE PRECISION)) FROM SYSTEM_RANGE(1, "
                    + width
                    + "))";
      } else if (type.equals("BOOLEAN")) {
        value =
            special ? "TRUE" : number.equals("NULL") ? number : String.valueOf(number.equals("0"));
      } else if (type.equals("SMALLINT") || type.equals("INTEGER")) {
        value = special || number.contains("E18") ? "-1" : number;
      } else if (type.equals("BIGINT")) {
        value = special ? String.valueOf(Long.MIN_VALUE) : number;
      }
      row.add(
          "CAST(" + value + " AS " + type + ") AS \"" + names.get(i).replace("\"", "\"\"") + '"');
    }
    return row.toString();
  }
}
