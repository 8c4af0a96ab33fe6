package dev.insitu.calcite;

import dev.insitu.calcite.ddl.CallSource;
import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.ScalarCall;
import dev.insitu.calcite.ddl.SqlScript;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.calcite.ddl.TextRange;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.jdbc.text.CallFinder;
import dev.insitu.jdbc.text.OwnStatement;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.Token;
import dev.insitu.jdbc.text.TokenRange;
import dev.insitu.jdbc.text.UserRoutines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads SQL texts of which at least one statement is ours. Confined to one thread. */
public final class StatementReader {
  private static final String[][] LATER_FORMS = {{"RENAME"}, {"ROLLBACK"}, {"SET", "OPTIONS"}};

  private final SqlTokens tokens;
  private final UserRoutines routines;
  private final ParameterOrdinals ordinals;

  private StatementReader(SqlTokens tokens, UserRoutines routines) {
    this.tokens = tokens;
    this.routines = routines;
    this.ordinals = ParameterOrdinals.of(tokens);
  }

  /**
   * Returns the statements of a text, or empty if none is ours, in which case the text belongs to
   * the database as it is.
   *
   * @throws MlException if a statement of ours cannot be read
   */
  public static Optional<SqlScript> read(String sql, UserRoutines routines) {
    return new StatementReader(SqlTokens.of(sql), routines).script();
  }

  private Optional<SqlScript> script() {
    List<MlStatement> statements = new ArrayList<>();
    boolean ours = false;
    for (TokenRange range : tokens.statements()) {
      Optional<OwnStatement> own = OwnStatement.of(tokens, range, routines);
      ours |= own.isPresent();
      statements.add(own.map(this::statement).orElseGet(() -> plain(range)));
    }
    return ours ? Optional.of(new SqlScript(statements, ordinals.count())) : Optional.empty();
  }

  private MlStatement plain(TokenRange range) {
    TemplateReader reader = new TemplateReader(tokens, range, ordinals, routines);
    return new MlStatement.Plain(
        reader.verbatim(range).render(call -> dev.insitu.calcite.ddl.SqlText.of("")));
  }

  private MlStatement statement(OwnStatement own) {
    for (int i = own.range().from(); i < own.range().to(); i++) {
      if (tokens.isKind(i, Token.Kind.BROKEN)) {
        throw SyntaxErrors.at(
            tokens.sql(),
            tokens.get(i).start(),
            (tokens.text(i).startsWith("/*") ? "comment" : "quoted text") + " does not end");
      }
    }
    MlStatement statement =
        own.kind() == OwnStatement.Kind.PREDICTING ? predicting(own) : model(own);
    return own.explain() ? new MlStatement.Explain(statement, own.beforeRules()) : statement;
  }

