package dev.insitu.calcite;

import dev.insitu.calcite.ddl.ArgumentList;
import dev.insitu.calcite.ddl.CallSource;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.ScalarCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.calcite.ddl.TextRange;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.jdbc.text.CallFinder;
import dev.insitu.jdbc.text.OwnCall;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.Token;
import dev.insitu.jdbc.text.TokenRange;
import dev.insitu.model.ModelText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one call: cuts its input or its arguments out and has the grammar read the rest. */
final class CallReader {
  /** Functions of BigQuery ML that are not ours yet. */
  private static final List<String> LATER =
      List.of(
          "ML.FORECAST",
          "ML.EXPLAIN_FORECAST",
          "ML.EXPLAIN_PREDICT",
          "ML.GLOBAL_EXPLAIN",
          "ML.DETECT_ANOMALIES",
          "ML.RECOMMEND",
          "ML.PRINCIPAL_COMPONENTS",
          "ML.PRINCIPAL_COMPONENT_INFO",
          "ML.ADVANCED_WEIGHTS",
          "ML.ARIMA_COEFFICIENTS",
          "ML.ARIMA_EVALUATE",
          "ML.TRANSFORM",
          "ML.TRIAL_INFO",
          "ML.RECONSTRUCTION_LOSS",
          "ML.FEATURE_IMPORTANCE",
          "ML.GENERATE_TEXT",
          "ML.GENERATE_EMBEDDING");

  private static final List<String> NO_COLUMNS =
      List.of(
          "TRUE",
          "FALSE",
          "NULL",
          "UNKNOWN",
          "DEFAULT",
          "ROWNUM",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "CURRENT_USER",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "USER");

  private final SqlTokens tokens;
  private final TemplateReader templates;
  private final OwnCall call;

  CallReader(SqlTokens tokens, TemplateReader templates, OwnCall call) {
    this.tokens = tokens;
    this.templates = templates;
    this.call = call;
  }

  PredictionCall read() {
    if (call.place() == OwnCall.Place.MISPLACED) {
      throw MlException.of(
              ErrorCode.CANNOT_RUN, call.name(), "it is a table function and stands only in FROM")
          .withHint("As a value write PREDICTION('model', column, …).");
    }
    if (!tokens.isSymbol(call.close(), ")")) {
      throw SyntaxErrors.at(
          tokens.sql(),
          tokens.get(call.open()).start(),
          "\"(\" of " + call.name() + " is not closed");
    }
    return call.place() == OwnCall.Place.SCALAR ? scalar() : table();
  }

  private TextRange range() {
    return TemplateReader.textRange(tokens, new TokenRange(call.from(), call.to()));
  }

  private PredictionCall table() {
    TableFunction function = function();
    TokenRange data = null;
    for (TokenRange part : tokens.separated(call.open() + 1, call.close())) {
      checkModel(part);
      TokenRange found = data(part);
      if (found != null) {
        checkPartition(found);
      }
      if (found != null && data == null) {
        data = found;
      }
    }
    SqlTemplate query = data == null ? null : templates.input(call, data);
    CallSource source = new CallSource(function, query, range(), "");
    TableCall plain = plainCall(source);
    if (plain != null) {
      return plain;
    }
    return GrammarReader.tableCall(
        tokens, new TokenRange(call.open() + 1, call.close()), data, source);
  }

  /**
   * Reads a call with a model and data alone, which most are; null for any other. The grammar,
   * whose classes take a while to load, is not asked.
   */
  private @Nullable TableCall plainCall(CallSource source) {
    ArgumentList arguments = new ArgumentList(source);
    for (TokenRange part : tokens.separated(call.open() + 1, call.close())) {
      int value = part.from() + 2;
      boolean named = value < part.to() && tokens.isSymbol(part.from() + 1, "=>");
      String model = named ? plainString(new TokenRange(value, part.to())) : null;
      if (named && model != null && tokens.isWord(part.from(), "MODEL")) {
        arguments.model(ModelText.parse(model));
      } else if (named && source.query() != null && tokens.isWord(part.from(), "DATA")) {
        arguments.data("DATA");
      } else {
        return null;
      }
    }
    return arguments.call();
  }

  /** Returns the text of a string between quotes that stands alone; null for anything else. */
  private @Nullable String plainString(TokenRange part) {
    if (part.to() != part.from() + 1 || !tokens.isKind(part.from(), Token.Kind.STRING)) {
      return null;
    }
    String text = tokens.text(part.from());
    return text.startsWith("'") && text.endsWith("'") && text.length() > 1
        ? text.substring(1, text.length() - 1).replace("''", "'")
        : null;
  }

