package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The operators of a graph and its constants, for those who run them themselves. Immutable but for
 * the arrays, which nobody changes.
 */
public final class NumericGraph {
  private final List<Operator> operators = new ArrayList<>();
  private final Map<String, Constant> constants = new HashMap<>();
  private final List<String> outputs = new ArrayList<>();

  private NumericGraph(ModelProto model) {
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      number(tensor).ifPresent(values -> constants.put(tensor.getName(), constant(tensor, values)));
    }
    model.getGraph().getNodeList().forEach(node -> operators.add(new Operator(node)));
    model.getGraph().getOutputList().forEach(output -> outputs.add(output.getName()));
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

  /** Returns a constant of numbers; empty if the name is none. */
  public Optional<Constant> constant(String name) {
    return Optional.ofNullable(constants.get(name));
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
   * @param single whether they are float32
   */
  @SuppressWarnings("ArrayRecordComponent") // read by whoever runs the graph; compared by nobody
  public record Constant(List<Long> shape, double[] values, boolean single) {
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

    /** Returns an attribute of several integers, empty if it is not there. */
    public long[] longs(String attribute) {
      return Protobuf.longs(node, attribute).stream().mapToLong(Long::longValue).toArray();
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

  private static Constant constant(TensorProto tensor, double[] values) {
    return new Constant(
        List.copyOf(tensor.getDimsList()),
        values,
        tensor.getDataType() == ElementType.FLOAT.number());
  }

  private static Optional<double[]> number(TensorProto tensor) {
    return tensor.getDataType() == ElementType.STRING.number()
        ? Optional.empty()
        : Optional.of(values(tensor));
  }

  private static double[] values(TensorProto tensor) {
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    switch (type == null ? TensorProto.DataType.UNDEFINED : type) {
      case DOUBLE:
        return Protobuf.doubles(tensor);
      case FLOAT:
        return raw.hasRemaining()
            ? DoubleStream.generate(raw::getFloat).limit(raw.remaining() / Float.BYTES).toArray()
            : tensor.getFloatDataList().stream().mapToDouble(Float::doubleValue).toArray();
      case INT64:
        return raw.hasRemaining()
            ? DoubleStream.generate(raw::getLong).limit(raw.remaining() / Long.BYTES).toArray()
            : tensor.getInt64DataList().stream().mapToDouble(Long::doubleValue).toArray();
      case BOOL:
      case UINT8:
        return raw.hasRemaining()
            ? DoubleStream.generate(() -> raw.get() & 0xFF).limit(raw.remaining()).toArray()
            : tensor.getInt32DataList().stream().mapToDouble(Integer::doubleValue).toArray();
      default:
        throw MlException.of(
            ErrorCode.ENGINE,
            "read the graph",
            "constant \"" + tensor.getName() + "\" is of type " + tensor.getDataType());
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(operators.stream().map(Operator::type).toArray());
  }
}
