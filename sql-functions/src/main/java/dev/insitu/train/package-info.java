/**
 * Training: from the rows of a query to a model that can be stored.
 *
 * <p>The way: rows are read into a {@link dev.insitu.train.TrainingSet}, put in an order and split;
 * a preparation is fitted ({@code dev.insitu.train.prepare}); a {@link dev.insitu.train.Trainer}
 * learns from the {@link dev.insitu.train.PreparedRows} and writes its part of the graph. Uses no
 * third-party library; the trainers live in packages below. Read {@link dev.insitu.train.Trainer}
 * first.
 */
@NullMarked
package dev.insitu.train;

import org.jspecify.annotations.NullMarked;
