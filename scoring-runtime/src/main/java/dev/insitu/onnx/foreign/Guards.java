package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts guards before operators with which ONNX Runtime ends the process for some values (tried with
 * 1.28): {@code TopK} over no rows divides by their number; the smallest integer divided by -1 is a
 * fault of the processor; {@code ConstantOfShape} and {@code Expand} fill whatever memory the shape
 * asks for. The answers stay what they are. Sub-graphs are guarded too.
 */
final class Guards {
  private static final String PREFIX = "insitu/guard/";

  /** What an operator that would make too much is called when it fails. */
  static final String TOO_LARGE = PREFIX + "size/";

  private final long opset;
  private final long mostElements;
  private int count;

  /**
   * Makes guards for one graph.
   *
   * @param opset the version of the standard operators
   * @param mostElements how many elements a tensor made to measure may have
   */
  Guards(long opset, long mostElements) {
    this.opset = opset;
    this.mostElements = mostElements;
  }

  /** Returns the operators with their guards. */
  List<NodeProto> guarded(List<NodeProto> nodes, ElementTypes types) {
    List<NodeProto> result = new ArrayList<>();
    for (NodeProto node : nodes) {
      NodeProto inner = withGuardedGraphs(node, types);
      boolean standard = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
      switch (standard ? node.getOpType() : "") {
        case "TopK" -> topK(inner, result);
        case "Div", "Mod" -> division(inner, types, result);
        case "ConstantOfShape" -> sized(inner, 0, types, result);
        case "Expand" -> sized(inner, 1, types, result);
        default -> result.add(inner);
      }
    }
    return result;
  }

  private NodeProto withGuardedGraphs(NodeProto node, ElementTypes types) {
    if (node.getAttributeList().stream().noneMatch(a -> a.hasG() || a.getGraphsCount() > 0)) {
      return node;
    }
    NodeProto.Builder guarded = node.toBuilder();
    for (AttributeProto.Builder attribute : guarded.getAttributeBuilderList()) {
      if (attribute.hasG()) {
        guard(attribute.getGBuilder(), types);
      }
      attribute.getGraphsBuilderList().forEach(graph -> guard(graph, types));
    }
    return guarded.build();
  }

  private void guard(GraphProto.Builder graph, ElementTypes outer) {
    List<NodeProto> nodes = guarded(graph.getNodeList(), outer.within(graph.build()));
    graph.clearNode().addAllNode(nodes);
  }

  /** Of no elements the k best are none: a slice, of the right shape. */
  private void topK(NodeProto node, List<NodeProto> result) {
    boolean byInput = opset >= 10;
    if (node.getInputCount() < (byInput ? 2 : 1) || node.getOutputCount() == 0) {
      result.add(node);
      return;
    }
    String name = PREFIX + count++ + '/';
    String input = node.getInput(0);
    List<String> outputs = new ArrayList<>(node.getOutputList());
    for (int i = 0; i < 2; i++) {
      if (i == outputs.size()) {
        outputs.add("");
      }
      if (outputs.get(i).isEmpty()) {
        outputs.set(i, name + "unused" + i);
      }
    }
    long axis = attribute(node, "axis", -1);
    GraphProto.Builder none = GraphProto.newBuilder().setName(name + "none");
    NodeProto.Builder slice =
        NodeProto.newBuilder().setOpType("Slice").addInput(input).addOutput(name + "values0");
    if (byInput) {
      none.addInitializer(integer(name + "start", TensorProto.DataType.INT64, 0, 1));
      none.addInitializer(integer(name + "axis", TensorProto.DataType.INT64, axis, 1));
      slice.addInput(name + "start").addInput(node.getInput(1)).addInput(name + "axis");
    } else {
      slice
          .addAttribute(integers("starts", 0))
          .addAttribute(integers("ends", attribute(node, "k", 0)))
          .addAttribute(integers("axes", axis));
    }
    none.addNode(slice).addNode(cast(name + "values0", name + "places0", Element.INT64));
    none.addOutput(named(name + "values0")).addOutput(named(name + "places0"));
    NodeProto best =
        node.toBuilder()
            .clearOutput()
            .addOutput(name + "values1")
            .addOutput(name + "places1")
            .build();
    GraphProto.Builder some =
        GraphProto.newBuilder()
            .setName(name + "some")
            .addNode(best)
            .addOutput(named(name + "values1"))
            .addOutput(named(name + "places1"));
    result.add(node("Size", name + "size", input));
    result.add(constant(name + "zero", TensorProto.DataType.INT64, 0));
    result.add(node("Equal", name + "empty", name + "size", name + "zero"));
    result.add(
        node("If", outputs.get(0), name + "empty").toBuilder()
            .addOutput(outputs.get(1))
            .addAttribute(graph("then_branch", none.build()))
            .addAttribute(graph("else_branch", some.build()))
            .build());
  }

