package dev.insitu.onnx;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A repeated field of numbers, packed or one by one: whole numbers, or the bits of doubles. */
final class Numbers {
  private long[] values = new long[4];
  private int size;

  int size() {
    return size;
  }

  long[] longs() {
    return Arrays.copyOf(values, size);
  }

  /** Returns whole numbers as doubles. */
  double[] wholes() {
    double[] wholes = new double[size];
    for (int i = 0; i < size; i++) {
      wholes[i] = values[i];
    }
    return wholes;
  }

  /** Returns what was read as floats or doubles. */
  double[] reals() {
    double[] reals = new double[size];
    for (int i = 0; i < size; i++) {
      reals[i] = Double.longBitsToDouble(values[i]);
    }
    return reals;
  }

  List<Long> boxed() {
    List<Long> boxed = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      boxed.add(values[i]);
    }
    return boxed;
  }

  void readLongs(CodedInputStream input, int tag) throws IOException {
    if ((tag & 7) != Message.DELIMITED) {
      add(input.readInt64());
      return;
    }
    int outer = input.pushLimit(input.readRawVarint32());
    while (input.getBytesUntilLimit() > 0) {
      add(input.readInt64());
    }
    input.popLimit(outer);
  }

  void readFloats(CodedInputStream input, int tag) throws IOException {
    if ((tag & 7) != Message.DELIMITED) {
      add(Double.doubleToRawLongBits(input.readFloat()));
      return;
    }
    int outer = input.pushLimit(input.readRawVarint32());
    while (input.getBytesUntilLimit() > 0) {
      add(Double.doubleToRawLongBits(input.readFloat()));
    }
    input.popLimit(outer);
  }

  void readDoubles(CodedInputStream input, int tag) throws IOException {
    if ((tag & 7) != Message.DELIMITED) {
      add(input.readRawLittleEndian64());
      return;
    }
    int outer = input.pushLimit(input.readRawVarint32());
    while (input.getBytesUntilLimit() > 0) {
      add(input.readRawLittleEndian64());
    }
    input.popLimit(outer);
  }

  private void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 4 * size);
    }
    values[size++] = value;
  }
}
