package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Refuses tree tables that an engine would run wild on: ONNX Runtime 1.29 aborts the process on an
 * index out of range in {@code TreeEnsemble} of {@code ai.onnx.ml} 5 and fills the memory on a
 * cycle (tried).
 */
final class TreeCheck {
  /** The mode of a node that asks whether a value is in a set. */
  private static final byte MEMBER = 6;

  private final String operator;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  private TreeCheck(NodeProto node) {
    this.operator = node.getOpType();
    node.getAttributeList().forEach(a -> attributes.put(a.getName(), a));
  }

  static void check(NodeProto node) {
    switch (node.getOpType()) {
      case "TreeEnsemble" -> new TreeCheck(node).checkIndexed();
      case "TreeEnsembleRegressor", "TreeEnsembleClassifier" -> new TreeCheck(node).checkNamed();
      default -> {}
    }
  }

  /** {@code ai.onnx.ml} 5: children are positions in the tables of nodes or of leaves. */
  private void checkIndexed() {
    List<Long> roots = ints("tree_roots");
    List<Long> yes = ints("nodes_truenodeids");
    List<Long> no = ints("nodes_falsenodeids");
    List<Long> yesLeaf = ints("nodes_trueleafs");
    List<Long> noLeaf = ints("nodes_falseleafs");
    List<Long> features = ints("nodes_featureids");
    List<Long> targets = ints("leaf_targetids");
    int nodes = yes.size();
    int leaves = targets.size();
    same("nodes_falsenodeids", no.size(), nodes);
    same("nodes_trueleafs", yesLeaf.size(), nodes);
    same("nodes_falseleafs", noLeaf.size(), nodes);
    same("nodes_featureids", features.size(), nodes);
    same("nodes_modes", elements("nodes_modes"), nodes);
    same("nodes_splits", elements("nodes_splits"), nodes);
    same("leaf_weights", elements("leaf_weights"), leaves);
    optional("nodes_missing_value_tracks_true", nodes);
    optional("nodes_hitrates", nodes);
    members(nodes);
    long width = number("n_targets", 1);
    targets.forEach(target -> inside("leaf_targetids", target, width));
    features.forEach(feature -> inside("nodes_featureids", feature, Integer.MAX_VALUE));
    boolean[] parents = new boolean[nodes];
    for (int i = 0; i < nodes; i++) {
      child(yes.get(i), yesLeaf.get(i), i, nodes, leaves, parents);
      child(no.get(i), noLeaf.get(i), i, nodes, leaves, parents);
    }
    int[] depth = new int[nodes];
    for (long root : roots) {
      inside("tree_roots", root, nodes);
      walk((int) root, yes, yesLeaf, no, noLeaf, depth);
    }
  }

  /** {@code membership_values}: a list for each node of mode 6 (member of), each ended by NaN. */
  private void members(int nodes) {
    AttributeProto modes = attributes.get("nodes_modes");
    if (modes == null || !modes.hasT()) {
      return;
    }
    long wanted = 0;
    for (byte mode : bytes(modes.getT(), nodes)) {
      if (mode < 0 || mode > MEMBER) {
        throw refused("nodes_modes " + mode + " is no comparison");
      }
      wanted += mode == MEMBER ? 1 : 0;
    }
    AttributeProto values = attributes.get("membership_values");
    long ended = values == null || !values.hasT() ? 0 : nans(values.getT());
    if (ended != wanted) {
      throw refused("membership_values ends " + ended + " lists, not " + wanted);
    }
  }

  private static byte[] bytes(TensorProto tensor, int count) {
    if (!tensor.getRawData().isEmpty()) {
      return tensor.getRawData().toByteArray();
    }
    byte[] bytes = new byte[Math.min(count, tensor.getInt32DataCount())];
    for (int i = 0; i < bytes.length; i++) {
      int value = tensor.getInt32Data(i);
      bytes[i] = value == (byte) value ? (byte) value : -1;
    }
    return bytes;
  }

  private static long nans(TensorProto tensor) {
    long nans =
        tensor.getFloatDataList().stream().filter(v -> v.isNaN()).count()
            + tensor.getDoubleDataList().stream().filter(v -> v.isNaN()).count();
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    boolean wide = tensor.getDataType() == Element.DOUBLE.number();
    while (raw.remaining() >= (wide ? Double.BYTES : Float.BYTES)) {
      nans += Double.isNaN(wide ? raw.getDouble() : raw.getFloat()) ? 1 : 0;
    }
    return nans;
  }

  /**
   * A child is a leaf, or a node that no other node has for a child; a node that points at itself
   * on both sides by a leaf flag is how converters write a tree of one leaf.
   */
  private void child(long child, long leaf, int parent, int nodes, int leaves, boolean[] parents) {
    if (leaf != 0) {
      inside("leaf", child, leaves);
      return;
    }
    inside("child", child, nodes);
    if (parents[(int) child]) {
      throw refused("node " + child + " has two parents");
    }
    parents[(int) child] = true;
    if (child == parent) {
      throw refused("node " + child + " is its own child");
    }
  }

