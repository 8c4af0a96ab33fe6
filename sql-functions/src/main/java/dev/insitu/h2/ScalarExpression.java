package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.verify.Scorers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.schema.FunctionAlias;
import org.h2.schema.Schema;
import org.h2.util.HasSQL;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * A prediction of one row as an SQL expression of one statement.
 *
 * <p>Its text calls a function that exists in memory only, under a name of its own, and only while
 * the statement is being prepared or runs: from making this object or {@link #beginExecution} to
 * {@link #endExecution}. The compiled statement holds the function itself. Confined to the thread
 * of the caller's session.
 */
public final class ScalarExpression implements AutoCloseable {
  private static final AtomicLong IDS = new AtomicLong();
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?:(?:\"[^\"]+\"|[\\p{L}_][\\w$]*)\\s*\\.\\s*)*(\"[^\"]+\"|[\\p{L}_][\\p{L}\\w$]*)");

  private static final Pattern LITERAL =
      Pattern.compile("(?i)[-+]?[0-9.]+(?:E[-+]?[0-9]+)?|'(?:[^']|'')*'|NULL|TRUE|FALSE");

  /** Words that look like columns and are none. */
  private static final Pattern WORD =
      Pattern.compile(
          "(?i)NULL|TRUE|FALSE|UNKNOWN|DEFAULT|ROWNUM|VALUE|CURRENT_\\w+|LOCALTIME\\w*|\\w*USER|SYS\\w+|TODAY|_ROWID_");

  private final long id;

  /** How often statements of the session have been cancelled. */
  private final IntSupplier cancels;

  private volatile int cancelsBefore;
  private final SessionLocal session;
  private final Prediction prediction;
  private final OutputColumn output;
  private final List<ColumnSpec> inputs;
  private final FunctionAlias alias;
  private final String sqlText;
  private final List<Argument> arguments;
  private final Consumer<ScalarExpression> whenClosed;
  private final FeatureValues values;
  private final FeatureBatch features;
  private final int[] knownTypes;
  private @Nullable PredictionBatch scores;
  private Value @Nullable [] last;
  private boolean visible;

  private ScalarExpression(
      SessionLocal session,
      Prediction prediction,
      OutputColumn output,
      List<String> argumentSql,
      IntSupplier cancels,
      Consumer<ScalarExpression> whenClosed) {
    this.cancels = cancels;
    this.id = IDS.incrementAndGet();
    this.session = session;
    this.prediction = prediction;
    this.output = output;
    this.inputs = prediction.version().model().signature().inputs();
    this.whenClosed = whenClosed;
    this.values = new FeatureValues(session);
    this.features = new FeatureBatch(prediction.version().model().signature(), 1);
    this.knownTypes = new int[inputs.size()];
    Arrays.fill(knownTypes, Value.UNKNOWN);
    Schema schema = session.getDatabase().getMainSchema();
    this.alias =
        FunctionAlias.newInstance(
            schema,
            0,
            H2Errors.GENERATED
                + (output.kind() == OutputColumn.Kind.CLASS_PROBABILITY
                    ? "PREDICTION_PROBABILITY_"
                    : "PREDICTION_")
                + id,
            ScalarFunctions.class.getName() + "." + method(output.kind()),
            false);
    this.sqlText = text(argumentSql);
    this.arguments = argumentSql.stream().map(sql -> argument(session, sql.strip())).toList();
    // Of literals alone H2 computes it while it prepares, when nothing can be cancelled.
    boolean mayTakeLong = prediction.version().model().modelType().equals(Scorers.IMPORTED);
    boolean early = argumentSql.stream().allMatch(ScalarExpression::isLiteral);
    alias.setDeterministic(!(mayTakeLong && early));
  }

  /**
   * What the text of an argument tells.
   *
   * @param isConstant whether it is a literal or a parameter
   * @param column the name if it is nothing but a column, else null
   */
  record Argument(boolean isConstant, @Nullable String column) {}

  private static boolean isLiteral(String sql) {
    return LITERAL.matcher(sql.strip()).matches();
  }

  private static Argument argument(SessionLocal session, String sql) {
    if (sql.equals("?") || isLiteral(sql)) {
      return new Argument(true, null);
    }
    Matcher column = COLUMN.matcher(sql);
    if (!column.matches() || WORD.matcher(sql).matches()) {
      return new Argument(false, null);
    }
    return new Argument(false, H2Session.fold(session, column.group(1)));
  }

  List<Argument> arguments() {
    return arguments;
  }

  /** Returns whether an object of the database is the function that this expression calls. */
  boolean isCalledBy(DbObject object) {
    return object == alias;
  }

  /**
   * Checks the type of an argument.
   *
   * @throws MlException COLUMN_TYPE
   */
  void checkType(int argument, TypeInfo type) {
    int input = prediction.bindings().indexOf(argument);
    if (input >= 0) {
      check(input, type);
    }
  }

  static ScalarExpression of(
      SessionLocal session,
      Prediction prediction,
      OutputColumn output,
      List<String> argumentSql,
      IntSupplier cancels,
      Consumer<ScalarExpression> whenClosed) {
    ScalarExpression expression =
        new ScalarExpression(session, prediction, output, argumentSql, cancels, whenClosed);
    ScalarFunctions.add(expression.id, expression);
    expression.show();
    return expression;
  }

  /** Returns the expression's text, which may stand wherever a value may. */
  public String sqlText() {
    return sqlText;
  }

  /** Says that a statement with this expression is about to be executed. */
  public void beginExecution() {
    cancelsBefore = cancels.getAsInt();
    show();
  }

  /** Says that the statement has been prepared, or that its result is closed. */
  public void endExecution() {
    if (visible) {
      visible = false;
      alias.getSchema().remove(alias);
    }
  }

  @Override
  public void close() {
    endExecution();
    ScalarFunctions.remove(id);
    whenClosed.accept(this);
  }

  /** Predicts a number for the row of arguments, the first of which is the id. */
  double number(Value... arguments) {
    return prediction.number(output, score(arguments), 0);
  }

  /**
   * Predicts a class, a text or a whole number for the row of arguments, the first of which is the
   * id.
   */
  @Nullable String text(Value... arguments) {
    PredictionBatch answer = score(arguments);
    return switch (output.kind()) {
      case TEXT -> answer.texts(output.index())[0];
      case INTEGER -> Long.toString(answer.integers(output.index())[0]);
      default -> prediction.classText(prediction.predictedClass(answer, 0));
    };
  }

  /** Predicts several numbers for the row of arguments, the first of which is the id. */
  Double[] vector(Value... arguments) {
    PredictionBatch answer = score(arguments);
    return IntStream.range(0, output.width())
        .mapToObj(i -> answer.score(0, output.index() + i))
        .toArray(Double[]::new);
  }

  private static String method(OutputColumn.Kind kind) {
    return switch (kind) {
      case PREDICTED_CLASS, TEXT, INTEGER -> "text";
      case VECTOR -> "vector";
      default -> "number";
    };
  }

  private void show() {
    if (!visible) {
      alias.getSchema().add(alias);
      visible = true;
    }
  }

  private String text(List<String> arguments) {
    StringBuilder call = new StringBuilder(alias.getSQL(HasSQL.DEFAULT_SQL_FLAGS));
    call.append('(').append(id);
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i).strip();
      int input = prediction.bindings().indexOf(i);
      call.append(", ");
      if (argument.equals("?") && input >= 0) {
        call.append("CAST(? AS ").append(inputs.get(input).sqlType()).append(')');
      } else {
        call.append(argument);
      }
    }
    call.append(')');
    boolean isDouble = output.column().type() == ColumnType.DOUBLE;
    return isDouble ? call.toString() : "CAST(" + call + " AS " + output.column().sqlType() + ")";
  }

  private PredictionBatch score(Value... arguments) {
    PredictionBatch known = scores;
    if (known != null && Arrays.equals(arguments, last)) {
      return known;
    }
    try {
      for (int i = 0; i < inputs.size(); i++) {
        Value argument = arguments[prediction.bindings().get(i) + 1];
        check(i, argument);
        values.put(features, i, 0, argument);
      }
      features.setRows(1);
      Scorer scorer = prediction.scorer().get();
      PredictionBatch target = new PredictionBatch(1, scorer.width());
      StatementStop stop = new StatementStop(this::checkCancelled);
      try {
        scorer.score(features, target, stop);
      } catch (CancellationException e) {
        throw stop.reason(e);
      }
      scores = target;
      last = arguments;
      return target;
    } catch (RuntimeException e) {
      throw H2Errors.inside(e);
    }
  }

  /** H2 tells those alone who have the command that it was cancelled, the session of timeouts. */
  private void checkCancelled() {
    session.checkCanceled();
    if (cancels.getAsInt() != cancelsBefore) {
      throw DbException.get(org.h2.api.ErrorCode.STATEMENT_WAS_CANCELED);
    }
  }

  private void check(int input, Value argument) {
    int type = argument.getValueType();
    if (argument == ValueNull.INSTANCE || type == knownTypes[input]) {
      return;
    }
    check(input, argument.getType());
    knownTypes[input] = type;
  }

  private void check(int input, TypeInfo type) {
    ColumnSpec expected = inputs.get(input);
    ColumnType given = H2Types.columnType(type);
    if (!expected.type().accepts(given)) {
      throw MlException.of(
          ErrorCode.COLUMN_TYPE,
          expected.name(),
          prediction.version().name(),
          expected.sqlType(),
          type.getSQL(HasSQL.DEFAULT_SQL_FLAGS));
    }
  }
}
