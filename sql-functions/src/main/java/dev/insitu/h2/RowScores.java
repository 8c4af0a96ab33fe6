package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.Scorer;
import dev.insitu.score.kernel.KernelScorer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.h2.engine.SessionLocal;
import org.h2.util.HasSQL;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueDouble;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * What a bound model answers for one row of values after the other.
 *
 * <p>Nothing is made for a row. The very same values as before (an expression that stands in WHERE
 * and in ORDER BY) have the answer of before. Confined to the thread of the session.
 */
final class RowScores {
  private final Prediction prediction;
  private final OutputColumn output;
  private final List<ColumnSpec> inputs;
  private final Runnable cancelled;
  private final FeatureValues values;
  private final FeatureBatch features;

  /** Where the argument of each input stands. */
  private final int[] places;

  /** The columns of inputs that take a DOUBLE as it is. */
  private final double[] @Nullable [] doubles;

  private final int[] knownTypes;
  private @Nullable Scorer scorer;

  /** Whether a row takes so little time that every sixteenth may ask whether to stop. */
  private boolean quick;

  private int rows;
  private @Nullable PredictionBatch scores;
  private StatementStop stop;
  private Value @Nullable [] last;

  /**
   * Makes one.
   *
   * @param from where the first argument stands among the values of a row
   * @param cancelled throws H2's error if the statement has been cancelled or has timed out
   */
  RowScores(
      SessionLocal session,
      Prediction prediction,
      OutputColumn output,
      int from,
      Runnable cancelled) {
    this.prediction = prediction;
    this.output = output;
    this.inputs = prediction.version().model().signature().inputs();
    this.cancelled = cancelled;
    this.values = new FeatureValues(session);
    this.features = new FeatureBatch(prediction.version().model().signature(), 1);
    this.places = prediction.bindings().stream().mapToInt(place -> place + from).toArray();
    this.doubles = new double[inputs.size()][];
    this.knownTypes = new int[inputs.size()];
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).type().form() == ColumnType.Form.NUMBER) {
        doubles[i] = features.numbers(i);
      }
    }
    Arrays.fill(knownTypes, Value.UNKNOWN);
    this.stop = new StatementStop(cancelled);
  }

  /** Says that another statement asks from now on. */
  void begin() {
    last = null;
    scorer = null;
    stop = new StatementStop(cancelled);
  }

  /** Returns the number that is predicted for a row. */
  double number(Value... row) {
    return prediction.number(output, score(row), 0);
  }

  /** Returns the class, the text or the whole number that is predicted for a row. */
  @Nullable String text(Value... row) {
    PredictionBatch answer = score(row);
    return switch (output.kind()) {
      case TEXT -> answer.texts(output.index())[0];
      case INTEGER -> Long.toString(answer.integers(output.index())[0]);
      default -> prediction.classText(prediction.predictedClass(answer, 0));
    };
  }

  /** Returns the numbers that are predicted for a row. */
  Double[] vector(Value... row) {
    PredictionBatch answer = score(row);
    return IntStream.range(0, output.width())
        .mapToObj(i -> answer.score(0, output.index() + i))
        .toArray(Double[]::new);
  }

  /** Returns all scores of a row, good until the next one. */
  PredictionBatch score(Value... row) {
    PredictionBatch known = scores;
    if (known != null && last != null && isLast(row, last)) {
      return known;
    }
    for (int i = 0; i < places.length; i++) {
      Value value = row[places[i]];
      double[] numbers = doubles[i];
      if (numbers != null && value instanceof ValueDouble number) {
        numbers[0] = number.getDouble();
      } else {
        check(i, value);
        values.put(features, i, 0, value);
      }
    }
    features.setRows(1);
    Scorer open = scorer;
    if (open == null) {
      open = prediction.scorer().get();
      scorer = open;
      quick = open.engine().equals(KernelScorer.ENGINE);
    }
    if (known == null) {
      known = new PredictionBatch(1, open.width());
      scores = known;
    }
    last = null;
    try {
      open.score(features, known, quick && (++rows & 15) != 0 ? Cancellation.NEVER : stop);
    } catch (CancellationException e) {
      throw stop.reason(e);
    }
    last = row;
    return known;
  }

  private boolean isLast(Value[] row, Value[] before) {
    for (int place : places) {
      if (row[place] != before[place]) {
        return false;
      }
    }
    return true;
  }

  private void check(int input, Value value) {
    int type = value.getValueType();
    if (value == ValueNull.INSTANCE || type == knownTypes[input]) {
      return;
    }
    check(input, value.getType());
    knownTypes[input] = type;
  }

  /**
   * Checks the type of what feeds an input.
   *
   * @throws MlException COLUMN_TYPE
   */
  void check(int input, TypeInfo type) {
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
