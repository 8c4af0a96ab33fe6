package dev.insitu.test.planner;

import dev.insitu.test.planner.Column.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the statements of a database can read. Immutable. */
final class Sources {
  private static final List<String> CALLS =
      List.of(
          "PREDICT(MODEL => 'm', DATA => TABLE t)",
          "PREDICT(MODEL => 'm', DATA => TABLE t)",
          "PREDICT(MODEL => 'c', DATA => TABLE t)",
          "ML.PREDICT(MODEL c, TABLE t, STRUCT(0.3 AS threshold))",
          "PREDICT(MODEL => 'm', DATA => (SELECT * FROM t WHERE id > 20))",
          "PREDICT(MODEL => 'm', DATA => (SELECT * FROM t ORDER BY amount DESC, id LIMIT 60))",
          "PREDICT(MODEL => 'm', DATA => (SELECT id, a, b, UPPER(name) AS name, code, amount, born,"
              + " seen, flag, kind FROM t))",
          "PREDICT(MODEL => 'm', DATA => (SELECT t.* FROM t JOIN u ON u.id = t.id))",
          "PREDICT(MODEL => 'c', DATA => (SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t)"
              + " WHERE a IS NOT NULL))",
          "PREDICT(MODEL => 'm', DATA => (SELECT id, a, name, amount, 10 / NULLIF(id, 0) AS amount_2"
              + " FROM t), missing => 'impute')",
          "PREDICT(MODEL => 'm', DATA => (SELECT * FROM t UNION ALL SELECT * FROM t WHERE id < 9))");

  private final Map<String, List<Column>> columns = new LinkedHashMap<>();
  private final List<Column> other;
  private final List<Column> target;
  private final boolean lower;

  private Sources(Connection connection) throws SQLException {
    for (String call : CALLS) {
      columns.put(call, columns(connection, call));
    }
    this.other = columns(connection, "u");
    this.target = columns(connection, "target");
    this.lower = other.get(0).name().equals("id");
  }

  /** Looks at a database that has the tables and the models. */
  static Sources of(Connection connection) throws SQLException {
    return new Sources(connection);
  }

  private static List<Column> columns(Connection connection, String from) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + from + " WHERE FALSE")) {
      ResultSetMetaData data = rows.getMetaData();
      List<Column> columns = new ArrayList<>();
      for (int i = 1; i <= data.getColumnCount(); i++) {
        columns.add(new Column(data.getColumnName(i), Kind.of(data.getColumnTypeName(i))));
      }
      return columns;
    }
  }

  /** Returns a prediction as it stands in FROM. */
  String call(Choice choice) {
    return choice.from(CALLS);
  }

  /** Returns the columns of a prediction. */
  List<Column> columns(String call) {
    return columns.getOrDefault(call, List.of());
  }

  /** Returns the columns of table {@code u}. */
  List<Column> other() {
    return other;
  }

  /** Returns the columns of table {@code target}. */
  List<Column> target() {
    return target;
  }

  /** Returns whether names are folded to lower case. */
  boolean lower() {
    return lower;
  }
}
