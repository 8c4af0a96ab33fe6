package dev.insitu.score.onnx;

import dev.insitu.onnx.foreign.Carrier;
import java.util.Arrays;

/**
 * A tensor that a graph of others has answered, copied out of native memory. Which of the arrays is
 * filled depends on the carrier; the others are empty.
 *
 * @param carrier the type in which it left
 * @param shape its dimensions
 * @param numbers of DOUBLE and FLOAT16, row-major
 * @param integers of INT64, row-major
 * @param texts of TEXT, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not kept; compared by nobody
public record RawOutput(
    Carrier carrier, long[] shape, double[] numbers, long[] integers, String[] texts) {
  /** Returns how many elements there are. */
  public int size() {
    return switch (carrier) {
      case INT64 -> integers.length;
      case TEXT -> texts.length;
      case DOUBLE, FLOAT16 -> numbers.length;
    };
  }

  /** Returns an element as a number; not of TEXT. */
  public double number(int index) {
    return carrier == Carrier.INT64 ? integers[index] : numbers[index];
  }

  /** Returns an element as text: of a whole number its decimal digits. */
  public String text(int index) {
    return switch (carrier) {
      case INT64 -> Long.toString(integers[index]);
      case TEXT -> texts[index];
      case DOUBLE, FLOAT16 -> Double.toString(numbers[index]);
    };
  }

  /** Returns type and shape, for messages. */
  @Override
  public String toString() {
    return carrier.element().word() + Arrays.toString(shape);
  }
}
