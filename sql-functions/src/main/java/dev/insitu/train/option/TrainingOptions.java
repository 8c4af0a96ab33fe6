package dev.insitu.train.option;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.function.OptionValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The options of one training, checked: every option exists, applies to the model type and has a
 * value of its kind. Immutable.
 *
 * @param modelType the model type
 * @param given the options that were given, in the order of the catalogue
 * @param written the options as written, in order, names in lower case, values as SQL text
 */
public record TrainingOptions(
    ModelType modelType, Map<TrainingOption, OptionValue> given, Map<String, String> written) {
  /** Copies the maps. */
  public TrainingOptions {
    Map<TrainingOption, OptionValue> copy = new EnumMap<>(TrainingOption.class);
    copy.putAll(given);
    given = Collections.unmodifiableMap(copy);
    written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
  }

  /**
   * Checks options by name, ignoring case.
   *
   * @throws MlException OPTION_NOT_FOUND, OPTION_VALUE, OPTION_MISSING, OPTION_NOT_APPLICABLE,
   *     MODEL_TYPE_NOT_FOUND, NOT_YET_SUPPORTED
   */
  public static TrainingOptions of(Map<String, OptionValue> options) {
    ModelType modelType = modelType(options);
    Map<TrainingOption, OptionValue> given = new EnumMap<>(TrainingOption.class);
    Map<String, String> written = new LinkedHashMap<>();
    options.forEach(
        (name, value) -> {
          TrainingOption option = find(name, modelType);
          if (given.put(option, value) != null) {
            throw MlException.of(ErrorCode.OPTION_VALUE, option.word(), "given once", "it twice");
          }
          written.put(name.strip().toLowerCase(Locale.ROOT), value.toSql());
        });
    given.forEach(
        (option, value) -> {
          if (!option.appliesTo(modelType)) {
            throw MlException.of(
                    ErrorCode.OPTION_NOT_APPLICABLE,
                    option.word(),
                    "model type \"" + modelType.word() + "\"")
                .withHint(
                    "It takes " + String.join(", ", TrainingOption.namesFor(modelType)) + ".");
          }
          OptionCheck.check(option, value);
        });
    return new TrainingOptions(modelType, given, written);
  }

  private static ModelType modelType(Map<String, OptionValue> options) {
    for (Map.Entry<String, OptionValue> entry : options.entrySet()) {
      if (entry.getKey().strip().equalsIgnoreCase(TrainingOption.MODEL_TYPE.word())) {
        if (!(entry.getValue() instanceof OptionValue.Text word)) {
          throw MlException.of(
              ErrorCode.OPTION_VALUE,
              TrainingOption.MODEL_TYPE.word(),
              "a text",
              entry.getValue().toSql());
        }
        return ModelType.parse(word.value());
      }
    }
    for (String name : options.keySet()) {
      find(name, ModelType.LINEAR_REG); // a misspelt model_type is better named than missing
    }
    throw MlException.of(ErrorCode.OPTION_MISSING, TrainingOption.MODEL_TYPE.word())
        .withHint("Add for example model_type = 'logistic_reg' to the options.");
  }

  private static TrainingOption find(String name, ModelType modelType) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    if (wanted.equals("num_trees") && modelType.family() == ModelType.Family.FOREST) {
      return TrainingOption.NUM_PARALLEL_TREE;
    }
    List<String> names = new ArrayList<>();
    for (TrainingOption option : TrainingOption.values()) {
      if (option.word().equals(wanted) || option.synonyms().contains(wanted)) {
        return option;
      }
      names.add(option.word());
      names.addAll(option.synonyms());
    }
    MlException error = MlException.of(ErrorCode.OPTION_NOT_FOUND, name, "");
    throw NearestName.of(wanted, names)
        .map(nearest -> error.withHint("Did you mean \"" + nearest + "\"?"))
        .orElse(error);
  }

  /** Returns whether the statement gave an option. */
  public boolean has(TrainingOption option) {
    return given.containsKey(option);
  }

  /** Returns a number, the catalogue's default if it was not given. */
  public double real(TrainingOption option) {
    return number(option).doubleValue();
  }

  /** Returns a number, or {@code fallback} if it was not given. */
  public double real(TrainingOption option, double fallback) {
    return has(option) ? real(option) : fallback;
  }

  /** Returns a whole number, the catalogue's default if it was not given. */
  public long whole(TrainingOption option) {
    return number(option).longValueExact();
  }

  /** Returns a whole number, or {@code fallback} if it was not given. */
  public long whole(TrainingOption option, long fallback) {
    return has(option) ? whole(option) : fallback;
  }

  /** Returns a boolean, the catalogue's default if it was not given. */
  public boolean flag(TrainingOption option) {
    return given.get(option) instanceof OptionValue.Truth flag
        ? flag.value()
        : Boolean.parseBoolean(fallback(option));
  }

  /** Returns a word in lower case, the catalogue's default if it was not given. */
  public String word(TrainingOption option) {
    return given.get(option) instanceof OptionValue.Text text
        ? text.value().toLowerCase(Locale.ROOT)
        : fallback(option);
  }

  /** Returns the name of a column, if it was given. */
  public Optional<String> column(TrainingOption option) {
    OptionValue value = given.get(option);
    if (value instanceof OptionValue.Items items) {
      value = items.values().get(0);
    }
    return value instanceof OptionValue.Text text ? Optional.of(text.value()) : Optional.empty();
  }

  /** Returns the weights by class that were given, in order; empty without any. */
  public Map<String, Double> classWeights() {
    OptionValue value = given.get(TrainingOption.CLASS_WEIGHTS);
    return value == null ? Map.of() : OptionCheck.weights(TrainingOption.CLASS_WEIGHTS, value);
  }

  private BigDecimal number(TrainingOption option) {
    return given.get(option) instanceof OptionValue.Numeric number
        ? number.value()
        : new BigDecimal(fallback(option));
  }

  private static String fallback(TrainingOption option) {
    String fallback = option.fallback();
    if (fallback == null) {
      throw new IllegalArgumentException(option + " has no default of its own");
    }
    return fallback;
  }
}
