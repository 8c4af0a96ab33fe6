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
  /**
   * The column whose text enters as tokens, or the two of a pair: {@code ARRAY['sentence']}.
   *
   * <p>The inputs {@code input_ids}, {@code attention_mask} and {@code token_type_ids} of the
   * graph, as far as it has them, get the tokens; a run is filled up to its longest row.
   */
  TEXT_COLUMNS,
  /**
   * The {@code tokenizer.json} that makes the tokens: a file of the machine that connects, relative
   * to where the process runs or else to the model's file. With {@code FROM (query)} it may be the
   * second column instead.
   */
  TOKENIZER,
  /**
   * How many tokens a row has at most, special ones included; what is more is cut off. By default
   * what the tokenizer says, else 512.
   */
  MAX_LENGTH,
  /** Inputs of other names: {@code MAP['input_ids', 'tokens', 'attention_mask', 'mask']}. */
  TOKEN_INPUTS,
  /**
   * What makes one vector a row of a vector a token: {@code 'mean'} and {@code 'max'} over the
   * tokens that are no padding, {@code 'cls'} the first one's, {@code 'none'}.
   */
  POOLING,
  /** Whether each vector that is answered is divided by its Euclidean length. */
  NORMALIZE,
  /**
   * The columns of pictures (BLOB or VARBINARY with PNG, JPEG, GIF or BMP files, of up to 50
   * million pixels), one for each input of four dimensions: {@code ARRAY['photo']}.
   */
  IMAGE_COLUMNS,
  /**
   * What is done to a picture: {@code MAP['resize', ARRAY[224, 224], 'mean', ARRAY[0.485, 0.456,
   * 0.406], 'std', ARRAY[0.229, 0.224, 0.225]]}; see {@link ImageOptions}.
   */
  IMAGE,
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
  MAX_RUN_SECONDS,
  /** How much memory one run may take. */
  MAX_MEMORY_BYTES;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ImportOption::word).toList();
  }
}
