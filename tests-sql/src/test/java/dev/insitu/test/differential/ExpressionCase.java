package dev.insitu.test.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An expression over the table T.
 *
 * @param settings the URL settings of its databases
 * @param group which of the file's {@code @database} lines it follows
 * @param session what runs in both sessions before it
 * @param kind what it is
 * @param expression its text and parameters
 */
record ExpressionCase(
    String settings, int group, List<String> session, Kind kind, Case.Statement expression) {
  /** What an expression is, by the file's sections. */
  enum Kind {
    /** A value of a row. */
    VALUES,
    /** An aggregate over all rows. */
    AGGREGATES,
    /** A window function. */
    WINDOWS,
    /** A value that depends on how often it is computed. */
    ONCE
  }

  /** Reads the file of expressions. */
  static List<ExpressionCase> read(String resource) throws IOException {
    List<ExpressionCase> cases = new ArrayList<>();
    String settings = "";
    int group = 0;
    Kind kind = Kind.VALUES;
    List<String> session = new ArrayList<>();
    for (String line : Case.read(resource).replace("\\\n", " ").split("\n")) {
      if (line.startsWith("@database")) {
        settings = line.substring("@database".length()).strip();
        group++;
      } else if (line.startsWith("@session ")) {
        session.add(line.substring("@session ".length()));
      } else if (line.startsWith("@") && !line.contains(" ") && !line.equals("@nosuch")) {
        kind = Kind.valueOf(line.substring(1).toUpperCase(Locale.ROOT));
      } else if (!line.isBlank() && !line.startsWith("--")) {
        cases.add(
            new ExpressionCase(
                settings, group, List.copyOf(session), kind, Case.Statement.parse(line)));
        session.clear();
      }
    }
    return cases;
  }
}
