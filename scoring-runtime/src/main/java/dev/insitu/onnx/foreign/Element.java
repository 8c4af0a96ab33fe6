package dev.insitu.onnx.foreign;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Locale;

/** The element types of ONNX tensors, under ONNX's own names. */
public enum Element {
  FLOAT(DataType.FLOAT, Family.REAL),
  DOUBLE(DataType.DOUBLE, Family.REAL),
  FLOAT16(DataType.FLOAT16, Family.REAL),
  BFLOAT16(DataType.BFLOAT16, Family.REAL),
  INT8(DataType.INT8, Family.INTEGER),
  INT16(DataType.INT16, Family.INTEGER),
  INT32(DataType.INT32, Family.INTEGER),
  INT64(DataType.INT64, Family.INTEGER),
  UINT8(DataType.UINT8, Family.INTEGER),
  UINT16(DataType.UINT16, Family.INTEGER),
  UINT32(DataType.UINT32, Family.INTEGER),
  UINT64(DataType.UINT64, Family.INTEGER),
  BOOL(DataType.BOOL, Family.BOOLEAN),
  STRING(DataType.STRING, Family.TEXT),
  /** Complex and 4- and 8-bit numbers, which nothing in SQL corresponds to, and unknown types. */
  OTHER(DataType.UNDEFINED, Family.NONE);

  /** What the elements are to SQL. */
  public enum Family {
    REAL,
    INTEGER,
    BOOLEAN,
    TEXT,
    NONE
  }

  private final DataType type;
  private final Family family;

  Element(DataType type, Family family) {
    this.type = type;
    this.family = family;
  }

  /** Returns what the elements are to SQL. */
  public Family family() {
    return family;
  }

  /** Returns the smallest whole number that an element of INTEGER or BOOLEAN can be. */
  public long smallest() {
    return switch (this) {
      case INT8 -> Byte.MIN_VALUE;
      case INT16 -> Short.MIN_VALUE;
      case INT32 -> Integer.MIN_VALUE;
      case INT64 -> Long.MIN_VALUE;
      default -> 0;
    };
  }

  /** Returns the largest whole number that an element of INTEGER or BOOLEAN can be in SQL. */
  public long largest() {
    return switch (this) {
      case BOOL -> 1;
      case INT8 -> Byte.MAX_VALUE;
      case UINT8 -> 0xFF;
      case INT16 -> Short.MAX_VALUE;
      case UINT16 -> 0xFFFF;
      case INT32 -> Integer.MAX_VALUE;
      case UINT32 -> 0xFFFF_FFFFL;
      default -> Long.MAX_VALUE;
    };
  }

  /** Returns ONNX's word: {@code float}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  int number() {
    return type.getNumber();
  }

  static Element of(int number) {
    for (Element element : values()) {
      if (element != OTHER && element.number() == number) {
        return element;
      }
    }
    return OTHER;
  }
}
