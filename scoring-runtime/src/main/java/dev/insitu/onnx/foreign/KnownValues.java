package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The categories that encoders behind an input list, so that a trial can use values they know. */
final class KnownValues {
  /** Operators that hand on the values of an input. */
  private static final Set<String> TRANSPARENT =
      Set.of("Cast", "Reshape", "Identity", "Squeeze", "Unsqueeze", "Flatten", "Concat", "Where");

  private static final Set<String> LISTS =
      Set.of("cats_strings", "cats_int64s", "keys_strings", "keys_int64s");

  private final GraphProto graph;

  KnownValues(GraphProto graph) {
    this.graph = graph;
  }

  List<String> of(String input) {
    Set<String> reached = new HashSet<>(Set.of(input));
    List<String> values = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getInputList().stream().noneMatch(reached::contains)) {
        continue;
      }
      if (TRANSPARENT.contains(node.getOpType())) {
        reached.addAll(node.getOutputList());
      }
      for (AttributeProto attribute : node.getAttributeList()) {
        if (LISTS.contains(attribute.getName())) {
          attribute.getStringsList().stream().map(ByteString::toStringUtf8).forEach(values::add);
          attribute.getIntsList().stream().map(String::valueOf).forEach(values::add);
        }
      }
    }
    return values;
  }
}
