package dev.insitu.score.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.insitu.score.FeatureBatch;

/** Fills one input of an imported graph. Used by one thread at a time. */
interface InputFeed {
  /**
   * Makes the tensor of some rows; rows beyond {@code count} up to {@code padded} repeat the last.
   *
   * @throws dev.insitu.error.MlException NULL_INPUT, INPUT_VALUE
   */
  OnnxTensor tensor(FeatureBatch features, int first, int count, int padded) throws OrtException;
}
