package dev.insitu.test.kernel;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.insitu.score.FeatureBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * ONNX Runtime as it likes it best: trees alone over one float32 or float64 matrix that was filled
 * before the clock starts, all tensors made, the output pinned, one thread.
 */
final class MatrixContender implements Contender {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
  private final Map<String, OnnxTensor> output;
  private final ByteBuffer scores;
  private final boolean single;
  private final int rows;

  static MatrixContender of(BenchModel model, List<FeatureBatch> batches) throws OrtException {
    return new MatrixContender(model, Objects.requireNonNull(model.forest()), batches);
  }

  private MatrixContender(BenchModel model, RandomForest forest, List<FeatureBatch> batches)
      throws OrtException {
    this.single = model.single();
    this.rows = batches.get(0).rows();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(MatrixGraph.of(forest, single), options);
    }
    for (FeatureBatch batch : batches) {
      inputs.add(Map.of(MatrixGraph.INPUT, matrix(batch, model.numbers())));
    }
    scores = direct(rows);
    output = Map.of(MatrixGraph.OUTPUT, tensor(scores, 1));
  }

  private ByteBuffer direct(int numbers) {
    return ByteBuffer.allocateDirect(numbers * (single ? Float.BYTES : Double.BYTES))
        .order(ByteOrder.nativeOrder());
  }

  private OnnxTensor matrix(FeatureBatch batch, int columns) throws OrtException {
    ByteBuffer bytes = direct(rows * columns);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < columns; i++) {
        if (single) {
          bytes.putFloat((float) batch.numbers(i)[row]);
        } else {
          bytes.putDouble(batch.numbers(i)[row]);
        }
      }
    }
    bytes.flip();
    return tensor(bytes, columns);
  }

  private OnnxTensor tensor(ByteBuffer bytes, int columns) throws OrtException {
    long[] shape = {rows, columns};
    return single
        ? OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), shape)
        : OnnxTensor.createTensor(environment, bytes.asDoubleBuffer(), shape);
  }

  @Override
  public String name() {
    return "ONNX Runtime " + environment.getVersion() + ", matrix made before";
  }

  @Override
  public void run(int batch) {
    try {
      session.run(inputs.get(batch), output).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public double[] scores() {
    double[] found = new double[rows];
    if (single) {
      FloatBuffer floats = scores.asFloatBuffer();
      for (int row = 0; row < rows; row++) {
        found[row] = floats.get(row);
      }
    } else {
      DoubleBuffer doubles = scores.asDoubleBuffer();
      doubles.get(0, found);
    }
    return found;
  }

  @Override
  public void close() {
    inputs.forEach(each -> each.values().forEach(OnnxTensor::close));
    output.values().forEach(OnnxTensor::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
