package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OutputColumn;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.Task;
import dev.insitu.operation.ScalarPrediction;
import java.math.BigDecimal;
import java.util.List;
import org.h2.command.Prepared;
import org.h2.value.Value;
import org.h2.value.ValueJson;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * What a function of plain H2 predicts with one model, row by row: the default version as it is at
 * the first row of a statement, and so to the statement's end. The next statement asks the store
 * again whether its tables have changed.
 *
 * <p>Inputs come by position, or as one value of type JSON by name; NULL in its place is a row
 * without a prediction. Confined to the thread of the session.
 */
public final class RowPredictor {
  /** What is wanted of the model. */
  public enum Kind {
    /** What {@code PREDICTION} returns, as text or in the type of the label. */
    TEXT("PREDICTION"),
    /** What {@code PREDICTION} returns, as a number. */
    NUMBER("PREDICTION_NUMBER"),
    /** The probability of a class. */
    PROBABILITY("PREDICTION_PROBABILITY"),
    /** The numbers of a model that answers with several. */
    VECTOR("PREDICTION_VECTOR");

    private final String function;

    Kind(String function) {
      this.function = function;
    }

    /** Returns the function, as messages name it. */
    public String function() {
      return function;
    }
  }

  private final PlainSession session;
  private final Kind kind;
  private final String model;
  private final @Nullable String classText;
  private final ModelReference reference;
  private final StatementMark mark;
  private @Nullable Bound bound;
  private @Nullable Prepared probe;

  RowPredictor(PlainSession session, Kind kind, String model, @Nullable String classText) {
    this.session = session;
    this.kind = kind;
    this.model = model;
    this.classText = classText;
    this.reference = session.resolve(ModelText.parse(model));
    this.mark = new StatementMark(session.local());
  }

  /** A version of the model, ready to answer. */
  private static final class Bound {
    private final ScalarPrediction scalar;
    private final RowScores scores;
    private final JsonInputs json;
    private final int inputs;

    /** The answer as H2's value; null until it is wanted. */
    private @Nullable PredictedValues values;

    /** The classes as numbers. */
    private final double @Nullable [] numbers;

    Bound(PlainSession session, ScalarPrediction scalar, Kind kind, Runnable cancelled) {
      this.scalar = scalar;
      this.inputs = scalar.version().model().signature().inputs().size();
      this.scores =
          new RowScores(session.local(), scalar.prediction(), scalar.output(), 0, cancelled);
      this.json = new JsonInputs(session.local(), scalar);
      this.numbers = kind == Kind.NUMBER ? classNumbers(scalar) : null;
    }
  }

  /** Returns whether this is what a call wants. */
  boolean isFor(Kind wanted, @Nullable String wantedModel, @Nullable String wantedClass) {
    return kind == wanted
        && model.equals(wantedModel)
        && (classText == null ? wantedClass == null : classText.equals(wantedClass));
  }

  /**
   * Returns a number: what a regression predicts, a class that is a number, the number of a
   * cluster, or the probability of the class; null for a row without a prediction.
   *
   * @throws MlException MODEL_NOT_FOUND, ARGUMENT_COUNT, COLUMN_TYPE, COLUMN_MISSING, WRONG_TASK,
   *     CLASS_NOT_FOUND
   */
  public @Nullable Double number(Value... inputs) {
    Bound current = current();
    Value @Nullable [] row = row(current, inputs);
    if (row == null) {
      return null;
    }
    double[] numbers = current.numbers;
    return numbers == null
        ? current.scores.number(row)
        : numbers[current.scalar.prediction().predictedClass(current.scores.score(row), 0)];
  }

  /** Returns what is predicted as the database casts it to text; null for a row without it. */
  public @Nullable String text(Value... inputs) {
    return value(inputs).getString();
  }

  /** Returns what is predicted in its own type; NULL for a row without a prediction. */
  public Value value(Value... inputs) {
    Bound current = current();
    Value @Nullable [] row = row(current, inputs);
    if (row == null) {
      return ValueNull.INSTANCE;
    }
    PredictedValues values = current.values;
    if (values == null) {
      values =
          new PredictedValues(
              session.local(), current.scalar.prediction(), List.of(current.scalar.output()));
      current.values = values;
    }
    return values.value(0, current.scores.score(row), 0);
  }

