package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/**
 * The operators of a graph and its constants, for those who run them themselves. Immutable but for
 * the arrays, which nobody changes.
 */
public final class NumericGraph {
  private static final Set<Integer> NUMBERS =
      Set.of(
          TensorProto.DataType.FLOAT_VALUE,
          TensorProto.DataType.DOUBLE_VALUE,
          TensorProto.DataType.INT64_VALUE,
          TensorProto.DataType.INT32_VALUE,
          TensorProto.DataType.UINT8_VALUE,
          TensorProto.DataType.BOOL_VALUE);

  private final List<Operator> operators = new ArrayList<>();
  private final Map<String, TensorProto> tensors = new HashMap<>();
  private final Map<String, Constant> constants = new HashMap<>();
  private final List<String> outputs = new ArrayList<>();
  private final Map<String, Long> operatorSets = new HashMap<>();

  private NumericGraph(ModelProto model) {
    model.getGraph().getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
    for (NodeProto node : model.getGraph().getNodeList()) {
      Optional<TensorProto> tensor = tensorOf(node);
      if (tensor.isPresent()) {
        tensors.put(node.getOutput(0), tensor.get());
      } else {
        operators.add(new Operator(node));
      }
    }
    model.getGraph().getOutputList().forEach(output -> outputs.add(output.getName()));
    model
        .getOpsetImportList()
        .forEach(set -> operatorSets.put(domain(set.getDomain()), set.getVersion()));
  }

  /** Returns the tensor of an operator {@code Constant} that has one. */
  private static Optional<TensorProto> tensorOf(NodeProto node) {
    if (!node.getOpType().equals("Constant") || node.getOutputCount() != 1) {
      return Optional.empty();
    }
    return node.getAttributeList().stream()
        .filter(a -> a.getName().equals("value") && a.hasT())
        .map(AttributeProto::getT)
        .findFirst();
  }

  private static String domain(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  /**
   * Reads a graph.
   *
   * @throws MlException ENGINE if the bytes are no ONNX file
   */
  public static NumericGraph read(byte[] bytes) {
    return new NumericGraph(Protobuf.parse(bytes));
  }

  /** Returns the operators in an order in which they can run. */
  public List<Operator> operators() {
    return operators;
  }

  /** Returns the operators on the way to some values, in their order. */
  public List<Operator> operators(List<String> wanted) {
    Map<String, Integer> producers = new HashMap<>();
    for (int i = 0; i < operators.size(); i++) {
      for (String output : operators.get(i).outputs()) {
        producers.put(output, i);
      }
    }
    BitSet needed = new BitSet();
    Deque<String> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      Integer producer = producers.get(open.pop());
      if (producer != null && !needed.get(producer)) {
        needed.set(producer);
        open.addAll(operators.get(producer).inputs());
      }
    }
    return needed.stream().mapToObj(operators::get).toList();
  }

  /** Returns the version of an operator set, 0 if the graph has none of it. */
  public long operatorSet(String domain) {
    return operatorSets.getOrDefault(domain, 0L);
  }

  /** Returns a constant of numbers; empty if the name is none, or its type none of ours. */
  public Optional<Constant> constant(String name) {
    TensorProto tensor = tensors.get(name);
    if (tensor == null || !NUMBERS.contains(tensor.getDataType())) {
      return Optional.empty();
    }
    return Optional.of(constants.computeIfAbsent(name, n -> constant(tensor)));
  }

  /** Returns a constant of texts; empty if the name is none. */
  public Optional<List<String>> texts(String name) {
    TensorProto tensor = tensors.get(name);
    if (tensor == null || tensor.getDataType() != ElementType.STRING.number()) {
      return Optional.empty();
    }
    return Optional.of(tensor.getStringDataList().stream().map(ByteString::toStringUtf8).toList());
  }

  /** Returns the names of the outputs. */
  public List<String> outputs() {
    return outputs;
  }

  /**
   * A constant tensor.
   *
   * @param shape its dimensions
   * @param values row-major; whole numbers as doubles
   * @param type the number of its element type in ONNX
   */
  @SuppressWarnings("ArrayRecordComponent") // read by whoever runs the graph; compared by nobody
  public record Constant(List<Long> shape, double[] values, int type) {
    /** Returns the size of the last dimension, 1 of a scalar. */
    public int width() {
      return shape.isEmpty() ? 1 : Math.toIntExact(shape.get(shape.size() - 1));
    }
  }

