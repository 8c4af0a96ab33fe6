package dev.insitu.train;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.onnx.GraphBuilder;
import java.nio.DoubleBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a whole graph, text inputs included, in ONNX Runtime. */
public final class Graphs {
  private Graphs() {}

  /** Returns the double output of a graph for rows of the given inputs, flat. */
  public static double[] run(
      byte[] model,
      String output,
      List<ColumnSpec> inputs,
      List<? extends List<? extends @Nullable Object>> rows) {
    return (double[]) runRaw(model, output, inputs, rows);
  }

  /** Returns any output: double[] for doubles, else what ONNX Runtime gives. */
  public static Object runRaw(
      byte[] model,
      String output,
      List<ColumnSpec> inputs,
      List<? extends List<? extends @Nullable Object>> rows) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try (OrtSession session = environment.createSession(model, new OrtSession.SessionOptions())) {
      long[] shape = {rows.size(), 1};
      for (int i = 0; i < inputs.size(); i++) {
        tensors.put(
            GraphBuilder.inputName(inputs.get(i).name()),
            tensor(environment, inputs.get(i), i, rows, shape));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        OnnxTensor tensor = (OnnxTensor) result.get(output).orElseThrow();
        DoubleBuffer doubles = tensor.getDoubleBuffer();
        if (doubles == null) {
          return tensor.getValue();
        }
        double[] values = new double[doubles.remaining()];
        doubles.get(values);
        return values;
      }
    } catch (OrtException e) {
      throw new AssertionError(e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(
      OrtEnvironment environment,
      ColumnSpec input,
      int position,
      List<? extends List<? extends @Nullable Object>> rows,
      long[] shape)
      throws OrtException {
    if (input.type().form() == ColumnType.Form.TEXT) {
      String[] texts = new String[rows.size()];
      for (int row = 0; row < texts.length; row++) {
        Object text = rows.get(row).get(position);
        texts[row] = text == null ? GraphBuilder.NULL_TEXT : (String) text;
      }
      return OnnxTensor.createTensor(environment, texts, shape);
    }
    double[] numbers = new double[rows.size()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = (Double) rows.get(row).get(position);
    }
    return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(numbers), shape);
  }
}
