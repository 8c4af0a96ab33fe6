package dev.insitu.score.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.NullRule;
import dev.insitu.score.binding.OutputBinding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A graph that would make too much of little is left to ONNX Runtime before it does. */
class HostileKernelsTest {
  @Test
  void columnsThatDoubleAreNotCovered() {
    GraphProto.Builder graph = graph();
    for (int i = 0; i < 60; i++) {
      graph.addNode(
          node("Concat", "v" + i, "v" + i, "v" + (i + 1))
              .addAttribute(
                  AttributeProto.newBuilder()
                      .setName("axis")
                      .setType(AttributeProto.AttributeType.INT)
                      .setI(1)));
    }
    assertThatThrownBy(() -> compile(graph, "v60"))
        .isInstanceOf(NotCovered.class)
        .hasMessage("131072 columns");
  }

  @Test
  void aChainOfManyStepsIsNotCovered() {
    GraphProto.Builder graph = graph();
    for (int i = 0; i < 40_000; i++) {
      graph.addNode(node("Add", "v" + i, "v" + i, "v" + (i + 1)));
    }
    assertThatThrownBy(() -> compile(graph, "v40000"))
        .isInstanceOf(NotCovered.class)
        .hasMessageStartingWith("more than 16384 columns");
  }

  private static GraphProto.Builder graph() {
    return GraphProto.newBuilder().addInput(ValueInfoProto.newBuilder().setName("v0"));
  }

  private static NodeProto.Builder node(String type, String a, String b, String output) {
    return NodeProto.newBuilder().setOpType(type).addInput(a).addInput(b).addOutput(output);
  }

  private static Program compile(GraphProto.Builder graph, String output) throws NotCovered {
    graph.addOutput(ValueInfoProto.newBuilder().setName(output));
    ModelProto model =
        ModelProto.newBuilder()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(21))
            .setGraph(graph)
            .build();
    GraphBinding binding =
        new GraphBinding(
            List.of(new InputBinding.Columns("v0", Element.DOUBLE, List.of(-1L, 1L), List.of(0))),
            List.of(new OutputBinding.Numbers(output, Carrier.DOUBLE, 1)),
            List.of(NullRule.NAN),
            0,
            1,
            0,
            0,
            null);
    return ImportedGraph.compile(model.toByteArray(), binding);
  }
}
