package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses graphs in which an operator waits for itself (Kahn, 1962). */
final class TopologyCheck {
  private TopologyCheck() {}

  static void check(ModelProto model) {
    check(model.getGraph());
    model.getFunctionsList().forEach(function -> sorted(function.getNodeList()));
  }

  private static void check(GraphProto graph) {
    sorted(graph.getNodeList());
    for (NodeProto node : graph.getNodeList()) {
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          check(attribute.getG());
        }
        attribute.getGraphsList().forEach(TopologyCheck::check);
      }
    }
  }

  /** Returns operators in an order in which each comes after those that it reads from. */
  static List<NodeProto> sorted(List<NodeProto> nodes) {
    Map<String, Integer> producers = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        if (!output.isEmpty() && producers.putIfAbsent(output, i) != null) {
          throw MlException.of(
              ErrorCode.UNSAFE_MODEL, "two operators make the value \"" + output + "\"");
        }
      }
    }
    int[] waiting = new int[nodes.size()];
    List<List<Integer>> readers = new ArrayList<>();
    nodes.forEach(node -> readers.add(new ArrayList<>()));
    for (int i = 0; i < nodes.size(); i++) {
      Set<String> read = new HashSet<>();
      GraphNames.read(nodes.get(i), read);
      for (String value : read) {
        Integer producer = producers.get(value);
        if (producer != null) {
          readers.get(producer).add(i);
          waiting[i]++;
        }
      }
    }
    Deque<Integer> ready = new ArrayDeque<>();
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> done = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      done.add(nodes.get(next));
      for (int reader : readers.get(next)) {
        if (--waiting[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    if (done.size() < nodes.size()) {
      throw MlException.of(ErrorCode.UNSAFE_MODEL, "its operators wait for one another in a cycle");
    }
    return done;
  }
}
