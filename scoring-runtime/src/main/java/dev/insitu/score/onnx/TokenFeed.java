package dev.insitu.score.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.text.Tokens;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** Fills one input with a part of the tokens of a block. */
final class TokenFeed implements InputFeed {
  private final Tokens.Part part;
  private final TokenBlock block;
  private LongBuffer data = direct(0);

  TokenFeed(Tokens.Part part, TokenBlock block) {
    this.part = part;
    this.block = block;
  }

  @Override
  public OnnxTensor tensor(FeatureBatch features, int first, int count, int padded)
      throws OrtException {
    int elements = Math.multiplyExact(padded, block.length());
    if (data.capacity() < elements) {
      data = direct(elements);
    }
    block.write(part, padded, data);
    return OnnxTensor.createTensor(
        OnnxRuntime.environment(),
        data.duplicate().limit(elements),
        new long[] {padded, block.length()});
  }

  private static LongBuffer direct(int elements) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(elements, Long.BYTES))
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }
}
