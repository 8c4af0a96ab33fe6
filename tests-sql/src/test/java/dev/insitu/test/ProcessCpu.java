package dev.insitu.test;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** CPU time of this process: all threads, native code, compiler and collector included. */
final class ProcessCpu {
  private ProcessCpu() {}

  /** Something to measure. */
  interface Work {
    void run() throws Exception;
  }

  /** Returns the CPU seconds that work takes; garbage of what was before is not counted. */
  static double seconds(Work work) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.gc();
    long start = system.getProcessCpuTime();
    work.run();
    return (system.getProcessCpuTime() - start) / 1e9;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static void report(String text) {
    System.getLogger("cost").log(System.Logger.Level.INFO, text);
  }
}
