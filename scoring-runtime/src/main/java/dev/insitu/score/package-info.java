/**
 * Scoring: column batches in, predictions out, whatever the engine.
 *
 * <p>Row <i>i</i> of a {@link dev.insitu.score.PredictionBatch} belongs to row <i>i</i> of its
 * {@link dev.insitu.score.FeatureBatch}; NULLs never drop a row. Uses the vocabulary of {@code
 * dev.insitu.model} and no third-party library; the engines live in packages below. Read {@link
 * dev.insitu.score.Scorer} first.
 */
@NullMarked
package dev.insitu.score;

import org.jspecify.annotations.NullMarked;
