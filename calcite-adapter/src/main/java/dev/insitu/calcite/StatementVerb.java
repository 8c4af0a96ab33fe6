package dev.insitu.calcite;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.MlStatement.Kind;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.TokenRange;
import java.util.List;
import java.util.Locale;

/** Tells by its words what a statement of the database does with the predictions in it. */
final class StatementVerb {
  private static final List<String> CHANGES =
      List.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE");
  private static final List<String> QUERIES =
      List.of("SELECT", "WITH", "VALUES", "TABLE", "FROM", "CALL");
  private static final List<String> QUALIFIERS =
      List.of(
          "OR",
          "REPLACE",
          "FORCE",
          "GLOBAL",
          "LOCAL",
          "TEMPORARY",
          "TEMP",
          "CACHED",
          "MEMORY",
          "NOT",
          "PERSISTENT");

  private StatementVerb() {}

  static MlStatement.Predicting of(SqlTokens tokens, TokenRange range, SqlTemplate template) {
    int first = range.from();
    if (tokens.isWord(first, "WITH")) {
      first = WithClauses.afterWith(tokens, range);
    }
    if (tokens.isWord(first, "CREATE")) {
      return create(tokens, range, first, template);
    }
    if (tokens.isWord(first, "ALTER")) {
      String verb = word(tokens, first) + " " + word(tokens, first + 1);
      return new MlStatement.Predicting(Kind.OUTLIVES_SESSION, verb, template);
    }
    Kind kind = Kind.COMMAND;
    if (tokens.isOneOf(first, CHANGES)) {
      kind = Kind.CHANGE;
    } else if (tokens.isOneOf(first, QUERIES) || tokens.isSymbol(first, "(")) {
      kind = Kind.QUERY;
    }
    String verb = tokens.isSymbol(first, "(") ? "SELECT" : word(tokens, first);
    return new MlStatement.Predicting(kind, verb, template);
  }

  /** CREATE TABLE keeps the rows of its query; a prediction in its columns would stay as text. */
  private static MlStatement.Predicting create(
      SqlTokens tokens, TokenRange range, int create, SqlTemplate template) {
    int object = create + 1;
    while (tokens.isOneOf(object, QUALIFIERS)) {
      object++;
    }
    boolean materialized = tokens.areWords(object, "MATERIALIZED", "VIEW");
    String verb = "CREATE " + (materialized ? "MATERIALIZED VIEW" : word(tokens, object));
    if (!tokens.isWord(object, "TABLE")) {
      return new MlStatement.Predicting(Kind.OUTLIVES_SESSION, verb, template);
    }
    int as = object;
    while (as < range.to() && !tokens.isWord(as, "AS")) {
      as = tokens.opens(as) ? tokens.closing(as, range.to()) + 1 : as + 1;
    }
    int query = tokens.startOf(Math.min(as, range.to()));
    boolean afterAs = template.calls().stream().allMatch(call -> call.range().start() > query);
    return new MlStatement.Predicting(
        afterAs ? Kind.COMMAND : Kind.OUTLIVES_SESSION, verb, template);
  }

  private static String word(SqlTokens tokens, int index) {
    return index < tokens.size() ? tokens.text(index).toUpperCase(Locale.ROOT) : "";
  }
}
