package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.Database;
import dev.insitu.function.OptionValue;
import dev.insitu.function.OutputColumn;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference;
import dev.insitu.model.ModelText;
import dev.insitu.model.ModelVersion;
import java.util.Map;
import java.util.Optional;

/**
 * The one value that a function or a kept column has of a model.
 *
 * @param name the model
 * @param selector the version or alias that was named, or the default version
 * @param classText the class whose probability it is; empty: the prediction
 * @param version the version as it is now
 * @param output type and kind of the value
 */
record ModelOutput(
    ModelName name,
    ModelReference.Selector selector,
    Optional<String> classText,
    ModelVersion version,
    OutputColumn output) {
  /**
   * Finds a model and what it answers.
   *
   * @throws MlException MODEL_NOT_FOUND, VERSION_NOT_FOUND, ALIAS_NOT_FOUND, CLASS_NOT_FOUND,
   *     WRONG_TASK
   */
  static ModelOutput of(
      Models models, Database database, ModelText text, Optional<String> classText) {
    ModelReference reference = text.resolve(database::fold);
    ModelVersion version = models.catalog().find(reference);
    ScalarPrediction prediction =
        classText.isPresent()
            ? models.probability(version, classText.get())
            : models.prediction(version);
    return new ModelOutput(
        version.name(), reference.selector(), classText, version, prediction.output());
  }

  /** Reads the option {@code class}. */
  static Optional<String> classOption(Map<String, OptionValue> options) {
    OptionValue value = options.get("class");
    if (value == null) {
      return Optional.empty();
    } else if (value instanceof OptionValue.Text text) {
      return Optional.of(text.value());
    } else if (value instanceof OptionValue.Numeric || value instanceof OptionValue.Truth) {
      return Optional.of(value.toSql());
    }
    throw MlException.of(ErrorCode.OPTION_VALUE, "class", "a class of the model", value.toSql());
  }

  /** Returns the model as a call names it, whatever the caller's schema: {@code "P"."M"@3}. */
  String text() {
    return text(name, selector);
  }

  /** Returns a model as a call names it, whatever the caller's schema. */
  static String text(ModelName name, ModelReference.Selector selector) {
    return quoted(name)
        + (selector instanceof ModelReference.Selector.Alias alias
            ? "@" + SqlName.quoted(alias.name())
            : selected(selector));
  }

  private static String selected(ModelReference.Selector selector) {
    return selector instanceof ModelReference.Selector.Version version
        ? "@" + version.number()
        : selector instanceof ModelReference.Selector.Alias alias ? "@" + alias.name() : "";
  }

  /** Returns a model's name in quotes. */
  static String quoted(ModelName name) {
    return SqlName.quoted(name.schema()) + "." + SqlName.quoted(name.name());
  }

  /** Returns the model for messages. */
  String described() {
    return name + selected(selector) + classText.map(c -> ", the probability of " + c).orElse("");
  }
}
