package dev.insitu.calcite;

import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.TokenRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plain form of a statement: one table function of ours, alone in FROM, and nothing above it
 * but columns, filters, order and limit. What a text does not show, such as an aggregate, is left
 * to the database's own parser.
 *
 * @param query the query without its WITH list, which belongs to the function's input; empty if
 *     there is an obstacle
 * @param call the function that is in the way, or the only one
 * @param obstacle what the statement does with the call that the plain form does not, in words that
 *     come after the function's name: {@code in a join}; null if it is plain
 */
public record PlainForm(SqlTemplate query, PredictionCall call, @Nullable String obstacle) {
  private static final String CALL = "\"?\"";
  private static final List<String> SET_OPERATORS =
      List.of("UNION", "EXCEPT", "MINUS", "INTERSECT");
  private static final List<String> AFTER_FROM =
      List.of("WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY", "ORDER", "LIMIT", "OFFSET", "FETCH");

  /** Reads a statement with at least one call; what is not plain says what it is. */
  public static PlainForm of(MlStatement.Predicting statement) {
    SqlTemplate template = statement.template();
    List<PredictionCall> calls = template.calls();
    Optional<PredictionCall> scalar =
        calls.stream().filter(call -> !(call instanceof TableCall)).findFirst();
    if (statement.kind() != MlStatement.Kind.QUERY) {
      return obstacle(calls.get(0), "in " + statement.verb());
    } else if (scalar.isPresent()) {
      return obstacle(scalar.get(), "as a scalar function");
    } else if (calls.size() > 1) {
      return obstacle(calls.get(1), "beside another prediction");
    }
    TableCall call = (TableCall) calls.get(0);
    if (call.data() != null && !call.data().isPlain()) {
      return obstacle(call.data().calls().get(0), "in the data of another prediction");
    }
    StringBuilder text = new StringBuilder();
    int position = 0;
    for (SqlTemplate.Piece piece : template.pieces()) {
      if (piece instanceof PredictionCall) {
        position = text.length();
      }
      text.append(text(piece));
    }
    return new Reader(SqlTokens.of(text.toString()), template, call, position).read();
  }

  private static String text(SqlTemplate.Piece piece) {
    if (piece instanceof SqlTemplate.Verbatim verbatim) {
      return verbatim.sql();
    } else if (piece instanceof PredictionCall) {
      return CALL;
    }
    return piece instanceof SqlTemplate.Parameter ? "?" : "";
  }

  private static PlainForm obstacle(PredictionCall call, String what) {
    return new PlainForm(new SqlTemplate(List.of()), call, what);
  }

  /** Reads the tokens of a text in which the call is one token. */
  private record Reader(SqlTokens tokens, SqlTemplate template, TableCall call, int position) {
    PlainForm read() {
      TokenRange all = new TokenRange(0, tokens.size());
      int start = tokens.isWord(0, "WITH") ? WithClauses.afterWith(tokens, all) : 0;
      int hole = 0;
      while (tokens.startOf(hole) < position) {
        hole++;
      }
      if (hole < start) {
        return obstacle(call, "in a WITH query");
      } else if (!tokens.isWord(start, "SELECT")) {
        return obstacle(call, tokens.isSymbol(start, "(") ? "in brackets" : "outside of SELECT");
      }
      String found = obstacle(start, hole);
      return found == null
          ? new PlainForm(from(tokens.startOf(start)), call, null)
          : obstacle(call, found);
    }

    private PlainForm obstacle(PredictionCall where, String what) {
      return PlainForm.obstacle(where, what);
    }

    private @Nullable String obstacle(int start, int hole) {
      if (!isTopLevel(start, hole)) {
        return "in a sub-query";
      } else if (!tokens.isWord(hole - 1, "FROM")) {
        return "in a join";
      }
      boolean fromClause = false;
      int depth = 0;
      for (int i = start; i < tokens.size(); i++) {
        if (tokens.opens(i)) {
          depth++;
        } else if (tokens.closes(i)) {
          depth--;
        } else if (i == hole) {
          fromClause = true;
        } else if (tokens.isSymbol(i - 1, ".")) {
          continue; // a column may be called as it likes
        } else if (i > start && tokens.isWord(i, "SELECT")) {
          return depth == 0 ? "in a set operation" : "beside a sub-query";
        } else if (tokens.isWord(i, "OVER") && tokens.isSymbol(i + 1, "(")) {
          return "below a window function";
        } else if (depth == 0) {
          fromClause &= !tokens.isOneOf(i, AFTER_FROM);
          String clause = clause(i, fromClause);
          if (clause != null) {
            return clause;
          }
        }
      }
      return null;
    }

    /** Returns whether the call is in no brackets. */
    private boolean isTopLevel(int start, int hole) {
      int i = start;
      while (i < hole) {
        i = tokens.opens(i) ? tokens.closing(i, tokens.size()) + 1 : i + 1;
      }
      return i == hole;
    }

    private @Nullable String clause(int i, boolean fromClause) {
      if (fromClause && (tokens.isWord(i, "JOIN") || tokens.isSymbol(i, ","))) {
        return "in a join";
      } else if (tokens.isOneOf(i, SET_OPERATORS)) {
        return "in a set operation";
      } else if (tokens.areWords(i, "GROUP", "BY")) {
        return "below GROUP BY";
      } else if (tokens.isWord(i, "HAVING")) {
        return "below HAVING";
      } else if (tokens.isWord(i, "QUALIFY")) {
        return "below QUALIFY";
      } else if (tokens.isWord(i, "DISTINCT") && tokens.isWord(i - 1, "SELECT")) {
        return "below DISTINCT";
      }
      return tokens.areWords(i, "FOR", "UPDATE") ? "below FOR UPDATE" : null;
    }

    /** Returns the template from a character of the text on, which is in verbatim text. */
    private SqlTemplate from(int character) {
      List<SqlTemplate.Piece> pieces = new ArrayList<>();
      int at = 0;
      for (SqlTemplate.Piece piece : template.pieces()) {
        int length = text(piece).length();
        if (at >= character) {
          pieces.add(piece);
        } else if (piece instanceof SqlTemplate.Verbatim verbatim && at + length > character) {
          pieces.add(new SqlTemplate.Verbatim(verbatim.sql().substring(character - at)));
        }
        at += length;
      }
      return new SqlTemplate(pieces);
    }
  }
}
