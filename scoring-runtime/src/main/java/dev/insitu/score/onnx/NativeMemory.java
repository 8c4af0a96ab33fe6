package dev.insitu.score.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the process holds in memory beside its Java heap, as Linux tells; other systems do not tell
 * without a library of their own.
 */
final class NativeMemory {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE = pageBytes();

  private NativeMemory() {}

  /** Returns bytes in memory less the heap's, -1 if that is not known. */
  static long held() {
    if (PAGE == 0) {
      return -1;
    }
    byte[] text = new byte[128];
    try (FileChannel statm = FileChannel.open(STATM)) {
      int length = statm.read(ByteBuffer.wrap(text));
      String[] fields = new String(text, 0, length, StandardCharsets.US_ASCII).split(" ", 3);
      return Math.max(0, Long.parseLong(fields[1]) * PAGE - Runtime.getRuntime().totalMemory());
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }

  /** The size of a page: that of the kernel's lines about this process's memory. */
  private static long pageBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
        if (line.startsWith("KernelPageSize:") && line.toLowerCase(Locale.ROOT).endsWith(" kb")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException | RuntimeException e) {
      return 0;
    }
    return 0;
  }
}
