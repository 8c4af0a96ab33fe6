package dev.insitu.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** The element types of tensors that our graphs use. */
public enum ElementType {
  FLOAT(DataType.FLOAT),
  DOUBLE(DataType.DOUBLE),
  INT64(DataType.INT64),
  BOOL(DataType.BOOL),
  STRING(DataType.STRING);

  private final DataType dataType;

  ElementType(DataType dataType) {
    this.dataType = dataType;
  }

  /**
   * Returns the number of this type in ONNX's {@code TensorProto.DataType}, as attribute {@code to}
   * of Cast takes it.
   */
  public int number() {
    return dataType.getNumber();
  }
}
