package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.onnx.EdgeSplit.CodeInput;
import dev.insitu.onnx.EdgeSplit.NumberInput;
import dev.insitu.onnx.EdgeSplit.WordInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

  private final ModelProto model;
  private final String output;
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final List<GraphValue> inputs = new ArrayList<>();
  private final Set<String> lowerCased = new HashSet<>();

  private final Set<String> needed = new HashSet<>();
  private final Set<String> numericInputs = new HashSet<>();
  private final List<CodeInput> codes = new ArrayList<>();
  private final List<WordInput> words = new ArrayList<>();

  EdgeSplitter(ModelProto model, String output) {
    this.model = model;
    this.output = output;
    for (NodeProto node : model.getGraph().getNodeList()) {
      node.getOutputList().forEach(value -> producers.put(value, node));
    }
    model.getGraph().getInputList().forEach(value -> inputs.add(Protobuf.value(value)));
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      if (entry.getKey().equals(GraphBuilder.LOWER_CASE)) {
        lowerCased.addAll(entry.getValue().lines().toList());
      }
    }
  }

  EdgeSplit split() {
    ValueInfoProto scores =
        model.getGraph().getOutputList().stream()
            .filter(value -> value.getName().equals(output))
            .findFirst()
            .orElseThrow(() -> refusal("it has no output \"" + output + "\""));
    walk();
    GraphProto.Builder graph = GraphProto.newBuilder().setName(model.getGraph().getName());
    List<NumberInput> numbers = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      GraphValue input = inputs.get(i);
      if (numericInputs.contains(input.name())) {
        if (input.type() != ElementType.DOUBLE) {
          throw refusal("input \"" + input.name() + "\" is " + input.type() + ", not DOUBLE");
        }
        graph.addInput(model.getGraph().getInput(i));
        numbers.add(new NumberInput(i, input.name()));
      }
    }
    codes.forEach(
        code -> graph.addInput(GraphBuilder.value(code.name(), ElementType.INT64, -1, 1)));
    words.forEach(
        word ->
            graph.addInput(
                GraphBuilder.value(word.name(), ElementType.FLOAT, -1, word.words().width())));
    model.getGraph().getNodeList().stream()
        .filter(node -> node.getOutputList().stream().anyMatch(needed::contains))
        .filter(node -> !isEdge(node))
        .forEach(graph::addNode);
    model.getGraph().getInitializerList().stream()
        .filter(tensor -> needed.contains(tensor.getName()))
        .forEach(graph::addInitializer);
    graph.addOutput(scores);
    byte[] bytes = GraphBuilder.canonicalBytes(model.toBuilder().setGraph(graph).build());
    return new EdgeSplit(inputs, numbers, codes, words, Protobuf.value(scores), bytes);
  }

  /** Collects the values that the scores need. */
  private void walk() {
    Deque<String> open = new ArrayDeque<>(List.of(output));
    while (!open.isEmpty()) {
      String value = open.pop();
      if (value.isEmpty() || !needed.add(value)) {
        continue;
      }
      NodeProto node = producers.get(value);
      if (node == null) {
        if (positionOf(value) >= 0) {
          numericInputs.add(value);
        }
      } else if (!addEdge(node)) {
        node.getInputList().forEach(open::push);
      }
    }
  }

  /** Takes a node that makes numbers of text, or leaves any other. */
  private boolean addEdge(NodeProto node) {
    if (!isEdge(node)) {
      return false;
    }
    if (node.getOpType().equals("LabelEncoder")) {
      codes.add(codeInput(node));
    } else {
      words.add(wordInput(node));
    }
    return true;
  }

  private boolean isEdge(NodeProto node) {
    return (node.getOpType().equals("LabelEncoder") && Protobuf.has(node, "keys_strings"))
        || node.getOpType().equals("TfIdfVectorizer");
  }

  private CodeInput codeInput(NodeProto node) {
    List<String> keys = Protobuf.texts(node, "keys_strings");
    List<Long> values = Protobuf.longs(node, "values_int64s");
    if (keys.size() != values.size()) {
      throw refusal("LabelEncoder \"" + node.getName() + "\" does not lead from text to int64");
    }
    TextCodes dictionary = new TextCodes(keys, values, Protobuf.number(node, "default_int64", -1));
    return new CodeInput(textInput(node, false), node.getOutput(0), dictionary);
  }

  private WordInput wordInput(NodeProto node) {
    NodeProto split = producers.get(node.getInput(0));
    List<String> pool = Protobuf.texts(node, "pool_strings");
    List<Long> indexes = Protobuf.longs(node, "ngram_indexes");
    if (split == null
        || !split.getOpType().equals("StringSplit")
        || Protobuf.has(split, "maxsplit")
        || !Protobuf.text(node, "mode", "").equals("TF")
        || Protobuf.number(node, "min_gram_length", 0) != 1
        || Protobuf.number(node, "max_gram_length", 0) != 1
        || Protobuf.has(node, "weights")
        || pool.size() != indexes.size()) {
      throw refusal(
          "TfIdfVectorizer \"" + node.getName() + "\" does not count single words of StringSplit");
    }
    int input = textInput(split, true);
    int width = Math.toIntExact(indexes.stream().mapToLong(i -> i + 1).max().orElse(0));
    WordCounts counts =
        new WordCounts(
            Protobuf.text(split, "delimiter", ""),
            lowerCased.contains(inputs.get(input).name()),
            pool,
            indexes,
            width);
    return new WordInput(input, node.getOutput(0), counts);
  }

  /** Returns the position of the text input that feeds a node. */
  private int textInput(NodeProto node, boolean reshaped) {
    String value = node.getInput(0);
    @Nullable NodeProto producer = producers.get(value);
    while (producer != null
        && (reshaped ? SHAPE_ONLY : Set.of("Identity")).contains(producer.getOpType())) {
      value = producer.getInput(0);
      producer = producers.get(value);
    }
    int position = positionOf(value);
    if (position < 0 || inputs.get(position).type() != ElementType.STRING) {
      throw refusal(
          node.getOpType() + " \"" + node.getName() + "\" does not read a text input directly");
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
