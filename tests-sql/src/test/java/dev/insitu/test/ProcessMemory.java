package dev.insitu.test;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What this process holds.
 *
 * @param heap MB in use after a collection
 * @param resident MB in memory, native libraries and what they allocated included; 0 where the
 *     machine does not say
 * @param files open file handles; 0 where the machine does not say
 */
record ProcessMemory(long heap, long resident, long files) {
  static ProcessMemory now() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100); // native memory goes after what holds it
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : 0;
    return new ProcessMemory(heap >> 20, kilobytes("VmRSS:") >> 10, files);
  }

  /** Returns a figure of the operating system about this process; 0 where it does not say. */
  static long kilobytes(String name) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  @Override
  public String toString() {
    return heap + " MB of heap, " + resident + " MB resident, " + files + " files";
  }
}
