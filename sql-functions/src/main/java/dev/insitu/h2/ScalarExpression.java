package dev.insitu.h2;

import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.score.verify.Scorers;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.schema.FunctionAlias;
import org.h2.schema.Schema;
import org.h2.util.HasSQL;
import org.h2.value.TypeInfo;
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
  private final RowScores scores;
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
    this.scores = new RowScores(session, prediction, output, 1, this::checkCancelled);
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
   * @throws dev.insitu.error.MlException COLUMN_TYPE
   */
  void checkType(int argument, TypeInfo type) {
    int input = prediction.bindings().indexOf(argument);
    if (input >= 0) {
      scores.check(input, type);
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
    scores.begin();
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

  /** Returns what answers a row of arguments, the first of which is the id. */
  RowScores scores() {
    return scores;
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

  /** H2 tells those alone who have the command that it was cancelled, the session of timeouts. */
  private void checkCancelled() {
    session.checkCanceled();
    if (cancels.getAsInt() != cancelsBefore) {
      throw DbException.get(org.h2.api.ErrorCode.STATEMENT_WAS_CANCELED);
    }
  }
}