  /** An operator with its attributes. */
  public static final class Operator {
    private final NodeProto node;

    private Operator(NodeProto node) {
      this.node = node;
    }

    /** Returns its type: {@code MatMul}. */
    public String type() {
      return node.getOpType();
    }

    /** Returns the operator set that it is of; the domain {@code ai.onnx} is the empty text. */
    public String domain() {
      return NumericGraph.domain(node.getDomain());
    }

    /** Returns the values that it reads; an empty name is one left out. */
    public List<String> inputs() {
      return node.getInputList();
    }

    /** Returns the values that it makes. */
    public List<String> outputs() {
      return node.getOutputList();
    }

    /** Returns an integer attribute. */
    public long number(String attribute, long otherwise) {
      return Protobuf.number(node, attribute, otherwise);
    }

    /** Returns whether an attribute is there. */
    public boolean has(String attribute) {
      return Protobuf.has(node, attribute);
    }

    /** Returns a float attribute. */
    public double real(String attribute, double otherwise) {
      return attribute(attribute).map(a -> (double) a.getF()).orElse(otherwise);
    }

    /** Returns a text attribute. */
    public String text(String attribute, String otherwise) {
      return Protobuf.text(node, attribute, otherwise);
    }

    /** Returns an attribute of several texts, empty if it is not there. */
    public List<String> texts(String attribute) {
      return Protobuf.texts(node, attribute);
    }

    /** Returns an attribute of several integers, empty if it is not there. */
    public long[] longs(String attribute) {
      AttributeProto found = attribute(attribute).orElse(AttributeProto.getDefaultInstance());
      long[] values = new long[found.getIntsCount()];
      Arrays.setAll(values, found::getInts);
      return values;
    }

    /** Returns an attribute of several floats, empty if it is not there. */
    public double[] floats(String attribute) {
      AttributeProto found = attribute(attribute).orElse(AttributeProto.getDefaultInstance());
      double[] values = new double[found.getFloatsCount()];
      Arrays.setAll(values, found::getFloats);
      return values;
    }

    private Optional<AttributeProto> attribute(String name) {
      return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
    }

    /** Returns whether a tensor attribute is of float32. */
    public boolean isSingle(String attribute) {
      return node.getAttributeList().stream()
          .anyMatch(
              a ->
                  a.getName().equals(attribute)
                      && a.getT().getDataType() == ElementType.FLOAT.number());
    }

    /** Returns a tensor attribute of numbers, empty if it is not there. */
    public double[] tensor(String attribute) {
      return node.getAttributeList().stream()
          .filter(a -> a.getName().equals(attribute))
          .map(AttributeProto::getT)
          .findFirst()
          .map(NumericGraph::values)
          .orElseGet(() -> new double[0]);
    }
  }

  private static Constant constant(TensorProto tensor) {
    return new Constant(List.copyOf(tensor.getDimsList()), values(tensor), tensor.getDataType());
  }

  private static double[] values(TensorProto tensor) {
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    boolean packed = !raw.hasRemaining();
    switch (type == null ? TensorProto.DataType.UNDEFINED : type) {
      case DOUBLE:
        return Protobuf.doubles(tensor);
      case FLOAT:
        return packed
            ? filled(tensor.getFloatDataCount(), tensor::getFloatData)
            : filled(raw.remaining() / Float.BYTES, i -> raw.getFloat(i * Float.BYTES));
      case INT64:
        return packed
            ? filled(tensor.getInt64DataCount(), tensor::getInt64Data)
            : filled(raw.remaining() / Long.BYTES, i -> raw.getLong(i * Long.BYTES));
      case INT32:
        return packed
            ? filled(tensor.getInt32DataCount(), tensor::getInt32Data)
            : filled(raw.remaining() / Integer.BYTES, i -> raw.getInt(i * Integer.BYTES));
      case BOOL:
      case UINT8:
        return packed
            ? filled(tensor.getInt32DataCount(), tensor::getInt32Data)
            : filled(raw.remaining(), i -> raw.get(i) & 0xFF);
      default:
        throw MlException.of(
            ErrorCode.ENGINE,
            "read the graph",
            "constant \"" + tensor.getName() + "\" is of type " + tensor.getDataType());
    }
  }

  private static double[] filled(int size, IntToDoubleFunction value) {
    double[] values = new double[size];
    Arrays.setAll(values, value);
    return values;
  }

  @Override
  public String toString() {
    return Arrays.toString(operators.stream().map(Operator::type).toArray());
  }
}
