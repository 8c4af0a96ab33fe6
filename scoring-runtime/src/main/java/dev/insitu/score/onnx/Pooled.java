package dev.insitu.score.onnx;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.score.binding.OutputBinding;
import org.jspecify.annotations.Nullable;

/**
 * Makes a vector a row: of vectors a token, and of length 1, as the library sentence-transformers
 * does.
 */
final class Pooled {
  private static final double SMALLEST_SUM = 1e-9;
  private static final double SMALLEST_LENGTH = 1e-12;

  private Pooled() {}

  /**
   * Returns the output as its binding wants it.
   *
   * @param block the tokens of the run
   * @param count how many rows of the output are wanted
   * @throws MlException ENGINE if it is no vector a token
   */
  static RawOutput of(OutputBinding binding, RawOutput raw, @Nullable TokenBlock block, int count) {
    if (!(binding instanceof OutputBinding.Numbers numbers)) {
      return raw;
    }
    RawOutput pooled = raw;
    if (numbers.pooling() != OutputBinding.Pooling.NONE && block != null) {
      pooled = pool(numbers, raw, block, count);
    }
    if (numbers.normalized()) {
      normalize(pooled.numbers(), (int) pooled.shape()[0]);
    }
    return pooled;
  }

  private static RawOutput pool(
      OutputBinding.Numbers binding, RawOutput raw, TokenBlock block, int count) {
    long[] shape = raw.shape();
    if (shape.length != 3 || shape[1] != block.length() || shape[0] < count) {
      throw MlException.of(
          ErrorCode.ENGINE,
          "score a batch",
          "output \"" + binding.value() + "\" is " + raw + ", not a vector a token");
    }
    int rows = (int) shape[0];
    int width = (int) shape[2];
    double[] result = new double[rows * width];
    for (int row = 0; row < count; row++) {
      pool(binding.pooling(), raw.numbers(), row, width, block, result);
    }
    // Rows that only fill up repeat the last one.
    for (int row = count; row < rows; row++) {
      System.arraycopy(result, (count - 1) * width, result, row * width, width);
    }
    return new RawOutput(
        raw.carrier(), new long[] {rows, width}, result, raw.integers(), raw.texts());
  }

  private static void pool(
      OutputBinding.Pooling pooling,
      double[] values,
      int row,
      int width,
      TokenBlock block,
      double[] result) {
    int tokens = 0;
    for (int place = 0; place < block.length(); place++) {
      if (!block.isToken(row, place)) {
        continue;
      }
      int from = (row * block.length() + place) * width;
      tokens++;
      for (int j = 0; j < width; j++) {
        double value = values[from + j];
        int to = row * width + j;
        result[to] =
            tokens == 1
                ? value
                : switch (pooling) {
                  case MEAN -> result[to] + value;
                  case MAX -> Math.max(result[to], value);
                  case CLS, NONE -> result[to];
                };
      }
    }
    if (pooling == OutputBinding.Pooling.MEAN) {
      for (int j = 0; j < width; j++) {
        result[row * width + j] /= Math.max(tokens, SMALLEST_SUM);
      }
    }
  }

  private static void normalize(double[] values, int rows) {
    int width = values.length / Math.max(rows, 1);
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int j = row * width; j < (row + 1) * width; j++) {
        sum += values[j] * values[j];
      }
      double length = Math.max(Math.sqrt(sum), SMALLEST_LENGTH);
      for (int j = row * width; j < (row + 1) * width; j++) {
        values[j] /= length;
      }
    }
  }
}
