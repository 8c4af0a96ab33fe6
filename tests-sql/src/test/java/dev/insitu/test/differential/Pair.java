package dev.insitu.test.differential;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Two databases with the same contents, one behind H2's own driver, one behind ours with the model
 * M. Both sides run the same number of statements, so sequences and session state stay alike.
 *
 * @param reference behind H2's driver
 * @param ours behind ours
 */
record Pair(Connection reference, Connection ours) implements AutoCloseable {
  static Pair open(String settings) throws SQLException {
    String suffix = settings.isEmpty() ? "" : ";" + settings;
    Connection reference = DriverManager.getConnection("jdbc:h2:mem:" + suffix, "sa", "");
    Connection ours = DriverManager.getConnection("jdbc:insitu:h2:mem:" + suffix, "sa", "");
    for (Connection connection : List.of(reference, ours)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("RUNSCRIPT FROM 'classpath:/differential/setup.sql'");
        Reference.install(statement);
        Scans.install(statement);
      }
    }
    try (Statement statement = ours.createStatement()) {
      statement.execute(Reference.MODEL);
    }
    return new Pair(reference, ours);
  }

  void both(String sql) throws SQLException {
    for (Connection connection : List.of(reference, ours)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  /** Returns how two statements differ, run on one side each; empty if they do not. */
  static List<String> differences(String what, Outcome expected, Outcome actual) {
    List<String> found = new ArrayList<>();
    difference(found, what, "error", expected.error(), actual.error());
    if (!found.isEmpty()) {
      return found;
    }
    difference(found, what, "columns", expected.columns(), actual.columns());
    difference(found, what, "nullability", expected.nullability(), actual.nullability());
    difference(found, what, "rows", expected.rows(), actual.rows());
    difference(found, what, "count", expected.count(), actual.count());
    return found;
  }

  private static void difference(
      List<String> found, String what, String of, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      found.add(what + "\n    " + of + " of H2: " + expected + "\n    with prediction: " + actual);
    }
  }

  @Override
  public void close() throws SQLException {
    try (reference) {
      ours.close();
    }
  }
}
