package dev.insitu.train.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UniversalBinaryJsonTest {
  @Test
  void readsObjectsArraysAndNumbers() {
    Bytes bytes = new Bytes().text("{").key("a").text("[i").bytes(-3).text("U").bytes(200);
    bytes.text("]").key("b").text("d").bytes(floats(1.5f)).key("c").text("T}");
    assertThat(UniversalBinaryJson.read(bytes.toArray()))
        .isEqualTo(Map.of("a", List.of(-3L, 200L), "b", 1.5, "c", true));
  }

  @Test
  void readsTypedArraysBitForBit() {
    Bytes bytes = new Bytes().text("[$d#i").bytes(2).bytes(floats(0.1f, Float.MIN_VALUE));
    assertThat((float[]) UniversalBinaryJson.read(bytes.toArray()))
        .containsExactly(0.1f, Float.MIN_VALUE);
  }

  @Test
  void refusesWhatIsCutShortOrGoesOn() {
    byte[] whole = new Bytes().text("{").key("a").text("i").bytes(1).text("}").toArray();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> UniversalBinaryJson.read(part)).isInstanceOf(RuntimeException.class);
    }
    byte[] more = java.util.Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> UniversalBinaryJson.read(more))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  private static final class Bytes {
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    Bytes text(String text) {
      stream.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    Bytes key(String name) {
      return text("i").bytes(name.length()).text(name);
    }

    Bytes bytes(int... values) {
      for (int value : values) {
        stream.write(value);
      }
      return this;
    }

    Bytes bytes(byte[] values) {
      stream.writeBytes(values);
      return this;
    }

    byte[] toArray() {
      return stream.toByteArray();
    }
  }
}
