package dev.insitu.peers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Queries that are read to their end; the last column is the prediction. Arguments: statements to
 * begin with as {@code first url SQL}, ways as {@code name url SQL}, and statements that come before
 * each run of a way, without being counted, as {@code before:name url SQL}.
 */
final class SqlPeer extends Peer {
  private static final String BEFORE = "before:";

  private record Query(Connection connection, String sql) {
    void execute() throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  private final Map<String, Query> queries = new HashMap<>();
  private final Map<String, List<Query>> before = new HashMap<>();

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
      Query query = new Query(connections.get(url), arguments[i + 2]);
      if (arguments[i].equals("first")) {
        query.execute();
      } else if (arguments[i].startsWith(BEFORE)) {
        String way = arguments[i].substring(BEFORE.length());
        peer.before.computeIfAbsent(way, w -> new ArrayList<>()).add(query);
      } else {
        peer.queries.put(arguments[i], query);
      }
    }
    peer.serve(out);
    for (Connection connection : connections.values()) {
      connection.close();
    }
  }

  @Override
  boolean prepare(String way) throws SQLException {
    List<Query> queries = before.getOrDefault(way, List.of());
    for (Query query : queries) {
      query.execute();
    }
    return !queries.isEmpty();
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
