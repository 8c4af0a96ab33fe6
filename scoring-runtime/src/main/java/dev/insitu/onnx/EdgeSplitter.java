package dev.insitu.onnx;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.onnx.EdgeSplit.CodeInput;
import dev.insitu.onnx.EdgeSplit.NumberInput;
import dev.insitu.onnx.EdgeSplit.WordInput;
import dev.insitu.onnx.NumericGraph.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks back from the scores to the inputs, and stops at the operators that make numbers of text.
 * Confined to one thread, used once.
 */
final class EdgeSplitter {
  private static final Set<String> SHAPE_ONLY =
      Set.of("Identity", "Reshape", "Squeeze", "Flatten", "Unsqueeze");

  private final byte[] stored;
  private final GraphFile file;
  private final String output;
  private final Map<String, Operator> producers = new HashMap<>();
  private final List<GraphValue> inputs = new ArrayList<>();
  private final Set<String> lowerCased = new HashSet<>();

  private final Set<String> needed = new HashSet<>();
  private final Set<String> numericInputs = new HashSet<>();
  private final List<CodeInput> codes = new ArrayList<>();
  private final List<WordInput> words = new ArrayList<>();

  EdgeSplitter(byte[] stored, GraphFile file, String output) {
    this.stored = stored;
    this.file = file;
    this.output = output;
    for (Operator operator : file.operators()) {
      for (String value : operator.outputs()) {
        producers.put(value, operator);
      }
    }
    for (GraphFile.Value value : file.inputs()) {
      inputs.add(value.typed());
    }
    String lower = file.metadata().get(GraphBuilder.LOWER_CASE);
    if (lower != null) {
      lowerCased.addAll(lower.lines().toList());
    }
  }

  EdgeSplit split() {
    GraphValue scores = scores();
    walk();
    List<NumberInput> numbers = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      GraphValue input = inputs.get(i);
      if (numericInputs.contains(input.name())) {
        if (input.type() != ElementType.DOUBLE) {
          throw refusal("input \"" + input.name() + "\" is " + input.type() + ", not DOUBLE");
        }
        numbers.add(new NumberInput(i, input.name()));
      }
    }
    BitSet kept = new BitSet();
    List<Operator> operators = new ArrayList<>();
    for (int i = 0; i < file.operators().size(); i++) {
      Operator operator = file.operators().get(i);
      if (!Collections.disjoint(operator.outputs(), needed) && !isEdge(operator)) {
        kept.set(i);
        operators.add(operator);
      }
    }
    NumericGraph numeric =
        new NumericGraph(operators, file.tensors(), List.of(output), file.operatorSets());
    return new EdgeSplit(
        inputs,
        numbers,
        codes,
        words,
        scores,
        numeric,
        new NumericFile(stored, kept, needed),
        new InputUse(file).unused(output));
  }

  private GraphValue scores() {
    for (GraphFile.Value value : file.outputs()) {
      if (value.name().equals(output)) {
        return value.typed();
      }
    }
    throw refusal("it has no output \"" + output + "\"");
  }

  /** Collects the values that the scores need. */
  private void walk() {
    Deque<String> open = new ArrayDeque<>(List.of(output));
    while (!open.isEmpty()) {
      String value = open.pop();
      if (value.isEmpty() || !needed.add(value)) {
        continue;
      }
      Operator node = producers.get(value);
      if (node == null) {
        if (positionOf(value) >= 0) {
          numericInputs.add(value);
        }
      } else if (!addEdge(node)) {
        node.inputs().forEach(open::push);
      }
    }
  }

  /** Takes a node that makes numbers of text, or leaves any other. */
  private boolean addEdge(Operator node) {
    if (!isEdge(node)) {
      return false;
    }
    if (node.type().equals("LabelEncoder")) {
      codes.add(codeInput(node));
    } else {
      words.add(wordInput(node));
    }
    return true;
  }

  private boolean isEdge(Operator node) {
    return (node.type().equals("LabelEncoder") && node.has("keys_strings"))
        || node.type().equals("TfIdfVectorizer");
  }

  private CodeInput codeInput(Operator node) {
    List<String> keys = node.texts("keys_strings");
    List<Long> values = Arrays.stream(node.longs("values_int64s")).boxed().toList();
    if (keys.size() != values.size()) {
      throw refusal("LabelEncoder \"" + node.name() + "\" does not lead from text to int64");
    }
    TextCodes dictionary = new TextCodes(keys, values, node.number("default_int64", -1));
    return new CodeInput(textInput(node, false), node.outputs().get(0), dictionary);
  }

  private WordInput wordInput(Operator node) {
    Operator split = producers.get(node.inputs().get(0));
    List<String> pool = node.texts("pool_strings");
    List<Long> indexes = Arrays.stream(node.longs("ngram_indexes")).boxed().toList();
    if (split == null
        || !split.type().equals("StringSplit")
        || split.has("maxsplit")
        || !node.text("mode", "").equals("TF")
        || node.number("min_gram_length", 0) != 1
        || node.number("max_gram_length", 0) != 1
        || node.has("weights")
        || pool.size() != indexes.size()) {
      throw refusal(
          "TfIdfVectorizer \"" + node.name() + "\" does not count single words of StringSplit");
    }
    int input = textInput(split, true);
    int width = Math.toIntExact(indexes.stream().mapToLong(i -> i + 1).max().orElse(0));
    WordCounts counts =
        new WordCounts(
            split.text("delimiter", ""),
            lowerCased.contains(inputs.get(input).name()),
            pool,
            indexes,
            width);
    return new WordInput(input, node.outputs().get(0), counts);
  }

  /** Returns the position of the text input that feeds a node. */
  private int textInput(Operator node, boolean reshaped) {
    String value = node.inputs().get(0);
    @Nullable Operator producer = producers.get(value);
    while (producer != null
        && (reshaped ? SHAPE_ONLY : Set.of("Identity")).contains(producer.type())) {
      value = producer.inputs().get(0);
      producer = producers.get(value);
    }
    int position = positionOf(value);
    if (position < 0 || inputs.get(position).type() != ElementType.STRING) {
      throw refusal(node.type() + " \"" + node.name() + "\" does not read a text input directly");
    }
    return position;
  }

  private int positionOf(String name) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static MlException refusal(String reason) {
    return MlException.of(ErrorCode.ENGINE, "take the graph apart", reason);
  }
}
