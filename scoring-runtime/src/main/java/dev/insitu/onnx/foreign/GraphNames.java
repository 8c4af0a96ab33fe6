package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.Set;

/** Which values the parts of a graph name. */
final class GraphNames {
  private GraphNames() {}

  /** Returns the names of the constants of a graph. */
  static Set<String> initializers(GraphProto graph) {
    Set<String> names = new HashSet<>();
    graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
    graph.getSparseInitializerList().forEach(tensor -> names.add(tensor.getValues().getName()));
    return names;
  }

  /** Returns an operator's name with its domain, unless that is {@code ai.onnx}. */
  static String operator(NodeProto node) {
    String domain = node.getDomain();
    return domain.isEmpty() || domain.equals("ai.onnx")
        ? node.getOpType()
        : domain + "." + node.getOpType();
  }

  /** Adds every value that a node reads, in its sub-graphs too. */
  static void read(NodeProto node, Set<String> names) {
    names.addAll(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        read(attribute.getG(), names);
      }
      attribute.getGraphsList().forEach(graph -> read(graph, names));
    }
  }

  private static void read(GraphProto graph, Set<String> names) {
    graph.getNodeList().forEach(node -> read(node, names));
    graph.getOutputList().forEach(output -> names.add(output.getName()));
  }
}
