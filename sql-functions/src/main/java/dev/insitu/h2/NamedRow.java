package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelVersion;
import dev.insitu.operation.FunctionKind;
import dev.insitu.store.StoredFunction;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.h2.util.JSR310Utils;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * A function of a model in one session: predicts row by row, and sees that a later version still
 * answers the type that the function has. Confined to the thread of the session.
 */
public final class NamedRow {
  private final StoredFunction function;
  private final FunctionKind kind;
  private final RowPredictor predictor;
  private @Nullable ModelVersion seen;

  NamedRow(StoredFunction function, FunctionKind kind, RowPredictor predictor) {
    this.function = function;
    this.kind = kind;
    this.predictor = predictor;
  }

  /** Predicts a number. */
  public @Nullable Double number(Value... inputs) {
    Double number = predictor.number(inputs);
    check();
    return number;
  }

  /** Predicts a text. */
  public @Nullable String text(Value... inputs) {
    return value(inputs).getString();
  }

  /** Predicts a whole number. */
  public @Nullable Integer whole(Value... inputs) {
    Value value = value(inputs);
    return value == ValueNull.INSTANCE ? null : (Integer) value.getInt();
  }

  /** Predicts a whole number of eight bytes. */
  public @Nullable Long bigWhole(Value... inputs) {
    Value value = value(inputs);
    return value == ValueNull.INSTANCE ? null : (Long) value.getLong();
  }

  /** Predicts an exact number. */
  public @Nullable BigDecimal decimal(Value... inputs) {
    return value(inputs).getBigDecimal();
  }

  /** Predicts a truth value. */
  public @Nullable Boolean truth(Value... inputs) {
    Value value = value(inputs);
    return value == ValueNull.INSTANCE ? null : (Boolean) value.getBoolean();
  }

  /** Predicts a day. */
  public @Nullable LocalDate day(Value... inputs) {
    Value value = value(inputs);
    return value == ValueNull.INSTANCE ? null : JSR310Utils.valueToLocalDate(value, null);
  }

  /** Predicts a moment. */
  public @Nullable LocalDateTime moment(Value... inputs) {
    Value value = value(inputs);
    return value == ValueNull.INSTANCE ? null : JSR310Utils.valueToLocalDateTime(value, null);
  }

  private Value value(Value... inputs) {
    Value value = predictor.value(inputs);
    check();
    return value;
  }

  /** Predicts several numbers. */
  public Double @Nullable [] vector(Value... inputs) {
    Double[] vector = predictor.vector(inputs);
    check();
    return vector;
  }

  private void check() {
    ModelVersion version = predictor.answered();
    if (version != seen) {
      if (function.classText().isEmpty() && FunctionKind.of(version) != kind) {
        throw MlException.of(
                ErrorCode.WRONG_TASK,
                "function \"" + function + "\"",
                "a model that answers " + kind.sqlType(),
                version.name(),
                "in version "
                    + version.number()
                    + " one that answers "
                    + FunctionKind.of(version).sqlType())
            .withHint("DROP_FUNCTION and CREATE_FUNCTION give the function the new type.");
      }
      seen = version;
    }
  }
}
