package dev.insitu.test;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** A graph as another tool could have made it, that answers one number for every row. */
final class ConstantGraph {
  private ConstantGraph() {}

  /** Returns a file with the input {@code A} and the output {@code y}, which is the number. */
  static byte[] answering(double number) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("a test")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(
            GraphProto.newBuilder()
                .setName("constant")
                .addInput(column("A"))
                .addOutput(column("y"))
                .addInitializer(scalar("zero", 0))
                .addInitializer(scalar("number", number))
                .addNode(node("Mul", "A", "zero", "nothing"))
                .addNode(node("Add", "nothing", "number", "y")))
        .build()
        .toByteArray();
  }

  private static NodeProto node(String operator, String first, String second, String output) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addInput(first)
        .addInput(second)
        .addOutput(output)
        .build();
  }

  private static TensorProto scalar(String name, double value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.DOUBLE_VALUE)
        .addDoubleData(value)
        .build();
  }

  private static ValueInfoProto column(String name) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.DOUBLE_VALUE)
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"))
                                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1)))))
        .build();
  }
}