  /** With q = a / (b + 2 [b = -1]) the quotient is q (1 - 2 [b = -1]), and the remainder stays. */
  private void division(NodeProto node, ElementTypes types, List<NodeProto> result) {
    if (node.getInputCount() != 2 || node.getOutputCount() != 1 || opset < 7) {
      result.add(node);
      return;
    }
    OptionalInt element = types.of(node.getInput(1));
    if (element.isEmpty()) {
      element = types.of(node.getInput(0));
    }
    TensorProto.DataType type = TensorProto.DataType.forNumber(element.orElse(0));
    boolean wide = type == TensorProto.DataType.INT64 || type == TensorProto.DataType.INT32;
    if (!wide || types.constant(node.getInput(1)).filter(b -> !b.contains(-1L)).isPresent()) {
      result.add(node);
      return;
    }
    String name = PREFIX + count++ + '/';
    String divisor = node.getInput(1);
    boolean quotient = node.getOpType().equals("Div");
    result.add(constant(name + "-1", type, -1));
    result.add(constant(name + "2", type, 2));
    result.add(node("Equal", name + "is", divisor, name + "-1"));
    result.add(cast(name + "is", name + "one", Element.of(type.getNumber())));
    result.add(node("Mul", name + "two", name + "one", name + "2"));
    result.add(node("Add", name + "divisor", divisor, name + "two"));
    NodeProto.Builder divided = node.toBuilder().setInput(1, name + "divisor");
    if (!quotient) {
      result.add(divided.build());
      return;
    }
    result.add(divided.setOutput(0, name + "quotient").build());
    result.add(constant(name + "1", type, 1));
    result.add(node("Sub", name + "sign", name + "1", name + "two"));
    result.add(node("Mul", node.getOutput(0), name + "quotient", name + "sign"));
  }

  /** A shape of too many elements becomes one below zero, with which the operator fails. */
  private void sized(NodeProto node, int shape, ElementTypes types, List<NodeProto> result) {
    if (node.getInputCount() <= shape || opset < 9) {
      result.add(node);
      return;
    }
    int number = count++;
    String name = PREFIX + number + '/';
    String input = node.getInput(shape);
    Optional<List<Long>> known = types.constant(input);
    if (known.isPresent()) {
      double elements = known.get().stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b);
      if (elements > mostElements) {
        throw MlException.of(
                ErrorCode.UNSAFE_MODEL,
                "its operator \"" + node.getOpType() + "\" makes a tensor of " + known.get())
            .withHint("The option max_memory_bytes allows more.");
      }
      result.add(node);
      return;
    }
    result.add(cast(input, name + "dimensions", Element.FLOAT));
    result.add(
        node("ReduceProd", name + "product", name + "dimensions").toBuilder()
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("keepdims")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(0))
            .build());
    result.add(
        NodeProto.newBuilder()
            .setOpType("Constant")
            .addOutput(name + "most")
            .addAttribute(
                tensor(
                    TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addFloatData(mostElements)
                        .build()))
            .build());
    result.add(node("Greater", name + "is", name + "product", name + "most"));
    result.add(cast(name + "is", name + "one", Element.INT64));
    result.add(constant(name + "far", TensorProto.DataType.INT64, -(1L << 62)));
    result.add(node("Mul", name + "below", name + "one", name + "far"));
    result.add(node("Add", name + "shape", input, name + "below"));
    result.add(
        node.toBuilder()
            .setName(TOO_LARGE + node.getOpType() + '/' + number)
            .setInput(shape, name + "shape")
            .build());
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static NodeProto cast(String from, String to, Element element) {
    return cast(from, to, element.number());
  }

  /** The operator that turns a tensor's elements into those with ONNX's number. */
  static NodeProto cast(String from, String to, int element) {
    return node("Cast", to, from).toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(element))
        .build();
  }

  private static NodeProto constant(String name, TensorProto.DataType type, long value) {
    return NodeProto.newBuilder()
        .setOpType("Constant")
        .addOutput(name)
        .addAttribute(tensor(integer("", type, value, 0)))
        .build();
  }

  private static AttributeProto tensor(TensorProto tensor) {
    return AttributeProto.newBuilder()
        .setName("value")
        .setType(AttributeProto.AttributeType.TENSOR)
        .setT(tensor)
        .build();
  }

  private static TensorProto integer(String name, TensorProto.DataType type, long value, int rank) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    if (rank == 1) {
      tensor.addDims(1);
    }
    return type == TensorProto.DataType.INT64
        ? tensor.addInt64Data(value).build()
        : tensor.addInt32Data((int) value).build();
  }

  private static AttributeProto integers(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addInts(value)
        .build();
  }

  private static AttributeProto graph(String name, GraphProto graph) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(graph)
        .build();
  }

  private static ValueInfoProto named(String name) {
    return ValueInfoProto.newBuilder().setName(name).build();
  }

  private static long attribute(NodeProto node, String name, long otherwise) {
    return node.getAttributeList().stream()
        .filter(a -> a.getName().equals(name))
        .mapToLong(AttributeProto::getI)
        .findFirst()
        .orElse(otherwise);
  }
}
