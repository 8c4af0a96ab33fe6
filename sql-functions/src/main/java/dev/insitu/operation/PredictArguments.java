package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.function.OptionValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads the named arguments of the table functions. */
final class PredictArguments {
  private static final List<String> PREDICT =
      List.of("probabilities", "threshold", "missing", "top_k");
  private static final List<String> EVALUATE = List.of("threshold");

  private PredictArguments() {}

  /**
   * Reads {@code probabilities => TRUE, threshold => 0.3, missing => 'impute', top_k => 3}.
   *
   * @throws MlException OPTION_NOT_FOUND, OPTION_VALUE
   */
  static PredictOptions predict(String function, Map<String, OptionValue> arguments) {
    known(function, arguments, PREDICT);
    boolean probabilities = false;
    OptionValue wanted = arguments.get("probabilities");
    if (wanted instanceof OptionValue.Truth truth) {
      probabilities = truth.value();
    } else if (wanted != null) {
      throw MlException.of(
          ErrorCode.OPTION_VALUE, "probabilities", "TRUE or FALSE", wanted.toSql());
    }
    boolean impute = false;
    OptionValue missing = arguments.get("missing");
    if (missing instanceof OptionValue.Text text
        && List.of("impute", "error").contains(text.value().toLowerCase(Locale.ROOT))) {
      impute = text.value().equalsIgnoreCase("impute");
    } else if (missing != null) {
      throw MlException.of(
          ErrorCode.OPTION_VALUE, "missing", "'error' or 'impute'", missing.toSql());
    }
    return new PredictOptions(probabilities, threshold(arguments), impute, top(arguments));
  }

  private static int top(Map<String, OptionValue> arguments) {
    OptionValue value = arguments.get("top_k");
    if (value == null) {
      return 0;
    }
    if (value instanceof OptionValue.Numeric number
        && number.value().stripTrailingZeros().scale() <= 0
        && number.value().signum() > 0
        && number.value().doubleValue() <= Integer.MAX_VALUE) {
      return number.value().intValue();
    }
    throw MlException.of(ErrorCode.OPTION_VALUE, "top_k", "a whole number from 1", value.toSql());
  }

  /** Reads {@code STRUCT(0.55 AS threshold)} of the evaluating functions. */
  static OptionalDouble evaluate(String function, Map<String, OptionValue> arguments) {
    known(function, arguments, EVALUATE);
    return threshold(arguments);
  }

  /** Refuses any argument. */
  static void none(String function, Map<String, OptionValue> arguments) {
    known(function, arguments, List.of());
  }

  private static OptionalDouble threshold(Map<String, OptionValue> arguments) {
    OptionValue value = arguments.get("threshold");
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value instanceof OptionValue.Numeric number) {
      double threshold = number.value().doubleValue();
      if (threshold >= 0 && threshold <= 1) {
        return OptionalDouble.of(threshold);
      }
    }
    throw MlException.of(
        ErrorCode.OPTION_VALUE, "threshold", "a number from 0 to 1", value.toSql());
  }

  /**
   * Refuses an argument that the function does not have.
   *
   * @throws MlException OPTION_NOT_FOUND
   */
  static void known(String function, Map<String, OptionValue> arguments, List<String> names) {
    for (String name : arguments.keySet()) {
      if (!names.contains(name)) {
        MlException error = MlException.of(ErrorCode.OPTION_NOT_FOUND, name, " in " + function);
        throw NearestName.of(name, names)
            .map(near -> error.withHint("Did you mean " + near + "?"))
            .orElse(
                names.isEmpty()
                    ? error.withHint(function + " takes no options.")
                    : error.withHint(function + " takes " + String.join(", ", names) + "."));
      }
    }
  }
}
