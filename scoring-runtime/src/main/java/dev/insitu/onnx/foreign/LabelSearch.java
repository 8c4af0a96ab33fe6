package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the classes of a classifier in its graph: an attribute of the operator that decides ({@code
 * classlabels_strings} and its kin), the constant from which {@code ArrayFeatureExtractor} or
 * {@code Gather} picks the label, or the values of the last {@code LabelEncoder}.
 */
final class LabelSearch {
  /** Operators that hand on what they are given, in another type or shape. */
  private static final Set<String> TRANSPARENT =
      Set.of("Cast", "Reshape", "Identity", "Squeeze", "Unsqueeze", "Flatten", "Transpose");

  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  LabelSearch(GraphProto graph) {
    graph.getNodeList().forEach(n -> n.getOutputList().forEach(o -> producers.put(o, n)));
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
        node.getAttributeList().stream()
            .filter(AttributeProto::hasT)
            .findFirst()
            .ifPresent(a -> constants.put(node.getOutput(0), a.getT()));
      }
    }
  }

  Optional<ClassLabels> of(String output) {
    String value = output;
    Set<String> seen = new HashSet<>();
    while (seen.add(value)) {
      NodeProto node = producers.get(value);
      if (node == null || node.getInputCount() == 0) {
        return Optional.empty();
      }
      Optional<ClassLabels> here = ofNode(node);
      if (here.isPresent() || !TRANSPARENT.contains(node.getOpType())) {
        return here;
      }
      value = node.getInput(0);
    }
    return Optional.empty();
  }

  private Optional<ClassLabels> ofNode(NodeProto node) {
    return switch (node.getOpType()) {
      case "ArrayFeatureExtractor", "Gather" -> constant(node.getInput(0));
      case "LabelEncoder" -> attribute(node, "values_strings", "values_int64s");
      default -> attribute(node, "classlabels_strings", "classlabels_int64s", "classlabels_ints");
    };
  }

  private static Optional<ClassLabels> attribute(NodeProto node, String texts, String... numbers) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals(texts) && attribute.getStringsCount() > 0) {
        return Optional.of(
            new ClassLabels(
                attribute.getStringsList().stream().map(ByteString::toStringUtf8).toList(),
                Element.STRING));
      }
      if (List.of(numbers).contains(attribute.getName()) && attribute.getIntsCount() > 0) {
        return Optional.of(
            new ClassLabels(
                attribute.getIntsList().stream().map(String::valueOf).toList(), Element.INT64));
      }
    }
    return Optional.empty();
  }

  private Optional<ClassLabels> constant(String name) {
    TensorProto tensor = constants.get(name);
    if (tensor == null) {
      return Optional.empty();
    }
    if (tensor.getDataType() == Element.STRING.number()) {
      return Optional.of(
          new ClassLabels(
              tensor.getStringDataList().stream().map(ByteString::toStringUtf8).toList(),
              Element.STRING));
    }
    List<String> numbers = ElementTypes.integers(tensor).stream().map(String::valueOf).toList();
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(new ClassLabels(numbers, Element.INT64));
  }
}