  /** Every node has at most one parent, so a walk that comes back to one has found a cycle. */
  private void walk(
      int root, List<Long> yes, List<Long> yesLeaf, List<Long> no, List<Long> noLeaf, int[] seen) {
    int[] stack = new int[seen.length + 1];
    int top = 0;
    stack[top++] = root;
    while (top > 0) {
      int node = stack[--top];
      if (seen[node]++ > 0) {
        throw refused("node " + node + " is reached twice");
      }
      if (yesLeaf.get(node) == 0) {
        stack[top++] = yes.get(node).intValue();
      }
      if (noLeaf.get(node) == 0) {
        stack[top++] = no.get(node).intValue();
      }
    }
  }

  /** {@code ai.onnx.ml} 1 and 3: children are ids of nodes within their tree. */
  private void checkNamed() {
    List<Long> trees = ints("nodes_treeids");
    List<Long> ids = ints("nodes_nodeids");
    List<Long> yes = ints("nodes_truenodeids");
    List<Long> no = ints("nodes_falsenodeids");
    int nodes = ids.size();
    same("nodes_treeids", trees.size(), nodes);
    same("nodes_truenodeids", yes.size(), nodes);
    same("nodes_falsenodeids", no.size(), nodes);
    same("nodes_featureids", elements("nodes_featureids"), nodes);
    List<String> modes =
        attributes.containsKey("nodes_modes")
            ? attributes.get("nodes_modes").getStringsList().stream()
                .map(s -> s.toStringUtf8())
                .toList()
            : List.of();
    same("nodes_modes", modes.size(), nodes);
    ints("nodes_featureids").forEach(f -> inside("nodes_featureids", f, Integer.MAX_VALUE));
    Map<List<Long>, Integer> places = new HashMap<>();
    for (int i = 0; i < nodes; i++) {
      if (places.putIfAbsent(List.of(trees.get(i), ids.get(i)), i) != null) {
        throw refused("node " + ids.get(i) + " of tree " + trees.get(i) + " stands twice");
      }
    }
    int[] parents = new int[nodes];
    for (int i = 0; i < nodes; i++) {
      if (!modes.get(i).equals("LEAF")) {
        parents[place(places, trees.get(i), yes.get(i))]++;
        parents[place(places, trees.get(i), no.get(i))]++;
      }
    }
    // With one parent at most for each node, what no root reaches goes round in a cycle.
    int[] stack = new int[nodes + 1];
    int top = 0;
    int reached = 0;
    for (int i = 0; i < nodes; i++) {
      if (parents[i] > 1) {
        throw refused("node " + ids.get(i) + " of tree " + trees.get(i) + " has two parents");
      }
      if (parents[i] == 0) {
        stack[top++] = i;
      }
    }
    while (top > 0) {
      int node = stack[--top];
      reached++;
      if (!modes.get(node).equals("LEAF")) {
        stack[top++] = place(places, trees.get(node), yes.get(node));
        stack[top++] = place(places, trees.get(node), no.get(node));
      }
    }
    if (reached < nodes) {
      throw refused("its nodes go round in a cycle");
    }
  }

  private int place(Map<List<Long>, Integer> places, long tree, long id) {
    Integer place = places.get(List.of(tree, id));
    if (place == null) {
      throw refused("tree " + tree + " has no node " + id);
    }
    return place;
  }

  private List<Long> ints(String name) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? List.of() : attribute.getIntsList();
  }

  private int elements(String name) {
    AttributeProto attribute = attributes.get(name);
    if (attribute == null) {
      return 0;
    }
    if (attribute.hasT()) {
      long elements = 1;
      for (long dimension : attribute.getT().getDimsList()) {
        if (dimension < 0 || (dimension > 0 && elements > Integer.MAX_VALUE / dimension)) {
          throw refused(name + " is " + attribute.getT().getDimsList());
        }
        elements *= dimension;
      }
      return (int) elements;
    }
    return Math.max(
        attribute.getIntsCount(),
        Math.max(attribute.getFloatsCount(), attribute.getStringsCount()));
  }

  private long number(String name, long otherwise) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? otherwise : attribute.getI();
  }

  private void optional(String name, int expected) {
    if (attributes.containsKey(name) && elements(name) > 0) {
      same(name, elements(name), expected);
    }
  }

  private void same(String table, int found, int expected) {
    if (found != expected) {
      throw refused(table + " has " + found + " entries, not " + expected);
    }
  }

  private void inside(String table, long index, long size) {
    if (index < 0 || index >= size) {
      throw refused(table + " " + index + " is not from 0 to " + (size - 1));
    }
  }

  private MlException refused(String reason) {
    return MlException.of(ErrorCode.UNSAFE_MODEL, operator + ": " + reason);
  }
}
