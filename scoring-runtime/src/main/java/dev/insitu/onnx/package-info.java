/**
 * ONNX graphs: written, brought into canonical form, hashed, read and taken apart.
 *
 * <p>The only package that knows protobuf and the ONNX message classes. A model of ours uses opset
 * {@value dev.insitu.onnx.GraphBuilder#OPSET} and {@code ai.onnx.ml} {@value
 * dev.insitu.onnx.GraphBuilder#ML_OPSET}, one input per column of the signature (shape [N, 1];
 * double, or string for text) and computes in float64 (an XGBoost model: float32 from one {@code
 * Cast} to the margin).
 *
 * <p><b>NULL in a file.</b> A double input takes NaN. A text input takes {@value
 * dev.insitu.onnx.GraphBuilder#NULL_TEXT} (U+FDD0, a noncharacter that no text may contain),
 * because an ONNX string cannot be null.
 *
 * <p><b>Outputs of a file.</b> Regression: {@code prediction} double [N, 1]. Classification: {@code
 * probabilities} double [N, classes] and {@code label} [N] in the label's own type. Clustering:
 * {@code distances} double [N, clusters] (squared) and {@code centroid_id} int64 [N], from 1.
 *
 * <p>Read {@link dev.insitu.onnx.GraphBuilder} first.
 */
@NullMarked
package dev.insitu.onnx;

import org.jspecify.annotations.NullMarked;
