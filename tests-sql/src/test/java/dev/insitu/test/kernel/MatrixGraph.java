package dev.insitu.test.kernel;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.insitu.onnx.ElementType;
import dev.insitu.onnx.GraphBuilder;

/** Trees over one input that is a matrix, as the converters of the trainers write them. */
final class MatrixGraph {
  static final String INPUT = "X";
  static final String OUTPUT = "sums";

  private MatrixGraph() {}

  static byte[] of(RandomForest forest, boolean single) {
    ElementType type = single ? ElementType.FLOAT : ElementType.DOUBLE;
    GraphBuilder graph = new GraphBuilder("matrix");
    String sums = forest.write(graph, graph.input(INPUT, type), single);
    graph.output(sums, OUTPUT, type, -1, 1);
    try {
      ModelProto.Builder model = ModelProto.parseFrom(graph.build()).toBuilder();
      model
          .getGraphBuilder()
          .getInputBuilder(0)
          .getTypeBuilder()
          .getTensorTypeBuilder()
          .getShapeBuilder()
          .getDimBuilder(1)
          .setDimValue(forest.features());
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
