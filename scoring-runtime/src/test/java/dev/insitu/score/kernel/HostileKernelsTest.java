package dev.insitu.score.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.PredictionBatch;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.NullRule;
import dev.insitu.score.binding.OutputBinding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A graph that would make too much of little is left to ONNX Runtime before it does. */
class HostileKernelsTest {
  private static final ColumnSpec NUMBER =
      new ColumnSpec("x", ColumnType.DOUBLE, "DOUBLE PRECISION", true);
  private static final ModelSignature SIGNATURE =
      new ModelSignature(List.of(NUMBER), List.of(NUMBER));

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

  @Test
  void aBlockThatTakesTooLongIsStopped() throws NotCovered {
    KernelScorer slow = new KernelScorer(compile(sigmoids(), "v900", 1, 0), 1, Set.of());
    KernelScorer patient = new KernelScorer(compile(sigmoids(), "v900", 60_000, 0), 1, Set.of());
    FeatureBatch rows = new FeatureBatch(SIGNATURE, 1024);
    rows.setRows(1024);
    PredictionBatch answers = new PredictionBatch(1024, 1);
    assertThatThrownBy(() -> slow.score(rows, answers))
        .isInstanceOf(MlException.class)
        .hasMessageContaining("one run took more than 1 ms");
    patient.score(rows, answers);
    assertThat(answers.rows()).isEqualTo(1024);
  }

  @Test
  void whatTakesMoreMemoryThanIsAllowedIsNotCovered() throws NotCovered {
    assertThat(compile(sigmoids(), "v900", 0, 1 << 24).isUnused(0)).isFalse();
    assertThatThrownBy(() -> compile(sigmoids(), "v900", 0, 1 << 20))
        .isInstanceOf(NotCovered.class)
        .hasMessage("more memory than 1048576 bytes for a block");
  }

  private static GraphProto.Builder sigmoids() {
    GraphProto.Builder graph = graph();
    for (int i = 0; i < 900; i++) {
      graph.addNode(
          NodeProto.newBuilder().setOpType("Sigmoid").addInput("v" + i).addOutput("v" + (i + 1)));
    }
    return graph;
  }

  private static GraphProto.Builder graph() {
    return GraphProto.newBuilder().addInput(ValueInfoProto.newBuilder().setName("v0"));
  }

  private static NodeProto.Builder node(String type, String a, String b, String output) {
    return NodeProto.newBuilder().setOpType(type).addInput(a).addInput(b).addOutput(output);
  }

  private static Program compile(GraphProto.Builder graph, String output) throws NotCovered {
    return compile(graph, output, 0, 0);
  }

  private static Program compile(GraphProto.Builder graph, String output, long millis, long bytes)
      throws NotCovered {
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
            millis,
            bytes,
            null);
    return ImportedGraph.compile(model.toByteArray(), binding);
  }
}
