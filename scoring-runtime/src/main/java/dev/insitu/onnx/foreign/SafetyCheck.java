package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses graphs that could harm the process or the machine, before any engine sees them. */
final class SafetyCheck {
  private static final int MOST_NAME = 1_000;

  /** Domains whose operators the runtime brings itself. */
  private static final Set<String> DOMAINS =
      Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft", "ai.onnx.preview.training");

  private final String what;
  private final ModelLimits limits;
  private final Set<String> domains;
  private int nodes;

  private SafetyCheck(String what, ModelLimits limits, Set<String> domains) {
    this.what = what;
    this.limits = limits;
    this.domains = domains;
  }

  static void check(String what, ModelProto model, ModelLimits limits) {
    Set<String> domains = new HashSet<>(DOMAINS);
    model.getFunctionsList().forEach(function -> domains.add(function.getDomain()));
    SafetyCheck check = new SafetyCheck(what, limits, domains);
    check.ports(model.getGraph());
    check.graph(model.getGraph());
    for (FunctionProto function : model.getFunctionsList()) {
      check.nodes(function.getNodeList());
    }
    TopologyCheck.check(model);
    FunctionCheck.check(model, limits);
    checkImports(model);
  }

  /** Every domain that an operator is of has a version. */
  private static void checkImports(ModelProto model) {
    Set<String> imported = new HashSet<>();
    model.getOpsetImportList().forEach(set -> imported.add(standard(set.getDomain())));
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (!imported.contains(standard(node.getDomain()))) {
        throw unsafe(
            "operator \"" + GraphNames.operator(node) + "\" is of an operator set without version");
      }
    }
  }

  private static String standard(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  private void ports(GraphProto graph) {
    if (graph.getInputCount() == 0) {
      throw MlException.of(ErrorCode.NOT_AN_ONNX_MODEL, what, "its graph has no inputs");
    }
    if (graph.getOutputCount() == 0) {
      throw MlException.of(ErrorCode.NOT_AN_ONNX_MODEL, what, "its graph has no outputs");
    }
    names("input", graph.getInputList());
    names("output", graph.getOutputList());
    for (ValueInfoProto input : graph.getInputList()) {
      for (var dimension : input.getType().getTensorType().getShape().getDimList()) {
        // Some exporters write -1 where they mean any number.
        if (dimension.getDimValue() < -1) {
          throw unsafe(
              "input \"" + input.getName() + "\" has a dimension of " + dimension.getDimValue());
        }
      }
    }
    Set<String> made = GraphNames.initializers(graph);
    graph.getInputList().forEach(input -> made.add(input.getName()));
    graph.getNodeList().forEach(node -> made.addAll(node.getOutputList()));
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!made.contains(output.getName())) {
        throw unsafe("nothing makes its output \"" + output.getName() + "\"");
      }
    }
  }

  private static void names(String kind, List<ValueInfoProto> values) {
    Set<String> seen = new HashSet<>();
    for (ValueInfoProto value : values) {
      String name = value.getName();
      if (name.isEmpty()) {
        throw unsafe("an " + kind + " has no name");
      }
      if (name.length() > MOST_NAME) {
        throw unsafe("an " + kind + " has a name of " + name.length() + " characters");
      }
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw unsafe("the name of an " + kind + " has control characters");
      }
      if (!seen.add(name)) {
        throw unsafe("it has two " + kind + "s called \"" + name + "\"");
      }
    }
  }

  private void graph(GraphProto graph) {
    graph.getInitializerList().forEach(this::tensor);
    graph
        .getSparseInitializerList()
        .forEach(
            sparse -> {
              tensor(sparse.getValues());
              tensor(sparse.getIndices());
            });
    nodes(graph.getNodeList());
  }

  private void nodes(List<NodeProto> list) {
    nodes += list.size();
    if (nodes > limits.nodes()) {
      throw unsafe("it has more than " + limits.nodes() + " operators");
    }
    for (NodeProto node : list) {
      if (!domains.contains(node.getDomain())) {
        throw MlException.of(
                ErrorCode.OPERATOR_NOT_SUPPORTED, GraphNames.operator(node), "ONNX Runtime")
            .withHint(
                "Operators of domain \""
                    + node.getDomain()
                    + "\" come from a library of their own, and none is loaded.");
      }
      TreeCheck.check(node);
      for (AttributeProto attribute : node.getAttributeList()) {
        attribute(attribute);
        if (node.getOpType().equals("ZipMap")) {
          differ(attribute.getIntsList());
          differ(attribute.getStringsList());
        }
      }
    }
  }

  private static void differ(List<?> classes) {
    if (new HashSet<>(classes).size() < classes.size()) {
      throw MlException.of(ErrorCode.GRAPH_NOT_USABLE, "two of its classes have one name");
    }
  }

  private void attribute(AttributeProto attribute) {
    if (attribute.hasT()) {
      tensor(attribute.getT());
    }
    attribute.getTensorsList().forEach(this::tensor);
    if (attribute.hasSparseTensor()) {
      tensor(attribute.getSparseTensor().getValues());
      tensor(attribute.getSparseTensor().getIndices());
    }
    if (attribute.hasG()) {
      graph(attribute.getG());
    }
    attribute.getGraphsList().forEach(this::graph);
  }

  private void tensor(TensorProto tensor) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || tensor.getExternalDataCount() > 0) {
      throw unsafe(
              "the data of \"" + tensor.getName() + "\" are in another file, which is never read")
          .withHint("Save the model as one file: onnx.save(…, save_as_external_data=False).");
    }
    long elements = 1;
    for (long dimension : tensor.getDimsList()) {
      if (dimension < 0 || (dimension > 0 && elements > limits.tensorBytes() / dimension)) {
        throw unsafe("constant \"" + tensor.getName() + "\" is " + tensor.getDimsList());
      }
      elements *= dimension;
    }
  }

  private static MlException unsafe(String reason) {
    return MlException.of(ErrorCode.UNSAFE_MODEL, reason);
  }
}
