package dev.insitu.score.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.insitu.onnx.EdgeSplit;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers for up to a number of rows, and the tensors over them, which stay as long as the
 * number of rows does. Confined to one thread at a time.
 */
final class Workspace implements AutoCloseable {
  private final EdgeSplit edge;
  private final int width;
  private final DoubleBuffer[] numbers;
  private final LongBuffer[] codes;
  private final FloatBuffer[] words;
  private final DoubleBuffer scores;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, OnnxValue> output = new HashMap<>();
  private int rows = -1;

  Workspace(EdgeSplit edge, int width, int capacity) {
    this.edge = edge;
    this.width = width;
    this.numbers = new DoubleBuffer[edge.numbers().size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = direct(capacity, Double.BYTES).asDoubleBuffer();
    }
    this.codes = new LongBuffer[edge.codes().size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = direct(capacity, Long.BYTES).asLongBuffer();
    }
    this.words = new FloatBuffer[edge.words().size()];
    for (int i = 0; i < words.length; i++) {
      int count = edge.words().get(i).words().width();
      words[i] = direct(Math.multiplyExact(capacity, count), Float.BYTES).asFloatBuffer();
    }
    this.scores = direct(Math.multiplyExact(capacity, width), Double.BYTES).asDoubleBuffer();
  }

  /** Scores {@code count} rows from {@code first}. */
  void score(
      OrtSession session, FeatureBatch features, int first, int count, PredictionBatch predictions)
      throws OrtException {
    if (rows != count) {
      bind(count);
    }
    fill(features, first, count);
    // The scores land in our own buffer; the result owns nothing else.
    session.run(inputs, output).close();
    scores.get(0, predictions.scores(), first * width, count * width);
  }

  private void fill(FeatureBatch features, int first, int count) {
    for (int i = 0; i < numbers.length; i++) {
      double[] column = features.numbers(edge.numbers().get(i).input());
      numbers[i].put(0, column, first, count);
    }
    for (int i = 0; i < codes.length; i++) {
      EdgeSplit.CodeInput input = edge.codes().get(i);
      @Nullable String[] column = features.texts(input.input());
      for (int row = 0; row < count; row++) {
        codes[i].put(row, input.codes().of(column[first + row]));
      }
    }
    for (int i = 0; i < words.length; i++) {
      EdgeSplit.WordInput input = edge.words().get(i);
      @Nullable String[] column = features.texts(input.input());
      for (int row = 0; row < count; row++) {
        input.words().count(column[first + row], words[i], row * input.words().width());
      }
    }
  }

  /** Makes the tensors for a number of rows. */
  private void bind(int count) throws OrtException {
    close();
    long[] column = {count, 1};
    for (int i = 0; i < numbers.length; i++) {
      inputs.put(
          edge.numbers().get(i).name(),
          OnnxTensor.createTensor(
              OnnxRuntime.environment(), numbers[i].duplicate().limit(count), column));
    }
    for (int i = 0; i < codes.length; i++) {
      inputs.put(
          edge.codes().get(i).name(),
          OnnxTensor.createTensor(
              OnnxRuntime.environment(), codes[i].duplicate().limit(count), column));
    }
    for (int i = 0; i < words.length; i++) {
      int width = edge.words().get(i).words().width();
      inputs.put(
          edge.words().get(i).name(),
          OnnxTensor.createTensor(
              OnnxRuntime.environment(),
              words[i].duplicate().limit(count * width),
              new long[] {count, width}));
    }
    output.put(
        edge.output().name(),
        OnnxTensor.createTensor(
            OnnxRuntime.environment(),
            scores.duplicate().limit(count * width),
            new long[] {count, width}));
    rows = count;
  }

  /** Frees the tensors; the buffers go with this object. */
  @Override
  public void close() {
    OnnxValue.close(inputs);
    OnnxValue.close(output);
    inputs.clear();
    output.clear();
    rows = -1;
  }

  private static ByteBuffer direct(int elements, int bytes) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(elements, bytes))
        .order(ByteOrder.nativeOrder());
  }
}
