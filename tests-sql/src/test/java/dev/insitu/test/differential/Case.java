package dev.insitu.test.differential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are run one after the other.
 *
 * @param name what a report calls them
 * @param statements in order
 */
record Case(String name, List<Statement> statements) {
  /**
   * A statement with the values of its parameters, as JDBC takes them.
   *
   * @param sql the text
   * @param parameters strings, integers and nulls
   */
  record Statement(String sql, List<@Nullable Object> parameters) {
    /** Reads {@code SELECT ?;} and {@code SELECT ? <- 1, 'x'}. */
    static Statement parse(String text) {
      int arrow = text.lastIndexOf("<- ");
      String sql = arrow < 0 ? text : text.substring(0, arrow);
      List<@Nullable Object> parameters = new ArrayList<>();
      if (arrow >= 0) {
        for (String value : text.substring(arrow + 3).split(",")) {
          parameters.add(value(value.strip()));
        }
      }
      sql = sql.strip();
      return new Statement(
          sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql, parameters);
    }

    private static @Nullable Object value(String text) {
      if (text.equals("null")) {
        return null;
      }
      return text.startsWith("'")
          ? text.substring(1, text.length() - 1)
          : (Object) Integer.valueOf(text);
    }
  }

  /**
   * Reads the blocks of a file: a name after {@code --}, then statements that end with {@code ;}.
   */
  static List<Case> blocks(String resource) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String block : read(resource).split("\n\n")) {
      String name = "";
      List<Statement> statements = new ArrayList<>();
      StringBuilder sql = new StringBuilder();
      for (String line : block.split("\n")) {
        if (sql.isEmpty() && line.startsWith("--")) {
          name = name.isEmpty() ? line.substring(2).strip() : name;
        } else {
          sql.append(line);
          if (line.endsWith(";") || line.contains("; <- ")) {
            statements.add(Statement.parse(sql.toString()));
            sql.setLength(0);
          } else {
            sql.append('\n');
          }
        }
      }
      if (!sql.toString().isBlank()) {
        throw new IllegalArgumentException(resource + ": a statement does not end: " + sql);
      }
      if (!statements.isEmpty()) {
        cases.add(new Case(name, statements));
      }
    }
    return cases;
  }

  /** Returns the text of a file beside the cases. */
  static String read(String resource) throws IOException {
    try (InputStream stream = Case.class.getResourceAsStream("/differential/" + resource)) {
      if (stream == null) {
        throw new IOException(resource + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
