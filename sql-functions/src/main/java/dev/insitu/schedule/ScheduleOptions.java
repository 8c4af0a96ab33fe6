package dev.insitu.schedule;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a schedule says: how often, under which condition, and with which options.
 *
 * @param every how often
 * @param when the condition, a query of one truth value; empty: always
 * @param training the options of the training
 */
record ScheduleOptions(Interval every, Optional<String> when, Map<String, OptionValue> training) {
  static final String EVERY = "every";
  static final String WHEN = "when";

  /**
   * Reads options.
   *
   * @throws MlException SCHEDULE
   */
  static ScheduleOptions of(ModelName model, Map<String, OptionValue> options) {
    Map<String, OptionValue> training = new LinkedHashMap<>(options);
    OptionValue every = training.remove(EVERY);
    OptionValue when = training.remove(WHEN);
    if (!(every instanceof OptionValue.Text text)) {
      throw MlException.of(ErrorCode.SCHEDULE, model, "\"every\" says how often, and is missing")
          .withHint("Write {\"every\": \"1 day\"}.");
    }
    Interval interval =
        Interval.parse(text.value())
            .orElseThrow(
                () ->
                    MlException.of(
                            ErrorCode.SCHEDULE,
                            model,
                            "\"every\" is '" + text.value() + "', which says no time")
                        .withHint(
                            "Write a number and second, minute, hour, day or week: \"15 minutes\"."));
    if (when != null && !(when instanceof OptionValue.Text)) {
      throw MlException.of(
          ErrorCode.SCHEDULE, model, "\"when\" is " + when.toSql() + ", but a query was expected");
    }
    return new ScheduleOptions(
        interval,
        Optional.ofNullable(when).map(value -> ((OptionValue.Text) value).value()),
        training);
  }

  /** Returns the options of a version with those that the schedule has of its own. */
  Map<String, OptionValue> over(Optional<ModelVersion> version) {
    Map<String, OptionValue> all = new LinkedHashMap<>();
    if (version.isPresent()) {
      version
          .get()
          .model()
          .options()
          .forEach((name, text) -> OptionText.parse(text).ifPresent(value -> all.put(name, value)));
    }
    all.putAll(training);
    return all;
  }
}
