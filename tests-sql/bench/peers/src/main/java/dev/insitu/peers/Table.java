package dev.insitu.peers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes the database of all: {@code points} to predict over (id, f0 to f27), {@code training} of
 * 100,000 other rows with their label y, the labels of the first points for a check, and the model
 * {@code trees} of ours, 100 of depth 6, exported. Arguments: database, number of rows, file of the
 * model, the statement that trains it.
 */
final class Table {
  private static final int COLUMNS = 28;
  private static final int TRAINING = 100_000;
  private static final int CHECKED = 10_000;

  private Table() {}

  /** Makes it, the same in every run. */
  public static void main(String[] arguments) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:insitu:h2:" + arguments[0], "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CALL RAND(7)");
      String columns =
          IntStream.range(0, COLUMNS)
              .mapToObj(i -> "RAND() * 2 - 1 AS f" + i)
              .collect(Collectors.joining(", "));
      String names =
          IntStream.range(0, COLUMNS).mapToObj(i -> "f" + i).collect(Collectors.joining(", "));
      String label =
          IntStream.range(0, COLUMNS)
              .mapToObj(
                  i -> String.format(Locale.ROOT, "%d * SIN(%d * f%d)", 1 + i % 5, 1 + i % 3, i))
              .collect(Collectors.joining(" + ", "", " + f0 * f1 + RAND() AS y"));
      statement.execute(
          String.format(
              Locale.ROOT,
              "CREATE TABLE training AS SELECT %s, %s FROM (SELECT %s FROM SYSTEM_RANGE(1, %d))",
              names,
              label,
              columns,
              TRAINING));
      statement.execute(
          String.format(
              Locale.ROOT,
              "CREATE TABLE points(id BIGINT PRIMARY KEY, %s) AS SELECT X, %s FROM"
                  + " SYSTEM_RANGE(1, %s)",
              names.replace(",", " DOUBLE PRECISION,") + " DOUBLE PRECISION",
              columns,
              arguments[1]));
      statement.execute(
          String.format(
              Locale.ROOT,
              "CREATE TABLE labels AS SELECT id, %s FROM points WHERE id <= %d",
              label,
              CHECKED));
      statement.execute(arguments[3]);
      statement.execute("EXPORT MODEL trees TO '" + arguments[2] + "'");
    }
  }
}
