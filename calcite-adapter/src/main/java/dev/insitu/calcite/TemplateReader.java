package dev.insitu.calcite;

import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.TextRange;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.jdbc.text.CallFinder;
import dev.insitu.jdbc.text.OwnCall;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.Token;
import dev.insitu.jdbc.text.TokenRange;
import dev.insitu.jdbc.text.UserRoutines;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Takes pieces of one statement apart: verbatim text, parameters, calls. Confined to one thread.
 */
final class TemplateReader {
  private static final List<String> QUERY_WORDS =
      List.of("SELECT", "WITH", "VALUES", "TABLE", "FROM");

  private final SqlTokens tokens;
  private final ParameterOrdinals ordinals;
  private final UserRoutines routines;
  private final WithClauses withClauses;

  TemplateReader(
      SqlTokens tokens, TokenRange statement, ParameterOrdinals ordinals, UserRoutines routines) {
    this.tokens = tokens;
    this.ordinals = ordinals;
    this.routines = routines;
    this.withClauses = WithClauses.of(tokens, statement);
  }

  static boolean beginsQuery(SqlTokens tokens, int index) {
    return tokens.isOneOf(index, QUERY_WORDS) || tokens.isSymbol(index, "(");
  }

  /** Returns where a range of tokens, not empty, stands in the text. */
  static TextRange textRange(SqlTokens tokens, TokenRange range) {
    return new TextRange(tokens.get(range.from()).start(), tokens.get(range.to() - 1).end());
  }

  /** Returns a range with its predictions as holes. */
  SqlTemplate read(TokenRange range, CallFinder.Start start) {
    return template(range, CallFinder.find(tokens, range, start, routines));
  }

  /** Returns a range in which nothing is ours. */
  SqlTemplate verbatim(TokenRange range) {
    return template(range, List.of());
  }

  /** Returns the query that an input stands for, complete with the WITH list that it needs. */
  SqlTemplate input(OwnCall call, TokenRange data) {
    SqlTemplate query = query(call, data);
    List<WithClauses.Item> needed = withClauses.neededBy(data);
    if (needed.isEmpty()) {
      return query;
    }
    // H2 takes no second WITH in the parentheses after a WITH list, but one in a sub-query.
    boolean again =
        tokens.isWord(data.from() + 1, "WITH") || tokens.isWord(data.from() + 2, "WITH");
    String opening = again ? " SELECT * FROM (" : " (";
    boolean recursive = needed.stream().anyMatch(WithClauses.Item::recursive);
    SqlTemplate list = SqlTemplate.of(recursive ? "WITH RECURSIVE " : "WITH ");
    for (int i = 0; i < needed.size(); i++) {
      SqlTemplate item = read(needed.get(i).range(), CallFinder.Start.STATEMENT);
      list = (i == 0 ? item : item.after(SqlTemplate.of(", "))).after(list);
    }
    return SqlTemplate.of(")").after(query.after(SqlTemplate.of(opening)).after(list));
  }

  private SqlTemplate query(OwnCall call, TokenRange data) {
    int from = data.from();
    int to = data.to();
    if (tokens.isSymbol(from, "(") && beginsQuery(tokens, from + 1)) {
      boolean whole = tokens.closing(from, to) == to - 1;
      TokenRange inside = whole ? new TokenRange(from + 1, to - 1) : data;
      return read(inside, CallFinder.Start.STATEMENT);
    }
    if (tokens.isWord(from, "TABLE") && from + 1 < to) {
      boolean wrapped = tokens.isSymbol(from + 1, "(") && tokens.closing(from + 1, to) == to - 1;
      if (wrapped && beginsQuery(tokens, from + 2)) {
        return read(new TokenRange(from + 2, to - 1), CallFinder.Start.STATEMENT);
      }
      TokenRange name = wrapped ? new TokenRange(from + 2, to - 1) : new TokenRange(from + 1, to);
      if (!name.isEmpty()) {
        SqlTemplate table = read(name, CallFinder.Start.TABLE);
        if (table.isPlain()) {
          checkName(name);
        }
        return table.after(SqlTemplate.of("SELECT * FROM "));
      }
    }
    TextRange text = textRange(tokens, data);
    String found = tokens.sql().substring(text.start(), text.end());
    throw MlException.of(
            ErrorCode.ARGUMENT,
            call.name(),
            "the data must be TABLE name or a query in parentheses, but "
                + SyntaxErrors.quoted(found)
                + " was given")
        .withHint(
            tokens.isOneOf(from, List.of("SELECT", "WITH", "VALUES"))
                ? "Write the query in parentheses."
                : "Write DATA => TABLE t or DATA => (SELECT …).");
  }

  private void checkName(TokenRange name) {
    for (int i = name.from(); i < name.to(); i++) {
      boolean right = (i - name.from()) % 2 == 0 ? tokens.isName(i) : tokens.isSymbol(i, ".");
      if (!right) {
        throw SyntaxErrors.found(tokens, i, "the name of a table");
      }
    }
  }

  private SqlTemplate template(TokenRange range, List<OwnCall> calls) {
    List<SqlTemplate.Piece> pieces = new ArrayList<>();
    if (range.isEmpty()) {
      return new SqlTemplate(pieces);
    }
    TextRange text = textRange(tokens, range);
    int done = text.start();
    Iterator<OwnCall> iterator = calls.iterator();
    OwnCall next = iterator.hasNext() ? iterator.next() : null;
    Map<Integer, SqlTemplate.Label> labels = SelectLabels.of(tokens, range, calls);
    int i = range.from();
    while (i < range.to()) {
      SqlTemplate.Label label = labels.get(i);
      if (label != null) {
        verbatim(pieces, done, tokens.get(i - 1).end());
        pieces.add(label);
        done = tokens.get(i - 1).end();
      }
      SqlTemplate.Piece piece;
      int after;
      if (next != null && i == next.from()) {
        PredictionCall call = new CallReader(tokens, this, next).read();
        piece = call;
        after = next.to();
        next = iterator.hasNext() ? iterator.next() : null;
      } else if (tokens.isKind(i, Token.Kind.PARAMETER)) {
        piece = new SqlTemplate.Parameter(ordinals.at(i));
        after = i + 1;
      } else {
        i++;
        continue;
      }
      verbatim(pieces, done, tokens.get(i).start());
      pieces.add(piece);
      done = tokens.get(after - 1).end();
      i = after;
    }
    verbatim(pieces, done, text.end());
    SqlTemplate.Label last = labels.get(range.to());
    if (last != null) {
      pieces.add(last);
    }
    return new SqlTemplate(pieces);
  }

  private void verbatim(List<SqlTemplate.Piece> pieces, int start, int end) {
    if (start < end) {
      pieces.add(new SqlTemplate.Verbatim(tokens.sql().substring(start, end)));
    }
  }
}
