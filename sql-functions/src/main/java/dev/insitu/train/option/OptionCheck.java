package dev.insitu.train.option;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import dev.insitu.train.option.TrainingOption.Kind;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Checks the value of an option against its kind. */
final class OptionCheck {
  private static final String EXPECTED_WEIGHTS =
      "a map of positive weights by class, or a list of structs of a class and its weight";

  private OptionCheck() {}

  static void check(TrainingOption option, OptionValue value) {
    Kind kind = option.kind();
    if (kind instanceof Kind.Whole whole) {
      checkWhole(option, whole, value);
    } else if (kind instanceof Kind.Real real) {
      checkReal(option, real, value);
    } else if (kind instanceof Kind.Word word) {
      checkWord(option, word, value);
    } else if (kind instanceof Kind.Names) {
      checkName(option, value);
    } else if (kind instanceof Kind.Weights) {
      weights(option, value);
    } else if (kind instanceof Kind.Text) {
      if (!(value instanceof OptionValue.Text)) {
        throw wrong(option, "a text", value);
      }
    } else if (!(value instanceof OptionValue.Truth flag)) {
      throw wrong(option, "TRUE or FALSE", value);
    } else if (kind instanceof Kind.OnlyFalse && flag.value()) {
      throw MlException.of(ErrorCode.NOT_YET_SUPPORTED, "option " + option.word() + " = TRUE");
    }
  }

  private static void checkWhole(TrainingOption option, Kind.Whole kind, OptionValue value) {
    String expected =
        kind.min() == Long.MIN_VALUE
            ? "a whole number"
            : "a whole number from " + kind.min() + " to " + kind.max();
    if (!(value instanceof OptionValue.Numeric number)
        || number.value().stripTrailingZeros().scale() > 0
        || number.value().compareTo(BigDecimal.valueOf(kind.min())) < 0
        || number.value().compareTo(BigDecimal.valueOf(kind.max())) > 0) {
      throw wrong(option, expected, value);
    }
  }

  private static void checkReal(TrainingOption option, Kind.Real kind, OptionValue value) {
    String expected =
        (kind.open() ? "a number above " : "a number from ")
            + plain(kind.min())
            + (kind.max() == Double.MAX_VALUE
                ? (kind.open() ? "" : " up")
                : (kind.open() ? " up to " : " to ") + plain(kind.max()));
    if (!(value instanceof OptionValue.Numeric number)) {
      throw wrong(option, expected, value);
    }
    double real = number.value().doubleValue();
    if (real < kind.min() || real > kind.max() || (kind.open() && real <= kind.min())) {
      throw wrong(option, expected, value);
    }
  }

  private static void checkWord(TrainingOption option, Kind.Word kind, OptionValue value) {
    String expected = "one of " + String.join(", ", kind.allowed());
    if (!(value instanceof OptionValue.Text text)) {
      throw wrong(option, expected, value);
    }
    String word = text.value().toLowerCase(Locale.ROOT);
    if (kind.later().contains(word)) {
      throw MlException.of(
              ErrorCode.NOT_YET_SUPPORTED, "option " + option.word() + " = '" + word + "'")
          .withHint("Use " + expected + ".");
    }
    if (!kind.allowed().contains(word)) {
      throw wrong(option, expected, value);
    }
  }

  private static void checkName(TrainingOption option, OptionValue value) {
    boolean one =
        value instanceof OptionValue.Text
            || (value instanceof OptionValue.Items items
                && items.values().size() == 1
                && items.values().get(0) instanceof OptionValue.Text);
    if (!one) {
      throw wrong(option, "the name of one column", value);
    }
  }

  /** Returns weights by class from a map or a list of structs. */
  static Map<String, Double> weights(TrainingOption option, OptionValue value) {
    Map<String, Double> weights = new LinkedHashMap<>();
    if (value instanceof OptionValue.Struct map) {
      for (OptionValue.Field field : map.fields()) {
        if (field.name() == null) {
          throw wrong(option, EXPECTED_WEIGHTS, value);
        }
        weights.put(field.name(), weight(option, value, field.value()));
      }
    } else if (value instanceof OptionValue.Items items) {
      for (OptionValue item : items.values()) {
        if (!(item instanceof OptionValue.Struct struct) || struct.fields().size() != 2) {
          throw wrong(option, EXPECTED_WEIGHTS, value);
        }
        boolean swapped = "weight".equalsIgnoreCase(struct.fields().get(0).name());
        OptionValue label = struct.fields().get(swapped ? 1 : 0).value();
        weights.put(
            label instanceof OptionValue.Text text ? text.value() : label.toSql(),
            weight(option, value, struct.fields().get(swapped ? 0 : 1).value()));
      }
    } else {
      throw wrong(option, EXPECTED_WEIGHTS, value);
    }
    return weights;
  }

  private static double weight(TrainingOption option, OptionValue all, OptionValue weight) {
    if (weight instanceof OptionValue.Numeric number && number.value().signum() > 0) {
      return number.value().doubleValue();
    }
    throw wrong(option, EXPECTED_WEIGHTS, all);
  }

  private static MlException wrong(TrainingOption option, String expected, OptionValue value) {
    return MlException.of(ErrorCode.OPTION_VALUE, option.word(), expected, value.toSql());
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
