package dev.insitu.onnx.foreign;

/** The types in which values cross the edge of an executable graph. */
public enum Carrier {
  DOUBLE(Element.DOUBLE),
  /** Between two casts an engine may forget that a number was rounded to 16 bits. */
  FLOAT16(Element.FLOAT16),
  INT64(Element.INT64),
  TEXT(Element.STRING);

  private final Element element;

  Carrier(Element element) {
    this.element = element;
  }

  /** Returns the element type of the tensor that crosses. */
  public Element element() {
    return element;
  }

  /** Returns in which type columns of scalars enter a tensor of this element type. */
  public static Carrier ofScalars(Element element) {
    return switch (element.family()) {
      case TEXT -> TEXT;
      case INTEGER, BOOLEAN -> INT64;
      default -> element == Element.FLOAT16 ? FLOAT16 : DOUBLE;
    };
  }

  /** Returns in which type the values of an output leave, without loss. */
  public static Carrier ofOutput(Element element) {
    return switch (element.family()) {
      case TEXT -> TEXT;
      case INTEGER, BOOLEAN -> INT64;
      default -> element == Element.FLOAT16 ? FLOAT16 : DOUBLE;
    };
  }
}
