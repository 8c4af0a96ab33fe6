package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The element types of the values in a graph, as far as the operators tell: what comes out of most
 * is of the type of what went in first.
 */
final class ElementTypes {
  private static final Set<String> INTEGERS =
      Set.of("Shape", "Size", "NonZero", "ArgMax", "ArgMin", "NonMaxSuppression");
  private static final Set<String> TRUTHS =
      Set.of(
          "Equal",
          "Greater",
          "Less",
          "GreaterOrEqual",
          "LessOrEqual",
          "And",
          "Or",
          "Xor",
          "Not",
          "IsNaN",
          "IsInf");

  /** Operators of {@code ai.onnx.ml} that hand on the type that they are given. */
  private static final Set<String> KEEPING = Set.of("ArrayFeatureExtractor", "TreeEnsemble");

  private static final Set<String> OPAQUE =
      Set.of("If", "Loop", "Scan", "SequenceAt", "Optional", "OptionalGetElement", "SequenceMap");

  private final @Nullable ElementTypes outer;
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Map<String, Integer> inputs = new HashMap<>();

  private ElementTypes(@Nullable ElementTypes outer, GraphProto graph) {
    this.outer = outer;
    graph.getNodeList().forEach(n -> n.getOutputList().forEach(o -> producers.put(o, n)));
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    for (ValueInfoProto input : graph.getInputList()) {
      int type = input.getType().getTensorType().getElemType();
      if (type != 0) {
        inputs.put(input.getName(), type);
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      for (AttributeProto attribute : node.getAttributeList()) {
        if (node.getOpType().equals("Constant") && attribute.hasT() && node.getOutputCount() == 1) {
          constants.put(node.getOutput(0), attribute.getT());
        }
      }
    }
  }

  static ElementTypes of(GraphProto graph) {
    return new ElementTypes(null, graph);
  }

  /** Returns the types within a sub-graph, which sees the values around it. */
  ElementTypes within(GraphProto graph) {
    return new ElementTypes(this, graph);
  }

  /** Returns the number of a value's type; empty if that is not known. */
  OptionalInt of(String value) {
    String current = value;
    Set<String> seen = new HashSet<>();
    while (seen.add(current)) {
      TensorProto constant = constants.get(current);
      if (constant != null) {
        return OptionalInt.of(constant.getDataType());
      }
      Integer input = inputs.get(current);
      if (input != null) {
        return OptionalInt.of(input);
      }
      NodeProto node = producers.get(current);
      if (node == null) {
        return outer == null ? OptionalInt.empty() : outer.of(current);
      }
      OptionalInt made = made(node, node.getOutputList().indexOf(current));
      int same = same(node);
      if (made.isPresent() || same < 0 || same >= node.getInputCount()) {
        return made;
      }
      current = node.getInput(same);
    }
    return OptionalInt.empty();
  }

  /** Returns the whole numbers of a constant; empty if it is none, or of another type. */
  Optional<List<Long>> constant(String value) {
    TensorProto tensor = constants.get(value);
    if (tensor == null) {
      return producers.containsKey(value) || outer == null
          ? Optional.empty()
          : outer.constant(value);
    }
    return inputs.containsKey(value) ? Optional.empty() : Optional.of(integers(tensor));
  }

  /** Returns the type that an operator always makes. */
  private static OptionalInt made(NodeProto node, int output) {
    String operator = node.getOpType();
    if (INTEGERS.contains(operator) || (operator.equals("TopK") && output == 1)) {
      return OptionalInt.of(Element.INT64.number());
    }
    if (TRUTHS.contains(operator)) {
      return OptionalInt.of(Element.BOOL.number());
    }
    if (operator.equals("Unique") && output > 0) {
      return OptionalInt.of(Element.INT64.number());
    }
    if (operator.equals("MatMulInteger") || operator.equals("ConvInteger")) {
      return OptionalInt.of(Element.INT32.number());
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      switch (attribute.getName()) {
        case "to", "dtype" -> {
          return OptionalInt.of((int) attribute.getI());
        }
        case "value_int", "value_ints", "values_int64s", "cats_int64s" -> {
          return OptionalInt.of(Element.INT64.number());
        }
        case "classlabels_ints", "classlabels_int64s" -> {
          return OptionalInt.of((output == 0 ? Element.INT64 : Element.FLOAT).number());
        }
        case "value", "values_tensor" -> {
          return OptionalInt.of(attribute.getT().getDataType());
        }
        default -> {}
      }
    }
    return operator.equals("ConstantOfShape")
        ? OptionalInt.of(Element.FLOAT.number())
        : OptionalInt.empty();
  }

  /** Returns the input whose type an output has, -1 if there is none. */
  private static int same(NodeProto node) {
    boolean standard = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
    if (!standard) {
      return KEEPING.contains(node.getOpType()) ? 0 : -1;
    }
    return switch (node.getOpType()) {
      case "Where", "CastLike" -> 1;
      case "OneHot" -> 2;
      default -> OPAQUE.contains(node.getOpType()) ? -1 : 0;
    };
  }

  /** Returns the elements of a tensor of 32 or 64 bit whole numbers; none of another. */
  static List<Long> integers(TensorProto tensor) {
    List<Long> numbers = new ArrayList<>();
    var raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (tensor.getDataType() == Element.INT64.number()) {
      numbers.addAll(tensor.getInt64DataList());
      while (raw.remaining() >= Long.BYTES) {
        numbers.add(raw.getLong());
      }
    } else if (tensor.getDataType() == Element.INT32.number()) {
      tensor.getInt32DataList().forEach(n -> numbers.add((long) n));
      while (raw.remaining() >= Integer.BYTES) {
        numbers.add((long) raw.getInt());
      }
    }
    return numbers;
  }
}
