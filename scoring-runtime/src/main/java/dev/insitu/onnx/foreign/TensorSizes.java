package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How large the tensors of a graph become, as far as that follows from the shapes of the inputs and
 * from constants. A dimension that does not is counted as one.
 */
public final class TensorSizes {
  private String operator = "";
  private double elements;

  private TensorSizes() {}

  /**
   * The largest tensor.
   *
   * @param operator what makes it
   * @param elements how many elements it has
   */
  public record Largest(String operator, double elements) {}

  /**
   * Looks for the largest tensor.
   *
   * @param inputs the shape in which each input enters
   */
  public static Largest largest(ForeignModel model, Map<String, List<Long>> inputs) {
    GraphProto graph = model.proto().getGraph();
    Map<String, long[]> shapes = new HashMap<>();
    inputs.forEach((name, shape) -> shapes.put(name, shape.stream().mapToLong(d -> d).toArray()));
    TensorSizes sizes = new TensorSizes();
    sizes.look(graph, shapes, ElementTypes.of(graph));
    for (FunctionProto function : model.proto().getFunctionsList()) {
      GraphProto body = GraphProto.newBuilder().addAllNode(function.getNodeList()).build();
      sizes.look(body, new HashMap<>(), ElementTypes.of(body));
    }
    return new Largest(sizes.operator, sizes.elements);
  }

  private void look(GraphProto graph, Map<String, long[]> shapes, ElementTypes values) {
    for (TensorProto tensor : graph.getInitializerList()) {
      shapes.put(tensor.getName(), dimensions(tensor));
    }
    for (NodeProto node : TopologyCheck.sorted(graph.getNodeList())) {
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          look(attribute.getG(), new HashMap<>(shapes), values.within(attribute.getG()));
        }
      }
      long[] shape = new ShapeRules(node, shapes, values).shape();
      if (shape != null) {
        node.getOutputList().forEach(output -> shapes.put(output, shape));
        double size = 1;
        for (long dimension : shape) {
          size *= Math.max(1, dimension);
        }
        if (size > elements) {
          elements = size;
          operator = node.getOpType();
        }
      }
    }
  }

  static long[] dimensions(TensorProto tensor) {
    return tensor.getDimsList().stream().mapToLong(d -> d).toArray();
  }
}
