package dev.insitu.train.xgboost;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Universal Binary JSON (ubjson.org, draft 12), the form in which XGBoost hands out a model
 * with its float32 values bit for bit.
 *
 * <p>An object is a {@code Map}, an array a {@code List}, a typed array {@code float[]}, {@code
 * int[]}, {@code long[]} or {@code byte[]}, a number a {@code Long} or {@code Double}, text a
 * {@code String}. Confined to one thread.
 */
final class UniversalBinaryJson {
  private final ByteBuffer bytes;

  private UniversalBinaryJson(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
  }

  /** Reads one value, which must be all there is. */
  static Object read(byte[] bytes) {
    UniversalBinaryJson reader = new UniversalBinaryJson(bytes);
    Object value = reader.value(reader.marker());
    if (reader.bytes.hasRemaining()) {
      throw new IllegalArgumentException("bytes after the end");
    }
    return value;
  }

  private char marker() {
    return (char) bytes.get();
  }

  private Object value(char marker) {
    switch (marker) {
      case '{':
        return object();
      case '[':
        return array();
      case 'S':
        return text();
      case 'd':
        return (double) bytes.getFloat();
      case 'D':
        return bytes.getDouble();
      case 'T':
        return true;
      case 'F':
        return false;
      default:
        return integer(marker);
    }
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    while (peek() != '}') {
      String key = text();
      members.put(key, value(marker()));
    }
    marker();
    return members;
  }

  private Object array() {
    if (peek() == '$') {
      marker();
      char type = marker();
      expect('#');
      return typedArray(type, length());
    }
    List<Object> elements = new ArrayList<>();
    if (peek() == '#') {
      marker();
      for (int left = length(); left > 0; left--) {
        elements.add(value(marker()));
      }
      return elements;
    }
    while (peek() != ']') {
      elements.add(value(marker()));
    }
    marker();
    return elements;
  }

  private Object typedArray(char type, int length) {
    switch (type) {
      case 'd':
        float[] floats = new float[length];
        bytes.asFloatBuffer().get(floats);
        skip(length, Float.BYTES);
        return floats;
      case 'l':
        int[] ints = new int[length];
        bytes.asIntBuffer().get(ints);
        skip(length, Integer.BYTES);
        return ints;
      case 'L':
        long[] longs = new long[length];
        bytes.asLongBuffer().get(longs);
        skip(length, Long.BYTES);
        return longs;
      case 'i':
      case 'U':
        byte[] small = new byte[length];
        bytes.get(small);
        return small;
      default:
        throw new IllegalArgumentException("array of type " + type);
    }
  }

  private String text() {
    byte[] utf8 = new byte[length()];
    bytes.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private int length() {
    return Math.toIntExact(integer(marker()));
  }

  private long integer(char marker) {
    switch (marker) {
      case 'i':
        return bytes.get();
      case 'U':
        return bytes.get() & 0xff;
      case 'I':
        return bytes.getShort();
      case 'l':
        return bytes.getInt();
      case 'L':
        return bytes.getLong();
      default:
        throw new IllegalArgumentException("marker " + marker + " at byte " + bytes.position());
    }
  }

  private char peek() {
    return (char) bytes.get(bytes.position());
  }

  private void expect(char marker) {
    if (marker() != marker) {
      throw new IllegalArgumentException("no " + marker + " before byte " + bytes.position());
    }
  }

  private void skip(int elements, int size) {
    bytes.position(bytes.position() + Math.multiplyExact(elements, size));
  }
}
