package dev.insitu.score.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.insitu.error.MlException;
import dev.insitu.model.Attachment;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelSignature;
import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.onnx.foreign.ModelLimits;
import dev.insitu.score.Cancellation;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.NullRule;
import dev.insitu.score.binding.OutputBinding;
import dev.insitu.score.binding.TextStep;
import dev.insitu.score.text.TextTokenizer;
import dev.insitu.score.text.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Vectors of tokens made one of a text, in a graph that looks the tokens up: "a" is (3, 4), "b" (1,
 * -2), and the padding (100, 100), which must not show.
 */
class TokenVectorsTest {
  private static final float[] TABLE = {3, 4, 1, -2, 100, 100};
  private static final ColumnSpec TEXT =
      new ColumnSpec("t", ColumnType.VARCHAR, "CHARACTER VARYING", true);
  private static final ModelSignature SIGNATURE = new ModelSignature(List.of(TEXT), List.of(TEXT));

  @ParameterizedTest
  @ValueSource(strings = {"Left", "Right"})
  void paddingDoesNotShow(String direction) {
    assertThat(run(direction, OutputBinding.Pooling.MEAN, false, "a", "a b a b", "b b a"))
        .containsExactly(new double[] {3, 4, 2, 1, 5 / 3.0, 0}, within(1e-12));
    assertThat(run(direction, OutputBinding.Pooling.MAX, false, "b", "a b a b", "b b"))
        .containsExactly(1, -2, 3, 4, 1, -2);
    assertThat(run(direction, OutputBinding.Pooling.CLS, false, "b a a", "a b", "b"))
        .containsExactly(1, -2, 3, 4, 1, -2);
  }

  @Test
  void aVectorGetsTheLengthOfOne() {
    assertThat(run("Right", OutputBinding.Pooling.MEAN, true, "a", "a b a b"))
        .containsExactly(
            new double[] {0.6, 0.8, 2 / Math.sqrt(5), 1 / Math.sqrt(5)}, within(1e-12));
  }

  @Test
  void aTextWithoutTokensIsZeros() {
    assertThat(run("Right", OutputBinding.Pooling.MEAN, true, "", "a")).startsWith(0, 0);
    assertThat(run("Right", OutputBinding.Pooling.MEAN, true, "")).containsExactly(0, 0);
  }

  @Test
  void whatIsNotAVectorATokenIsNotPooled() {
    assertThatThrownBy(() -> run("Right", OutputBinding.Pooling.MEAN, "input_ids", false, "a b"))
        .isInstanceOf(MlException.class)
        .hasMessageContaining("not a vector a token");
  }

  private static double[] run(
      String direction, OutputBinding.Pooling pooling, boolean normalized, String... texts) {
    return run(direction, pooling, "vectors", normalized, texts);
  }

  private static double[] run(
      String direction,
      OutputBinding.Pooling pooling,
      String output,
      boolean normalized,
      String... texts) {
    GraphBinding binding =
        new GraphBinding(
            List.of(new InputBinding.TokenPart("input_ids", Tokens.Part.IDS, List.of(0))),
            List.of(new OutputBinding.Numbers(output, Carrier.DOUBLE, 2, pooling, normalized)),
            List.of(NullRule.REFUSED),
            0,
            1,
            0,
            0,
            new TextStep(List.of(0), 8, 0));
    FeatureBatch batch = new FeatureBatch(SIGNATURE, texts.length);
    System.arraycopy(texts, 0, batch.texts(0), 0, texts.length);
    batch.setRows(texts.length);
    ForeignModel model = ForeignModel.read("the graph", graph(), ModelLimits.DEFAULT);
    Attachment tokenizer = Attachment.of(TextTokenizer.ATTACHMENT, tokenizer(direction));
    try (ForeignSession session =
        ForeignSession.open(
            model, binding, SIGNATURE, Optional.of(tokenizer), Cancellation.NEVER)) {
      return session.run(batch, 0, texts.length, Cancellation.NEVER).get(0).numbers();
    }
  }

  private static byte[] tokenizer(String direction) {
    return ("{\"version\": \"1.0\", \"truncation\": null, \"padding\": {\"strategy\": \"BatchLongest\","
            + " \"direction\": \""
            + direction
            + "\", \"pad_id\": 2, \"pad_type_id\": 0, \"pad_token\": \"-\"},"
            + " \"added_tokens\": [], \"normalizer\": null, \"pre_tokenizer\": {\"type\": \"Whitespace\"},"
            + " \"post_processor\": null, \"decoder\": null, \"model\": {\"type\": \"WordLevel\","
            + " \"vocab\": {\"a\": 0, \"b\": 1, \"-\": 2}, \"unk_token\": \"-\"}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] graph() {
    TensorProto.Builder table =
        TensorProto.newBuilder()
            .setName("table")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(3)
            .addDims(2);
    for (float value : TABLE) {
      table.addFloatData(value);
    }
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("g")
            .addInput(port("input_ids", TensorProto.DataType.INT64, 2))
            .addOutput(port("vectors", TensorProto.DataType.FLOAT, 3))
            .addInitializer(table)
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("Gather")
                    .addInput("table")
                    .addInput("input_ids")
                    .addOutput("vectors")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("axis")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(0)))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto port(String name, TensorProto.DataType type, int rank) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int i = 0; i < rank; i++) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("d" + i));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }
}
