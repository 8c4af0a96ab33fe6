/**
 * How columns become the tensors of an imported graph, and its tensors columns again. Stored with
 * the version as JSON ({@value dev.insitu.score.binding.GraphBinding#ATTACHMENT}).
 *
 * <p>Inputs are positions in the signature's inputs. Outputs are laid out in a {@link
 * dev.insitu.score.PredictionBatch} in the order in which they stand: numbers as scores, texts as
 * texts, the label of a classifier as its label. The only package that knows Jackson here. Read
 * {@link dev.insitu.score.binding.GraphBinding} first.
 */
@NullMarked
package dev.insitu.score.binding;

import org.jspecify.annotations.NullMarked;
