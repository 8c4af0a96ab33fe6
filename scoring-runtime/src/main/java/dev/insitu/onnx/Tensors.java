package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes tensors: numbers as little-endian raw bytes, which is their canonical form here. */
final class Tensors {
  private Tensors() {}

  static TensorProto.Builder doubles(String name, double[] values, long... shape) {
    ByteBuffer bytes = buffer(values.length, Double.BYTES);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return raw(name, ElementType.DOUBLE, bytes, shape);
  }

  static TensorProto.Builder floats(String name, float[] values, long... shape) {
    ByteBuffer bytes = buffer(values.length, Float.BYTES);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return raw(name, ElementType.FLOAT, bytes, shape);
  }

  static TensorProto.Builder longs(String name, long[] values, long... shape) {
    ByteBuffer bytes = buffer(values.length, Long.BYTES);
    for (long value : values) {
      bytes.putLong(value);
    }
    return raw(name, ElementType.INT64, bytes, shape);
  }

  static TensorProto.Builder booleans(String name, boolean[] values, long... shape) {
    ByteBuffer bytes = buffer(values.length, Byte.BYTES);
    for (boolean value : values) {
      bytes.put((byte) (value ? 1 : 0));
    }
    return raw(name, ElementType.BOOL, bytes, shape);
  }

  static TensorProto.Builder unsignedBytes(String name, byte[] values) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.UINT8.getNumber())
        .addDims(values.length)
        .setRawData(ByteString.copyFrom(values));
  }

  static TensorProto.Builder texts(String name, List<String> values, long... shape) {
    TensorProto.Builder tensor = shaped(name, ElementType.STRING, shape);
    for (String value : values) {
      tensor.addStringData(ByteString.copyFromUtf8(value));
    }
    return tensor;
  }

  private static TensorProto.Builder raw(
      String name, ElementType type, ByteBuffer bytes, long... shape) {
    return shaped(name, type, shape).setRawData(ByteString.copyFrom(bytes.flip()));
  }

  private static TensorProto.Builder shaped(String name, ElementType type, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.number());
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  private static ByteBuffer buffer(int length, int elementBytes) {
    return ByteBuffer.allocate(Math.multiplyExact(length, elementBytes))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
