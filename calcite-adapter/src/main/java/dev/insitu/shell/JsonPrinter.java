package dev.insitu.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Prints one JSON array of objects, one object per line; a name that comes twice gets {@code _1}.
 */
record JsonPrinter(PrintStream out) implements ResultPrinter {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  @Override
  public long print(ResultSet rows, BooleanSupplier stop) throws SQLException, IOException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> names = names(columns);
    out.print('[');
    long printed = 0;
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      while (!stop.getAsBoolean() && rows.next()) {
        json.writeRaw(printed == 0 ? "\n" : ",\n");
        json.writeStartObject();
        for (int i = 1; i <= names.size(); i++) {
          json.writeFieldName(names.get(i - 1));
          value(json, rows, i, columns);
        }
        json.writeEndObject();
        printed++;
      }
      json.writeRaw(printed == 0 ? "]\n" : "\n]\n");
    }
    out.flush();
    return printed;
  }

  private static List<String> names(ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String label = columns.getColumnLabel(i);
      String name = label;
      for (int n = 1; names.contains(name); n++) {
        name = label + "_" + n;
      }
      names.add(name);
    }
    return names;
  }

  private static void value(JsonGenerator json, ResultSet rows, int i, ResultSetMetaData columns)
      throws SQLException, IOException {
    int type = columns.getColumnType(i);
    String text = CellText.exact(rows, i, type);
    if (text == null) {
      json.writeNull();
    } else if (type == Types.DOUBLE || type == Types.REAL || type == Types.FLOAT) {
      json.writeNumber(rows.getDouble(i));
    } else if (CellText.isNumber(type)) {
      json.writeNumber(rows.getBigDecimal(i));
    } else if (type == Types.BOOLEAN || type == Types.BIT) {
      json.writeBoolean(rows.getBoolean(i));
    } else if ("JSON".equals(columns.getColumnTypeName(i))) {
      json.writeRawValue(text);
    } else {
      json.writeString(text);
    }
  }
}
