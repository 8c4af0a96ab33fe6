package dev.insitu.shell;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes words of SQL, and the tables and columns that the database has at that moment. */
record SqlCompleter(Connection connection) implements Completer {
  private static final List<String> WORDS =
      List.of(
          "ALIAS",
          "ALTER MODEL",
          "ALTER TABLE",
          "AND",
          "AS",
          "BETWEEN",
          "BY",
          "CASE",
          "COMMIT",
          "COUNT",
          "CREATE MODEL",
          "CREATE OR REPLACE MODEL",
          "CREATE TABLE",
          "DATA =>",
          "DELETE FROM",
          "DESC",
          "DESCRIBE MODEL",
          "DISTINCT",
          "DROP MODEL",
          "DROP TABLE",
          "ELSE",
          "END",
          "EXPLAIN PLAN FOR",
          "EXPORT MODEL",
          "FETCH FIRST",
          "FROM",
          "GROUP BY",
          "HAVING",
          "IN",
          "INNER JOIN",
          "INSERT INTO",
          "IS NOT NULL",
          "IS NULL",
          "JOIN",
          "LEFT JOIN",
          "LIKE",
          "LIMIT",
          "MERGE INTO",
          "ML.CENTROIDS",
          "ML.CONFUSION_MATRIX",
          "ML.EVALUATE",
          "ML.FEATURE_INFO",
          "ML.PREDICT",
          "ML.ROC_CURVE",
          "ML.TRAINING_INFO",
          "ML.WEIGHTS",
          "MODEL",
          "NOT",
          "NULL",
          "ON",
          "OPTIONS",
          "OR",
          "ORDER BY",
          "OVER",
          "PARTITION BY",
          "PREDICT",
          "PREDICTION",
          "PREDICTION_PROBABILITY",
          "ROLLBACK",
          "SELECT",
          "SET",
          "SET ALIAS",
          "SET DEFAULT VERSION",
          "SHOW CREATE MODEL",
          "SHOW MODELS",
          "SHOW TABLES",
          "STRUCT",
          "TABLE",
          "THEN",
          "TRAIN",
          "UNION ALL",
          "UPDATE",
          "VALUES",
          "VERSION",
          "WHEN",
          "WHERE",
          "WITH");

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String typed = line.word();
    // "(ori" completes "ori": what stands in front of the last opening sign stays.
    int start = 0;
    for (int i = 0; i < typed.length(); i++) {
      if ("(,=<>+-*/|'".indexOf(typed.charAt(i)) >= 0) {
        start = i + 1;
      }
    }
    String kept = typed.substring(0, start);
    String word = typed.substring(start);
    boolean lower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
    for (String name : names(word)) {
      String shown = lower ? name.toLowerCase(Locale.ROOT) : name;
      candidates.add(new Candidate(kept + shown, shown, null, null, null, null, true));
    }
  }

  /** Returns what begins with the given letters; nothing is listed before the first letter. */
  private Set<String> names(String word) {
    Set<String> names = new TreeSet<>();
    String prefix = word.toUpperCase(Locale.ROOT);
    if (prefix.isEmpty()) {
      return names;
    }
    for (String keyword : WORDS) {
      if (keyword.startsWith(prefix)) {
        names.add(keyword);
      }
    }
    try {
      DatabaseMetaData database = connection.getMetaData();
      try (ResultSet tables = database.getTables(null, null, "%", null)) {
        addNames(tables, "TABLE_NAME", prefix, names);
      }
      try (ResultSet columns = database.getColumns(null, null, "%", prefix + "%")) {
        addNames(columns, "COLUMN_NAME", prefix, names);
      }
    } catch (SQLException e) {
      return names; // completion is a courtesy: the next statement tells what is wrong
    }
    return names;
  }

  private static void addNames(ResultSet rows, String label, String prefix, Set<String> names)
      throws SQLException {
    while (rows.next()) {
      String name = rows.getString(label);
      if (!"INFORMATION_SCHEMA".equals(rows.getString("TABLE_SCHEM"))
          && name.toUpperCase(Locale.ROOT).startsWith(prefix)) {
        names.add(name);
      }
    }
  }
}
