package dev.insitu.test;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.lang.reflect.Array;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exported file in ONNX Runtime as anybody would open it, nothing of ours between. */
final class PlainOnnx implements AutoCloseable {
  /** What stands for a NULL text in a file. */
  private static final String NULL_TEXT = "\uFDD0";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  PlainOnnx(Path file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(file.toString(), options);
    }
  }

  /**
   * Returns whether a file takes the texts of a row: ONNX Runtime for Java no NUL and nothing of
   * the upper planes, and a text that is U+FDD0 is a NULL.
   */
  static boolean takes(List<@Nullable Object> row) {
    return row.stream()
        .noneMatch(
            value ->
                value instanceof String text
                    && text.chars()
                        .anyMatch(
                            c ->
                                c == 0
                                    || c == NULL_TEXT.charAt(0)
                                    || Character.isSurrogate((char) c)));
  }

  /**
   * Runs rows.
   *
   * @param columns the names of the values of a row
   * @return for each row its label (or prediction, or cluster), then its probabilities or distances
   */
  List<List<Object>> run(List<String> columns, List<List<@Nullable Object>> rows)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
        int column = columns.indexOf(input.getKey());
        boolean text = ((TensorInfo) input.getValue().getInfo()).type == OnnxJavaType.STRING;
        inputs.put(input.getKey(), text ? texts(rows, column) : numbers(rows, column));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        List<List<Object>> answers = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          List<Object> answer = new ArrayList<>();
          for (String output :
              List.of("label", "centroid_id", "prediction", "probabilities", "distances")) {
            if (result.get(output).isPresent()) {
              add(result.get(output).get(), row, answer);
            }
          }
          answers.add(answer);
        }
        return answers;
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static void add(OnnxValue output, int row, List<Object> answer) throws OrtException {
    Object value = Array.get(output.getValue(), row);
    if (value instanceof double[] scores) {
      for (double score : scores) {
        answer.add(score);
      }
    } else {
      answer.add(value);
    }
  }

  private OnnxTensor texts(List<List<@Nullable Object>> rows, int column) throws OrtException {
    String[] texts = new String[rows.size()];
    for (int row = 0; row < texts.length; row++) {
      Object value = rows.get(row).get(column);
      texts[row] = value == null ? NULL_TEXT : value.toString();
    }
    return OnnxTensor.createTensor(environment, texts, new long[] {texts.length, 1});
  }

  private OnnxTensor numbers(List<List<@Nullable Object>> rows, int column) throws OrtException {
    double[] numbers = new double[rows.size()];
    for (int row = 0; row < numbers.length; row++) {
      Object value = rows.get(row).get(column);
      numbers[row] =
          value instanceof Number number
              ? number.doubleValue()
              : value == null ? Double.NaN : Double.parseDouble(value.toString());
    }
    return OnnxTensor.createTensor(
        environment, DoubleBuffer.wrap(numbers), new long[] {numbers.length, 1});
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
