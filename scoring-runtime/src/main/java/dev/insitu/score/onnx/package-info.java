/**
 * Scoring by ONNX Runtime. The only package that uses it.
 *
 * <p>No text ever enters ONNX Runtime: the edge of a graph runs in Java ({@link
 * dev.insitu.onnx.EdgeSplit}), the numeric rest in one native session per model version, through
 * direct buffers. Read {@link dev.insitu.score.onnx.OnnxRuntimeScorer} first.
 */
@NullMarked
package dev.insitu.score.onnx;

import org.jspecify.annotations.NullMarked;
