package dev.insitu.peers;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A way to get from a table to its predictions, which does what it is told to on the standard
 * input: the name of a way, and a file where the predictions go if they are to be checked. It
 * answers with a line of seconds that passed, CPU seconds of the process, count and sum, then a
 * full stop; what libraries print goes to the standard error.
 */
abstract class Peer {
  /** Shorter ways are repeated for so many nanoseconds: CPU time comes in hundredths of a second. */
  private static final long LEAST = 500_000_000;

  /** Predictions, in the order of the rows. */
  static final class Answers {
    private double[] values = new double[1024];
    private int size;
    private double sum;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
      sum += value;
    }

    void write(Path file) throws IOException {
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(size, Double.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      bytes.asDoubleBuffer().put(values, 0, size);
      Files.write(file, bytes.array());
    }
  }

  /** Does what a way needs before each time, not counted; returns whether that was anything. */
  boolean prepare(String way) throws Exception {
    return false;
  }

  /** Gets the answers. */
  abstract Answers run(String way) throws Exception;

  /** Answers until the standard input ends. */
  final void serve(PrintStream out) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    out.println(".");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ");
      long elapsed = 0;
      long used = 0;
      int times = 0;
      boolean prepared;
      Answers answers;
      do {
        prepared = prepare(words[0]);
        System.gc();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        answers = run(words[0]);
        elapsed += System.nanoTime() - start;
        used += system.getProcessCpuTime() - cpu;
        times++;
      } while (elapsed < LEAST && !prepared);
      if (words.length > 1) {
        answers.write(Path.of(words[1]));
      }
      out.println(
          String.format(
              Locale.ROOT,
              "%s\t%.6f\t%.6f\t%d\t%s",
              words[0],
              elapsed / 1e9 / times,
              used / 1e9 / times,
              answers.size,
              answers.sum));
      out.println(".");
    }
  }

  /** Returns the standard output, and has everybody else write to the standard error. */
  static PrintStream out() {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    return out;
  }
}
