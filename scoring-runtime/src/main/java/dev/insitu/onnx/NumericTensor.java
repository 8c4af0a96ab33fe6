package dev.insitu.onnx;

import com.google.protobuf.CodedInputStream;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A tensor of a file, {@code TensorProto}; written by its reading alone. */
final class NumericTensor implements Message {
  private static final int FLOAT = 1;
  private static final int UINT8 = 2;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int STRING = 8;
  private static final int BOOL = 9;
  private static final int DOUBLE = 11;

  private final Numbers dimensions = new Numbers();
  private final Numbers floats = new Numbers();
  private final Numbers integers = new Numbers();
  private final Numbers longs = new Numbers();
  private final Numbers doubles = new Numbers();
  private final List<String> texts = new ArrayList<>();
  private String name = "";
  private int type;
  private byte[] raw = new byte[0];

  String name() {
    return name;
  }

  /** Returns the number of its element type. */
  int type() {
    return type;
  }

  List<Long> shape() {
    return dimensions.boxed();
  }

  List<String> texts() {
    return texts;
  }

  boolean isText() {
    return type == STRING;
  }

  boolean isDouble() {
    return type == DOUBLE;
  }

  boolean isSingle() {
    return type == FLOAT;
  }

  /** Returns its values as they stand in the file; empty if they are written out. */
  byte[] raw() {
    return raw;
  }

  /** Returns whether {@link #values} can read it. */
  boolean isOfNumbers() {
    return switch (type) {
      case FLOAT, DOUBLE, INT64, INT32, UINT8, BOOL -> true;
      default -> false;
    };
  }

  /**
   * Returns the values of a tensor of numbers, in either of the forms in which they may stand.
   *
   * @throws MlException ENGINE if it is none of numbers
   */
  double[] values() {
    switch (type) {
      case DOUBLE:
        return raw.length == 0 ? doubles.reals() : raw(Double.BYTES);
      case FLOAT:
        return raw.length == 0 ? floats.reals() : raw(Float.BYTES);
      case INT64:
        return raw.length == 0 ? longs.wholes() : raw(Long.BYTES);
      case INT32:
        return raw.length == 0 ? integers.wholes() : raw(Integer.BYTES);
      case BOOL, UINT8:
        return raw.length == 0 ? integers.wholes() : raw(Byte.BYTES);
      default:
        throw MlException.of(
            ErrorCode.ENGINE, "read the graph", "constant \"" + name + "\" is of type " + type);
    }
  }

  private double[] raw(int width) {
    ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[raw.length / width];
    if (type == DOUBLE) {
      bytes.asDoubleBuffer().get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case FLOAT -> bytes.getFloat(i * width);
            case INT64 -> bytes.getLong(i * width);
            case INT32 -> bytes.getInt(i * width);
            default -> bytes.get(i) & 0xFF;
          };
    }
    return values;
  }

  @Override
  public boolean read(CodedInputStream input, int tag) throws IOException {
    switch (tag) {
      case 1 << 3 | VARINT, 1 << 3 | DELIMITED -> dimensions.readLongs(input, tag);
      case 2 << 3 | VARINT -> type = input.readInt32();
      case 4 << 3 | FIXED32, 4 << 3 | DELIMITED -> floats.readFloats(input, tag);
      case 5 << 3 | VARINT, 5 << 3 | DELIMITED -> integers.readLongs(input, tag);
      case 6 << 3 | DELIMITED -> texts.add(input.readString());
      case 7 << 3 | VARINT, 7 << 3 | DELIMITED -> longs.readLongs(input, tag);
      case 8 << 3 | DELIMITED -> name = input.readString();
      case 9 << 3 | DELIMITED -> raw = input.readByteArray();
      case 10 << 3 | FIXED64, 10 << 3 | DELIMITED -> doubles.readDoubles(input, tag);
      default -> {
        return false;
      }
    }
    return true;
  }
}
