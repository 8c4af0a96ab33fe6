package dev.insitu.train.xgboost;

import com.sun.management.OperatingSystemMXBean;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.train.PreparedRows;
import dev.insitu.train.Progress;
import java.lang.management.ManagementFactory;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Rows in XGBoost's own memory, dense, float32; zeros are values, nothing is missing. The owner of
 * the native matrix. Confined to one thread.
 *
 * <p>Memory a cell: 4 bytes of heap and 12 native ones while it is made (a copy for JNI, and
 * XGBoost's entry of index and value), then 8 native ones, and in training 2 more for the bins.
 */
final class DenseMatrix implements AutoCloseable {
  private static final int HEAP_BYTES_A_CELL = Float.BYTES;
  private static final int NATIVE_BYTES_A_CELL = 14;
  private static final int ROWS_A_STEP = 4096;

  private final DMatrix matrix;

  private DenseMatrix(DMatrix matrix) {
    this.matrix = matrix;
  }

  /**
   * Copies rows {@code first} (inclusive) to {@code last} (exclusive).
   *
   * @throws MlException TOO_LARGE, before anything is allocated
   */
  static DenseMatrix of(PreparedRows rows, int first, int last, Progress progress)
      throws XGBoostError {
    int count = last - first;
    int width = rows.features().size();
    requireMemory((long) count * width);
    float[] cells = new float[count * width];
    double[] row = new double[width];
    for (int i = 0; i < count; i++) {
      if (i % ROWS_A_STEP == 0) {
        progress.step("preparing", i, count);
      }
      rows.fill(first + i, row, 0);
      for (int j = 0; j < width; j++) {
        cells[i * width + j] = toFloat(row[j]);
      }
    }
    return new DenseMatrix(new DMatrix(cells, count, width, Float.NaN));
  }

  /** Returns the native matrix, which stays this object's. */
  DMatrix matrix() {
    return matrix;
  }

  @Override
  public void close() {
    matrix.dispose();
  }

  /**
   * Rounds to float32 as Cast of ONNX does, but to the largest number where Cast gives infinity,
   * which XGBoost refuses: every threshold lies between, so both go the same way.
   */
  static float toFloat(double value) {
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, (float) value));
  }

  static void requireMemory(long cells) {
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    require(cells * HEAP_BYTES_A_CELL, heap, "Give the Java process more heap (-Xmx)");
    if (cells > Integer.MAX_VALUE - 8) {
      throw tooLarge(cells * HEAP_BYTES_A_CELL, Integer.MAX_VALUE * (long) HEAP_BYTES_A_CELL, "");
    }
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      long rest = system.getTotalMemorySize() - runtime.totalMemory();
      require(cells * NATIVE_BYTES_A_CELL, rest, "Give the machine or container more memory");
    }
  }

  private static void require(long needed, long available, String remedy) {
    if (needed > available) {
      throw tooLarge(needed, available, remedy + ", or train");
    }
  }

  private static MlException tooLarge(long needed, long available, String remedy) {
    String start = remedy.isEmpty() ? "Train" : remedy;
    return MlException.of(ErrorCode.TOO_LARGE, needed >> 20, available >> 20)
        .withHint(start + " on fewer rows or columns.");
  }
}
