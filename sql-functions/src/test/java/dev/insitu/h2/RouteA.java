package dev.insitu.h2;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One connection and its session, with short ways to run statements over predictions. */
final class RouteA implements AutoCloseable {
  final Connection connection;
  final H2Session session;
  final FakeModel.Scores scorer = new FakeModel.Scores();

  RouteA(Connection connection) throws SQLException {
    this.connection = connection;
    this.session = H2Session.of(connection).orElseThrow();
  }

  static RouteA open(String url) throws SQLException {
    return new RouteA(DriverManager.getConnection(url, "sa", ""));
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<List<Object>> query(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return run(statement, parameters);
    }
  }

  static List<List<Object>> run(PreparedStatement statement, Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    if (!statement.execute()) {
      return List.of(List.of(statement.getUpdateCount()));
    }
    try (ResultSet rows = statement.getResultSet()) {
      return read(rows);
    }
  }

  static List<List<Object>> read(ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    List<List<Object>> all = new ArrayList<>();
    while (rows.next()) {
      Object[] row = new Object[meta.getColumnCount()];
      for (int i = 0; i < row.length; i++) {
        row[i] = rows.getObject(i + 1);
      }
      all.add(Arrays.asList(row));
    }
    return all;
  }

  /** Predicts over an input whose first column named x is the given one. */
  StatementTable predict(String inputSql, int column) throws SQLException {
    return session.addPrediction(
        PredictionInput.whole(inputSql), FakeModel.prediction(column, scorer));
  }

  @Override
  public void close() throws SQLException {
    session.close();
    connection.close();
  }
}
