package dev.insitu.imported;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.function.OptionValue;
import dev.insitu.score.binding.OutputBinding;
import dev.insitu.score.text.TextTokenizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of an import, checked. Immutable. */
final class ImportOptions {
  private static final int MOST_THREADS = 64;
  private static final long DEFAULT_RUN_SECONDS = 300;
  private static final long DEFAULT_RUN_BYTES = 2L << 30;

  /** Tokenizers misbehave if there is no room for their special tokens. */
  private static final int FEWEST_TOKENS = 8;

  private final Map<ImportOption, OptionValue> given = new EnumMap<>(ImportOption.class);
  private final Map<String, String> written = new LinkedHashMap<>();

  private ImportOptions() {}

  /**
   * Reads options.
   *
   * @param options by name in lower case, in the order written
   * @throws MlException OPTION_NOT_FOUND, OPTION_VALUE
   */
  static ImportOptions of(Map<String, OptionValue> options) {
    ImportOptions result = new ImportOptions();
    options.forEach(
        (name, value) -> {
          String word = name.strip().toLowerCase(Locale.ROOT);
          if (!ImportOption.words().contains(word)) {
            MlException error =
                MlException.of(ErrorCode.OPTION_NOT_FOUND, name, " for an imported model");
            throw NearestName.of(word, ImportOption.words())
                .map(nearest -> error.withHint("Did you mean \"" + nearest + "\"?"))
                .orElse(
                    error.withHint("It takes " + String.join(", ", ImportOption.words()) + "."));
          }
          result.given.put(ImportOption.valueOf(word.toUpperCase(Locale.ROOT)), value);
          result.written.put(word, value.toSql());
        });
    result.word(ImportOption.MODEL_TYPE, List.of("onnx"));
    return result;
  }

  /** Returns the options as written, in order. */
  Map<String, String> written() {
    return written;
  }

  boolean has(ImportOption option) {
    return given.containsKey(option);
  }

