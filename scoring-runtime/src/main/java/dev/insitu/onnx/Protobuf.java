package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads ONNX messages as generated classes, for those who write them again. */
final class Protobuf {
  private Protobuf() {}

  static ModelProto parse(byte[] bytes) {
    try {
      ModelProto model = ModelProto.parseFrom(bytes);
      if (!model.hasGraph() || model.getGraph().getOutputCount() == 0) {
        throw MlException.of(ErrorCode.ENGINE, "read the graph", "it has no outputs");
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw MlException.of(ErrorCode.ENGINE, "read the graph", "it is no ONNX file").withCause(e);
    }
  }

  static GraphValue value(ValueInfoProto value) {
    TypeProto.Tensor tensor = value.getType().getTensorType();
    List<Long> shape = new ArrayList<>();
    tensor.getShape().getDimList().forEach(d -> shape.add(d.hasDimValue() ? d.getDimValue() : -1L));
    for (ElementType type : ElementType.values()) {
      if (type.number() == tensor.getElemType()) {
        return new GraphValue(value.getName(), type, shape);
      }
    }
    throw MlException.of(
        ErrorCode.ENGINE,
        "read the graph",
        "\"" + value.getName() + "\" is of type " + tensor.getElemType());
  }

  /** Returns the values of a tensor of doubles, in either of the forms in which it may stand. */
  static double[] doubles(TensorProto tensor) {
    if (tensor.getRawData().isEmpty()) {
      return tensor.getDoubleDataList().stream().mapToDouble(Double::doubleValue).toArray();
    }
    double[] values = new double[tensor.getRawData().size() / Double.BYTES];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(values);
    return values;
  }
}
