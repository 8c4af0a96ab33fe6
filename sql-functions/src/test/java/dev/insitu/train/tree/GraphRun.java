package dev.insitu.train.tree;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.insitu.onnx.Attribute;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;
import dev.insitu.train.PreparedRows;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Writes what stands behind a prepared matrix as a graph and runs it in ONNX Runtime. */
public final class GraphRun {
  private GraphRun() {}

  /** Returns a graph of one double input a feature and the output {@code y}. */
  public static byte[] graph(
      int features, ElementType type, int width, BiFunction<GraphBuilder, String, String> export) {
    GraphBuilder graph = new GraphBuilder("test");
    List<String> inputs = new ArrayList<>();
    for (int j = 0; j < features; j++) {
      inputs.add(graph.input("X" + j, ElementType.DOUBLE));
    }
    String matrix = graph.node("Concat", inputs, Attribute.of("axis", 1L));
    graph.output(export.apply(graph, matrix), "y", type, -1, width);
    return graph.build();
  }

  /** Returns the scores of all rows, [rows][width]. */
  public static double[][] doubles(
      PreparedRows rows, int width, BiFunction<GraphBuilder, String, String> export) {
    return (double[][]) run(graph(rows.features().size(), ElementType.DOUBLE, width, export), rows);
  }

  private static Object run(byte[] graph, PreparedRows rows) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      try (OrtSession session = environment.createSession(graph, options)) {
        for (int j = 0; j < rows.features().size(); j++) {
          inputs.put("X" + j, column(environment, rows, j));
        }
        try (OrtSession.Result result = session.run(inputs)) {
          return result.get(0).getValue();
        }
      } finally {
        inputs.values().forEach(OnnxTensor::close);
      }
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  private static OnnxTensor column(OrtEnvironment environment, PreparedRows rows, int column)
      throws OrtException {
    double[] row = new double[rows.features().size()];
    DoubleBuffer values = DoubleBuffer.allocate(rows.rows());
    for (int i = 0; i < rows.rows(); i++) {
      rows.fill(i, row, 0);
      values.put(row[column]);
    }
    return OnnxTensor.createTensor(environment, values.flip(), new long[] {rows.rows(), 1});
  }
}
