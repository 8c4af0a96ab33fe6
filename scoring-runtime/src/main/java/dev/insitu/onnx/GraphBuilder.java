package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes an ONNX graph, value by value.
 *
 * <p>The same calls in the same order give the same bytes: values are named by a counter, numbers
 * are raw little-endian bytes, metadata is in order of its keys, and nothing of the run (time,
 * host, version of this product) goes in. Every method that adds a value returns its name. Confined
 * to one thread.
 */
public final class GraphBuilder {
  /** The opset of the domain {@code ai.onnx}. */
  public static final int OPSET = 21;

  /** The opset of the domain {@code ai.onnx.ml}; 5 is the first with TreeEnsemble in float64. */
  public static final int ML_OPSET = 5;

  /** How a text input of a file says NULL: U+FDD0, a noncharacter. */
  public static final String NULL_TEXT = "\uFDD0";

  /**
   * The key of {@code metadata_props} whose value names, one a line, the text inputs that are to be
   * given in lower case ({@link String#toLowerCase(java.util.Locale)} of the root locale) where
   * their words are counted: the one step that no operator of the graph does.
   */
  public static final String LOWER_CASE = "insitu.lower_case";

  /** The domain of the operators for classical machine learning. */
  public static final String ML_DOMAIN = "ai.onnx.ml";

  private static final int IR_VERSION = 10;

  private static final Set<String> OUTPUTS =
      Set.of("prediction", "probabilities", "label", "distances", "centroid_id");

  private final GraphProto.Builder graph;
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> metadata = new TreeMap<>();
  private int counter;

  /** Starts a graph of the given name. */
  public GraphBuilder(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  /**
   * Adds an input of shape [N, 1] for a column and returns its name, which is {@link
   * #inputName(String)}.
   */
  public String input(String column, ElementType type) {
    String name = inputName(column);
    if (!names.add(name)) {
      throw new IllegalArgumentException("input " + name + " stands twice");
    }
    graph.addInput(value(name, type, -1, 1));
    return name;
  }

  /**
   * Returns the name of the input for a column: the column's own, except that one named like an
   * output ({@code label}), like a value of ours or not at all gets the prefix {@code insitu/in/}.
   */
  public static String inputName(String column) {
    return OUTPUTS.contains(column) || column.isEmpty() || column.startsWith("insitu/")
        ? "insitu/in/" + column
        : column;
  }

  /** Adds a constant of doubles; an empty shape is a scalar. */
  public String doubles(double[] values, long... shape) {
    return constant(Tensors.doubles(fresh("c"), values, shape));
  }

  /** Adds a constant of floats. */
  public String floats(float[] values, long... shape) {
    return constant(Tensors.floats(fresh("c"), values, shape));
  }

  /** Adds a constant of integers. */
  public String longs(long[] values, long... shape) {
    return constant(Tensors.longs(fresh("c"), values, shape));
  }

  /** Adds a constant of booleans. */
  public String booleans(boolean[] values, long... shape) {
    return constant(Tensors.booleans(fresh("c"), values, shape));
  }

  /** Adds a constant of texts. */
  public String texts(List<String> values, long... shape) {
    return constant(Tensors.texts(fresh("c"), values, shape));
  }

  /** Adds a node of the domain {@code ai.onnx} with one output and returns that output. */
  public String node(String operator, List<String> inputs, Attribute... attributes) {
    return node("", operator, inputs, attributes);
  }

  /** Adds a node of the domain {@code ai.onnx.ml} with one output and returns that output. */
  public String mlNode(String operator, List<String> inputs, Attribute... attributes) {
    return node(ML_DOMAIN, operator, inputs, attributes);
  }

  /**
   * Adds a node of the domain {@code ai.onnx} with several outputs and returns them, in order.
   *
   * @param outputs how many
   */
  public List<String> node(
      String operator, List<String> inputs, int outputs, Attribute... attributes) {
    return nodes("", operator, inputs, outputs, attributes);
  }

  /** Adds a Cast and returns its output. */
  public String cast(String value, ElementType type) {
    return node("Cast", List.of(value), Attribute.of("to", type.number()));
  }

  /**
   * Declares {@code value} an output under {@code name}; -1 in the shape is the batch dimension.
   */
  public void output(String value, String name, ElementType type, long... shape) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("the name " + name + " of an output is taken");
    }
    graph.addNode(
        NodeProto.newBuilder().setName(name).setOpType("Identity").addInput(value).addOutput(name));
    graph.addOutput(value(name, type, shape));
  }

  /** Adds an entry of {@code metadata_props}. */
  public void metadata(String key, String value) {
    metadata.put(key, value);
  }

  /** Returns the model's bytes in canonical form. */
  public byte[] build() {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("insitu")
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(ML_DOMAIN).setVersion(ML_OPSET));
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return canonicalBytes(model.build());
  }

  static byte[] canonicalBytes(ModelProto model) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(model.getSerializedSize());
      CodedOutputStream output = CodedOutputStream.newInstance(bytes);
      output.useDeterministicSerialization();
      model.writeTo(output);
      output.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String node(
      String domain, String operator, List<String> inputs, Attribute... attributes) {
    return nodes(domain, operator, inputs, 1, attributes).get(0);
  }

  private List<String> nodes(
      String domain, String operator, List<String> inputs, int outputs, Attribute... attributes) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      values.add(fresh("v"));
    }
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName(values.get(0))
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(values);
    if (!domain.isEmpty()) {
      node.setDomain(domain);
    }
    Arrays.stream(attributes).forEach(attribute -> node.addAttribute(attribute.proto()));
    graph.addNode(node);
    return List.copyOf(values);
  }

  private String constant(TensorProto.Builder tensor) {
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  private String fresh(String prefix) {
    String name;
    do {
      name = "insitu/" + prefix + counter++;
    } while (!names.add(name));
    return name;
  }

  static ValueInfoProto value(String name, ElementType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long dimension : shape) {
      TensorShapeProto.Dimension.Builder builder = dimensions.addDimBuilder();
      if (dimension < 0) {
        builder.setDimParam("N");
      } else {
        builder.setDimValue(dimension);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.number()).setShape(dimensions)))
        .build();
  }
}