  private MlStatement predicting(OwnStatement own) {
    TokenRange range = own.range();
    if (own.explain() && tokens.isWord(range.from(), "ANALYZE")) {
      throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, "EXPLAIN ANALYZE of a prediction")
          .withHint("EXPLAIN PLAN FOR shows the plan without running it.");
    }
    SqlTemplate template =
        new TemplateReader(tokens, range, ordinals, routines)
            .read(range, CallFinder.Start.STATEMENT);
    checkTrain(range, template);
    return StatementVerb.of(tokens, range, template);
  }

  /** TRAIN has an effect, so it must be clear that it runs once. */
  private void checkTrain(TokenRange range, SqlTemplate template) {
    for (PredictionCall call : template.calls()) {
      if (call instanceof TableCall table && table.function() == TableFunction.TRAIN) {
        boolean alone =
            template.calls().size() == 1
                && tokens.isWord(range.from(), "SELECT")
                && !joins(range, table.range());
        if (!alone) {
          throw MlException.of(ErrorCode.CANNOT_RUN, "TRAIN", "it must stand alone in FROM")
              .withHint("Write SELECT * FROM TRAIN(…).");
        }
      }
      refuseTrainInside(call);
    }
  }

  private static void refuseTrainInside(PredictionCall call) {
    if (call instanceof TableCall table) {
      SqlTemplate data = table.data();
      if (data != null) {
        refuseTrain(data);
      }
    } else if (call instanceof ScalarCall scalar) {
      scalar.arguments().forEach(argument -> refuseTrain(argument.expression()));
    }
  }

  private static void refuseTrain(SqlTemplate template) {
    for (PredictionCall call : template.calls()) {
      if (call instanceof TableCall table && table.function() == TableFunction.TRAIN) {
        throw MlException.of(ErrorCode.CANNOT_RUN, "TRAIN", "it must stand alone in FROM")
            .withHint("Train first, then predict.");
      }
      refuseTrainInside(call);
    }
  }

  private boolean joins(TokenRange range, TextRange call) {
    int depth = 0;
    for (int i = range.from(); i < range.to(); i++) {
      if (tokens.opens(i)) {
        depth++;
      } else if (tokens.closes(i)) {
        depth--;
      }
      int start = tokens.get(i).start();
      if (start == call.start() && (depth > 0 || !tokens.isWord(i - 1, "FROM"))) {
        return true;
      }
      boolean outside = start < call.start() || start >= call.end();
      if (depth == 0
          && outside
          && (tokens.isWord(i, "JOIN")
              || tokens.isOneOf(i, List.of("UNION", "EXCEPT", "MINUS", "INTERSECT")))) {
        return true;
      }
      if (depth == 0 && start == call.end() && tokens.isSymbol(i, ",")) {
        return true;
      }
    }
    return false;
  }

  private MlStatement model(OwnStatement own) {
    return switch (own.kind()) {
      case CREATE_MODEL -> createModel(own.range());
      case ALTER_MODEL -> alterModel(own.range());
      case DROP_MODEL, SHOW_MODELS, SHOW_CREATE_MODEL, DESCRIBE_MODEL, EXPORT_MODEL ->
          GrammarReader.statement(tokens, own.range(), null, source(own.range(), null));
      case GRANT -> throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, "GRANT … ON MODEL");
      case REVOKE -> throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, "REVOKE … ON MODEL");
      case INSTALL -> new MlStatement.Install();
      case PREDICTING -> throw new AssertionError(own);
    };
  }

  /** The word behind the name says which form it is; some are known, but not there yet. */
  private MlStatement alterModel(TokenRange range) {
    int form = range.from() + 2;
    form += tokens.areWords(form, "IF", "EXISTS") && tokens.isName(form + 2) ? 3 : 1;
    while (tokens.isSymbol(form, ".")) {
      form += 2;
    }
    for (String[] later : LATER_FORMS) {
      if (form < range.to() && tokens.areWords(form, later)) {
        throw MlException.of(
                ErrorCode.NOT_YET_SUPPORTED, "ALTER MODEL … " + String.join(" ", later))
            .withHint(
                "There are ALTER MODEL … SET ALIAS a = VERSION n, DROP ALIAS a, and SET DEFAULT"
                    + " VERSION n.");
      }
    }
    return GrammarReader.statement(tokens, range, null, source(range, null));
  }

  private MlStatement createModel(TokenRange range) {
    int as = range.from();
    while (as < range.to() && !tokens.isWord(as, "AS")) {
      if (tokens.isWord(as, "FROM") && as > range.from() + 2) {
        return importModel(range, as + 1);
      }
      if (tokens.isWord(as, "TRANSFORM") && tokens.isSymbol(as + 1, "(")) {
        throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, "CREATE MODEL … TRANSFORM (…)")
            .withHint("Write the expressions into the query.");
      }
      as = tokens.opens(as) ? tokens.closing(as, range.to()) + 1 : as + 1;
    }
    TokenRange query = new TokenRange(Math.min(as + 1, range.to()), range.to());
    SqlTemplate template = null;
    if (!query.isEmpty()) {
      if (!TemplateReader.beginsQuery(tokens, query.from())) {
        throw SyntaxErrors.found(tokens, query.from(), "a query");
      }
      template =
          new TemplateReader(tokens, range, ordinals, routines)
              .read(query, CallFinder.Start.STATEMENT);
      refuseTrain(template);
    }
    return GrammarReader.statement(
        tokens, range, query.isEmpty() ? null : query, source(range, template));
  }

  /** The query of {@code FROM (query)} stands in parentheses, options may follow. */
  private MlStatement importModel(TokenRange range, int start) {
    if (!tokens.isSymbol(start, "(")) {
      return GrammarReader.statement(tokens, range, null, source(range, null));
    }
    TokenRange query = new TokenRange(start + 1, tokens.closing(start, range.to()));
    if (!TemplateReader.beginsQuery(tokens, query.from())) {
      throw SyntaxErrors.found(tokens, query.from(), "a query");
    }
    SqlTemplate template =
        new TemplateReader(tokens, range, ordinals, routines)
            .read(query, CallFinder.Start.STATEMENT);
    refuseTrain(template);
    return GrammarReader.statement(tokens, range, query, source(range, template));
  }

  private CallSource source(
      TokenRange range, @org.jspecify.annotations.Nullable SqlTemplate query) {
    TextRange text = TemplateReader.textRange(tokens, range);
    return new CallSource(null, query, text, tokens.sql().substring(text.start(), text.end()));
  }
}
