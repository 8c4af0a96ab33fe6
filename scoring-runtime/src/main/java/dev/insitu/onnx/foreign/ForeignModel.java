package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A graph that somebody else made, read from its file and found harmless as far as that can be told
 * without running it. Immutable.
 */
public final class ForeignModel {
  private final ModelProto model;

  private ForeignModel(ModelProto model) {
    this.model = model;
  }

  /**
   * Reads and checks a file.
   *
   * @param what the file's name as messages show it, with its quotes
   * @throws MlException NOT_AN_ONNX_MODEL, UNSAFE_MODEL
   */
  public static ForeignModel read(String what, byte[] bytes, ModelLimits limits) {
    if (bytes.length > limits.bytes()) {
      throw MlException.of(
              ErrorCode.UNSAFE_MODEL,
              String.format(
                  Locale.ROOT,
                  "it has %,d bytes, more than the %,d that are allowed",
                  bytes.length,
                  limits.bytes()))
          .withHint("The option max_bytes allows more.");
    }
    ModelProto model;
    try {
      WireCheck.check(bytes, limits);
      model = ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw MlException.of(ErrorCode.NOT_AN_ONNX_MODEL, what, "it is damaged or of another format")
          .withCause(e);
    }
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw MlException.of(ErrorCode.NOT_AN_ONNX_MODEL, what, "there is no graph in it");
    }
    ForeignModel foreign = new ForeignModel(model);
    SafetyCheck.check(what, model, limits);
    return foreign;
  }

  /**
   * Returns the inputs that must be given, in order: an input with an initializer is a constant
   * with a name, not a column.
   */
  public List<GraphPort> inputs() {
    Set<String> defaults = GraphNames.initializers(graph());
    return graph().getInputList().stream()
        .filter(input -> !defaults.contains(input.getName()))
        .map(ForeignModel::port)
        .toList();
  }

  /** Returns the inputs that have a default and need not be given. */
  public List<GraphPort> optionalInputs() {
    Set<String> defaults = GraphNames.initializers(graph());
    return graph().getInputList().stream()
        .filter(input -> defaults.contains(input.getName()))
        .map(ForeignModel::port)
        .toList();
  }

  /** Returns the outputs, in order. */
  public List<GraphPort> outputs() {
    return graph().getOutputList().stream().map(ForeignModel::port).toList();
  }

  /** Returns the version of each operator set; the domain {@code ai.onnx} is the empty text. */
  public Map<String, Long> operatorSets() {
    Map<String, Long> versions = new TreeMap<>();
    model
        .getOpsetImportList()
        .forEach(
            set ->
                versions.put(
                    set.getDomain().equals("ai.onnx") ? "" : set.getDomain(), set.getVersion()));
    return Collections.unmodifiableMap(versions);
  }

  /** Returns the program that wrote the file and its version: {@code skl2onnx 1.19.1}; or empty. */
  public String producer() {
    return (model.getProducerName() + " " + model.getProducerVersion()).strip();
  }

  /** Returns {@code metadata_props}. */
  public Map<String, String> metadata() {
    Map<String, String> entries = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(e -> entries.put(e.getKey(), e.getValue()));
    return Collections.unmodifiableMap(entries);
  }

  /** Returns the names of the operators, each with its domain unless that is {@code ai.onnx}. */
  public List<String> operators() {
    return graph().getNodeList().stream()
        .map(node -> GraphNames.operator(node))
        .distinct()
        .sorted()
        .collect(Collectors.toList());
  }

  /**
   * Returns the classes behind an output that holds labels or one number a class, as far as the
   * graph tells.
   */
  public Optional<ClassLabels> classes(String output) {
    return new LabelSearch(graph()).of(output);
  }

  /**
   * Returns the tensor behind an output of maps: what ZipMap was given, [N, classes].
   *
   * @param output an output of container MAPS
   */
  public Optional<String> zipped(String output) {
    return graph().getNodeList().stream()
        .filter(n -> n.getOpType().equals("ZipMap") && n.getInputCount() > 0)
        .filter(n -> n.getOutputList().contains(output))
        .map(n -> n.getInput(0))
        .findFirst();
  }

  /**
   * Returns values that the operators behind an input know by heart: categories of an encoder, as
   * text; empty if there are none.
   */
  public List<String> knownValues(String input) {
    return new KnownValues(graph()).of(input);
  }

  ModelProto proto() {
    return model;
  }

  private GraphProto graph() {
    return model.getGraph();
  }

  private static GraphPort port(ValueInfoProto value) {
    TypeProto type = value.getType();
    if (type.hasTensorType()) {
      TypeProto.Tensor tensor = type.getTensorType();
      Optional<List<Dimension>> shape = Optional.empty();
      if (tensor.hasShape()) {
        List<Dimension> dimensions = new ArrayList<>();
        tensor
            .getShape()
            .getDimList()
            .forEach(
                d ->
                    dimensions.add(
                        d.hasDimValue() && d.getDimValue() >= 0
                            ? new Dimension(d.getDimValue(), "")
                            : new Dimension(-1, d.getDimParam())));
        shape = Optional.of(dimensions);
      }
      return new GraphPort(
          value.getName(), GraphPort.Container.TENSOR, Element.of(tensor.getElemType()), shape);
    }
    if (type.hasSequenceType() && type.getSequenceType().getElemType().hasMapType()) {
      TypeProto.Map map = type.getSequenceType().getElemType().getMapType();
      return new GraphPort(
          value.getName(),
          GraphPort.Container.MAPS,
          Element.of(map.getValueType().getTensorType().getElemType()),
          Optional.empty());
    }
    return new GraphPort(
        value.getName(), GraphPort.Container.OTHER, Element.OTHER, Optional.empty());
  }
}
