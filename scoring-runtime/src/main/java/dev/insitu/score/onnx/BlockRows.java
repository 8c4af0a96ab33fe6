package dev.insitu.score.onnx;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.onnx.foreign.TensorSizes;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.TextStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many rows go to ONNX Runtime at once: fewer where rows, or what a graph makes of them, are
 * large.
 */
final class BlockRows {
  /** What one tensor may take of the memory before fewer rows are given. */
  private static final int PART = 8;

  private BlockRows() {}

  /**
   * Returns the number of rows.
   *
   * @throws MlException UNSAFE_MODEL if even one row makes more than may be
   */
  static int of(ForeignModel model, GraphBinding binding) {
    int rows = binding.mostRowsPerRun();
    if (binding.runBytes() == 0) {
      return rows;
    }
    long most = Math.max(1, binding.runBytes() / Double.BYTES);
    TensorSizes.Largest largest = largest(model, binding, rows);
    while (binding.rowsPerRun() == 0 && rows > 1 && largest.elements() > most / PART) {
      rows /= 2;
      largest = largest(model, binding, rows);
    }
    if (largest.elements() > most) {
      throw MlException.of(
              ErrorCode.UNSAFE_MODEL,
              String.format(
                  Locale.ROOT,
                  "its operator \"%s\" makes a tensor of %,.0f elements",
                  largest.operator(),
                  largest.elements()))
          .withHint("The option max_memory_bytes allows more.");
    }
    return rows;
  }

  private static TensorSizes.Largest largest(ForeignModel model, GraphBinding binding, long rows) {
    TextStep text = binding.text();
    Map<String, List<Long>> shapes = new HashMap<>();
    for (InputBinding input : binding.inputs()) {
      List<Long> shape = new ArrayList<>();
      for (long dimension : input.shape()) {
        boolean first = shape.isEmpty();
        long tokens = text == null ? dimension : text.maxLength();
        shape.add(dimension >= 0 ? Long.valueOf(dimension) : first ? Long.valueOf(rows) : tokens);
      }
      shapes.put(input.input(), shape);
    }
    return TensorSizes.largest(model, shapes);
  }
}
