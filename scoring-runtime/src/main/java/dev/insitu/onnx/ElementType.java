package dev.insitu.onnx;

/** The element types of tensors that our graphs use. */
public enum ElementType {
  FLOAT(1),
  DOUBLE(11),
  INT64(7),
  BOOL(9),
  STRING(8);

  private final int number;

  ElementType(int number) {
    this.number = number;
  }

  /**
   * Returns the number of this type in ONNX's {@code TensorProto.DataType}, as attribute {@code to}
   * of Cast takes it.
   */
  public int number() {
    return number;
  }
}
