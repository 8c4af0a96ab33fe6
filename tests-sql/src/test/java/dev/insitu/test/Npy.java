package dev.insitu.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes arrays as NumPy reads them (numpy.lib.format, version 1.0). */
final class Npy {
  private static final int ALIGNMENT = 64;
  private static final int MAGIC_BYTES = 10;

  private Npy() {}

  static void write(Path file, double[] values) throws IOException {
    ByteBuffer bytes = header("<f8", values.length, Double.BYTES);
    for (double value : values) {
      bytes.putDouble(value);
    }
    Files.write(file, bytes.array());
  }

  static void write(Path file, int[] values) throws IOException {
    ByteBuffer bytes = header("<i4", values.length, Integer.BYTES);
    for (int value : values) {
      bytes.putInt(value);
    }
    Files.write(file, bytes.array());
  }

  private static ByteBuffer header(String type, int length, int size) {
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + length + ",), }";
    int padding = ALIGNMENT - (MAGIC_BYTES + text.length() + 1) % ALIGNMENT;
    byte[] header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(MAGIC_BYTES + header.length + length * size)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length);
    return bytes.put(header);
  }
}
