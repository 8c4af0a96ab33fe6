package dev.insitu.imported;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.model.Attachment;
import dev.insitu.onnx.foreign.Dimension;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.onnx.foreign.GraphPort;
import dev.insitu.score.text.TextTokenizer;
import dev.insitu.score.text.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts that enter a graph as tokens.
 *
 * @param columns the text, or the two of a pair
 * @param inputs what each input of the graph gets that wants tokens
 * @param tokenizer the tokenizer's file
 * @param maxLength how many tokens a row has at most
 * @param fixedLength how many the graph always wants, or 0
 */
record TextPlan(
    List<String> columns,
    Map<String, Tokens.Part> inputs,
    Attachment tokenizer,
    int maxLength,
    int fixedLength) {
  private static final Map<Tokens.Part, String> USUAL_NAMES =
      Map.of(
          Tokens.Part.IDS, "input_ids",
          Tokens.Part.MASK, "attention_mask",
          Tokens.Part.TYPES, "token_type_ids");

  /** Made-up texts of different lengths. */
  static final List<String> SAMPLES = List.of("", "a", "and a longer one, with 2 parts.");

  /** How to say that an input wants tokens. */
  static final String HINT =
      "If it reads the tokens of a text: OPTIONS (text_columns = ARRAY['…'], tokenizer ="
          + " 'tokenizer.json').";

  /**
   * Plans.
   *
   * @throws MlException TOKENIZER, ARGUMENT, GRAPH_NOT_USABLE, NATIVE_LIBRARY
   */
  static Optional<TextPlan> of(ForeignModel model, ImportOptions options, ImportSource source) {
    List<String> columns = options.textColumns();
    if (columns.isEmpty()) {
      for (ImportOption option :
          List.of(ImportOption.TOKENIZER, ImportOption.MAX_LENGTH, ImportOption.TOKEN_INPUTS)) {
        if (options.has(option)) {
          throw MlException.of(ErrorCode.ARGUMENT, option.word(), "no column of texts is named")
              .withHint("Name it: OPTIONS (text_columns = ARRAY['…']).");
        }
      }
      return Optional.empty();
    }
    ImportSource.Tokenizer file =
        source
            .tokenizer()
            .orElseThrow(
                () ->
                    MlException.of(
                            ErrorCode.ARGUMENT, "text_columns", "the model's tokenizer is missing")
                        .withHint(
                            "Give it: OPTIONS (tokenizer = 'tokenizer.json'), or as a second column"
                                + " of the query."));
    Map<String, Tokens.Part> inputs = inputs(model, options);
    int fixed = fixedLength(model, inputs);
    int wanted = options.maxLength();
    if (fixed > 0 && (wanted == 0 || wanted > fixed)) {
      wanted = fixed;
    }
    int maxLength;
    try (TextTokenizer tokenizer = TextTokenizer.open(file.name(), file.bytes(), wanted)) {
      maxLength = tokenizer.maxLength();
    }
    return Optional.of(
        new TextPlan(
            columns,
            inputs,
            Attachment.of(TextTokenizer.ATTACHMENT, file.bytes()),
            maxLength,
            fixed));
  }

  private static Map<String, Tokens.Part> inputs(ForeignModel model, ImportOptions options) {
    Map<String, String> named = options.tokenInputs();
    List<String> words = USUAL_NAMES.values().stream().sorted().toList();
    List<String> ports = model.inputs().stream().map(GraphPort::name).toList();
    named.forEach(
        (word, input) -> {
          if (!words.contains(word)) {
            throw unknown("there is no \"" + word + "\"", word, words);
          }
          if (!ports.contains(input)) {
            throw unknown("the model has no input \"" + input + "\"", input, ports);
          }
        });
    Map<String, Tokens.Part> inputs = new LinkedHashMap<>();
    for (Tokens.Part part : Tokens.Part.values()) {
      String word = USUAL_NAMES.getOrDefault(part, "");
      String input = named.getOrDefault(word, word);
      if (ports.contains(input)) {
        inputs.put(input, part);
      }
    }
    if (!inputs.containsValue(Tokens.Part.IDS)) {
      throw MlException.of(
              ErrorCode.ARGUMENT, "text_columns", "the model has no input \"input_ids\"")
          .withHint(
              "Say which input gets the tokens: OPTIONS (token_inputs = MAP['input_ids', '…']). Its"
                  + " inputs are "
                  + String.join(", ", ports)
                  + ".");
    }
    return inputs;
  }

  private static MlException unknown(String reason, String word, List<String> known) {
    MlException error = MlException.of(ErrorCode.ARGUMENT, "token_inputs", reason);
    return NearestName.of(word, known)
        .map(nearest -> error.withHint("Did you mean \"" + nearest + "\"?"))
        .orElse(error.withHint("There are " + String.join(", ", known) + "."));
  }

  private static int fixedLength(ForeignModel model, Map<String, Tokens.Part> inputs) {
    List<Integer> lengths = new ArrayList<>();
    for (GraphPort port : model.inputs()) {
      if (!inputs.containsKey(port.name())) {
        continue;
      }
      List<Dimension> shape = port.shape().orElse(List.of());
      if (!port.isTensor()
          || port.element() == Element.STRING
          || (port.shape().isPresent() && shape.size() != 2)) {
        throw InputPlan.unusable(
            "input \"" + port.name() + "\", " + port.type() + ", cannot take tokens");
      }
      if (!shape.isEmpty() && !shape.get(1).isOpen()) {
        lengths.add(Math.toIntExact(shape.get(1).size()));
      }
    }
    if (lengths.stream().distinct().count() > 1 || lengths.contains(0)) {
      throw InputPlan.unusable("its inputs take different numbers of tokens: " + lengths);
    }
    return lengths.isEmpty() ? 0 : lengths.get(0);
  }
}