  /**
   * Returns the columns of each input that the user names; under the empty name those of the only
   * input.
   */
  Map<String, List<String>> inputColumns() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    OptionValue value = given.get(ImportOption.INPUT_COLUMNS);
    if (value instanceof OptionValue.Struct map) {
      for (OptionValue.Field field : map.fields()) {
        if (field.name() == null) {
          throw wrongColumns(value);
        }
        columns.put(field.name(), names(field.value(), value));
      }
    } else if (value != null) {
      columns.put("", names(value, value));
    }
    return columns;
  }

  private static List<String> names(OptionValue value, OptionValue whole) {
    if (value instanceof OptionValue.Text one) {
      return List.of(one.value());
    }
    if (!(value instanceof OptionValue.Items items) || items.values().isEmpty()) {
      throw wrongColumns(whole);
    }
    List<String> names = new ArrayList<>();
    for (OptionValue item : items.values()) {
      if (!(item instanceof OptionValue.Text text)) {
        throw wrongColumns(whole);
      }
      names.add(text.value());
    }
    return names;
  }

  private static MlException wrongColumns(OptionValue value) {
    return wrong(
        ImportOption.INPUT_COLUMNS,
        "a list of column names, or a map of inputs to such lists",
        value);
  }

  /** Returns the text that enters as tokens, or the two of a pair; empty if there is none. */
  List<String> textColumns() {
    List<String> columns = texts(ImportOption.TEXT_COLUMNS, "one column of texts, or two");
    if (columns.size() > 2 || columns.stream().distinct().count() != columns.size()) {
      throw wrong(
          ImportOption.TEXT_COLUMNS,
          "one column of texts, or two",
          given.get(ImportOption.TEXT_COLUMNS));
    }
    return columns;
  }

  /** Returns the graph's names of inputs by the usual ones. */
  Map<String, String> tokenInputs() {
    OptionValue value = given.get(ImportOption.TOKEN_INPUTS);
    Map<String, String> names = new LinkedHashMap<>();
    if (value == null) {
      return names;
    }
    if (value instanceof OptionValue.Struct map) {
      for (OptionValue.Field field : map.fields()) {
        if (field.name() != null && field.value() instanceof OptionValue.Text text) {
          names.put(field.name().toLowerCase(Locale.ROOT), text.value());
        }
      }
      if (names.size() == map.fields().size()) {
        return names;
      }
    }
    throw wrong(
        ImportOption.TOKEN_INPUTS,
        "a map of 'input_ids', 'attention_mask', 'token_type_ids' to the model's inputs",
        value);
  }

  /** Returns how many tokens a row has at most, or 0 if the tokenizer says. */
  int maxLength() {
    return (int) whole(ImportOption.MAX_LENGTH, FEWEST_TOKENS, TextTokenizer.MAX_LENGTH, 0);
  }

  OutputBinding.Pooling pooling() {
    return word(ImportOption.POOLING, List.of("none", "mean", "cls", "max"))
        .map(word -> OutputBinding.Pooling.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(OutputBinding.Pooling.NONE);
  }

  boolean normalize() {
    return truth(ImportOption.NORMALIZE);
  }

  /** Returns the columns of pictures; empty if there are none. */
  List<String> imageColumns() {
    return texts(ImportOption.IMAGE_COLUMNS, "a list of columns of pictures");
  }

  ImageOptions image() {
    return new ImageOptions(given.get(ImportOption.IMAGE));
  }

  /** Returns the wanted outputs; empty means all. */
  List<String> outputs() {
    return texts(ImportOption.OUTPUTS, "a list of names of outputs");
  }

  private List<String> texts(ImportOption option, String expected) {
    OptionValue value = given.get(option);
    if (value == null) {
      return List.of();
    }
    if (value instanceof OptionValue.Text text) {
      return List.of(text.value());
    }
    if (!(value instanceof OptionValue.Items items)
        || items.values().isEmpty()
        || !items.values().stream().allMatch(OptionValue.Text.class::isInstance)) {
      throw wrong(option, expected, value);
    }
    return items.values().stream()
        .map(OptionValue.Text.class::cast)
        .map(OptionValue.Text::value)
        .toList();
  }

  /** Returns the labels in the graph's order: all texts, all whole numbers or all truth values. */
  Optional<List<OptionValue>> labels() {
    OptionValue value = given.get(ImportOption.LABELS);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof OptionValue.Items items && items.values().size() > 1) {
      List<OptionValue> labels = items.values();
      boolean texts = labels.stream().allMatch(OptionValue.Text.class::isInstance);
      boolean truths = labels.stream().allMatch(OptionValue.Truth.class::isInstance);
      boolean whole =
          labels.stream()
              .allMatch(
                  label ->
                      label instanceof OptionValue.Numeric number
                          && number.value().stripTrailingZeros().scale() <= 0);
      if (texts || truths || whole) {
        return Optional.of(labels);
      }
    }
    throw wrong(
        ImportOption.LABELS,
        "a list of at least two texts, whole numbers or truth values, one a class",
        value);
  }

  Optional<String> labelColumn() {
    OptionValue value = given.get(ImportOption.LABEL_COL);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof OptionValue.Text text && !text.value().isBlank()) {
      return Optional.of(text.value());
    }
    throw wrong(ImportOption.LABEL_COL, "a name", value);
  }

  Optional<String> task() {
    return word(ImportOption.TASK, List.of("classification", "regression", "inference"));
  }

  Optional<String> activation() {
    return word(ImportOption.ACTIVATION, List.of("none", "softmax", "sigmoid"));
  }

  Optional<OptionValue> missing() {
    return Optional.ofNullable(given.get(ImportOption.MISSING));
  }

  boolean flatten() {
    return truth(ImportOption.FLATTEN);
  }

  private boolean truth(ImportOption option) {
    OptionValue value = given.get(option);
    if (value == null) {
      return false;
    }
    if (value instanceof OptionValue.Truth truth) {
      return truth.value();
    }
    throw wrong(option, "TRUE or FALSE", value);
  }

  int threads() {
    return (int) whole(ImportOption.THREADS, 1, MOST_THREADS, 1);
  }

  long maxBytes(long otherwise) {
    return whole(ImportOption.MAX_BYTES, 1, Integer.MAX_VALUE - 8, otherwise);
  }

  long runMillis() {
    return 1000 * whole(ImportOption.MAX_RUN_SECONDS, 1, 86_400, DEFAULT_RUN_SECONDS);
  }

  long runBytes() {
    return whole(ImportOption.MAX_MEMORY_BYTES, 1, 1L << 50, DEFAULT_RUN_BYTES);
  }

  private long whole(ImportOption option, long min, long max, long otherwise) {
    OptionValue value = given.get(option);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof OptionValue.Numeric number
        && number.value().stripTrailingZeros().scale() <= 0
        && number.value().doubleValue() >= min
        && number.value().doubleValue() <= max) {
      return number.value().longValue();
    }
    throw wrong(option, "a whole number from " + min + " to " + max, value);
  }

  private Optional<String> word(ImportOption option, List<String> allowed) {
    OptionValue value = given.get(option);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof OptionValue.Text text
        && allowed.contains(text.value().toLowerCase(Locale.ROOT))) {
      return Optional.of(text.value().toLowerCase(Locale.ROOT));
    }
    throw wrong(option, "one of '" + String.join("', '", allowed) + "'", value);
  }

  static MlException wrong(ImportOption option, String expected, @Nullable OptionValue value) {
    return MlException.of(
        ErrorCode.OPTION_VALUE, option.word(), expected, value == null ? "NULL" : value.toSql());
  }
}