  private TableFunction function() {
    List<String> names = Arrays.stream(TableFunction.values()).map(TableFunction::text).toList();
    for (TableFunction function : TableFunction.values()) {
      String plain = function.text().replace("ML.", "");
      boolean named =
          call.qualifier().equals("ML")
              ? plain.equals(call.function()) && function != TableFunction.TRAIN
              : plain.equals(call.function());
      if (named) {
        return function;
      }
    }
    if (LATER.contains(call.name())) {
      throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, call.name());
    }
    MlException error =
        SyntaxErrors.at(
            tokens.sql(),
            tokens.get(call.from()).start(),
            "function " + call.name() + " does not exist");
    throw NearestName.of(call.name(), names)
        .map(name -> error.withHint("Did you mean " + name + "?"))
        .orElse(error);
  }

  /** Columns depend on the model, so it must be known when the statement is prepared. */
  private void checkModel(TokenRange part) {
    int value = part.from() + 2;
    if (tokens.isWord(part.from(), "MODEL")
        && tokens.isSymbol(part.from() + 1, "=>")
        && value < part.to()
        && !(tokens.isKind(value, Token.Kind.STRING) && value + 1 == part.to())) {
      throw notLiteral(new TokenRange(value, part.to()));
    }
    if (tokens.isWord(part.from(), "MODEL")
        && tokens.isKind(part.from() + 1, Token.Kind.PARAMETER)) {
      throw notLiteral(new TokenRange(part.from() + 1, part.to()));
    }
  }

  private MlException notLiteral(TokenRange range) {
    return MlException.of(ErrorCode.MODEL_NOT_LITERAL, call.name(), text(range))
        .withHint("Write the name as a string, for example 'churn' or 'churn@2'.");
  }

  private String text(TokenRange range) {
    TextRange text = TemplateReader.textRange(tokens, range);
    return tokens.sql().substring(text.start(), text.end());
  }

  /** Returns the tokens of the input if the argument is one. */
  private @Nullable TokenRange data(TokenRange part) {
    if (tokens.isWord(part.from(), "DATA") && tokens.isSymbol(part.from() + 1, "=>")) {
      TokenRange value = new TokenRange(part.from() + 2, part.to());
      if (value.isEmpty()) {
        throw SyntaxErrors.found(tokens, part.to(), "TABLE or a query in parentheses");
      }
      return value;
    }
    if (tokens.isSymbol(part.from() + 1, "=>")
        && (tokens.isWord(part.from() + 2, "TABLE") || tokens.isSymbol(part.from() + 2, "("))) {
      String name = tokens.text(part.from());
      throw MlException.of(
              ErrorCode.ARGUMENT,
              call.name(),
              "there is no argument " + SyntaxErrors.quoted(name) + " that takes rows")
          .withHint("Write DATA => TABLE name, or DATA => (SELECT …).");
    }
    boolean positional = tokens.isWord(part.from(), "TABLE") || tokens.isSymbol(part.from(), "(");
    return positional ? part : null;
  }

  /** The standard's {@code TABLE t PARTITION BY a ORDER BY b}: rows are independent here. */
  private void checkPartition(TokenRange data) {
    if (!tokens.isWord(data.from(), "TABLE")) {
      return;
    }
    for (int i = data.from() + 2; i < data.to(); i++) {
      if (tokens.isWord(i, "PARTITION") || tokens.isWord(i, "ORDER")) {
        String clause = tokens.text(i).toUpperCase(Locale.ROOT) + " BY in " + call.name();
        throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, clause)
            .withHint("Write DATA => (SELECT … ORDER BY …) if the order of the rows matters.");
      }
    }
  }

  private PredictionCall scalar() {
    List<TokenRange> parts = tokens.separated(call.open() + 1, call.close());
    boolean probability = call.function().equals("PREDICTION_PROBABILITY");
    int literals = probability ? 2 : 1;
    if (parts.size() < literals || parts.stream().anyMatch(TokenRange::isEmpty)) {
      throw SyntaxErrors.found(
          tokens,
          parts.stream()
              .filter(TokenRange::isEmpty)
              .mapToInt(TokenRange::to)
              .findFirst()
              .orElse(call.close()),
          parts.isEmpty() ? "the name of a model" : "an argument of " + call.name());
    }
    TokenRange first = parts.get(0);
    checkModel(first);
    if (!tokens.isWord(first.from(), "MODEL")
        && !(tokens.isKind(first.from(), Token.Kind.STRING) && first.from() + 1 == first.to())) {
      throw notLiteral(first);
    }
    String name = plainString(first);
    ModelText model = name == null ? GrammarReader.model(tokens, first) : ModelText.parse(name);
    List<ScalarCall.Argument> arguments = new ArrayList<>();
    for (TokenRange part : parts.subList(literals, parts.size())) {
      arguments.add(
          new ScalarCall.Argument(templates.read(part, CallFinder.Start.VALUE), column(part)));
    }
    return new ScalarCall(
        probability, model, probability ? classText(parts.get(1)) : null, arguments, range());
  }

  private @Nullable String column(TokenRange part) {
    int size = part.to() - part.from();
    for (int i = part.from(); i < part.to(); i++) {
      boolean name = (i - part.from()) % 2 == 0;
      if (name ? !tokens.isName(i) : !tokens.isSymbol(i, ".")) {
        return null;
      }
    }
    if (size % 2 == 0 || size == 1 && tokens.isOneOf(part.from(), NO_COLUMNS)) {
      return null;
    }
    return tokens.text(part.to() - 1);
  }

  private String classText(TokenRange part) {
    int from = part.from();
    String text = text(part);
    if (part.to() == from + 1) {
      if (tokens.isKind(from, Token.Kind.STRING)) {
        String plain = plainString(part);
        return plain == null ? GrammarReader.string(tokens, part) : plain;
      }
      if (tokens.isKind(from, Token.Kind.NUMBER)) {
        return text;
      }
      if (tokens.isWord(from, "TRUE") || tokens.isWord(from, "FALSE")) {
        return text.toUpperCase(Locale.ROOT);
      }
    } else if (part.to() == from + 2
        && tokens.isSymbol(from, "-")
        && tokens.isKind(from + 1, Token.Kind.NUMBER)) {
      return "-" + tokens.text(from + 1);
    }
    throw MlException.of(
            ErrorCode.ARGUMENT,
            call.name(),
            "the class must be a literal, but " + SyntaxErrors.quoted(text) + " was given")
        .withHint("Write PREDICTION_PROBABILITY('model', 'class', column, …).");
  }
}
