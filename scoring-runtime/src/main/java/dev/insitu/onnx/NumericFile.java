package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.insitu.onnx.EdgeSplit.CodeInput;
import dev.insitu.onnx.EdgeSplit.NumberInput;
import dev.insitu.onnx.EdgeSplit.WordInput;
import java.util.BitSet;
import java.util.Set;

/** Writes the numeric graph of an {@link EdgeSplit} as a file, for engines that read files. */
final class NumericFile {
  private final byte[] stored;
  private final BitSet nodes;
  private final Set<String> values;

  /**
   * Of a stored graph.
   *
   * @param nodes the positions of the nodes that stay
   * @param values the values that the scores need
   */
  NumericFile(byte[] stored, BitSet nodes, Set<String> values) {
    this.stored = stored;
    this.nodes = nodes;
    this.values = values;
  }

  byte[] write(EdgeSplit edge) {
    ModelProto model = Protobuf.parse(stored);
    GraphProto whole = model.getGraph();
    GraphProto.Builder graph = GraphProto.newBuilder().setName(whole.getName());
    for (NumberInput number : edge.numbers()) {
      graph.addInput(whole.getInput(number.input()));
    }
    for (CodeInput code : edge.codes()) {
      graph.addInput(GraphBuilder.value(code.name(), ElementType.INT64, -1, 1));
    }
    for (WordInput word : edge.words()) {
      graph.addInput(GraphBuilder.value(word.name(), ElementType.FLOAT, -1, word.words().width()));
    }
    nodes.stream().mapToObj(whole::getNode).forEach(graph::addNode);
    for (TensorProto tensor : whole.getInitializerList()) {
      if (values.contains(tensor.getName())) {
        graph.addInitializer(tensor);
      }
    }
    for (ValueInfoProto output : whole.getOutputList()) {
      if (output.getName().equals(edge.output().name())) {
        graph.addOutput(output);
      }
    }
    return GraphBuilder.canonicalBytes(model.toBuilder().setGraph(graph).build());
  }
}
