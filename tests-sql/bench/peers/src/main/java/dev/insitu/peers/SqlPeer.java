package dev.insitu.peers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Queries that are read to their end; the last column is the prediction. Arguments: statements to
 * begin with as {@code url=SQL}, ways as {@code name=url=SQL}.
 */
final class SqlPeer extends Peer {
  private record Query(Connection connection, String sql) {}

  private final Map<String, Query> queries = new HashMap<>();

  /** Opens the connections and answers. */
  public static void main(String[] arguments) throws Exception {
    var out = out();
    SqlPeer peer = new SqlPeer();
    Map<String, Connection> connections = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 3) {
      String url = arguments[i + 1];
      if (!connections.containsKey(url)) {
        connections.put(url, DriverManager.getConnection(url, "sa", ""));
      }
      if (arguments[i].equals("first")) {
        try (Statement statement = connections.get(url).createStatement()) {
          statement.execute(arguments[i + 2]);
        }
      } else {
        peer.queries.put(arguments[i], new Query(connections.get(url), arguments[i + 2]));
      }
    }
    peer.serve(out);
    for (Connection connection : connections.values()) {
      connection.close();
    }
  }

  @Override
  Answers run(String way) throws SQLException {
    Query query = queries.get(way);
    Answers answers = new Answers();
    double others = 0;
    try (Statement statement = query.connection.createStatement();
        ResultSet rows = statement.executeQuery(query.sql)) {
      int last = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i < last; i++) {
          others += rows.getDouble(i);
        }
        answers.add(rows.getDouble(last));
      }
    }
    if (Double.isNaN(others)) {
      throw new IllegalStateException("a column has no number");
    }
    return answers;
  }
}
