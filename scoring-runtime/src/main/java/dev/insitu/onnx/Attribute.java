package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.List;

/** A named attribute of a node. Immutable. */
public final class Attribute {
  private final AttributeProto proto;

  private Attribute(AttributeProto.Builder proto) {
    this.proto = proto.build();
  }

  AttributeProto proto() {
    return proto;
  }

  /** Returns an integer attribute. */
  public static Attribute of(String name, long value) {
    return new Attribute(named(name, AttributeType.INT).setI(value));
  }

  /** Returns a float attribute. */
  public static Attribute of(String name, float value) {
    return new Attribute(named(name, AttributeType.FLOAT).setF(value));
  }

  /** Returns a text attribute. */
  public static Attribute of(String name, String value) {
    return new Attribute(named(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)));
  }

  /** Returns an attribute of several integers. */
  public static Attribute ofLongs(String name, long... values) {
    AttributeProto.Builder proto = named(name, AttributeType.INTS);
    for (long value : values) {
      proto.addInts(value);
    }
    return new Attribute(proto);
  }

  /** Returns an attribute of several floats. */
  public static Attribute ofFloats(String name, float... values) {
    AttributeProto.Builder proto = named(name, AttributeType.FLOATS);
    for (float value : values) {
      proto.addFloats(value);
    }
    return new Attribute(proto);
  }

  /** Returns an attribute of several texts. */
  public static Attribute ofTexts(String name, List<String> values) {
    AttributeProto.Builder proto = named(name, AttributeType.STRINGS);
    for (String value : values) {
      proto.addStrings(ByteString.copyFromUtf8(value));
    }
    return new Attribute(proto);
  }

  /**
   * Returns a tensor attribute of doubles, as TreeEnsemble (ai.onnx.ml 5) takes thresholds and
   * weights in float64.
   */
  public static Attribute ofDoubleTensor(String name, double[] values) {
    TensorProto.Builder tensor = Tensors.doubles(name, values, values.length);
    return new Attribute(named(name, AttributeType.TENSOR).setT(tensor));
  }

  /** Returns a tensor attribute of floats. */
  public static Attribute ofFloatTensor(String name, float[] values) {
    TensorProto.Builder tensor = Tensors.floats(name, values, values.length);
    return new Attribute(named(name, AttributeType.TENSOR).setT(tensor));
  }

  /** Returns a tensor attribute of unsigned bytes, as TreeEnsemble takes its node modes. */
  public static Attribute ofByteTensor(String name, byte[] values) {
    TensorProto.Builder tensor = Tensors.unsignedBytes(name, values);
    return new Attribute(named(name, AttributeType.TENSOR).setT(tensor));
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
