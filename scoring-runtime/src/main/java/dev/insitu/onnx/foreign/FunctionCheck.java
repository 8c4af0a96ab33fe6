package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the operators of a graph with its local functions written out: thirty functions that each
 * call the one below twice are 2^30 operators, and ONNX Runtime never ends loading them (tried).
 */
final class FunctionCheck {
  private static final int MOST_LEVELS = 100;

  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final long most;

  private FunctionCheck(ModelProto model, long most) {
    this.most = most;
    model.getFunctionsList().forEach(f -> functions.put(f.getDomain() + ':' + f.getName(), f));
  }

  static void check(ModelProto model, ModelLimits limits) {
    new FunctionCheck(model, limits.nodes()).size(model.getGraph().getNodeList());
  }

  private long size(List<NodeProto> nodes) {
    long size = 0;
    for (NodeProto node : nodes) {
      size += size(node);
      if (size > most) {
        throw MlException.of(
            ErrorCode.UNSAFE_MODEL,
            "with its functions written out it has more than " + most + " operators");
      }
    }
    return size;
  }

  private long size(NodeProto node) {
    long size = 1;
    for (var attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        size += size(attribute.getG().getNodeList());
      }
      for (GraphProto graph : attribute.getGraphsList()) {
        size += size(graph.getNodeList());
      }
    }
    String name = node.getDomain() + ':' + node.getOpType();
    FunctionProto function = functions.get(name);
    if (function == null) {
      return size;
    }
    Long known = sizes.get(name);
    if (known == null) {
      if (!open.add(name) || open.size() > MOST_LEVELS) {
        throw MlException.of(
            ErrorCode.UNSAFE_MODEL, "its function \"" + node.getOpType() + "\" calls itself");
      }
      known = size(function.getNodeList());
      open.remove(name);
      sizes.put(name, known);
    }
    return size + known;
  }
}