  /** Returns the numbers that are predicted; null for a row without a prediction. */
  public Double @Nullable [] vector(Value... inputs) {
    Bound current = current();
    Value @Nullable [] row = row(current, inputs);
    return row == null ? null : current.scores.vector(row);
  }

  /** Returns the version that predicts in this statement. */
  ModelVersion version() {
    return current().scalar.version();
  }

  /** Looks for the version again at the next row, though it may be of the same statement. */
  void lookAgain() {
    mark.forget();
  }

  /** Returns the version that gave the last answer. */
  ModelVersion answered() {
    Bound known = bound;
    return known == null ? version() : known.scalar.version();
  }

  private static Value @Nullable [] row(Bound bound, Value... inputs) {
    if (inputs.length == 1) {
      Value only = inputs[0];
      if (only instanceof ValueJson json) {
        return bound.json.row(json);
      } else if (only == ValueNull.INSTANCE && bound.inputs != 1) {
        return null; // a JSON value that is NULL has no type
      }
    }
    if (inputs.length != bound.inputs) {
      bound.scalar.requireInputs(inputs.length);
    }
    return inputs;
  }

  private Bound current() {
    Bound known = bound;
    return mark.isSame(session.changes()) && known != null ? known : begin(known);
  }

  private Bound begin(@Nullable Bound known) {
    boolean done = false;
    try {
      ModelVersion version = session.models().catalog().find(reference);
      Bound current = known;
      if (current != null && current.scalar.version() == version) {
        current.scores.begin();
        current.json.begin();
      } else {
        current = new Bound(session, scalar(version), kind, this::checkCancelled);
        bound = current;
      }
      done = true;
      return current;
    } finally {
      if (!done) {
        mark.forget();
      }
    }
  }

  private ScalarPrediction scalar(ModelVersion version) {
    String wanted = classText;
    if (kind == Kind.PROBABILITY && wanted != null) {
      return session.models().probability(version, wanted);
    } else if (kind == Kind.PROBABILITY) {
      throw MlException.of(ErrorCode.ARGUMENT, kind.function, "the class is NULL");
    }
    ScalarPrediction scalar = session.models().prediction(version);
    boolean isVector = scalar.output().kind() == OutputColumn.Kind.VECTOR;
    if (kind == Kind.VECTOR && !isVector) {
      throw wrong(version, "an array of numbers");
    } else if (kind == Kind.NUMBER && (isVector || isText(scalar))) {
      throw wrong(version, "a number");
    }
    return scalar;
  }

  private static boolean isText(ScalarPrediction scalar) {
    return switch (scalar.output().kind()) {
      case TEXT -> true;
      case PREDICTED_CLASS ->
          switch (scalar.output().column().type().form()) {
            case NUMBER, BOOLEAN -> false;
            default -> true;
          };
      default -> false;
    };
  }

  private MlException wrong(ModelVersion version, String needed) {
    OutputColumn output = session.models().prediction(version).output();
    return MlException.of(
            ErrorCode.WRONG_TASK,
            kind.function,
            "a model that predicts " + needed,
            version.name(),
            "one that predicts " + output.column().sqlType())
        .withHint("PREDICTION returns it as text.");
  }

  private static double @Nullable [] classNumbers(ScalarPrediction scalar) {
    if (scalar.output().kind() != OutputColumn.Kind.PREDICTED_CLASS
        || !(scalar.version().model().task() instanceof Task.Classification task)) {
      return null;
    }
    return task.classes().stream().mapToDouble(RowPredictor::number).toArray();
  }

  private static double number(String classText) {
    return switch (classText) {
      case "TRUE" -> 1;
      case "FALSE" -> 0;
      default -> new BigDecimal(classText).doubleValue();
    };
  }

  /** H2 tells those alone who have the command that it was cancelled: a statement of its own. */
  private void checkCancelled() {
    Prepared known = probe;
    if (known == null) {
      known = session.local().prepare("VALUES 1");
      probe = known;
    }
    known.checkCanceled();
  }
}
