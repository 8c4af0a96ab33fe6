package dev.insitu.score.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stored file run whole by ONNX Runtime, texts included: what another program would do with it.
 */
final class RawOnnx {
  private RawOnnx() {}

  /** Returns each output as ONNX Runtime's Java side gives it; columns are double[] or String[]. */
  static Map<String, Object> run(byte[] file, Map<String, Object> columns) throws OrtException {
    OrtEnvironment environment = OnnxRuntime.environment();
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(file, options)) {
        for (Map.Entry<String, Object> column : columns.entrySet()) {
          inputs.put(column.getKey(), tensor(environment, column.getValue()));
        }
        Map<String, Object> outputs = new LinkedHashMap<>();
        try (OrtSession.Result result = session.run(inputs)) {
          for (Map.Entry<String, OnnxValue> output : result) {
            outputs.put(output.getKey(), output.getValue().getValue());
          }
        }
        return outputs;
      }
    } finally {
      OnnxValue.close(inputs);
    }
  }

  /** Runs a file whose one input is the text {@code t}. */
  static double[] column(byte[] file, String output, String[] texts) throws OrtException {
    double[][] matrix = (double[][]) requireNonNull(run(file, Map.of("t", texts)).get(output));
    double[] column = new double[matrix.length];
    for (int row = 0; row < matrix.length; row++) {
      column[row] = matrix[row][0];
    }
    return column;
  }

  private static OnnxTensor tensor(OrtEnvironment environment, Object column) throws OrtException {
    if (column instanceof String[] texts) {
      return OnnxTensor.createTensor(environment, texts, new long[] {texts.length, 1});
    }
    double[] numbers = (double[]) column;
    return OnnxTensor.createTensor(
        environment, java.nio.DoubleBuffer.wrap(numbers), new long[] {numbers.length, 1});
  }
}
