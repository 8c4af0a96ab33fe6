/**
 * Graphs that others made: read, checked, described, and rewritten so that they can be fed from
 * columns.
 *
 * <p>An ONNX file is untrusted input. {@link dev.insitu.onnx.foreign.ForeignModel#read} refuses
 * what could harm the process before any engine sees it; what it hands out describes the graph in
 * terms of its own values, without protobuf. {@link dev.insitu.onnx.foreign.ExecutableGraph} is the
 * same graph with an edge of ours: every number enters and leaves as float64, float32 or int64,
 * every ZipMap is gone. Read {@link dev.insitu.onnx.foreign.ForeignModel} first.
 */
@NullMarked
package dev.insitu.onnx.foreign;

import org.jspecify.annotations.NullMarked;
