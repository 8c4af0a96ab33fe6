package dev.insitu.imported;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The options of {@code CREATE MODEL … FROM}. */
enum ImportOption {
  /** {@code 'onnx'}: what it is anyway. */
  MODEL_TYPE,
  /**
   * Which columns feed an input: {@code MAP['float_input', ARRAY['a', 'b']]}, or the list alone.
   */
  INPUT_COLUMNS,
  /** Which outputs are wanted: {@code ARRAY['logits']}; all by default. */
  OUTPUTS,
  /** The classes in the graph's order: {@code ARRAY['ok', 'fraud']}. */
  LABELS,
  /** What the label is called: {@code predicted_<label_col>}. */
  LABEL_COL,
  /** {@code 'classification'}, {@code 'regression'} or {@code 'inference'}. */
  TASK,
  /** What makes probabilities: {@code 'none'}, {@code 'softmax'}, {@code 'sigmoid'}. */
  ACTIVATION,
  /**
   * What a NULL becomes: {@code 'error'}, {@code 'nan'}, {@code 'empty'}, {@code MAP['age', 0]}.
   */
  MISSING,
  /** Whether a vector becomes a column an element. */
  FLATTEN,
  /** Threads inside an operator. */
  THREADS,
  /** How large the file may be. */
  MAX_BYTES,
  /** How long one run of up to 1,024 rows may take. */
  MAX_RUN_SECONDS;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ImportOption::word).toList();
  }
}
