package dev.insitu.imported;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.score.binding.NullRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a NULL becomes in each column. Unless the option {@code missing} says otherwise: NaN where
 * the graph was seen to answer a number for it, else an error.
 */
final class NullRules {
  private static final String EXPECTED =
      "'error', 'nan', 'empty', or a map of columns to these words or to a value";

  private NullRules() {}

  static List<NullRule> of(
      List<ColumnSpec> columns, boolean[] takesNaN, Optional<OptionValue> missing) {
    List<NullRule> rules = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      rules.add(takesNaN[i] ? NullRule.NAN : NullRule.REFUSED);
    }
    if (missing.isEmpty()) {
      return rules;
    }
    OptionValue value = missing.get();
    if (value instanceof OptionValue.Struct map) {
      for (OptionValue.Field field : map.fields()) {
        int column = column(columns, field, value);
        rules.set(column, rule(columns.get(column), field.value(), value));
      }
    } else if (value instanceof OptionValue.Text word) {
      for (int i = 0; i < columns.size(); i++) {
        boolean text = columns.get(i).type().form() == ColumnType.Form.TEXT;
        switch (word.value().toLowerCase(Locale.ROOT)) {
          case "error" -> rules.set(i, NullRule.REFUSED);
          case "nan" -> rules.set(i, text ? NullRule.REFUSED : NullRule.NAN);
          case "empty" -> rules.set(i, text ? NullRule.text("") : rules.get(i));
          default -> throw ImportOptions.wrong(ImportOption.MISSING, EXPECTED, value);
        }
      }
    } else {
      throw ImportOptions.wrong(ImportOption.MISSING, EXPECTED, value);
    }
    return rules;
  }

  private static int column(List<ColumnSpec> columns, OptionValue.Field field, OptionValue whole) {
    String name = field.name();
    if (name == null) {
      throw ImportOptions.wrong(ImportOption.MISSING, EXPECTED, whole);
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    MlException error =
        MlException.of(
            ErrorCode.ARGUMENT, "missing", "the model has no input column \"" + name + "\"");
    throw NearestName.of(name, columns.stream().map(ColumnSpec::name).toList())
        .map(nearest -> error.withHint("Did you mean \"" + nearest + "\"?"))
        .orElse(error);
  }

  private static NullRule rule(ColumnSpec column, OptionValue value, OptionValue whole) {
    boolean text = column.type().form() == ColumnType.Form.TEXT;
    if (text && value instanceof OptionValue.Text given) {
      return switch (given.value()) {
        case "error" -> NullRule.REFUSED;
        case "empty" -> NullRule.text("");
        default -> NullRule.text(given.value());
      };
    }
    if (!text && value instanceof OptionValue.Numeric number) {
      return NullRule.number(number.value().doubleValue());
    }
    if (!text && value instanceof OptionValue.Truth truth) {
      return NullRule.number(truth.value() ? 1 : 0);
    }
    if (!text && value instanceof OptionValue.Text word) {
      if (word.value().equalsIgnoreCase("nan")) {
        return NullRule.NAN;
      } else if (word.value().equalsIgnoreCase("error")) {
        return NullRule.REFUSED;
      }
    }
    throw ImportOptions.wrong(ImportOption.MISSING, EXPECTED, whole);
  }
}
