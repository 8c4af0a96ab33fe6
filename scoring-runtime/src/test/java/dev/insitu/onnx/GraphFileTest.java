package dev.insitu.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.insitu.error.MlException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our reader of ONNX files against the generated classes of their messages. */
class GraphFileTest {
  private static byte[] graph() {
    GraphBuilder graph = new GraphBuilder("scaled");
    String x = graph.input("x", ElementType.DOUBLE);
    String scaled = graph.node("Mul", List.of(x, graph.doubles(new double[] {2, 3}, 1, 2)));
    graph.output(scaled, "prediction", ElementType.DOUBLE, -1, 2);
    graph.metadata("made", "by a test");
    return graph.build();
  }

  @Test
  void whatIsReadIsWhatIsThere() {
    GraphFile file = GraphFile.read(graph());
    assertThat(file.operators()).extracting(NumericGraph.Operator::type).contains("Mul");
    assertThat(file.inputs()).extracting(value -> value.typed().name()).containsExactly("x");
    assertThat(file.outputs().get(0).typed().shape()).containsExactly(-1L, 2L);
    assertThat(file.metadata()).containsEntry("made", "by a test");
    assertThat(file.tensors().values())
        .singleElement()
        .satisfies(tensor -> assertThat(tensor.values()).containsExactly(2, 3));
  }

  @Test
  void aFileThatWasCutOffIsRefusedWhereverItEnds() {
    byte[] whole = graph();
    for (int length = 0; length <= whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThat(isRead(part)).as("%s of %s bytes", length, whole.length).isEqualTo(isModel(part));
    }
  }

  private static boolean isRead(byte[] bytes) {
    try {
      GraphFile.read(bytes);
      return true;
    } catch (MlException e) {
      return false;
    }
  }

  private static boolean isModel(byte[] bytes) {
    try {
      return ModelProto.parseFrom(bytes).getGraph().getOutputCount() > 0;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }
}
