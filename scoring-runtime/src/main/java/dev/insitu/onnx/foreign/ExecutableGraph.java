package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A graph of others with an edge of ours: each tensor enters and leaves in a {@link Carrier} type,
 * cast by an operator of the graph, and what no wanted output needs is left out.
 */
public final class ExecutableGraph {
  /** Cast is the same from 13 on for all types that we use, and every runtime of ours has it. */
  private static final int OPSET_OF_CAST = 13;

  private static final String PREFIX = "insitu/";

  private ExecutableGraph() {}

  /**
   * How a tensor enters.
   *
   * @param input the graph's input
   * @param carrier the type in which it enters
   */
  public record Feed(String input, Carrier carrier) {
    /** Returns the name under which it enters. */
    public String name() {
      return PREFIX + "in/" + input;
    }
  }

  /**
   * How a tensor leaves.
   *
   * @param value an output of the graph, or a value inside it
   * @param carrier the type in which it leaves
   */
  public record Fetch(String value, Carrier carrier) {
    /** Returns the name under which it leaves. */
    public String name() {
      return PREFIX + "out/" + value;
    }
  }

  /**
   * Returns the bytes of the graph with these inputs and outputs, in this order.
   *
   * @param mostBytes how large a tensor may be that an operator makes to measure; 0 without limit
   */
  public static byte[] write(
      ForeignModel model, List<Feed> feeds, List<Fetch> fetches, long mostBytes) {
    ModelProto.Builder executable = model.proto().toBuilder();
    GraphProto graph = model.proto().getGraph();
    GraphProto.Builder target = executable.getGraphBuilder();
    target.clearNode().clearInput().clearOutput().clearValueInfo().clearDocString();
    Map<String, ValueInfoProto> inputs = new HashMap<>();
    graph.getInputList().forEach(input -> inputs.put(input.getName(), input));
    for (Feed feed : feeds) {
      ValueInfoProto input = Objects.requireNonNull(inputs.remove(feed.input()));
      target.addInput(typed(feed.name(), feed.carrier(), input));
      target.addNode(bridge(feed.name(), feed.input(), elementOf(input), feed.carrier().element()));
    }
    // What is left has a default, and stays what it is.
    inputs.values().stream()
        .filter(input -> GraphNames.initializers(graph).contains(input.getName()))
        .forEach(target::addInput);
    long most = mostBytes == 0 ? Long.MAX_VALUE : Math.max(1, mostBytes / Double.BYTES);
    Guards guards = new Guards(model.operatorSets().getOrDefault("", 0L), most);
    target.addAllNode(guards.guarded(needed(graph, fetches), ElementTypes.of(graph)));
    for (FunctionProto.Builder function : executable.getFunctionsBuilderList()) {
      GraphProto body = GraphProto.newBuilder().addAllNode(function.getNodeList()).build();
      List<NodeProto> guarded = guards.guarded(body.getNodeList(), ElementTypes.of(body));
      function.clearNode().addAllNode(guarded);
    }
    for (Fetch fetch : fetches) {
      target.addNode(cast(fetch.value(), fetch.name(), fetch.carrier().element()));
      target.addOutput(typed(fetch.name(), fetch.carrier(), null));
    }
    dropUnusedConstants(target);
    if (model.proto().getOpsetImportList().stream().noneMatch(ExecutableGraph::isStandard)) {
      executable.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET_OF_CAST));
    }
    return executable.build().toByteArray();
  }

  /**
   * Returns the operator that was to make a tensor larger than may be, if that is what an engine's
   * message is about.
   */
  public static Optional<String> tooLarge(String message) {
    int at = message.indexOf(Guards.TOO_LARGE);
    if (at < 0 || !message.contains("Size() must be >= 0")) {
      return Optional.empty();
    }
    String rest = message.substring(at + Guards.TOO_LARGE.length());
    return Optional.of(rest.split("[^A-Za-z]", 2)[0]);
  }

  private static boolean isStandard(OperatorSetIdProto set) {
    return set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
  }

  private static int elementOf(ValueInfoProto value) {
    return value.getType().getTensorType().getElemType();
  }

  /** The first operator behind an input: a cast, or nothing but another name. */
  private static NodeProto bridge(String from, String to, int element, Element carrier) {
    if (element == carrier.number()) {
      return NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(to).build();
    }
    return Guards.cast(from, to, element);
  }

  private static NodeProto cast(String from, String to, Element element) {
    return element == Element.STRING
        ? NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(to).build()
        : Guards.cast(from, to, element.number());
  }

  /**
   * The carrier's type; the shape is left open, since what a graph declares is no promise: the
   * number of dimensions of an input alone is kept.
   */
  private static ValueInfoProto typed(String name, Carrier carrier, @Nullable ValueInfoProto like) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(carrier.element().number());
    if (like != null && like.getType().getTensorType().hasShape()) {
      tensor.setShape(like.getType().getTensorType().getShape());
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Returns the operators on the way to the wanted values, in their order. */
  private static List<NodeProto> needed(GraphProto graph, List<Fetch> fetches) {
    Map<String, Integer> producers = new HashMap<>();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      for (String output : graph.getNode(i).getOutputList()) {
        producers.put(output, i);
      }
    }
    boolean[] wanted = new boolean[graph.getNodeCount()];
    List<String> open = new ArrayList<>(fetches.stream().map(Fetch::value).toList());
    while (!open.isEmpty()) {
      Integer producer = producers.get(open.remove(open.size() - 1));
      if (producer != null && !wanted[producer]) {
        wanted[producer] = true;
        Set<String> read = new HashSet<>();
        GraphNames.read(graph.getNode(producer), read);
        open.addAll(read);
      }
    }
    List<NodeProto> nodes = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        nodes.add(Locales.portable(graph.getNode(i)));
      }
    }
    return nodes;
  }

  private static void dropUnusedConstants(GraphProto.Builder graph) {
    Set<String> read = new HashSet<>();
    graph.getNodeList().forEach(node -> GraphNames.read(node, read));
    graph.getInputList().forEach(input -> read.add(input.getName()));
    var kept = graph.getInitializerList().stream().filter(t -> read.contains(t.getName())).toList();
    graph.clearInitializer().addAllInitializer(kept);
  }
}
