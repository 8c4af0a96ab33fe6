package dev.insitu.test.planner;

import dev.insitu.jdbc.InsituConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an execution of a statement did.
 *
 * @param error the SQLSTATE of its error, null if it had none
 * @param columns of its result
 * @param rows of its result; sorted, unless the statement orders them by all columns, since an
 *     index may give them in another order
 * @param target the rows of the table that it may have changed
 * @param effects what sequences, variables and functions have come to
 */
record Effect(
    @Nullable String error,
    String columns,
    List<String> rows,
    List<String> target,
    String effects) {

  /** Executes a statement and takes back what it changed. */
  static Effect of(Connection connection, RandomStatement statement, boolean optimizing)
      throws SQLException {
    connection.unwrap(InsituConnection.class).setOptimizing(optimizing);
    connection.setAutoCommit(false);
    long sequence = begin(connection);
    String error = null;
    StringBuilder columns = new StringBuilder();
    List<String> rows = new ArrayList<>();
    try {
      execute(connection, statement, columns, rows);
    } catch (SQLException e) {
      error = e.getSQLState();
      rows.clear();
      columns.setLength(0);
    }
    List<String> target = new ArrayList<>();
    String effects;
    try (Statement after = connection.createStatement()) {
      if (statement.change()) {
        try (ResultSet all = after.executeQuery("SELECT * FROM target ORDER BY id, score")) {
          read(all, target);
        }
      }
      effects = ComparedDatabase.effects(after, sequence);
    }
    connection.rollback();
    return new Effect(error, columns.toString(), rows, target, error == null ? effects : "");
  }

  private static long begin(Connection connection) throws SQLException {
    try (Statement before = connection.createStatement()) {
      return ComparedDatabase.reset(before);
    }
  }

  private static void execute(
      Connection connection, RandomStatement statement, StringBuilder columns, List<String> rows)
      throws SQLException {
    if (statement.values().isEmpty()) {
      try (Statement plain = connection.createStatement()) {
        if (plain.execute(statement.sql())) {
          result(plain.getResultSet(), statement.isOrdered(), columns, rows);
        } else {
          rows.add("count " + plain.getUpdateCount());
        }
      }
      return;
    }
    try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
      for (int i = 0; i < statement.values().size(); i++) {
        prepared.setObject(i + 1, statement.values().get(i));
      }
      if (prepared.execute()) {
        result(prepared.getResultSet(), statement.isOrdered(), columns, rows);
      } else {
        rows.add("count " + prepared.getUpdateCount());
      }
    }
  }

  private static void result(
      ResultSet result, boolean ordered, StringBuilder columns, List<String> rows)
      throws SQLException {
    try (result) {
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        columns
            .append(result.getMetaData().getColumnLabel(i))
            .append(' ')
            .append(result.getMetaData().getColumnTypeName(i))
            .append(result.getMetaData().getPrecision(i))
            .append('|');
      }
      read(result, rows);
      if (!ordered) {
        rows.sort(null);
      }
    }
  }

  private static void read(ResultSet result, List<String> rows) throws SQLException {
    int width = result.getMetaData().getColumnCount();
    while (result.next()) {
      StringBuilder line = new StringBuilder();
      for (int i = 1; i <= width; i++) {
        line.append(result.getString(i)).append('|');
      }
      rows.add(line.toString());
    }
  }
}
