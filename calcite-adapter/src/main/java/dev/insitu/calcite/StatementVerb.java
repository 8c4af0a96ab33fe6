package dev.insitu.calcite;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.MlStatement.Kind;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
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
      return new MlStatement.Predicting(Kind.KEEPS_VALUES, verb, template);
    }
    if (tokens.isWord(first, "DECLARE")) {
      return create(tokens, range, first, template);
    }
    if (tokens.isWord(first, "PREPARE")) { // kept as a text until EXECUTE or DEALLOCATE
      return new MlStatement.Predicting(Kind.KEEPS_QUERY, "PREPARE", template);
    }
    checkTarget(tokens, first, template);
    Kind kind = Kind.COMMAND;
    if (tokens.isOneOf(first, CHANGES)) {
      kind = Kind.CHANGE;
    } else if (tokens.isOneOf(first, QUERIES) || tokens.isSymbol(first, "(")) {
      kind = Kind.QUERY;
    }
    String verb = tokens.isSymbol(first, "(") ? "SELECT" : word(tokens, first);
    return new MlStatement.Predicting(kind, verb, template);
  }

  /**
   * Predictions are read: {@code DELETE FROM PREDICT(…)} would find rows that nobody can delete.
   */
  private static void checkTarget(SqlTokens tokens, int first, SqlTemplate template) {
    int target = tokens.isWord(first + 1, "FROM") ? first + 2 : first + 1;
    if (tokens.isWord(first, "DELETE") && target < tokens.size()) {
      int start = tokens.get(target).start();
      for (TableCall call : template.tableCalls()) {
        if (call.range().start() == start) {
          throw MlException.of(
                  ErrorCode.CANNOT_RUN, call.functionName(), "its rows cannot be deleted")
              .withHint(
                  "Delete from the table: DELETE FROM t WHERE id IN (SELECT id FROM PREDICT(…)).");
        }
      }
    }
  }

  /** CREATE TABLE keeps the rows of its query; a prediction in its columns would stay as text. */
  private static MlStatement.Predicting create(
      SqlTokens tokens, TokenRange range, int create, SqlTemplate template) {
    int object = create + 1;
    while (tokens.isOneOf(object, QUALIFIERS)) {
      object++;
    }
    boolean materialized = tokens.areWords(object, "MATERIALIZED", "VIEW");
    String verb =
        word(tokens, create) + " " + (materialized ? "MATERIALIZED VIEW" : word(tokens, object));
    if (tokens.isWord(object, "CONSTANT")) { // keeps the value
      return new MlStatement.Predicting(Kind.COMMAND, verb, template);
    }
    if (!tokens.isWord(object, "TABLE")) {
      boolean view = materialized || tokens.isWord(object, "VIEW");
      return new MlStatement.Predicting(
          view ? Kind.KEEPS_QUERY : Kind.KEEPS_VALUES, verb, template);
    }
    int as = object;
    while (as < range.to() && !tokens.isWord(as, "AS")) {
      as = tokens.opens(as) ? tokens.closing(as, range.to()) + 1 : as + 1;
    }
    int query = tokens.startOf(Math.min(as, range.to()));
    boolean afterAs = template.calls().stream().allMatch(call -> call.range().start() > query);
    return new MlStatement.Predicting(afterAs ? Kind.COMMAND : Kind.KEEPS_VALUES, verb, template);
  }

  private static String word(SqlTokens tokens, int index) {
    return index < tokens.size() ? tokens.text(index).toUpperCase(Locale.ROOT) : "";
  }
}
