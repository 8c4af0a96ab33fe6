package dev.insitu.test;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/** Graphs as another tool could have made them. */
final class SmallGraphs {
  private SmallGraphs() {}

  /** Returns a file with the input {@code A} and the output {@code y}, which is the number. */
  static byte[] constant(double number) {
    return file(
        graph("constant", column("A"), column("y"))
            .addInitializer(scalar("zero", 0))
            .addInitializer(scalar("number", number))
            .addNode(node("Mul", "nothing", "A", "zero"))
            .addNode(node("Add", "y", "nothing", "number")));
  }

  /** Returns a file with the input {@code A} and the output {@code y}, its sine. */
  static byte[] sine() {
    return file(graph("sine", column("A"), column("y")).addNode(node("Sin", "y", "A")));
  }

  /**
   * Returns a file with the input {@code A} and the output {@code y}, which is A after as many
   * rounds of a loop as the largest A of the batch says.
   */
  static byte[] slow() {
    GraphProto.Builder round =
        GraphProto.newBuilder()
            .setName("round")
            .addInput(scalar("i", DataType.INT64))
            .addInput(scalar("on", DataType.BOOL))
            .addInput(column("v"))
            .addOutput(scalar("go_on", DataType.BOOL))
            .addOutput(column("w"))
            .addNode(node("Identity", "go_on", "on"))
            .addNode(node("Identity", "w", "v"));
    return file(
        graph("slow", column("A"), column("y"))
            .addNode(
                node("ReduceMax", "most", "A").toBuilder()
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("keepdims")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(0)))
            .addNode(
                node("Cast", "rounds", "most").toBuilder()
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("to")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(DataType.INT64.getNumber())))
            .addNode(
                node("Loop", "y", "rounds", "", "A").toBuilder()
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("body")
                            .setType(AttributeProto.AttributeType.GRAPH)
                            .setG(round))));
  }

  private static byte[] file(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("a test")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static GraphProto.Builder graph(
      String name, ValueInfoProto input, ValueInfoProto output) {
    return GraphProto.newBuilder().setName(name).addInput(input).addOutput(output);
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static ValueInfoProto scalar(String name, DataType type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(TensorShapeProto.getDefaultInstance())))
        .build();
  }

  private static TensorProto scalar(String name, double value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(DataType.DOUBLE.getNumber())
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
                        .setElemType(DataType.DOUBLE.getNumber())
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"))
                                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1)))))
        .build();
  }
}
