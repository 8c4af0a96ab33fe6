/**
 * Scoring in plain Java: a graph becomes a list of loops over columns, and trees a walk over packed
 * nodes.
 *
 * <p>{@link dev.insitu.score.kernel.GraphCompiler} follows each column of each value from the
 * inputs to the scores, so only columns that a score depends on are computed, joining columns costs
 * nothing, and what a preparation does to a number is one loop. {@link
 * dev.insitu.score.kernel.Program} runs the loops over blocks of rows. Many rows go through {@link
 * dev.insitu.score.kernel.Blend blends} instead of walks, with the same leaves, or through {@link
 * dev.insitu.score.kernel.PermutedTrees tables} where this process has {@link
 * dev.insitu.score.kernel.Vectors vectors}. What it does not cover it says, and leaves to ONNX
 * Runtime. Numbers are float64; sums of trees are added in the order of the trees, as the trainer
 * adds them. Read {@link dev.insitu.score.kernel.KernelScorer} first.
 */
@NullMarked
package dev.insitu.score.kernel;

import org.jspecify.annotations.NullMarked;
