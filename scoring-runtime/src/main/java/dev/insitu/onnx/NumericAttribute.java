package dev.insitu.onnx;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attribute of an operator, {@code AttributeProto}; written by its reading alone. */
final class NumericAttribute implements Message {
  private final Numbers floats = new Numbers();
  private final Numbers longs = new Numbers();
  private final List<String> texts = new ArrayList<>();
  private String name = "";
  private float real;
  private long number;
  private byte[] text = new byte[0];
  private @Nullable NumericTensor tensor;

  String name() {
    return name;
  }

  double real() {
    return real;
  }

  long number() {
    return number;
  }

  String text() {
    return new String(text, StandardCharsets.UTF_8);
  }

  List<String> texts() {
    return texts;
  }

  long[] longs() {
    return longs.longs();
  }

  double[] floats() {
    return floats.reals();
  }

  @Nullable NumericTensor tensor() {
    return tensor;
  }

  @Override
  public boolean read(CodedInputStream input, int tag) throws IOException {
    switch (tag) {
      case 1 << 3 | DELIMITED -> name = input.readString();
      case 2 << 3 | FIXED32 -> real = input.readFloat();
      case 3 << 3 | VARINT -> number = input.readInt64();
      case 4 << 3 | DELIMITED -> text = input.readByteArray();
      case 5 << 3 | DELIMITED -> {
        NumericTensor merged = tensor == null ? new NumericTensor() : tensor;
        tensor = merged;
        Message.nested(input, merged);
      }
      case 7 << 3 | FIXED32, 7 << 3 | DELIMITED -> floats.readFloats(input, tag);
      case 8 << 3 | VARINT, 8 << 3 | DELIMITED -> longs.readLongs(input, tag);
      case 9 << 3 | DELIMITED -> texts.add(input.readString());
      default -> {
        return false;
      }
    }
    return true;
  }
}
